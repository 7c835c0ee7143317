"""Stories and incidents on a cluster: the same functions as for an archive, over groups that nothing leaves.

Reports (or accounts) that hang together by pairs are one group, and what becomes of a group hangs on nothing outside
it: so pairs are found first, block by block, and each group is then fused in memory by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql

from detente.fuse.copies import likeness, text_of
from detente.fuse.gathering import FusingKit, gather, hang_together
from detente.fuse.memory import MemoryShelf
from detente.fuse.stories import story_made
from detente.model.account import Account
from detente.model.fused_contract import account_from_dict
from detente.model.incident import Incident
from detente.model.outlet import Outlets
from detente.model.report import Report
from detente.model.story import Story
from detente.spark.components import Turns, homes_of
from detente.spark.kept import KeptSteps
from detente.spark.pairs import Compare, Linking, Thing, linked
from detente.spark.schema import ddl
from detente.spark.told import own_kit, told_by

_TEXT, _TEXTS = pa.string(), pa.list_(pa.string())
_COPY = pa.struct([("report", _TEXT), ("like", _TEXT), ("share", pa.float64()), ("why", _TEXT)])
STORIES = pa.schema(
    [
        ("id", _TEXT),
        ("reports", _TEXTS),
        ("first", pa.date32()),
        ("last", pa.date32()),
        ("origin", _TEXT),
        ("copies", pa.list_(_COPY)),
    ]
)
"""A row a story, as `detente story` has it."""

_PARTIES = pa.list_(pa.struct([("code", _TEXT), ("name", _TEXT)]))
_WHERE = [("name", _TEXT), ("country", _TEXT), ("admin1", _TEXT), ("claimed_by", _TEXTS), ("resolution", _TEXT)]
_POINT = [("geonames_id", pa.int64()), ("latitude", pa.float64()), ("longitude", pa.float64())]
INCIDENTS = pa.schema(
    [
        ("id", _TEXT),
        ("type", _TEXT),
        ("mode", _TEXT),
        ("status", _TEXT),
        ("first", pa.date32()),
        ("last", pa.date32()),
        ("dated", _TEXT),
        ("sources", _PARTIES),
        ("targets", _PARTIES),
        ("victims", _PARTIES),
        ("where", pa.struct([*_WHERE, *_POINT])),
        ("background", pa.bool_()),
        ("reciprocal", pa.bool_()),
        ("score", pa.float64()),
        ("goldstein", pa.float64()),
        ("standing", _TEXT),
        ("origins", pa.int64()),
        ("reports", _TEXTS),
        ("outlets", _TEXTS),
        ("events", pa.list_(pa.struct([("report", _TEXT), ("event", _TEXT)]))),
        ("json", _TEXT),
    ]
)
"""A row an incident; `json` is the whole object of the contract, with sizes and disagreements."""

# Reports whose accounts or texts one task compares: some minutes of one core.
_TASK = 2_000
# Texts of one block that a task holds: prepared they take some fifty kilobytes each.
_TEXTS_OF_A_PART = 1_000
# Accounts that a task keeps at hand in readable form.
_ACCOUNTS_AT_HAND = 20_000
_AT_ONCE = 200
_GROUPED = "home"


@dataclass(frozen=True)
class SparkFused:
    """What several reports together say."""

    told: DataFrame
    stories: DataFrame
    incidents: DataFrame


def fuse(readings: DataFrame, steps: KeptSteps, outlets: Outlets) -> SparkFused:
    """The stories and incidents of kept readings; each step's rows are kept on the way."""
    told = steps.keep("fusing/told", lambda: told_by(readings))
    partitions = max(2 * steps.session.sparkContext.defaultParallelism, -(-told.count() // _TASK))
    stories = _stories(told, steps, partitions)
    return SparkFused(told, stories, _incidents(told, stories, steps, outlets, partitions))


# --- stories


def _stories(told: DataFrame, steps: KeptSteps, partitions: int) -> DataFrame:
    body = sql.struct("text", "outlet", "url", "published")
    things = told.select(sql.col("report").alias("id"), "keys", body.alias("body"), sql.lit(False).alias("weak"))
    pairs = steps.keep("fusing/story_pairs", lambda: linked(things, _alike_texts(), partitions))
    homes = steps.keep("fusing/story_homes", lambda: homes_of(pairs, Turns(steps, "fusing/story_turns")))
    return steps.keep("stories", lambda: _grouped(things, homes, partitions).mapInArrow(_tell_stories, ddl(STORIES)))


def _alike_texts() -> Linking:
    # Keys of some days lie in one block each: a report has hundreds of them, and would be sent to hundreds of places.
    block = sql.when(sql.col("key").contains("@"), sql.substring_index("key", "@", -1)).otherwise(sql.col("key"))
    return Linking(block, _block_of_text_key, sql.col("block"), _open_texts, _TEXTS_OF_A_PART)


def _block_of_text_key(key: str) -> str:
    return key.rpartition("@")[2]


def _open_texts() -> Compare:
    prepared = AtHand(lambda thing: text_of(thing.body["text"]), 3 * _TEXTS_OF_A_PART)
    return lambda one, other: likeness(prepared(one), prepared(other)) is not None


def _report_of(body: dict[str, Any]) -> Report:
    return Report(body["text"], None, body["outlet"], body["url"], body["published"], None)


def _tell_stories(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    kit = own_kit().stories
    reports = ([_report_of(row["body"]) for row in group] for group in _groups(batches))
    return _batches((_story_row(story_made({r.id: r for r in some}, kit)) for some in reports), STORIES)


def _story_row(story: Story) -> dict[str, object]:
    return asdict(story)


# --- incidents


def _incidents(told: DataFrame, stories: DataFrame, steps: KeptSteps, outlets: Outlets, partitions: int) -> DataFrame:
    story_of = stories.select(sql.col("id").alias("story"), sql.explode("reports").alias("report"))
    accounts = told.select("report", sql.explode("accounts").alias("account")).join(story_of, "report")
    body = sql.struct("story", sql.col("account.body").alias("account")).alias("body")
    things = accounts.select("account.id", "account.keys", body, sql.col("account.bare").alias("weak"))
    pairs = steps.keep("fusing/account_pairs", lambda: linked(things, _one_happening(), partitions))
    homes = steps.keep("fusing/account_homes", lambda: homes_of(pairs, Turns(steps, "fusing/account_turns")))
    # A sentence without an event that hangs together with none makes nothing.
    telling = _grouped(things, homes, partitions, sql.col("home").isNotNull() | ~sql.col("weak"))
    return steps.keep("incidents", lambda: telling.mapInArrow(_Gather(outlets), ddl(INCIDENTS)))


def _one_happening() -> Linking:
    # Blocks of the same days lie together, so that an account is prepared once for most of its keys.
    return Linking(sql.col("key"), str, sql.substring_index("block", "@", -1), _open_accounts)


def _open_accounts() -> Compare:
    kit, account_of = own_kit(), AtHand(lambda thing: _account_of(thing.body), _ACCOUNTS_AT_HAND)
    return lambda one, other: hang_together(account_of(one), account_of(other), kit)


def _account_of(body: dict[str, Any]) -> Account:
    return account_from_dict(json.loads(body["account"]) | {"story": body["story"]})


@dataclass(frozen=True)
class _Gather:
    outlets: Outlets

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        own = own_kit()
        kit = FusingKit(own.weights, own.rarity, own.words, own.meaning, self.outlets)
        groups = ([_account_of(row["body"]) for row in group] for group in _groups(batches))
        return _batches((_incident_row(i) for accounts in groups for i in _gathered(accounts, kit)), INCIDENTS)


def _gathered(accounts: list[Account], kit: FusingKit) -> list[Incident]:
    shelf = MemoryShelf()
    gather(accounts, (), shelf, kit)
    return shelf.incidents


def _incident_row(incident: Incident) -> dict[str, object]:
    whole = incident.to_dict()
    row = {name: whole[name] for name in INCIDENTS.names if name != "json"}
    days = {"first": incident.first, "last": incident.last}
    return {**row, **days, "json": json.dumps(whole, ensure_ascii=False)}


# --- groups


class AtHand:
    """Things in readable form, made at most once while they are at hand."""

    def __init__(self, made: Callable[[Thing], Any], most: int) -> None:
        self._made, self._most = made, most
        self._kept: dict[str, Any] = {}

    def __call__(self, thing: Thing) -> Any:
        if thing.id not in self._kept:
            if len(self._kept) >= self._most:
                self._kept.clear()
            self._kept[thing.id] = self._made(thing)
        return self._kept[thing.id]


def _grouped(things: DataFrame, homes: DataFrame, partitions: int, kept: Column | None = None) -> DataFrame:
    """The things, those of one part together; one that hangs together with none is a part of its own."""
    joined = things.join(homes, "id", "left").where(sql.lit(True) if kept is None else kept)
    named = joined.select("id", "body", sql.coalesce("home", "id").alias(_GROUPED))
    return named.repartition(partitions, _GROUPED).sortWithinPartitions(_GROUPED, "id")


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[list[dict[str, Any]]]:
    rows = (row for batch in batches for row in batch.to_pylist())
    return (list(group) for _, group in groupby(rows, key=lambda row: row[_GROUPED]))


def _batches(rows: Iterable[dict[str, object]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    held: list[dict[str, object]] = []
    for row in rows:
        held.append(row)
        if len(held) >= _AT_ONCE:
            yield pa.RecordBatch.from_pylist(held, schema=schema)
            held = []
    if held:
        yield pa.RecordBatch.from_pylist(held, schema=schema)

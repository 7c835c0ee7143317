"""What fusing needs of each reading: the report with the keys of its text, and its accounts with theirs.

A kept reading comes in, one row goes out. This is the dear part of fusing (the meaning of each sentence), and no report
knows of another here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from detente.fuse.gathering import FusingKit
from detente.fuse.signatures import keys_of
from detente.fusing import open_kit, told_in
from detente.model.coded import CodedReport
from detente.model.contract import coded_from_dict
from detente.model.fused_contract import account_to_dict
from detente.model.outlet import Outlets
from detente.spark.schema import ddl

_ACCOUNT = pa.struct(
    [("id", pa.string()), ("keys", pa.list_(pa.string())), ("bare", pa.bool_()), ("body", pa.string())]
)
TOLD = pa.schema(
    [
        ("report", pa.string()),
        ("published", pa.date32()),
        ("outlet", pa.string()),
        ("url", pa.string()),
        ("text", pa.string()),
        ("keys", pa.list_(pa.string())),
        ("accounts", pa.list_(_ACCOUNT)),
    ]
)
"""A report as fusing sees it: the keys of its text, and what it tells."""

_AT_ONCE = 32
_ITEMS = ("participants", "places", "statements", "events", "commitments", "unresolved", "warnings")


def told_by(readings: DataFrame) -> DataFrame:
    """What each report tells; of a report that stands in several shards the last counts."""
    good = readings.where(sql.col("error").isNull() & sql.col("copy_of").isNull())
    places = good.select("report", sql.struct("shard", "row").alias("place"))
    counted = places.groupBy("report").agg(sql.count("*").alias("count"), sql.max("place").alias("last"))
    several = counted.where("count > 1").select("report", "last")
    others = places.join(several, "report").where("place != last").select("place.shard", "place.row")
    return good.join(others, ["shard", "row"], "left_anti").mapInArrow(_tell, ddl(TOLD))


def coded_of(row: dict[str, Any]) -> CodedReport:
    """The reading of a kept row."""
    about = {name: row[name] for name in ("title", "outlet", "url", "language", "text")}
    report = {"id": row["report"], "published": _words(row["published"]), **about}
    return coded_from_dict({"report": report, **{name: _worded(row[name] or []) for name in _ITEMS}})


@cache
def own_kit() -> FusingKit:
    """This process's kit, which knows no outlets. Kept, because Spark calls a bare function for each task."""
    return open_kit(Outlets())


def _tell(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    kit = own_kit()
    for batch in batches:
        for at in range(0, batch.num_rows, _AT_ONCE):
            rows = [_told(coded_of(row), kit) for row in batch.slice(at, _AT_ONCE).to_pylist()]
            yield pa.RecordBatch.from_pylist(rows, schema=TOLD)


def _told(coded: CodedReport, kit: FusingKit) -> dict[str, object]:
    report = coded.report
    return {
        "report": report.id,
        "published": report.published,
        "outlet": report.outlet,
        "url": report.url,
        "text": report.text,
        "keys": sorted(keys_of(report, kit.stories.text(report), kit.rarity)),
        "accounts": [
            {
                "id": str(account.key),
                "keys": sorted(kit.keys(account)),
                "bare": account.bare,
                "body": json.dumps(account_to_dict(account), ensure_ascii=False),
            }
            for account in told_in(coded, kit, None)
        ],
    }


def _worded(value: Any) -> Any:
    """Days as words, as the contract has them."""
    if isinstance(value, dict):
        return {name: _worded(part) for name, part in value.items()}
    return [_worded(part) for part in value] if isinstance(value, list) else _words(value)


def _words(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

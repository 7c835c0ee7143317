from __future__ import annotations

import json
import random
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from spark_samples import made_reports, open_made, read

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytest.importorskip("pyspark", reason="no Spark here; to run these tests: pip install 'detente[spark]'")

from pyspark.sql import functions as sql

from detente.alerting import all_pairs
from detente.analyse.coverage import Published
from detente.analyse.dyads import dyad_series, score_series
from detente.analyse.flat_series import flat_rows
from detente.analyse.outbreaks import find_alerts
from detente.fuse.joining import connected
from detente.fusing import Fused, fuse, open_kit
from detente.model.contract import coded_from_dict
from detente.model.dyad import Unit
from detente.model.outlet import Outlet, Outlets
from detente.spark import fusing as spark_fusing
from detente.spark.components import Turns, homes_of
from detente.spark.fusing import SparkFused
from detente.spark.kept import KeptSteps
from detente.spark.pairs import Compare, Linking, Thing, linked
from detente.spark.run import SparkPlan, SparkRun
from detente.spark.series import series
from detente.spark.storage import Folder

pytestmark = pytest.mark.slow
OUTLETS = Outlets.of(Outlet(f"Outlet 0 {n}", side=side) for n, side in enumerate(("", "NOR", "CHL", "KEN", "PER")))
REPORTS = made_reports(210)


@dataclass(frozen=True)
class Both:
    """The same readings, fused in memory and on Spark."""

    plain: Fused
    spark: SparkFused
    steps: KeptSteps


@pytest.fixture(scope="module")
def both(session: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Both:
    base = tmp_path_factory.mktemp("fused")
    (base / "in").mkdir()
    for shard in range(3):
        some = [(n, r) for n, r in enumerate(REPORTS) if n % 3 == shard] + [(n + 900, REPORTS[n]) for n in range(shard)]
        told = [
            {"id": n, "text": r.text, "published": str(r.published), "outlet": r.outlet, "language": "en"}
            for n, r in some
        ]
        (base / "in" / f"{shard}.jsonl").write_text("".join(json.dumps(item) + "\n" for item in told))
    run = SparkRun(session, SparkPlan(str(base / "in"), str(base / "out")), opened=open_made)
    run.go()
    steps = KeptSteps(session, Folder(session, str(base / "out")), "first")
    readings = [coded_from_dict(read(report).to_dict()) for report in REPORTS]
    return Both(fuse(readings, open_kit(OUTLETS)), spark_fusing.fuse(run.readings(), steps, OUTLETS), steps)


def test_stories_are_those_of_one_machine(both: Both) -> None:
    told = sorted((row.asDict(recursive=True) for row in both.spark.stories.collect()), key=lambda row: row["id"])
    plain = sorted((_listed(asdict(story)) for story in both.plain.stories), key=lambda row: row["id"])
    assert told == plain
    assert max(len(story["reports"]) for story in told) > 2
    assert len(told) < 0.9 * len(REPORTS)


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _listed(part) for name, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, tuple) else value


def test_incidents_are_those_of_one_machine(both: Both) -> None:
    rows = sorted(both.spark.incidents.collect(), key=lambda row: row["id"])
    plain = sorted(both.plain.incidents, key=lambda incident: incident.id)
    assert [json.loads(row["json"]) for row in rows] == [incident.to_dict() for incident in plain]
    assert [(row["first"], row["score"], len(row["events"])) for row in rows] == [
        (incident.first, incident.score, len(incident.events)) for incident in plain
    ]
    assert any(incident.retold for incident in plain)
    assert any(incident.claimed_by or incident.confirmed_by for incident in plain)
    assert 12 < len(plain) < len(REPORTS) / 2


def test_what_is_fused_is_not_fused_again(both: Both, session: SparkSession) -> None:
    again = KeptSteps(session, both.steps.out, "first")
    assert again.keep("incidents", lambda: pytest.fail("made again")).count() == len(both.plain.incidents)


def test_pairs_have_the_numbers_of_one_machine(both: Both) -> None:
    incidents = list(both.plain.incidents)
    story_of = {report: story.id for story in both.plain.stories for report in story.reports}
    published = [Published(r.id, r.published, r.outlet, story_of[r.id]) for r in REPORTS]
    tables = series(both.spark, both.steps, Unit.week)
    told, days = _by_pair(tables["tension"]), _by_pair(tables["scores"])
    asked = all_pairs(incidents)
    assert len(asked) > 5
    assert sorted(told) == [(a.label, b.label) for a, b in asked]
    for a, b in asked:
        daily = score_series(incidents, (a, b))
        alerts = [alert.day for alert in find_alerts(daily)]
        plain = flat_rows(dyad_series(incidents, published, (a, b), Unit.week), alerts)
        found = sorted(told[a.label, b.label], key=lambda row: row["first"])
        assert [row | {"first": str(row["first"]), "last": str(row["last"])} for row in found] == plain
        by_day = sorted((row["date"].toordinal(), row["score"]) for row in days[a.label, b.label])
        assert by_day == list(zip(daily.days, daily.scores, strict=True))


def _by_pair(table: DataFrame) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in table.collect():
        found.setdefault((row["a"], row["b"]), []).append(row.asDict())
    return found


def _sums(one: Thing, other: Thing) -> bool:
    return (one.body["value"] + other.body["value"]) % 3 == 0


def _open_sums() -> Compare:
    return _sums


def test_pairs_are_those_of_comparing_all_however_blocks_are_cut(session: SparkSession) -> None:
    chance = random.Random(1)
    rows = [(f"t{n}", [f"{key}@{key % 3}" for key in chance.sample(range(9), 3)], (n,), n % 4 == 0) for n in range(60)]
    things = session.createDataFrame(rows, "id string, keys array<string>, body struct<value: int>, weak boolean")
    expected = {
        tuple(sorted((a[0], b[0])))
        for a, b in combinations(rows, 2)
        if set(a[1]) & set(b[1]) and (a[2][0] + b[2][0]) % 3 == 0 and not (a[3] and b[3])
    }
    by_key = Linking(sql.col("key"), str, sql.col("block"), _open_sums, most=7)
    by_end = Linking(sql.substring_index("key", "@", -1), _end_of, sql.col("block"), _open_sums, most=11)
    for linking in (by_key, by_end):
        found = [(row["one"], row["other"]) for row in linked(things, linking, 3).collect()]
        assert len(found) == len(set(found))
        assert set(found) == expected


def _end_of(key: str) -> str:
    return key.rpartition("@")[2]


def test_parts_of_a_graph_by_turns_and_at_once(session: SparkSession, tmp_path: Path) -> None:
    chance = random.Random(2)
    pairs = [(f"n{n:02}", f"n{n + 1:02}") for n in range(8)]  # a long way
    pairs += [tuple(sorted(chance.sample([f"m{n}" for n in range(30)], 2))) for _ in range(24)]  # type: ignore[misc]
    near: dict[str, set[str]] = {}
    for one, other in pairs:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    expected = {id: min(part) for part in connected(near) for id in part}  # type: ignore[arg-type, type-var]
    edges = session.createDataFrame(pairs, "one string, other string")
    turns = Turns(KeptSteps(session, Folder(session, str(tmp_path / "turns")), ""), "turns")
    for most in (1000, 0):
        rows = homes_of(edges, turns, most).collect()
        assert {row["id"]: row["home"] for row in rows} == expected
        assert len(rows) == len(expected)

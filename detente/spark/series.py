"""What passed between each pair of countries, on a cluster: the series, daily scores and alerts of one machine.

Incidents are grouped by pair; how much there was to read is counted once for all pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from typing import Any

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql

from detente.alerting import fields_of
from detente.analyse.coverage import Held, judged, stretches_between
from detente.analyse.drivers import drivers_of
from detente.analyse.dyads import (
    Covered,
    Side,
    countries_of,
    day_counted,
    pairs_of,
    score_series,
    series_of,
    told_between,
)
from detente.analyse.flat_series import flat_rows
from detente.analyse.outbreaks import Sensitivity, find_alerts
from detente.model.dyad import Coverage, DyadSeries, Unit
from detente.model.incident import Incident, IncidentParty
from detente.spark.fusing import INCIDENTS, SparkFused
from detente.spark.kept import KeptSteps
from detente.spark.schema import ddl

_NEEDED = (
    *("id", "type", "status", "first", "last", "dated", "sources", "targets", "victims"),
    *("background", "score", "goldstein", "reports"),
)
PAIRED = pa.schema([("a", pa.string()), ("b", pa.string()), *(INCIDENTS.field(name) for name in _NEEDED)])
"""An incident, with two countries that have a part in it."""

_WHOLE, _NUMBER, _TEXT = pa.int64(), pa.float64(), pa.string()
_KINDS = {"a": _TEXT, "b": _TEXT, "first": pa.date32(), "last": pa.date32(), "mix_changed": pa.bool_()}
_NUMBERS = ("plover", "goldstein", "conflict_share", "per_1000_reports")
_STRETCH_NAMES = (
    *("first", "last", "reports", "outlets", "origins", "mix_changed"),
    *(
        f"{flow}_{what}"
        for flow in ("a_to_b", "b_to_a", "together")
        for what in ("quad_1", "quad_2", "quad_3", "quad_4", "plover", "goldstein")
    ),
    *("conflict_share", "per_1000_reports", "calls_of_others", "alerts"),
)
_STRETCH = pa.struct(
    [(name, _KINDS.get(name, _NUMBER if name.endswith(_NUMBERS) else _WHOLE)) for name in _STRETCH_NAMES]
)
_DAY = pa.struct([("date", pa.date32()), ("score", _NUMBER)])
_ALERT = pa.struct(
    [
        ("date", pa.date32()),
        ("driver", _TEXT),
        *((name, _NUMBER) for name in ("score", "usual", "fall", "size", "level", "false_alarms")),
        ("escalation", pa.bool_()),
        ("why", _TEXT),
        ("incidents", pa.list_(_TEXT)),
    ]
)
PAIRS = pa.schema(
    [
        ("a", _TEXT),
        ("b", _TEXT),
        ("tension", pa.list_(_STRETCH)),
        ("scores", pa.list_(_DAY)),
        ("alerts", pa.list_(_ALERT)),
    ]
)
"""A row a pair of countries: its stretches as `detente tension` has them, its daily scores, and its alerts."""

SERIES_TABLES = ("tension", "scores", "alerts")


def series(fused: SparkFused, steps: KeptSteps, unit: Unit) -> dict[str, DataFrame]:
    """The tables of all pairs between which something passed."""
    of = KeptSteps(steps.session, steps.out, f"{steps.of} {unit}")
    pairs = of.keep("fusing/pairs", lambda: _pairs(fused, unit))

    def table(name: str) -> DataFrame:
        return pairs.select("a", "b", sql.explode(name).alias("item")).select("a", "b", "item.*")

    return {name: of.keep(name, lambda name=name: table(name)) for name in SERIES_TABLES}  # type: ignore[misc]


def _pairs(fused: SparkFused, unit: Unit) -> DataFrame:
    covered = _covered(fused, unit)
    paired = fused.incidents.select(*_NEEDED).mapInArrow(_by_pairs, ddl(PAIRED))
    partitions = max(2 * fused.incidents.sparkSession.sparkContext.defaultParallelism, 1)
    grouped = paired.repartition(partitions, "a", "b").sortWithinPartitions("a", "b", "id")
    return grouped.mapInArrow(PairSeriesOf(unit, covered), ddl(PAIRS))


# --- how much there was to read


def _covered(fused: SparkFused, unit: Unit) -> Covered | None:
    """The days of the reports, and the coverage of each stretch; None where no report has a day."""
    story_of = fused.stories.select(sql.col("id").alias("story"), sql.explode("reports").alias("report"))
    dated = fused.told.where(sql.col("published").isNotNull()).join(story_of, "report", "left")
    reports = dated.select(
        _first_of(unit).alias("first"),
        "published",
        sql.coalesce("outlet", sql.lit("")).alias("outlet"),
        sql.coalesce("story", "report").alias("origin"),
    )
    first, last = reports.agg(sql.min("published"), sql.max("published")).collect()[0]
    if first is None:
        return None
    shares: dict[date, Counter[str]] = {}
    for row in reports.groupBy("first", "outlet").count().collect():
        shares.setdefault(row["first"], Counter())[row["outlet"]] = row["count"]
    origins = {row[0]: row[1] for row in reports.groupBy("first").agg(sql.countDistinct("origin")).collect()}
    stretches = [stretch.first for stretch in stretches_between(first, last, unit)]
    held = [Held(shares.get(day, Counter()), origins.get(day, 0)) for day in stretches]
    by_stretch = {
        day: coverage for day, coverage in zip(stretches, judged(held), strict=True) if coverage != Coverage()
    }
    return Covered(first, last, by_stretch)


def _first_of(unit: Unit) -> Column:
    """The first day of the stretch in which a report was published."""
    day = sql.col("published")
    return day if unit is Unit.day else sql.trunc(day, unit.value)


# --- each pair


def _by_pairs(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each incident once for every two countries in it."""
    for batch in batches:
        rows = [
            {"a": a, "b": b, **row}
            for row in batch.to_pylist()
            for a, b in combinations(sorted(countries_of(_parties(row, "sources", "targets", "victims"))), 2)
        ]
        yield pa.RecordBatch.from_pylist(rows, schema=PAIRED)


@dataclass(frozen=True)
class PairSeriesOf:
    """What a task makes of the incidents of its pairs, rows of `PAIRED` sorted by pair."""

    unit: Unit
    covered: Covered | None

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (row for batch in batches for row in batch.to_pylist())
        for (a, b), group in groupby(rows, key=lambda row: (row["a"], row["b"])):
            incidents = [_incident(row) for row in group]
            # Two that others only called upon are no pair.
            if (a, b) in pairs_of(incidents):
                yield pa.RecordBatch.from_pylist([self._pair(a, b, incidents)], schema=PAIRS)

    def _pair(self, a: str, b: str, incidents: list[Incident]) -> dict[str, object]:
        sides = (Side(a, frozenset({a})), Side(b, frozenset({b})))
        daily = score_series(incidents, sides)
        alerts = find_alerts(daily)
        days = [date.fromordinal(day) for day in daily.days]
        return {
            "a": a,
            "b": b,
            "tension": [_stretch(row) for row in flat_rows(self._dyad(sides, incidents), [a.day for a in alerts])],
            "scores": [{"date": day, "score": score} for day, score in zip(days, daily.scores, strict=True)],
            "alerts": [
                {
                    **{k: v for k, v in fields_of(alert, Sensitivity.normal).items() if k in _ALERT.names},
                    "date": alert.day,
                    "incidents": [incident.id for incident in drivers_of(alert, incidents, sides)],
                }
                for alert in alerts
            ],
        }

    def _dyad(self, sides: tuple[Side, Side], incidents: list[Incident]) -> DyadSeries:
        told = told_between(incidents, sides)
        days = [day for p in told if (day := day_counted(p.incident)) is not None]
        by_stretch: Mapping[date, Coverage] = {}
        if self.covered is not None:
            days += [self.covered.first, self.covered.last]
            by_stretch = self.covered.by_stretch
        if not days:
            return DyadSeries(sides[0].label, sides[1].label, self.unit, ())
        return series_of(told, sides, self.unit, Covered(min(days), max(days), by_stretch))


def _stretch(row: dict[str, object]) -> dict[str, object]:
    days = {name: date.fromisoformat(str(row[name])) for name in ("first", "last")}
    return {**{name: row[name] for name in _STRETCH_NAMES}, **days}


def _incident(row: dict[str, Any]) -> Incident:
    """As much of an incident as counting needs."""
    sources, targets, victims = (_parties(row, name) for name in ("sources", "targets", "victims"))
    return Incident(
        id=row["id"],
        type=row["type"],
        mode=None,
        status=row["status"],
        sources=sources,
        targets=targets,
        reports=tuple(row["reports"]),
        origins=0,
        events=(),
        victims=victims,
        first=row["first"],
        last=row["last"],
        dated=row["dated"],
        score=row["score"],
        goldstein=row["goldstein"],
        background=row["background"],
    )


def _parties(row: dict[str, Any], *names: str) -> tuple[IncidentParty, ...]:
    return tuple(IncidentParty(party["code"], party["name"]) for name in names for party in row[name])

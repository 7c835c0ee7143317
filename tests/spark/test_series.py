from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa
import pytest
from incident_samples import incident

pytest.importorskip("pyspark", reason="no Spark here; to run these tests: pip install 'detente[spark]'")

from detente.analyse.drivers import drivers_of
from detente.analyse.dyads import Side, score_series
from detente.analyse.outbreaks import find_alerts
from detente.model.dyad import Unit
from detente.model.incident import Incident
from detente.spark.series import PAIRED, PairSeriesOf

DAY = date(2024, 1, 1)
SIDES = (Side("ARM", frozenset({"ARM"})), Side("AZE", frozenset({"AZE"})))


def quarrel() -> list[Incident]:
    """A complaint every third day for half a year, then three days of shelling."""
    mild = [incident(f"m{n:03}", "ACCUSE", score=-2.0 - n % 3) for n in range(60)]
    dated = [replace(i, first=(day := DAY + timedelta(days=3 * n)), last=day) for n, i in enumerate(mild)]
    days = [DAY + timedelta(days=181 + n // 4) for n in range(12)]
    return [*dated, *(replace(incident(f"s{n:02}"), first=day, last=day) for n, day in enumerate(days))]


def test_alerts_of_a_pair_with_what_drove_them() -> None:
    incidents = quarrel()
    rows = [{"a": "ARM", "b": "AZE", **_row(incident)} for incident in incidents]
    task = PairSeriesOf(Unit.month, None)
    [pair] = [row for batch in task([pa.RecordBatch.from_pylist(rows, schema=PAIRED)]) for row in batch.to_pylist()]
    alerts = find_alerts(score_series(incidents, SIDES))
    assert alerts
    assert [(row["date"], row["driver"], row["incidents"]) for row in pair["alerts"]] == [
        (alert.day, alert.driver.value, [i.id for i in drivers_of(alert, incidents, SIDES)]) for alert in alerts
    ]
    assert sum(stretch["alerts"] for stretch in pair["tension"]) == len(alerts)


def _row(incident: Incident) -> dict[str, object]:
    return incident.to_dict() | {"first": incident.first, "last": incident.last}


def test_two_that_were_only_called_upon_are_no_pair() -> None:
    called = replace(incident("c1", "REQUEST", sources="NOR GOV", targets="ARM GOV,AZE GOV"), score=-1.0)
    rows = [{"a": "ARM", "b": "AZE", **_row(called)}]
    task = PairSeriesOf(Unit.month, None)
    assert list(task([pa.RecordBatch.from_pylist(rows, schema=PAIRED)])) == []

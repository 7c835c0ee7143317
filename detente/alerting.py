"""Alerts on the incidents of an archive, written down once: the series of its pairs, and what drove each alert.

What is in the archive has been fused before. Keeps nothing and tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from detente.analyse.drivers import drivers_of
from detente.analyse.dyads import BODIES, Side, pairs_of, score_series
from detente.analyse.false_alarms import MEASURED_ON, false_alarms_at
from detente.analyse.outbreaks import Alert, Sensitivity, find_alerts
from detente.analyse.unusual import is_long_enough
from detente.model.incident import Incident
from detente.store import Archive

Drivers = list[dict[str, object]]


@dataclass(slots=True)
class Judged:
    """How many pairs were looked at, and how many have too few days with incidents for any alert."""

    pairs: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Driven:
    """An alert with the incidents that drove it."""

    alert: Alert
    drivers: Drivers = field(default_factory=list)


def archive_alerts(
    store: Archive,
    incidents: list[Incident],
    asked: Iterable[tuple[Side, Side]],
    sensitivity: Sensitivity,
    judged: Judged | None = None,
) -> Iterator[Driven]:
    """Each alert of these pairs, with the incidents that drove it."""
    judged = judged or Judged()
    for sides in asked:
        judged.pairs += 1
        series = score_series(incidents, sides)
        if not is_long_enough(series):
            judged.short += 1
            continue
        for alert in find_alerts(series, sensitivity):
            yield Driven(alert, [_told(store, incident) for incident in drivers_of(alert, incidents, sides)])


def alerts_since(store: Archive, sensitivity: Sensitivity, since: date) -> Iterator[Driven]:
    """The alerts of all pairs of countries from a day on; one pair at a time is held in memory."""
    with store.asking() as rows:
        pairs = rows.pairs()
    for a, b in pairs:
        if a in BODIES or b in BODIES:
            continue
        sides = (Side(a, frozenset({a})), Side(b, frozenset({b})))
        with store.asking() as rows:
            briefs = rows.between([a], [b])
        series = score_series(briefs, sides)
        for alert in find_alerts(series, sensitivity) if is_long_enough(series) else ():
            if alert.day >= since:
                ids = [brief.id for brief in drivers_of(alert, briefs, sides)]
                with store.looking() as looked:
                    drivers = [looked.incident(id) for id in ids]
                yield Driven(alert, [_told(store, incident) for incident in drivers])


def all_pairs(incidents: list[Incident]) -> list[tuple[Side, Side]]:
    """All pairs of countries between which something passed."""
    return [(Side(a, frozenset({a})), Side(b, frozenset({b}))) for a, b in pairs_of(incidents)]


def fields_of(alert: Alert, sensitivity: Sensitivity, drivers: Drivers | None = None) -> dict[str, object]:
    """All that is known of an alert, as it is printed and sent."""
    numbers = ("score", "usual", "fall", "size", "level")
    rounded = {name: float(f"{getattr(alert, name):.6g}") for name in numbers}
    return {
        "a": alert.a,
        "b": alert.b,
        "date": alert.day.isoformat(),
        "driver": alert.driver.value,
        **rounded,
        "escalation": alert.escalation,
        "false_alarms": alert.false_alarms,
        "sensitivity": sensitivity.value,
        "false_alarms_of_setting": false_alarms_at(sensitivity.level),
        "measured_on": MEASURED_ON,
        "why": alert.why,
        "incidents": drivers or [],
    }


def _told(store: Archive, incident: Incident) -> dict[str, object]:
    with store.looking() as rows:
        words = [word for account in rows.accounts(incident)[:1] for word in account.words]
    return {
        "id": incident.id,
        "date": incident.first.isoformat() if incident.first else None,
        "type": incident.type,
        "score": incident.score,
        "reports": len(incident.reports),
        "words": words,
    }

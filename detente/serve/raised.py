"""The alerts that the first page shows: those that the watch raised, or what a small archive shows by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from detente.analyse.drivers import drivers_of
from detente.analyse.dyads import Side, pairs_of, score_series
from detente.analyse.outbreaks import Sensitivity, find_alerts
from detente.analyse.unusual import MIN_EVENT_DAYS, is_long_enough
from detente.model.incident import Counted

_MOST = 10
DAYS = 30


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert in a line, with the ids and types of the incidents that drove it."""

    day: date
    a: str
    b: str
    level: float
    why: str
    incidents: tuple[tuple[str, str], ...]


def kept_alert(body: Mapping[str, Any]) -> Raised:
    """An alert as the watch keeps it."""
    driven = tuple((str(told["id"]), str(told["type"])) for told in body["incidents"])
    return Raised(date.fromisoformat(body["date"]), body["a"], body["b"], float(body["level"]), body["why"], driven)


def recent_alerts(incidents: Sequence[Counted], last: date) -> list[Raised]:
    """The alerts of all pairs in the month before a day, the newest first."""
    found: list[Raised] = []
    between: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for incident in incidents:
        for pair in pairs_of([incident]):
            between[pair].append(incident)
    for (a, b), incidents in sorted(between.items()):
        if len(incidents) <= MIN_EVENT_DAYS:
            continue
        sides = (Side(a, frozenset({a})), Side(b, frozenset({b})))
        series = score_series(incidents, sides)
        if not is_long_enough(series):
            continue
        for alert in find_alerts(series, Sensitivity.normal):
            if last - timedelta(days=DAYS) < alert.day <= last:
                driven = tuple((one.id, one.type) for one in drivers_of(alert, incidents, sides))
                found.append(Raised(alert.day, a, b, alert.level, alert.why, driven))
    return sorted(found, key=lambda one: (-one.day.toordinal(), -one.level, one.a, one.b))[:_MOST]

"""What drove an alert on an archive: the incidents of its day, or of its week, that weigh most toward conflict."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TypeVar

from detente.analyse.dyads import Side, counts, day_counted, passed_between
from detente.analyse.outbreaks import Alert, Driver
from detente.analyse.unusual import WEEK
from detente.model.incident import Counted

T = TypeVar("T", bound=Counted)
MOST = 5


def drivers_of(alert: Alert, incidents: Iterable[T], sides: tuple[Side, Side]) -> list[T]:
    """The incidents between the two sides that made the alert's days what they were, the heaviest first."""
    back = timedelta(days=WEEK - 1 if alert.driver is Driver.week else 0)
    first = alert.day - back if alert.day.toordinal() > WEEK else alert.day
    found = [
        incident
        for incident in incidents
        if counts(incident)
        and (incident.score or 0.0) < 0
        and (day := day_counted(incident)) is not None
        and first <= day <= alert.day
        and (passed := passed_between(incident, *sides)) is not None
        and not passed.call
    ]
    return sorted(found, key=lambda i: (i.score or 0.0, -i.reporting, i.id))[:MOST]

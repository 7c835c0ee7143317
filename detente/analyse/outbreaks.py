"""Alerts that an outbreak of conflict between two actors has begun; a series comes in, alerts go out in order of days.

An alert on a day stands on that day and the days before it. It says that something unusual has begun, never that
something will: nothing here foresees. How unusual a day is, is measured in `analyse/unusual.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.analyse.false_alarms import false_alarms_at
from detente.analyse.unusual import Levels, measure_days
from detente.model.series import PairSeries

# An alarm ends when three weeks have passed without a day that would raise it.
CALM_DAYS = 21
# Within an alarm only twice the worst so far is news.
ESCALATION = 2.0


class Sensitivity(StrEnum):
    """How readily an alert is raised; the one thing that a user may choose."""

    low = "low"
    normal = "normal"
    high = "high"

    @property
    def level(self) -> float:
        """The level from which a day raises an alert, the same for every pair."""
        return _LEVELS[self]


# Normal is the lowest level, in steps of a half, with at most 0.2 false alarms per pair-year on the measured series.
# From 4.5 to 7 the catches stay the same there.
_LEVELS = {Sensitivity.low: 7.0, Sensitivity.normal: 5.5, Sensitivity.high: 4.0}


class Driver(StrEnum):
    """What raised an alert: the score of the day, or the sum of seven days."""

    day = "day"
    week = "week"


@dataclass(frozen=True, slots=True)
class Alert:
    """A day on which an outbreak seems to have begun, with what drove it and how unusual it is.

    `fall` is how far the day, or the seven days together, lie below the usual; `size` what four days (or weeks) in five
    of this pair do not reach; `level` the fall in such sizes, allowing for how rare days with events are.
    """

    a: str
    b: str
    day: date
    score: float
    driver: Driver
    usual: float
    fall: float
    size: float
    level: float
    escalation: bool

    @property
    def false_alarms(self) -> float:
        """How many false alarms of this level or above a pair had in a year where that was measured."""
        return false_alarms_at(self.level)

    @property
    def why(self) -> str:
        """What drove it, as one sentence."""
        what = f"the score of {self.score:.6g} lies" if self.driver is Driver.day else "the scores of seven days lie"
        known = "day" if self.driver is Driver.day else "week"
        words = f"{what} {self.fall:.6g} below the usual {self.usual:.6g} a day, where a large {known} of this pair is "
        again = "; twice the worst of the alarm that it falls into" if self.escalation else ""
        return f"{words}{self.size:.6g}: level {self.level:.3g}{again}"


def find_alerts(series: PairSeries, sensitivity: Sensitivity = Sensitivity.normal) -> list[Alert]:
    """The days on which an outbreak seems to have begun."""
    return find_alerts_from(series, sensitivity.level)


def find_alerts_from(series: PairSeries, level: float) -> list[Alert]:
    """The same from any level on, to measure how often alerts are false."""
    levels = measure_days(series)
    if levels is None:
        return []
    return [_alert(series, levels, at, again) for at, again in _starts(levels, level)]


def _starts(levels: Levels, threshold: float) -> Iterator[tuple[int, bool]]:
    """Which days start an alert, and whether it is an escalation within an alarm that still stands."""
    last, worst = None, 0.0
    for at in ((levels.day >= threshold) | (levels.week >= threshold)).nonzero()[0].tolist():
        day, level = int(levels.days[at]), float(max(levels.day[at], levels.week[at]))
        stands = last is not None and day - last <= CALM_DAYS
        if not stands or level >= ESCALATION * worst:
            yield at, stands
        last, worst = day, max(level, worst if stands else 0.0)


def _alert(series: PairSeries, levels: Levels, at: int, escalation: bool) -> Alert:
    by_day = bool(levels.day[at] >= levels.week[at])
    usual, score = float(levels.usual[at]), float(levels.scores[at])
    return Alert(
        a=series.a,
        b=series.b,
        day=date.fromordinal(int(levels.days[at])),
        score=score,
        driver=Driver.day if by_day else Driver.week,
        usual=usual,
        fall=usual - score if by_day else float(levels.week_falls[at]),
        size=float((levels.day_size if by_day else levels.week_size)[at]),
        level=float((levels.day if by_day else levels.week)[at]),
        escalation=escalation,
    )

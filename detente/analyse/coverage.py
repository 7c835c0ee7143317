"""How much there was to read in each stretch of days, and whether it was written by others than before.

Days, outlets and stories of reports come in. A series that falls because a source fell silent is no peace: so every
number of a pair stands beside the reports of its days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from detente.model.dyad import Coverage, Stretch, Unit

# The outlets of a stretch are compared with those of so many before it together.
_BEFORE = 6
# Half of the reports come from other outlets than before (total variation distance of the shares)...
_CHANGED = 0.5
# ... where both sides hold enough reports to say so.
_ENOUGH = 10
_WEEK = 7
# Periods whose coverage is remembered.
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Published:
    """What counting needs of one report: its day, its outlet, and the story that it carries."""

    report: str
    day: date | None
    outlet: str | None
    story: str | None = None


def stretches_between(first: date, last: date, unit: Unit) -> Iterator[Stretch]:
    """The days, weeks or months that touch the period, in order and without gaps; the first and last may reach over."""
    at = stretch_of(first, unit)
    while at.first <= last:
        yield at
        if at.last >= date.max - timedelta(days=1):
            return
        at = stretch_of(at.last + timedelta(days=1), unit)


def stretch_of(day: date, unit: Unit) -> Stretch:
    """The day, the week from Monday to Sunday, or the month in which a day lies."""
    if unit is Unit.day:
        return Stretch(day, day)
    if unit is Unit.week:
        monday = date.fromordinal(max(1, day.toordinal() - day.weekday()))
        return Stretch(monday, date.fromordinal(min(date.max.toordinal(), monday.toordinal() + _WEEK - 1)))
    first = day.replace(day=1)
    return Stretch(first, _end_of_month(first))


def _end_of_month(first: date) -> date:
    if (first.year, first.month) == (date.max.year, date.max.month):
        return date.max
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return following - timedelta(days=1)


@dataclass(slots=True)
class _Held:
    """What is held of a day or a stretch: reports by outlet ("" for none), and their origins."""

    outlets: Counter[str] = field(default_factory=Counter)
    origins: set[str] = field(default_factory=set)

    def add(self, other: _Held) -> None:
        self.outlets.update(other.outlets)
        self.origins |= other.origins


class PublishedDays:
    """How many reports of which outlets and origins each day has; many series can be told over one of these.

    Reports without a day count nowhere.
    """

    def __init__(self, reports: Iterable[Published] = ()) -> None:
        self._days: dict[date, _Held] = {}
        self._known: dict[tuple[Unit, date, date], list[Coverage]] = {}
        self.add(reports)

    def add(self, reports: Iterable[Published]) -> None:
        """Count more reports."""
        for report in reports:
            if report.day is not None:
                held = self._days.setdefault(report.day, _Held())
                held.outlets[report.outlet or ""] += 1
                held.origins.add(report.story or report.report)
        self._known.clear()

    def period(self) -> tuple[date, date] | None:
        """The first and the last day of any report."""
        return (min(self._days), max(self._days)) if self._days else None

    def coverage(self, first: date, last: date, unit: Unit) -> list[Coverage]:
        """The coverage of each stretch that touches the period, of the days within it."""
        key = (unit, first, last)
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = self._coverage(first, last, unit)
        return self._known[key]

    def _coverage(self, first: date, last: date, unit: Unit) -> list[Coverage]:
        held: dict[date, _Held] = {stretch.first: _Held() for stretch in stretches_between(first, last, unit)}
        for day, told in self._days.items():
            if first <= day <= last:
                held[stretch_of(day, unit).first].add(told)
        shares = [some.outlets for some in held.values()]
        return [
            Coverage(
                reports=some.outlets.total(),
                outlets=len(some.outlets.keys() - {""}),
                origins=len(some.origins),
                changed=_changed(shares[at], sum(shares[max(0, at - _BEFORE) : at], Counter())),
            )
            for at, some in enumerate(held.values())
        ]


def _changed(now: Counter[str], before: Counter[str]) -> bool:
    """Whether the reports come from other outlets than before."""
    total, past = now.total(), before.total()
    if total < _ENOUGH or past < _ENOUGH:
        return False
    distance = sum(abs(now[outlet] / total - before[outlet] / past) for outlet in now | before) / 2
    return distance >= _CHANGED

"""How much there was to read in each stretch of days, and whether it was written by others than before.

Days, outlets and stories of reports come in. A series that falls because a source fell silent is no peace: so every
number of a pair stands beside the reports of its days.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from detente.model.dyad import Coverage, Stretch, Unit

# The outlets of a stretch are compared with those of so many before it together.
_BEFORE = 6
# Half of the reports come from other outlets than before (total variation distance of the shares)...
_CHANGED = 0.5
# ... where both sides hold enough reports to say so.
_ENOUGH = 10
_WEEK = 7


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


@cache
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


@dataclass(frozen=True, slots=True)
class Held:
    """The reports of a stretch: how many each outlet wrote ("" where it is unknown), and how many origins they have."""

    shares: Counter[str]
    origins: int


def judged(held: Sequence[Held]) -> list[Coverage]:
    """The coverage of stretches that follow one another."""
    return [
        Coverage(
            reports=some.shares.total(),
            outlets=sum(1 for outlet, count in some.shares.items() if outlet and count),
            origins=some.origins,
            changed=_changed(some.shares, [h.shares for h in held[max(0, at - _BEFORE) : at]]),
        )
        for at, some in enumerate(held)
    ]


@dataclass(slots=True)
class _Held:
    """What is held of a day or a stretch: reports by outlet ("" for none), and their origins."""

    outlets: Counter[str] = field(default_factory=Counter)
    origins: set[str] = field(default_factory=set)

    def add(self, report: Published) -> None:
        self.outlets[report.outlet or ""] += 1
        self.origins.add(report.story or report.report)

    def join(self, other: _Held) -> None:
        self.outlets.update(other.outlets)
        self.origins |= other.origins


_NOTHING = _Held()


class PublishedDays:
    """How many reports of which outlets and origins each day has; many series can be told over one of these.

    Reports without a day count nowhere.
    """

    def __init__(self, reports: Iterable[Published] = ()) -> None:
        self._held: dict[Unit, dict[date, _Held]] = {unit: {} for unit in Unit}
        # Pages are told from it while reports are added.
        self._lock = threading.Lock()
        self.add(reports)

    def add(self, reports: Iterable[Published]) -> None:
        """Count more reports."""
        with self._lock:
            for report in reports:
                if report.day is not None:
                    for unit, held in self._held.items():
                        held.setdefault(stretch_of(report.day, unit).first, _Held()).add(report)

    def period(self) -> tuple[date, date] | None:
        """The first and the last day of any report."""
        with self._lock:
            days = self._held[Unit.day]
            return (min(days), max(days)) if days else None

    def coverage(self, first: date, last: date, unit: Unit) -> list[Coverage]:
        """The coverage of each stretch that touches the period, of the days within it."""
        with self._lock:
            held = [self._within(stretch, first, last, unit) for stretch in stretches_between(first, last, unit)]
            return judged([Held(some.outlets, len(some.origins)) for some in held])

    def _within(self, stretch: Stretch, first: date, last: date, unit: Unit) -> _Held:
        if first <= stretch.first and stretch.last <= last:
            return self._held[unit].get(stretch.first, _NOTHING)
        cut, day = _Held(), max(first, stretch.first)
        while day <= min(last, stretch.last):
            cut.join(self._held[Unit.day].get(day, _NOTHING))
            if day == date.max:
                break
            day += timedelta(days=1)
        return cut


def _changed(now: Counter[str], before: Sequence[Counter[str]]) -> bool:
    """Whether the reports come from other outlets than before."""
    total, past = now.total(), sum(some.total() for some in before)
    if total < _ENOUGH or past < _ENOUGH:
        return False
    known: Counter[str] = Counter()
    for some in before:
        known.update(some)
    distance = sum(abs(now[outlet] / total - known[outlet] / past) for outlet in now | known) / 2
    return distance >= _CHANGED

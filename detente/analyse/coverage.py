"""How much there was to read in each stretch of days, and whether it was written by others than before.

Days, outlets and stories of reports come in. A series that falls because a source fell silent is no peace: so every
number of a pair stands beside the reports of its days.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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


def coverage_of(reports: Iterable[Published], stretches: Sequence[Stretch], unit: Unit) -> list[Coverage]:
    """The coverage of each stretch; reports without a day count nowhere."""
    place = {stretch.first: at for at, stretch in enumerate(stretches)}
    held: list[list[Published]] = [[] for _ in stretches]
    for report in reports:
        at = place.get(stretch_of(report.day, unit).first) if report.day else None
        if at is not None:
            held[at].append(report)
    return judged(
        [Held(Counter(r.outlet or "" for r in some), len({r.story or r.report for r in some})) for some in held]
    )


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
            changed=_changed(some.shares, sum((h.shares for h in held[max(0, at - _BEFORE) : at]), Counter())),
        )
        for at, some in enumerate(held)
    ]


def _changed(now: Counter[str], before: Counter[str]) -> bool:
    """Whether the reports come from other outlets than before."""
    total, past = now.total(), before.total()
    if total < _ENOUGH or past < _ENOUGH:
        return False
    distance = sum(abs(now[outlet] / total - before[outlet] / past) for outlet in now | before) / 2
    return distance >= _CHANGED

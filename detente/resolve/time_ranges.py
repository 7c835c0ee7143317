"""Two times that are the ends of one stretch ("from late 2019 until last May"), and the words that open or close one.

Times found in a text in, stretches out; a time without a year or week takes it from the other end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.codebook.times import RangeWords
from detente.model.when import Precision
from detente.resolve.calendar_days import UNKNOWN, Days, moved
from detente.resolve.time_matches import Told
from detente.resolve.time_meaning import Anchor, Meaning

_COARSENESS: tuple[Precision, ...] = ("day", "week", "month", "year")
_OPENING_REACH = 15
# What "overnight" adds to a day is said already where the other end is told: "overnight from Friday to Saturday".
_SAID_BY_A_RANGE = "night_to"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time, or two that are the ends of one stretch; `opened` by words like "from"."""

    start: int
    end: int
    first: Told
    last: Told | None = None


Read = Callable[[Told, Anchor], Meaning]


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands between two times, and whether the first is opened by "from" or "between"."""

    between: str
    opened: bool
    words: RangeWords


def stretches(text: str, found: list[Told], words: RangeWords, anchor: Anchor, read: Read) -> list[Stretch]:
    """The times of a text, joined where two are the ends of one stretch; weak ones that nothing holds are left out."""
    result: list[Stretch] = []
    index = 0
    while index < len(found):
        told, following = found[index], found[index + 1] if index + 1 < len(found) else None
        opening = words.opening.search(text[max(0, told.start - _OPENING_REACH) : told.start])
        near = _Near(text[told.end : following.start] if following else "", opening is not None, words)
        if following and _is_range(told, following, near, read, anchor):
            start = told.start - len(opening.group()) if opening else told.start
            result.append(Stretch(start, following.end, _plain(told), following))
            index += 2
            continue
        if not told.weak:
            result.append(Stretch(told.start, told.end, told))
        index += 1
    return result


def _plain(told: Told) -> Told:
    return replace(told, frames=tuple(frame for frame in told.frames if frame.does != _SAID_BY_A_RANGE))


def _is_range(told: Told, following: Told, near: _Near, read: Read, anchor: Anchor) -> bool:
    opened, between, words = near.opened, near.between, near.words
    # "January to March 2022": the year makes a time of both.
    if told.weak and not opened and (following.weak or not words.between.fullmatch(between)):
        return False
    if "\n" in between or len(between) > _OPENING_REACH:
        return False
    if words.between.fullmatch(between) or (opened and words.join.fullmatch(between)):
        return True
    if not words.join.fullmatch(between):
        return False
    # "In 2014 and 2015" is one stretch, "in 2014 and 2022" are two years.
    last = read(following, anchor).days
    first = _from(_plain(told), read(_plain(told), anchor), last, anchor, read)
    return first.last is not None and first.last + timedelta(days=1) == last.first


def range_meaning(first: Told, last: Told, anchor: Anchor, read: Read) -> Meaning:
    """From the first day of one to the last day of the other time."""
    start, end = read(first, anchor), read(last, anchor)
    if start.ahead is None and end.ahead is not None and start.days.first is not None:
        end = _after(start.days.first, end, last, anchor, read)
    days = _joined(_from(first, start, end.days, anchor, read), end.days)
    ahead = _joined(_from(first, start, end.ahead, anchor, read), end.ahead) if end.ahead and start.ahead else None
    if ahead is None and days.first is None and end.ahead is not None:
        days = _joined(start.days, end.ahead)
    unknown = start if start.days.first is None else end
    why = f"from one to the other: {start.why}; {end.why}" if days.first else unknown.why
    return Meaning(days, ahead, start.inferred or end.inferred, why)


def _from(first: Told, start: Meaning, end: Days | None, anchor: Anchor, read: Read) -> Days:
    """The first end, taken as the last such day before the other end where it has no year or week of its own."""
    if start.ahead is None or end is None or end.first is None:
        return start.days
    return read(first, replace(anchor, published=end.first)).days


def _after(start: date, end: Meaning, last: Told, anchor: Anchor, read: Read) -> Meaning:
    """ "From 3 May 2021 until 5 June": the first such day after the start."""
    if end.days.first is not None and end.days.first >= start and "weekday" in last.parts:
        return end
    later = read(last, replace(anchor, published=start))
    if "weekday" in last.parts or later.ahead is None:
        return replace(end, days=end.ahead or end.days)
    days = later.days if later.days.first is not None and later.days.first >= start else later.ahead
    return replace(end, days=days, ahead=None)


def _joined(start: Days, end: Days | None) -> Days:
    if end is None or start.first is None or end.last is None or start.first > end.last:
        return UNKNOWN
    return Days(start.first, end.last, max(start.precision, end.precision, key=_COARSENESS.index))


def until(days: Days, published: date | None) -> Days:
    """Until Friday: from publication to that day where it lies ahead, else open before."""
    ahead = published is not None and days.last is not None and days.last >= published
    return Days(published if ahead else None, days.last, days.precision)


def before(days: Days, published: date | None) -> Days:
    """Before Friday: up to the day that goes before it."""
    last = moved(days.first, -1) if days.first else None
    return until(Days(None, last, days.precision), published) if last else UNKNOWN


def after(days: Days, published: date | None) -> Days:
    """After 3 May: from the day that follows, up to publication where that is past."""
    first = moved(days.last, 1) if days.last else None
    return onward(Days(first, None, days.precision), published) if first else UNKNOWN


def onward(days: Days, published: date | None) -> Days:
    """From 1 June: up to publication where it lies behind, else open."""
    begun = published is not None and days.first is not None and days.first <= published
    return Days(days.first, published if begun else None, days.precision)

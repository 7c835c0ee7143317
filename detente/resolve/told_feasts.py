"""Seasons and feasts: the northern seasons, days that come round each year, and single days with a name of their own.

Which days they are is knowledge (times.yaml); here they are laid on the calendar.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from detente.codebook.times import Feast, TimeWords
from detente.resolve import calendar_days as calendar
from detente.resolve.calendar_days import Days
from detente.resolve.calendar_parts import easter, nth_weekday, orthodox_easter
from detente.resolve.time_meaning import NO_SUCH_DAY, NOTHING, Anchor, Meaning, Parts, key, needs_a_day, single, year_of


def season(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the spring of 2022; last summer (northern seasons); winter is of the year it starts in"""
    first, last = words.seasons[key(parts["season"])]
    year = year_of(parts, words, anchor)
    if year is not None:
        return Meaning(_season(year, first, last), why="the season of that year (northern)")
    if anchor.published is None or needs_a_day(parts, anchor):
        return NOTHING
    began = _latest_begun(anchor.published, first)
    past, coming = _season(began, first, last), _season(began + 1, first, last)
    if "shift" not in parts:
        return Meaning(past, coming, why="the most recent such season that has begun (northern)")
    shift = words.shifts[key(parts["shift"])]
    over = past.last is not None and past.last < anchor.published
    if shift < 0:
        return Meaning(past if over else _season(began - 1, first, last), why="the latest such season that is over")
    this = _this_season(anchor.published, began, first, over)
    if shift == 0:
        return Meaning(_season(this, first, last), why="the season under way or nearest (northern)")
    return Meaning(_season(this + 1, first, last), why="the such season after this one (northern)")


def _latest_begun(published: date, first: int) -> int:
    return published.year if first <= published.month else published.year - 1


def _this_season(published: date, began: int, first: int, over: bool) -> int:
    """This summer is that of the year; this winter, once spring is out, the coming one."""
    if not over or began == published.year:
        return began
    return began if first == 12 and published.month <= 5 else began + 1


def _season(year: int, first: int, last: int) -> Days:
    start, end = calendar.whole_month(year, first), calendar.whole_month(year + (1 if last < first else 0), last)
    return Days(start.first, end.last, "month")


def feast(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """Christmas Day 2021; on New Year's Eve: the most recent one; next Easter"""
    told, year = words.feasts[key(parts["feast"])], year_of(parts, words, anchor)
    if year is not None:
        return single(_day_of(told, year), "that day of the year told")
    if anchor.published is None or needs_a_day(parts, anchor):
        return NOTHING
    shift = words.shifts[key(parts["shift"])] if "shift" in parts else None
    if shift == 0:
        return single(_day_of(told, anchor.published.year), "that day of publication's year")
    around = [_day_of(told, anchor.published.year + n) for n in (-1, 0, 1)]
    days = [day for day in around if day is not None]
    past = [day for day in days if day < anchor.published or (shift is None and day == anchor.published)]
    coming = [day for day in days if day > anchor.published]
    if not past or not coming:
        return NO_SUCH_DAY
    if shift == 1:
        return single(coming[0], "the first such day after publication")
    ahead = calendar.one_day(coming[0]) if shift is None else None
    return Meaning(calendar.one_day(past[-1]), ahead, why="the most recent such day before publication, or that day")


def feast_weekend(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """over the Easter weekend: the Saturday and Sunday next to the day"""
    told = feast(parts, words, anchor)
    ahead = told.ahead and _weekend_at(told.ahead)
    return replace(told, days=_weekend_at(told.days), ahead=ahead, why=f"the weekend at {told.why}")


def _weekend_at(days: Days) -> Days:
    if days.first is None:
        return days
    monday_or_tuesday = days.first.weekday() < 2
    return calendar.span_of_days(days.first, *_saturday_and_sunday(days.first.weekday(), monday_or_tuesday))


def _saturday_and_sunday(weekday: int, before: bool) -> tuple[int, int]:
    on = 5 - weekday - (7 if before else 0)
    return on, on + 1


def _day_of(told: Feast, year: int) -> date | None:
    """The day of the feast in a year."""
    if not 1900 <= year <= 2099:
        return None
    if told.easter is not None:
        return calendar.moved(easter(year), told.easter)
    if told.orthodox is not None:
        return calendar.moved(orthodox_easter(year), told.orthodox)
    if told.which:
        return nth_weekday(calendar.whole_month(year, told.month), told.which, told.weekday).first
    return calendar.named_day(year, told.month, told.day)


def named_day(parts: Parts, words: TimeWords, _anchor: Anchor) -> Meaning:
    """9/11"""
    return single(words.named_days[key(parts["named"])], "the day that goes by this name")

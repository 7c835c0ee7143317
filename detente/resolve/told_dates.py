"""Dates by the calendar: days, months, years, decades, and stretches of them.

The parts of an expression in, its days out; a year that is not told is taken from the day of publication.
"""

from __future__ import annotations

from datetime import date

from detente.codebook.times import TimeWords
from detente.resolve import calendar_days as calendar
from detente.resolve.calendar_days import UNKNOWN, Days
from detente.resolve.time_meaning import (
    NO_SUCH_DAY,
    NOTHING,
    Anchor,
    Meaning,
    Parts,
    key,
    month_of,
    needs_a_day,
    number_in,
    ordinal_of,
    single,
    year_of,
)

_AS_TOLD = "the date as told"
_YEARS_TRIED = 7
"""Weekday and date come together again after at most so many years, leap days aside."""


def iso(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """2024-03-07"""
    return single(calendar.named_day(int(parts["year"]), int(parts["isomonth"]), int(parts["isoday"])), _AS_TOLD)


def iso_month(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """2024-03"""
    return Meaning(calendar.whole_month(int(parts["year"]), int(parts["isomonth"])), why="the month as told")


def numeric(parts: Parts, _words: TimeWords, anchor: Anchor) -> Meaning:
    """07.03.2024; 24/02/2022: day first, unless only the other order is a date; either may be meant with strokes"""
    year = int(parts["year"]) if "year" in parts else _full_year(int(parts["short"]), anchor)
    one, two = int(parts["one"]), int(parts["two"])
    day_first, month_first = calendar.named_day(year, two, one), calendar.named_day(year, one, two)
    if day_first and month_first and day_first != month_first and parts["sep"] != ".":
        both = (calendar.one_day(day_first), calendar.one_day(month_first))
        return Meaning(UNKNOWN, why="day first or month first: the numbers do not say", others=both)
    return single(day_first or (month_first if parts["sep"] != "." else None), _AS_TOLD)


def _full_year(short: int, anchor: Anchor) -> int:
    """The year that two figures mean: not more than a few years ahead."""
    return 2000 + short if not anchor.published or 2000 + short <= anchor.published.year + 10 else 1900 + short


def date_told(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """7 March 2024; without a year the nearest past one for the day of publication."""
    month = month_of(parts, words)
    day = number_in(parts["day"]) if "day" in parts else ordinal_of(parts, words)
    assert month is not None
    year = year_of(parts, words, anchor)
    if year is not None:
        return single(calendar.named_day(year, month, day), _AS_TOLD)
    if calendar.named_day(2000, month, day) is None:
        return NO_SUCH_DAY
    if needs_a_day(parts, anchor) or anchor.published is None:
        return NOTHING
    past = calendar.latest_on_or_before(anchor.published, month, day)
    coming = calendar.first_after(anchor.published, month, day)
    if past is None or coming is None:
        return NOTHING
    if "weekday" in parts:
        return _on_weekday(past, coming, words.weekdays[key(parts["weekday"])])
    why = "the most recent such day on or before publication, as no year is told"
    return Meaning(calendar.one_day(past), ahead=calendar.one_day(coming), why=why)


def _on_weekday(past: date, coming: date, weekday: int) -> Meaning:
    """ "Friday, 13 November": the weekday helps to find the year."""
    earlier = (calendar.named_day(past.year - back, past.month, past.day) for back in range(1, _YEARS_TRIED))
    for day in (past, coming, *earlier):
        if day and day.weekday() == weekday:
            ahead = calendar.one_day(coming) if coming.weekday() == weekday and day != coming else None
            return Meaning(calendar.one_day(day), ahead, why="that day in the nearest year that has it on that weekday")
    return Meaning(calendar.one_day(past), ahead=calendar.one_day(coming), why="the most recent such day")


def day_of_month(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """on the 15th: the most recent one; the 15th of last month; Thursday, the 15th"""
    published, day = anchor.published, number_in(parts["day"])
    if not 1 <= day <= 31:
        return NO_SUCH_DAY
    if published is None:
        return NOTHING
    if "shift" in parts:
        month = calendar.whole_month(published.year, published.month + words.shifts[key(parts["shift"])])
        return single(_in_month(month, day), "that day of the month told")
    weekday = words.weekdays[key(parts["weekday"])] if "weekday" in parts else None
    past = _nearest_month_day(published, day, weekday, -1)
    coming = _nearest_month_day(published, day, weekday, 1)
    if past is None or coming is None:
        return NO_SUCH_DAY
    return Meaning(
        calendar.one_day(past),
        calendar.one_day(coming),
        why="the most recent such day on or before publication, as no month is told",
    )


def _in_month(month: Days, day: int) -> date | None:
    return calendar.named_day(month.first.year, month.first.month, day) if month.first else None


def _nearest_month_day(published: date, day: int, weekday: int | None, step: int) -> date | None:
    for months in range(60):
        found = _in_month(calendar.whole_month(published.year, published.month + step * months), day)
        beyond = found is None or (found > published if step < 0 else found <= published)
        if not beyond and found and weekday in (None, found.weekday()):
            return found
    return None


def this_day_in(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """on this day in 1991; the same day last year"""
    if anchor.published is None:
        return NOTHING
    year = int(parts["year"]) if "year" in parts else anchor.published.year + words.shifts[key(parts["shift"])]
    day = calendar.named_day(year, anchor.published.month, anchor.published.day)
    return single(day, "publication's day of the year, in the year told")


def date_range(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """March 3-5, 2024; 28 February to 3 March"""
    month = month_of(parts, words) or month_of(parts, words, "month2")
    last_month = month_of(parts, words, "month2") or month
    assert month is not None and last_month is not None
    first_day, last_day = number_in(parts["day"]), number_in(parts["day2"])
    turns = 1 if last_month < month else 0
    year = year_of(parts, words, anchor)
    if year is not None:
        return _from_to(year - turns, (month, first_day), (last_month, last_day), "the dates as told")
    if anchor.published is None or needs_a_day(parts, anchor):
        return NOTHING
    past = calendar.latest_on_or_before(anchor.published, month, first_day)
    if past is None:
        return NO_SUCH_DAY
    told = _from_to(
        past.year, (month, first_day), (last_month, last_day), "the most recent such days, as no year is told"
    )
    coming = _from_to(past.year + 1, (month, first_day), (last_month, last_day), "")
    return Meaning(told.days, coming.days if coming.days.first else None, why=told.why)


def _from_to(year: int, start: tuple[int, int], end: tuple[int, int], why: str) -> Meaning:
    first = calendar.named_day(year, *start)
    last = calendar.named_day(year + (1 if end[0] < start[0] else 0), *end)
    return Meaning(Days(first, last, "day"), why=why) if first and last and first <= last else NO_SUCH_DAY


def month_told(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """March 2024; in March; last March"""
    month, year = month_of(parts, words), year_of(parts, words, anchor)
    assert month is not None
    if year is not None:
        return Meaning(calendar.whole_month(year, month), why="the month as told")
    this = anchor.published
    if this is None:
        return NOTHING
    shift = words.shifts[key(parts["shift"])] if "shift" in parts else None
    if shift == 0:
        return Meaning(calendar.whole_month(this.year, month), why="that month of publication's year")
    begun = month < this.month or (month == this.month and shift is None)
    past = calendar.whole_month(this.year if begun else this.year - 1, month)
    still = month > this.month or (month == this.month and shift is None)
    coming = calendar.whole_month(this.year if still else this.year + 1, month)
    if shift is not None and shift > 0:
        return Meaning(coming, why="the first such month after publication's month")
    if shift is not None:
        return Meaning(past, why="the latest such month before publication's month")
    return Meaning(past, coming, why="the most recent such month that has begun, as no year is told")


def month_in_year(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """last year in March"""
    month = month_of(parts, words)
    if anchor.published is None or month is None:
        return NOTHING
    year = anchor.published.year + words.shifts[key(parts["shift"])]
    return Meaning(calendar.whole_month(year, month), why="the month of the year told")


def year_told(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """in 2020; the 2020 war"""
    return Meaning(calendar.whole_years(int(parts["year"]), int(parts["year"])), why="the year as told")


def year_range(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """2014-2016; 2014-16; between 2014 and 2016"""
    first = int(parts["year"])
    last = int(parts["year2"]) if "year2" in parts else first // 100 * 100 + int(parts["short"])
    return Meaning(calendar.whole_years(first, last), why="the years as told") if first <= last else NO_SUCH_DAY


def decade(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the 1990s; the '90s; the nineties"""
    if "short" in parts:
        year = _full_year(int(parts["short"]), anchor)
    else:
        year = int(parts["year"]) if "year" in parts else words.decades[key(parts["decade"])]
    # "The 1900s" in a row of decades is rare: a round hundred with "s" is told as a decade, too.
    return Meaning(calendar.whole_years(year, year + 9), why="the ten years of that decade")


def century(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """the 19th century: from its year 1 to the round year"""
    number = int(parts["century"])
    if not 1 <= number <= 90:
        return NO_SUCH_DAY
    return Meaning(calendar.whole_years(100 * number - 99, 100 * number), why="the hundred years of that century")

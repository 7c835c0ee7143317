"""Weeks, months, years and other units counted from a day: last week, two years ago, the past three days, a day later.

The parts of an expression and the day it counts from in, the days out.
"""

from __future__ import annotations

from datetime import date

from detente.codebook.times import TimeWords
from detente.model.when import Precision
from detente.resolve import calendar_days as calendar
from detente.resolve.calendar_days import UNKNOWN, Days
from detente.resolve.calendar_parts import fraction_of, part_of
from detente.resolve.time_meaning import (
    BEYOND,
    NO_SUCH_DAY,
    NOTHING,
    OPEN,
    Anchor,
    Meaning,
    Parts,
    how_many,
    key,
    month_of,
    number_in,
    ordinal_of,
    plural,
    single,
)

_SHORT = ("hour", "minute")
# Units counted in of which a smaller one is meant: "a decade ago" is a year.
_MEANT = {"fortnight": "week", "decade": "year", "century": "year"}


def _unit(parts: Parts, words: TimeWords, name: str = "unit") -> str:
    return words.units[key(parts[name])]


def shifted(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """last week, this month, next year"""
    if anchor.published is None:
        return NOTHING
    unit, shift = _unit(parts, words), words.shifts[key(parts["shift"])]
    if shift > 0 and key(parts["unit"]) in words.plurals:
        return OPEN  # "in the coming days"
    if shift < 0 and key(parts["unit"]) in words.plurals:
        return recent(parts, words, anchor)  # "the past months"
    side = {
        -1: f"the {unit} before publication's",
        0: f"the {unit} of publication",
        1: f"the {unit} after publication's",
    }
    days = calendar.unit_around(anchor.published, unit, shift)
    return Meaning(days, why=side[shift] + _as_the_calendar_has_it(unit)) if days.first else BEYOND


def _as_the_calendar_has_it(unit: str) -> str:
    return ", Monday to Sunday" if unit == "week" else ""


def this_unit(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the year, as in: at the end of the year"""
    if anchor.published is None:
        return NOTHING
    unit = _unit(parts, words)
    return Meaning(calendar.unit_around(anchor.published, unit, 0), why=f"the {unit} of publication")


def so_far(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """so far this year"""
    if anchor.published is None:
        return NOTHING
    unit = _unit(parts, words)
    days = calendar.unit_away(anchor.published, unit, 0)
    return Meaning(Days(days.first, anchor.published, days.precision), why=f"publication's {unit}, up to that day")


def end_of_unit(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """at year's end"""
    if anchor.published is None:
        return NOTHING
    unit = _unit(parts, words)
    days = part_of(calendar.unit_away(anchor.published, unit, 0), "end")
    return Meaning(days, why=f"the end of publication's {unit}")


def two_away(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the week before last, the month after next"""
    if anchor.published is None:
        return NOTHING
    steps = -2 if "back" in parts else 2
    if "weekend" in parts:
        saturday = 5 - anchor.published.weekday() + 7 * (steps if steps < 0 else 1)
        return Meaning(calendar.span_of_days(anchor.published, saturday, saturday + 1), why="the weekend told")
    unit = _unit(parts, words)
    way = "before" if steps < 0 else "after"
    return Meaning(calendar.unit_away(anchor.published, unit, steps), why=f"two {unit}s {way} publication's")


def past_span(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the past two weeks: up to the day of publication"""
    return _span(parts, words, anchor, -1)


def coming_span(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the next two weeks: from the day of publication on"""
    return _span(parts, words, anchor, 1)


def _span(parts: Parts, words: TimeWords, anchor: Anchor, direction: int) -> Meaning:
    if anchor.published is None:
        return NOTHING
    unit, number = _unit(parts, words), how_many(parts, words)
    if "number" not in parts and key(parts["unit"]) in words.plurals:
        return OPEN if direction > 0 else recent(parts, words, anchor)
    if unit in _SHORT:
        unit, number = "day", -(-number // 24) if unit == "hour" and number > 6 else 0
    days = calendar.units_between(anchor.published, unit, direction * number) if number else None
    told = days or calendar.one_day(anchor.published)
    way = "up to publication" if direction < 0 else "from publication on"
    return Meaning(told, why=f"{plural(number, unit)} {way}" if number else "the day of publication")


def row(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """for the third day in a row: the day of publication and the two before"""
    if anchor.published is None:
        return NOTHING
    unit = _unit(parts, words, "unit" if "unit" in parts else "unit2")
    number = ordinal_of(parts, words)
    if number < 1:
        return OPEN
    first = calendar.unit_away(anchor.published, unit, 1 - number)
    return Meaning(
        Days(first.first, anchor.published, first.precision), why=f"{plural(number, unit)} with publication's"
    )


def recent(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """recent weeks: nobody says since when"""
    if anchor.published is None:
        return NOTHING
    precisions: dict[str, Precision] = {"week": "week", "month": "month", "quarter": "month", "year": "year"}
    long: Precision = "year" if _unit(parts, words) in ("decade", "century") else "day"
    days = Days(None, anchor.published, precisions.get(_unit(parts, words), long))
    return Meaning(days, why="up to publication; since when, the words do not say")


def unsaid(_parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """several days ago; in the coming weeks: how many, nobody says"""
    return OPEN


def ago(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """two days ago"""
    return _away(parts, words, anchor.published, -1)


def ahead(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """three weeks from now"""
    return _away(parts, words, anchor.published, 1)


def _away(parts: Parts, words: TimeWords, day: date | None, direction: int, inferred: bool = False) -> Meaning:
    if day is None:
        return NOTHING
    unit, number = _unit(parts, words), how_many(parts, words)
    days = (
        _hours_away(day, direction * number, unit)
        if unit in _SHORT
        else calendar.unit_away(day, unit, direction * number)
    )
    if days.first is None:
        return BEYOND
    way, told = "before" if direction < 0 else "after", "the date told before" if inferred else "publication"
    which = f"the {_MEANT.get(unit, unit)} that lies " if unit not in ("day", *_SHORT) else ""
    return Meaning(days, inferred=inferred, why=f"{which}{plural(number, unit)} {way} {told}")


def _hours_away(day: date, number: int, unit: str) -> Days:
    """Whole days for 24, 48 hours; else the days between which the hour lies, as nobody says when it was written."""
    hours = number if unit == "hour" else int(number / 60)
    low = int(hours / 24)
    high = low + (1 if hours > 0 else -1) if hours % 24 and abs(hours) > 24 else low
    return calendar.span_of_days(day, min(low, high), max(low, high))


def ago_same(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """a year ago today; ten years ago this month"""
    if anchor.published is None:
        return NOTHING
    unit, number = _unit(parts, words), how_many(parts, words)
    if unit in calendar.MONTHS_IN:
        day = calendar.same_day_away(anchor.published, -number * calendar.MONTHS_IN[unit])
    else:
        day = calendar.moved(anchor.published, -number * {"day": 1, "week": 7, "fortnight": 14}.get(unit, 0))
    if day is None:
        return NO_SUCH_DAY
    if "unit2" in parts:
        smaller = _unit(parts, words, "unit2")
        return Meaning(calendar.unit_away(day, smaller, 0), why=f"the same {smaller}, {plural(number, unit)} before")
    named = words.phrases.get(key(parts["same"]))
    return single(calendar.moved(day, named.first if named else 0), f"the same day, {plural(number, unit)} before")


def ago_in(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """three years ago in May; two years ago on 3 May"""
    month, unit = month_of(parts, words), _unit(parts, words)
    if anchor.published is None or month is None:
        return NOTHING
    year = calendar.unit_away(anchor.published, unit, -how_many(parts, words)).first
    if year is None or unit not in calendar.MONTHS_IN:
        return NO_SUCH_DAY
    if "day" in parts:
        return single(calendar.named_day(year.year, month, number_in(parts["day"])), "that day of the year told")
    return Meaning(calendar.whole_month(year.year, month), why="that month of the year told")


def ago_half(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """two and a half years ago: the year in which that lies; half a century ago"""
    unit, number = _unit(parts, words), how_many(parts, words) if "number" in parts else 0
    if anchor.published is None:
        return NOTHING
    if unit in _SHORT:
        return single(anchor.published, "the day of publication")
    if unit not in calendar.MONTHS_IN:
        return OPEN
    months = number * calendar.MONTHS_IN[unit] + calendar.MONTHS_IN[unit] // 2
    if not months:
        return OPEN
    day = calendar.same_day_away(anchor.published, -months)
    if day is None:
        return NO_SUCH_DAY
    coarse = "month" if months < 12 else "year"
    return Meaning(calendar.unit_away(day, coarse, 0), why=f"the {coarse} that lies {plural(months, 'month')} before")


def stepped_back(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """three years earlier: than the date told before, or than publication"""
    return _away(parts, words, anchor.told_before or anchor.published, -1, anchor.told_before is not None)


def stepped_on(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """two days later: than the date told before; without one nothing can be said"""
    if _unit(parts, words) in _SHORT:
        # "An hour later": the day that the story stands at, or the report's.
        return _away(parts, words, anchor.told_before or anchor.published, 1, inferred=not anchor.alone)
    if anchor.told_before is None and anchor.stretch is not None:
        return _stretched(parts, words, anchor.stretch)
    if anchor.story_day is None:
        return Meaning(UNKNOWN, why="the date from which the words count is not known")
    return _away(parts, words, anchor.story_day, 1, inferred=anchor.told_before is not None)


def _stretched(parts: Parts, words: TimeWords, stretch: Days) -> Meaning:
    """Twelve days after some day of February: from 13 February to 12 March."""
    if stretch.first is None or stretch.last is None:
        return NOTHING
    unit, number = _unit(parts, words), how_many(parts, words)
    first, last = (calendar.unit_away(day, unit, number) for day in (stretch.first, stretch.last))
    days = Days(first.first, last.last, stretch.precision)
    return Meaning(days, inferred=True, why=f"{plural(number, unit)} after the stretch told before")


def step(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the day before, the next day: from the date told before; a day back also from publication"""
    number = words.steps[key(parts["words"])]
    day = anchor.story_day or (anchor.published if number < 0 else None)
    moved = calendar.moved(day, number) if day else None
    if moved is None:
        return Meaning(UNKNOWN, why="the date from which the words count is not known")
    told = "the date told before" if anchor.told_before else "publication"
    why = {-1: f"the day before {told}", 0: f"the day of {told}", 1: f"the day after {told}"}[number]
    return Meaning(calendar.one_day(moved), inferred=anchor.told_before is not None, why=why)


def stepped_unit(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """in 2014 ... the following year; that week; the year before"""
    unit = _unit(parts, words)
    start = anchor.told.first if anchor.told else None
    day = start or (anchor.published if anchor.alone or "back" in parts else None)
    if day is None:
        return Meaning(UNKNOWN, why="the date from which the words count is not known")
    shift = -1 if "back" in parts else 1 if "on" in parts else 0
    way = {-1: "before", 0: "of", 1: "after"}[shift]
    of = "the date told before" if start else "publication"
    return Meaning(calendar.unit_away(day, unit, shift), inferred=start is not None, why=f"the {unit} {way} {of}")


def fraction_of_year(parts: Parts, words: TimeWords, _anchor: Anchor) -> Meaning:
    """2021 Q1"""
    year = calendar.whole_years(int(parts["year"]), int(parts["year"]))
    days = fraction_of(year, ordinal_of(parts, words), words.fractions[key(parts["fraction"])])
    return Meaning(days, why="that part of the year") if days.first else NO_SUCH_DAY


def fraction_alone(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """Q2; the third quarter: the most recent one that has begun"""
    if anchor.published is None:
        return NOTHING
    of, number = words.fractions[key(parts["fraction"])], ordinal_of(parts, words)
    this, before = (fraction_of(calendar.unit_away(anchor.published, "year", n), number, of) for n in (0, -1))
    coming = fraction_of(calendar.unit_away(anchor.published, "year", 1), number, of)
    if this.first is None:
        return NO_SUCH_DAY
    why = "the most recent such part of a year that has begun, as no year is told"
    return Meaning(this, coming, why=why) if this.first <= anchor.published else Meaning(before, this, why=why)

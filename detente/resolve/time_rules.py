"""What each rule of times.yaml does with the parts of a matched expression: the days that the words mean.

Parts and the day they are told from in, days out (and the days meant when the words look ahead). No text is
searched here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from detente.codebook.times import TimeWords
from detente.model.when import Precision
from detente.resolve import calendar_days as calendar
from detente.resolve.calendar_days import UNKNOWN, Days


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day a report speaks on, and the day its story stands at ("two days later"), where they are known."""

    published: date | None
    told_before: date | None = None
    # The stretch told before, where it is longer than a day ("In February ... twelve days later").
    stretch: Days | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """The days that words mean; `ahead` where they mean other days of something still to come ("on Friday")."""

    days: Days
    ahead: Days | None = None
    inferred: bool = False


NOTHING = Meaning(UNKNOWN)
Parts = Mapping[str, str]
Rule = Callable[[Parts, TimeWords, Anchor], Meaning]


def _number(words: str) -> int:
    found = re.match(r"\d+", words)
    return int(found.group()) if found else 0


def _key(words: str) -> str:
    return " ".join(words.split()).casefold().rstrip(".")


def _month(parts: Parts, words: TimeWords, name: str = "month") -> int | None:
    return words.months[_key(parts[name])] if name in parts else None


def _year(parts: Parts, name: str = "year") -> int | None:
    return int(parts[name]) if name in parts else None


def _how_many(parts: Parts, words: TimeWords) -> int:
    told = _key(parts.get("number", "1"))
    return int(told) if told.isdigit() else words.numbers[told]


def _single(day: date | None) -> Meaning:
    return Meaning(calendar.one_day(day)) if day else NOTHING


def iso(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """2024-03-07"""
    day = parts.get("isoday") or parts["day"]
    return _single(calendar.named_day(int(parts["year"]), int(parts["isomonth"]), _number(day)))


def date_told(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """7 March 2024; without a year the nearest past one for the day of publication."""
    month, day, year = _month(parts, words), _number(parts["day"]), _year(parts)
    assert month is not None
    if year is not None:
        return _single(calendar.named_day(year, month, day))
    if anchor.published is None:
        return NOTHING
    past = calendar.latest_on_or_before(anchor.published, month, day)
    coming = calendar.first_after(anchor.published, month, day)
    if past is None or coming is None:
        return NOTHING
    return Meaning(calendar.one_day(past), ahead=calendar.one_day(coming))


def date_range(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """March 3-5, 2024; 28 February to 3 March"""
    month = _month(parts, words) or _month(parts, words, "month2")
    last_month = _month(parts, words, "month2") or month
    assert month is not None and last_month is not None
    year = _year(parts)
    if year is None:
        past = anchor.published and calendar.latest_on_or_before(anchor.published, month, _number(parts["day"]))
        if not past:
            return NOTHING
        year = past.year + (1 if last_month < month else 0)
    first = calendar.named_day(year - (1 if last_month < month else 0), month, _number(parts["day"]))
    last = calendar.named_day(year, last_month, _number(parts["day2"]))
    return Meaning(Days(first, last, "day")) if first and last and first <= last else NOTHING


def month_told(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """March 2024; in March; last March"""
    month, year = _month(parts, words), _year(parts)
    assert month is not None
    if year is not None:
        return Meaning(calendar.whole_month(year, month))
    if anchor.published is None:
        return NOTHING
    this = anchor.published
    shift = words.shifts[_key(parts["shift"])] if "shift" in parts else 0
    past = this.year if month < this.month or (month == this.month and shift == 0) else this.year - 1
    if "shift" in parts and shift == 0:
        return Meaning(calendar.whole_month(this.year, month))
    coming = calendar.whole_month(
        this.year if month > this.month or (month == this.month and not shift) else this.year + 1, month
    )
    return (
        Meaning(coming)
        if shift > 0
        else Meaning(calendar.whole_month(past, month), ahead=coming if not shift else None)
    )


def month_range(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """from March to May 2022"""
    first, last, year = _month(parts, words), _month(parts, words, "month2"), _year(parts)
    assert first is not None and last is not None
    if year is None:
        if anchor.published is None:
            return NOTHING
        year = anchor.published.year if last <= anchor.published.month else anchor.published.year - 1
    start = calendar.whole_month(year if first <= last else year - 1, first)
    return Meaning(Days(start.first, calendar.whole_month(year, last).last, "month"))


def year_told(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """in 2020; the 2020 war"""
    return Meaning(calendar.whole_years(int(parts["year"]), int(parts["year"])))


def year_range(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """2014-2016; between 2014 and 2016"""
    return Meaning(calendar.whole_years(int(parts["year"]), int(parts["year2"])))


def decade(parts: Parts, _words: TimeWords, _anchor: Anchor) -> Meaning:
    """the 1990s"""
    return Meaning(calendar.whole_years(int(parts["year"]), int(parts["year"]) + 9))


def weekday(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """on Tuesday: the most recent one, the day of publication included; last, this, next Tuesday"""
    published = anchor.published
    if published is None:
        return NOTHING
    number = words.weekdays[_key(parts["weekday"])]
    week = parts.get("of")
    if week is not None:
        shift = words.shifts[_key(week).split()[0]]
        return _single(calendar.moved(published, number - published.weekday() + 7 * shift))
    back, on = (published.weekday() - number) % 7, (number - published.weekday()) % 7
    shift_words = parts.get("shift")
    if shift_words is None:
        past, coming = calendar.moved(published, -back), calendar.moved(published, on or 7)
        return Meaning(calendar.one_day(past), calendar.one_day(coming)) if past and coming else NOTHING
    steps = {-1: -(back or 7), 0: number - published.weekday(), 1: on or 7}
    return _single(calendar.moved(published, steps[words.shifts[_key(shift_words)]]))


def weekday_range(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """from Monday to Wednesday"""
    if anchor.published is None:
        return NOTHING
    first, last = words.weekdays[_key(parts["weekday"])], words.weekdays[_key(parts["weekday2"])]
    end = calendar.moved(anchor.published, -((anchor.published.weekday() - last) % 7))
    start = calendar.moved(end, -((last - first) % 7)) if end else None
    return Meaning(Days(start, end, "day")) if start and end else NOTHING


def shifted(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """last week, this month, next year"""
    if anchor.published is None:
        return NOTHING
    unit = words.units[_key(parts["unit"])]
    return Meaning(calendar.unit_away(anchor.published, unit, words.shifts[_key(parts["shift"])]))


def earlier_part(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """earlier this month: from its start to the day of publication"""
    days = _this(parts, words, anchor)
    return Meaning(Days(days.first, anchor.published, days.precision)) if days.first else NOTHING


def later_part(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """later this week: from the day of publication to its end"""
    days = _this(parts, words, anchor)
    return Meaning(Days(anchor.published, days.last, days.precision)) if days.last else NOTHING


def _this(parts: Parts, words: TimeWords, anchor: Anchor) -> Days:
    unit = words.units[_key(parts["unit"])]
    return calendar.unit_away(anchor.published, unit, 0) if anchor.published else UNKNOWN


def weekend(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """at the weekend: the last Saturday and Sunday; next weekend: the coming ones"""
    if anchor.published is None:
        return NOTHING
    shift = words.shifts[_key(parts["shift"])] if "shift" in parts else -1
    # On a Saturday or Sunday "the weekend" is the one that has begun.
    begun = anchor.published.weekday() >= 5 and "shift" not in parts
    start = 5 - anchor.published.weekday() + (0 if begun else min(shift, 0) * 7)
    return Meaning(calendar.span_of_days(anchor.published, start, start + 1))


def past_span(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the past two weeks: up to the day of publication"""
    if anchor.published is None:
        return NOTHING
    unit = words.units[_key(parts["unit"])]
    return Meaning(calendar.units_between(anchor.published, unit, -_how_many(parts, words)))


def coming_span(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the next two weeks: from the day of publication on"""
    if anchor.published is None:
        return NOTHING
    unit = words.units[_key(parts["unit"])]
    return Meaning(calendar.units_between(anchor.published, unit, _how_many(parts, words)))


def recent(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """recent weeks: nobody says since when"""
    if anchor.published is None:
        return NOTHING
    unit = words.units[_key(parts["unit"])]
    precisions: dict[str, Precision] = {"week": "week", "month": "month", "year": "year", "decade": "year"}
    return Meaning(Days(None, anchor.published, precisions.get(unit, "day")))


def ago(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """two days ago"""
    return _away(parts, words, anchor.published, -1)


def ahead(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """three weeks from now"""
    return _away(parts, words, anchor.published, 1)


def _away(parts: Parts, words: TimeWords, day: date | None, direction: int, inferred: bool = False) -> Meaning:
    if day is None:
        return NOTHING
    days = calendar.unit_away(day, words.units[_key(parts["unit"])], direction * _how_many(parts, words))
    return Meaning(days, inferred=inferred)


def stepped_back(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """three years earlier: than the date told before, or than publication"""
    return _away(parts, words, anchor.told_before or anchor.published, -1, anchor.told_before is not None)


def stepped_on(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """two days later: than the date told before; without one nothing can be said"""
    if words.units[_key(parts["unit"])] == "hour":
        # "An hour later": the day that the story stands at, or the report's.
        return _away(parts, words, anchor.told_before or anchor.published, 1, inferred=True)
    if anchor.told_before is None and anchor.stretch is not None:
        return _stretched(parts, words, anchor.stretch)
    return _away(parts, words, anchor.told_before, 1, inferred=True)


def _stretched(parts: Parts, words: TimeWords, stretch: Days) -> Meaning:
    """Twelve days after some day of February: from 13 February to 12 March."""
    if stretch.first is None or stretch.last is None:
        return NOTHING
    unit, number = words.units[_key(parts["unit"])], _how_many(parts, words)
    first, last = (calendar.unit_away(day, unit, number) for day in (stretch.first, stretch.last))
    return Meaning(Days(first.first, last.last, stretch.precision), inferred=True)


def season(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the spring of 2022; last summer (northern seasons)"""
    first, last = words.seasons[_key(parts["season"])]
    year = _year(parts)
    if year is None:
        if anchor.published is None:
            return NOTHING
        shift = words.shifts[_key(parts["shift"])]
        year = anchor.published.year + shift
        if shift < 0 and last < anchor.published.month and first < last:
            year = anchor.published.year
    start, end = calendar.whole_month(year, first), calendar.whole_month(year + (1 if last < first else 0), last)
    return Meaning(Days(start.first, end.last, "month"))


def phrase(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """yesterday, overnight, tomorrow"""
    days = words.phrases[_key(parts["words"])]
    if anchor.published is None:
        return NOTHING
    return Meaning(calendar.span_of_days(anchor.published, days.first, days.last))


def step(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the day before, the next day: from the date told before; a day back also from publication"""
    number = words.steps[_key(parts["words"])]
    day = anchor.told_before or (anchor.published if number < 0 else None)
    moved = calendar.moved(day, number) if day else None
    return Meaning(calendar.one_day(moved), inferred=anchor.told_before is not None) if moved else NOTHING


RULES: Mapping[str, Rule] = {
    "iso": iso,
    "dotted": iso,
    "date": date_told,
    "date_range": date_range,
    "month": month_told,
    "month_range": month_range,
    "year": year_told,
    "year_range": year_range,
    "decade": decade,
    "weekday": weekday,
    "weekday_range": weekday_range,
    "shifted": shifted,
    "earlier_part": earlier_part,
    "later_part": later_part,
    "weekend": weekend,
    "past_span": past_span,
    "coming_span": coming_span,
    "recent": recent,
    "ago": ago,
    "ahead": ahead,
    "stepped_back": stepped_back,
    "stepped_on": stepped_on,
    "season": season,
    "phrase": phrase,
    "step": step,
}
"""Which function reads which `rule` of times.yaml."""

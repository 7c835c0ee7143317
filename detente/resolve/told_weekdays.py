"""Weekdays, weekends and times of day: the day they mean in a report of the day of publication.

A weekday alone is the most recent one; what words look ahead to is told beside it.
"""

from __future__ import annotations

from datetime import date

from detente.codebook.times import TimeWords
from detente.resolve import calendar_days as calendar
from detente.resolve.calendar_days import Days
from detente.resolve.time_meaning import NO_SUCH_DAY, NOTHING, Anchor, Meaning, Parts, how_many, key, single

_SATURDAY = 5


def weekday(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """on Tuesday: the most recent one, the day of publication included; last, this, next Tuesday"""
    published = anchor.published
    if published is None:
        return NOTHING
    number, name = words.weekdays[key(parts["weekday"])], parts["weekday"]
    week = parts.get("of")
    if week is not None:
        return _in_week(published, number, words.shifts[key(week).rsplit(" ", 1)[0]], name)
    back, on = (published.weekday() - number) % 7, (number - published.weekday()) % 7
    shift_words = parts.get("shift")
    if "two" in parts:
        return single(
            calendar.moved(published, -(back or 7) - 7), f"the {name} before the latest one before publication"
        )
    if "twoon" in parts:
        return single(calendar.moved(published, (on or 7) + 7), f"the {name} after the first one after publication")
    if shift_words is None:
        past, coming = calendar.moved(published, -back), calendar.moved(published, on or 7)
        if past is None or coming is None:
            return NO_SUCH_DAY
        why = f"the most recent {name} on or before publication"
        return Meaning(calendar.one_day(past), calendar.one_day(coming), why=why)
    return _shifted_weekday(published, name, number, words.shifts[key(shift_words)])


def _shifted_weekday(published: date, name: str, number: int, shift: int) -> Meaning:
    within = number - published.weekday()
    if shift == 0:
        return single(calendar.moved(published, within), f"the {name} of publication's week")
    if shift < 0:
        return single(calendar.moved(published, -(-within % 7 or 7)), f"the latest {name} before publication")
    on = within % 7 or 7
    found, other = calendar.moved(published, on), calendar.moved(published, on + 7)
    others = (calendar.one_day(other),) if other and within > 0 else ()
    told = single(found, f"the first {name} after publication")
    return Meaning(told.days, why=told.why, others=others)


def _in_week(published: date, number: int, shift: int, name: str) -> Meaning:
    week = ("last week", "publication's week", "next week")[shift + 1]
    return single(calendar.moved(published, number - published.weekday() + 7 * shift), f"the {name} of {week}")


def weekday_away(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """two weeks ago on Monday; a month ago on Friday has no one week"""
    if anchor.published is None:
        return NOTHING
    number, unit = words.weekdays[key(parts["weekday"])], words.units[key(parts["unit"])]
    if unit not in ("week", "fortnight"):
        stretch = calendar.unit_away(anchor.published, unit, -how_many(parts, words))
        return Meaning(stretch, why=f"the {unit} that lies so far back")
    week = calendar.unit_away(anchor.published, unit, -how_many(parts, words))
    day = calendar.moved(week.first, number) if week.first else None
    return single(day, f"the {parts['weekday']} of the week that lies so far back")


def weekdays_ago(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """two Fridays ago: the second one back from publication"""
    if anchor.published is None:
        return NOTHING
    back = (anchor.published.weekday() - words.weekdays[key(parts["weekday"])]) % 7 or 7
    day = calendar.moved(anchor.published, -back - 7 * (how_many(parts, words) - 1))
    return single(day, f"so many times {parts['weekday']} back from publication")


def weekday_on(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """a week from Monday: counted from the coming Monday"""
    if anchor.published is None:
        return NOTHING
    number, unit = words.weekdays[key(parts["weekday"])], words.units[key(parts["unit"])]
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    coming = calendar.moved(anchor.published, (number - anchor.published.weekday()) % 7 or 7)
    if days is None or coming is None:
        return NO_SUCH_DAY
    return single(calendar.moved(coming, days * how_many(parts, words)), f"counted from the coming {parts['weekday']}")


def stepped_weekday(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """the following Monday, the following weekend: the first after the date told before"""
    number = words.weekdays[key(parts["weekday"])] if "weekday" in parts else _SATURDAY
    if anchor.story_day is None:
        return Meaning(calendar.UNKNOWN, why="the date from which the words count is not known")
    on = (number - anchor.story_day.weekday()) % 7 or 7
    days = calendar.span_of_days(anchor.story_day, on, on if "weekday" in parts else on + 1)
    told = "the date told before" if anchor.told_before else "publication"
    return Meaning(days, inferred=anchor.told_before is not None, why=f"the first one after {told}")


def weekend(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """at the weekend: the last Saturday and Sunday; next weekend: the first that starts after publication"""
    if anchor.published is None:
        return NOTHING
    days_on = _SATURDAY - anchor.published.weekday()
    begun = days_on <= 0
    if "shift" not in parts:
        told, coming = _weekend(anchor.published, days_on - (0 if begun else 7)), days_on + (7 if begun else 0)
        return Meaning(told, _weekend(anchor.published, coming), why="the most recent weekend that has begun")
    shift = words.shifts[key(parts["shift"])]
    if shift < 0:
        return Meaning(_weekend(anchor.published, days_on - 7), why="the latest weekend before publication's")
    if shift == 0:
        return Meaning(_weekend(anchor.published, days_on), why="the weekend of publication's week")
    first = days_on + (7 if begun else 0)
    others = () if begun else (_weekend(anchor.published, first + 7),)
    return Meaning(_weekend(anchor.published, first), why="the first weekend after publication", others=others)


def _weekend(published: date, start: int) -> Days:
    return calendar.span_of_days(published, start, start + 1)


def phrase(parts: Parts, words: TimeWords, anchor: Anchor) -> Meaning:
    """yesterday, overnight, tomorrow"""
    days = words.phrases[key(parts["words"])]
    if anchor.published is None:
        return NOTHING
    span = calendar.span_of_days(anchor.published, days.first, days.last)
    return Meaning(span, why=_from_publication(days.first, days.last))


def _from_publication(first: int, last: int) -> str:
    if first != last:
        return "from the day before publication to its day"
    if first == 0:
        return "the day of publication"
    return f"{abs(first)} day{'s' if abs(first) > 1 else ''} {'before' if first < 0 else 'after'} publication"


def clock(_parts: Parts, _words: TimeWords, anchor: Anchor) -> Meaning:
    """at 10 a.m.: an hour of the day of publication"""
    return single(anchor.published, "an hour of the day of publication") if anchor.published else NOTHING

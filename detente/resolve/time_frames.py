"""What the words in front of a time make of its days: "the end of", "the second week of", "the day before".

Days and the frame's parts in, days out. Which words make which frame is told by times.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from detente.codebook.times import TimeWords
from detente.resolve import calendar_days as calendar
from detente.resolve.calendar_days import UNKNOWN, Days
from detente.resolve.calendar_parts import fraction_of, nth_stretch, nth_weekday, part_of, weekend_of
from detente.resolve.time_matches import Frame
from detente.resolve.time_meaning import Meaning, how_many, key, ordinal_of

Change = Callable[[Days, Mapping[str, str], TimeWords, date | None], Days]

SATURDAY = 5
_BOUNDS = frozenset({"start", "end"})


def framed(meaning: Meaning, frames: Sequence[Frame], words: TimeWords, published: date | None) -> Meaning:
    """The days meant, changed by each frame from the inside out."""
    for frame in frames:
        change, why = FRAMES[frame.does]

        def changed(days: Days, change: Change = change, parts: Mapping[str, str] = frame.parts) -> Days:
            return change(days, parts, words, published) if days.first is not None or days.last is not None else days

        days, ahead = changed(meaning.days), meaning.ahead and changed(meaning.ahead)
        told = f"{why} {meaning.why}" if why and days != meaning.days else meaning.why
        if days.first is None and meaning.days.first is not None:
            told = "there is no such part of that time"
        bounded = meaning.days.precision if frame.does in _BOUNDS else meaning.bounded
        meaning = replace(meaning, days=days, ahead=ahead, why=told, others=(), bounded=bounded)
    return meaning


def _part(part: str) -> Change:
    return lambda days, _parts, _words, _published: part_of(days, part)


def _same(days: Days, _parts: Mapping[str, str], _words: TimeWords, _published: date | None) -> Days:
    return days


def _earlier(days: Days, _parts: Mapping[str, str], _words: TimeWords, published: date | None) -> Days:
    """earlier this month: up to the day of publication"""
    if days.first and days.last and published and days.first <= published < days.last:
        return replace(days, last=published)
    return days


def _later(days: Days, _parts: Mapping[str, str], _words: TimeWords, published: date | None) -> Days:
    """later this week, the rest of the year: from the day of publication on"""
    if days.first and days.last and published and days.first < published <= days.last:
        return replace(days, first=published)
    return days


def _fraction(days: Days, parts: Mapping[str, str], words: TimeWords, _published: date | None) -> Days:
    return fraction_of(days, ordinal_of(parts, words), words.fractions[key(parts["fraction"])])


def _nth_stretch(days: Days, parts: Mapping[str, str], words: TimeWords, _published: date | None) -> Days:
    return nth_stretch(days, ordinal_of(parts, words), how_many(parts, words), words.units[key(parts["unit"])])


def _nth_weekday(days: Days, parts: Mapping[str, str], words: TimeWords, _published: date | None) -> Days:
    return nth_weekday(days, ordinal_of(parts, words), words.weekdays[key(parts["weekday"])])


def _nth_weekend(days: Days, parts: Mapping[str, str], words: TimeWords, _published: date | None) -> Days:
    """The Saturday that is the second, the last ... of the stretch, with its Sunday."""
    saturday = nth_weekday(days, ordinal_of(parts, words), SATURDAY).first
    return calendar.span_of_days(saturday, 0, 1) if saturday else UNKNOWN


def _week_of(days: Days, _parts: Mapping[str, str], _words: TimeWords, _published: date | None) -> Days:
    return calendar.whole_week(days.first) if days.first else UNKNOWN


def _week_to(days: Days, _parts: Mapping[str, str], _words: TimeWords, _published: date | None) -> Days:
    return Days(calendar.moved(days.last, -6), days.last, "week") if days.last else UNKNOWN


def _weekend_of(days: Days, _parts: Mapping[str, str], _words: TimeWords, _published: date | None) -> Days:
    return weekend_of(days)


def _night_to(days: Days, _parts: Mapping[str, str], _words: TimeWords, _published: date | None) -> Days:
    """in the night to Sunday: Saturday and Sunday"""
    one_day = days.first is not None and days.first == days.last
    return Days(calendar.moved(days.first, -1), days.last, "day") if one_day and days.first else days


def _day_beside(step: int) -> Change:
    def beside(days: Days, _parts: Mapping[str, str], _words: TimeWords, _published: date | None) -> Days:
        end = days.first if step < 0 else days.last
        day = calendar.moved(end, step) if end else None
        return calendar.one_day(day) if day else UNKNOWN

    return beside


def _away(direction: int) -> Change:
    def away(days: Days, parts: Mapping[str, str], words: TimeWords, _published: date | None) -> Days:
        end, unit = days.first if direction < 0 else days.last, words.units[key(parts["unit"])]
        return calendar.unit_away(end, unit, direction * how_many(parts, words)) if end else UNKNOWN

    return away


FRAMES: Mapping[str, tuple[Change, str]] = {
    "early": (_part("early"), "the early part of"),
    "mid": (_part("mid"), "the middle of"),
    "late": (_part("late"), "the late part of"),
    "start": (_part("start"), "the start of"),
    "end": (_part("end"), "the end of"),
    "same": (_same, ""),
    "earlier": (_earlier, "up to publication:"),
    "later": (_later, "from publication on:"),
    "fraction": (_fraction, "that fraction of"),
    "nth_stretch": (_nth_stretch, "that part of"),
    "nth_weekday": (_nth_weekday, "that weekday of"),
    "nth_weekend": (_nth_weekend, "that weekend of"),
    "week_of": (_week_of, "Monday to Sunday around"),
    "week_to": (_week_to, "the seven days up to"),
    "weekend_of": (_weekend_of, "the weekend of the week of"),
    "night_to": (_night_to, "the night before and the day:"),
    "day_before": (_day_beside(-1), "the day before"),
    "day_after": (_day_beside(1), "the day after"),
    "away_before": (_away(-1), "so long before"),
    "away_after": (_away(1), "so long after"),
}
"""What each `does` of a frame in times.yaml makes of the days, and how it is put in words."""

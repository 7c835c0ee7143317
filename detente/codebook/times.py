"""The words and patterns by which a language tells time, from `data/language/<code>/times.yaml`.

Gives typed tables and compiled patterns; says nothing of any day: reading a date needs a report and its
publication day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from detente.codebook.files import DATA, DataError, load_yaml
from detente.codebook.time_patterns import (
    TimeFrame,
    TimePattern,
    any_of,
    dateline_pattern,
    measure_pattern,
    phrase_pattern,
    placeholders,
    signs,
    standing_before,
    time_frame,
    time_pattern,
)

__all__ = ["DaySpan", "Feast", "TimeFrame", "TimePattern", "TimeWords", "load_times"]


@dataclass(frozen=True, slots=True)
class DaySpan:
    """First and last day, counted from an anchor day."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Feast:
    """A day that comes round each year: so many days from Easter, or by the calendar.

    By the calendar it is a day of a month, or (`which`) the second, third ... such weekday of it.
    """

    month: int = 0
    day: int = 0
    which: int = 0
    weekday: int = 0
    easter: int | None = None
    orthodox: int | None = None


@dataclass(frozen=True, slots=True)
class Openers:
    """Words in front of a time that make it one end of a stretch."""

    since: re.Pattern[str]
    until: re.Pattern[str]
    by: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    onward: re.Pattern[str]
    coming: re.Pattern[str]
    through: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class RangeWords:
    """What stands between the two ends of a stretch, what joins two times side by side, and what opens a stretch."""

    between: re.Pattern[str]
    join: re.Pattern[str]
    opening: re.Pattern[str]


@dataclass(frozen=True)
class TimeWords:
    """What the words of a language mean for the calendar; keys are in small letters."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    fractions: Mapping[str, int]
    decades: Mapping[str, int]
    units: Mapping[str, str]
    plurals: frozenset[str]
    shifts: Mapping[str, int]
    feasts: Mapping[str, Feast]
    named_days: Mapping[str, date]
    phrases: Mapping[str, DaySpan]
    steps: Mapping[str, int]
    patterns: tuple[TimePattern, ...]
    signs: Mapping[str, frozenset[str]]
    frames: tuple[TimeFrame, ...]
    openers: Openers
    ranges: RangeWords
    vague: re.Pattern[str]
    moving_feasts: re.Pattern[str]
    looking_ahead: re.Pattern[str]
    dateline: re.Pattern[str]
    name_after: re.Pattern[str]
    name_before: re.Pattern[str]
    plural: re.Pattern[str]
    belonging: frozenset[str]
    ties: Mapping[str, int]
    measure: re.Pattern[str]


def load_times(code: str = "en", folder: Path | None = None) -> TimeWords:
    """The words of time of a language; DataError names the file and what is missing or malformed."""
    path = (folder or DATA / "language" / code) / "times.yaml"
    raw = load_yaml(path)
    try:
        return _times(raw)
    except KeyError as error:
        raise DataError(f"{path}: section or placeholder {error} is missing") from error
    except (re.error, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path}: malformed: {error}") from error


def _times(raw: Mapping[str, Any]) -> TimeWords:
    months, weekdays = _names(raw["months"]), _names(raw["weekdays"])
    places = placeholders(raw, months, weekdays)
    return TimeWords(
        months={name.casefold(): number for name, number in months.items()},
        weekdays={name.casefold(): number for name, number in weekdays.items()},
        seasons={str(name): (int(first), int(last)) for name, (first, last) in raw["seasons"].items()},
        numbers=_numbers(raw["numbers"]),
        ordinals=_numbers(raw["ordinals"]),
        fractions=_numbers(raw["fractions"]),
        decades=_numbers(raw["decades"]),
        units={str(word): str(unit) for unit, words in raw["units"].items() for word in words},
        plurals=frozenset(str(word) for words in raw["units"].values() for word in words[1::2]),
        shifts=_numbers(raw["shifts"]),
        feasts={str(name).casefold(): Feast(**row) for name, row in raw["feasts"].items()},
        named_days=dict(raw["named_days"]),
        phrases=_phrases(raw["phrases"]) | _phrases(raw["phrases_alone"]),
        steps=_numbers(raw["steps"]),
        patterns=_patterns(raw, places),
        signs=signs(raw),
        frames=tuple(time_frame(row, places) for row in raw["frames"]),
        openers=Openers(**{name.name: standing_before(raw[name.name]) for name in fields(Openers)}),
        ranges=_ranges(raw["range"]),
        vague=re.compile(rf"{any_of(raw['vague'])}", re.IGNORECASE),
        moving_feasts=re.compile(rf"\b{any_of(raw['moving_feasts'])}\b"),
        looking_ahead=re.compile(rf"(?<!\w){any_of(raw['looking_ahead'])}(?!\w)", re.IGNORECASE),
        dateline=dateline_pattern(str(raw["dateline"]), places),
        name_after=re.compile(rf"[\s-]+{any_of(raw['name_after'])}\b"),
        name_before=re.compile(rf"\b{any_of(raw['name_before'])}\s+$"),
        belonging=frozenset(str(word) for word in raw["belonging"]),
        plural=re.compile(r"\s+" + str(raw["plural"])),
        ties=_numbers(raw["ties"]),
        measure=measure_pattern(str(raw["measure"]), places),
    )


def _numbers(table: Mapping[str, int]) -> dict[str, int]:
    return {str(word): int(number) for word, number in table.items()}


def _phrases(table: Mapping[str, Sequence[int]]) -> dict[str, DaySpan]:
    return {str(words): DaySpan(int(first), int(last)) for words, (first, last) in table.items()}


def _patterns(raw: Mapping[str, Any], places: Mapping[str, str]) -> tuple[TimePattern, ...]:
    """Of two matches of one length the first pattern wins: "the next day" is a step, not a day from publication."""
    found = [
        phrase_pattern("phrase", raw["phrases"]),
        phrase_pattern("phrase", raw["phrases_alone"], alone=True),
        phrase_pattern("step", raw["steps"]),
    ]
    return (*found, *(time_pattern(row, places) for row in raw["patterns"]))


def _ranges(raw: Mapping[str, Sequence[str]]) -> RangeWords:
    def whole(words: Sequence[str]) -> re.Pattern[str]:
        return re.compile(rf"\s*{any_of(words)}\s*", re.IGNORECASE)

    opening = re.compile(rf"\b{any_of(raw['from'])}\s+$", re.IGNORECASE)
    return RangeWords(whole(raw["between"]), whole(raw["join"]), opening)


def _names(table: Mapping[int, Sequence[str]]) -> dict[str, int]:
    """Names of months or weekdays with their number; each also in capitals, as headlines and datelines write them."""
    found = {str(name): int(number) for number, names in table.items() for name in names}
    return found | {name.upper(): number for name, number in found.items()}

"""The words and patterns by which a language tells time, from `data/language/<code>/times.yaml`.

Gives typed tables and compiled patterns; says nothing of any day: reading a date needs a report and its
publication day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.codebook.files import DATA, DataError, load_yaml


@dataclass(frozen=True, slots=True)
class TimePattern:
    """A compiled pattern and the name of the rule that reads its parts."""

    rule: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DaySpan:
    """First and last day, counted from an anchor day."""

    first: int
    last: int


@dataclass(frozen=True)
class TimeWords:
    """What the words of a language mean for the calendar; keys are in small letters."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    shifts: Mapping[str, int]
    phrases: Mapping[str, DaySpan]
    steps: Mapping[str, int]
    patterns: tuple[TimePattern, ...]
    since: re.Pattern[str]
    until: re.Pattern[str]
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
    places = _placeholders(raw, months, weekdays)
    # Of two matches of one length the first pattern wins: "the next day" is a step, not a day counted from publication.
    patterns = [TimePattern("phrase", _phrase(words)) for words in raw["phrases"]]
    patterns += [TimePattern("step", _phrase(words)) for words in raw["steps"]]
    patterns += [TimePattern(str(row["rule"]), _compiled(str(row["pattern"]), places)) for row in raw["patterns"]]
    return TimeWords(
        months={name.casefold(): number for name, number in months.items()},
        weekdays={name.casefold(): number for name, number in weekdays.items()},
        seasons={str(name): (int(first), int(last)) for name, (first, last) in raw["seasons"].items()},
        numbers={str(word): int(number) for word, number in raw["numbers"].items()},
        units={str(word): str(unit) for unit, words in raw["units"].items() for word in words},
        shifts={str(word): int(number) for word, number in raw["shifts"].items()},
        phrases={str(words): DaySpan(int(first), int(last)) for words, (first, last) in raw["phrases"].items()},
        steps={str(words): int(number) for words, number in raw["steps"].items()},
        patterns=tuple(patterns),
        since=_before(raw["since"]),
        until=_before(raw["until"]),
        dateline=_dateline(str(raw["dateline"]), places),
        name_after=re.compile(rf"[\s-]+{_any(raw['name_after'])}\b"),
        name_before=re.compile(rf"\b{_any(raw['name_before'])}\s+$"),
        belonging=frozenset(str(word) for word in raw["belonging"]),
        plural=re.compile(r"\s+" + str(raw["plural"])),
        ties={str(word): int(direction) for word, direction in raw["ties"].items()},
        measure=_measure(str(raw["measure"]), places),
    )


def _names(table: Mapping[int, Sequence[str]]) -> dict[str, int]:
    """Names of months or weekdays with their number; each also in capitals, as headlines and datelines write them."""
    found = {str(name): int(number) for number, names in table.items() for name in names}
    return found | {name.upper(): number for name, number in found.items()}


def _any(words: Sequence[str] | Mapping[str, Any]) -> str:
    ordered = sorted((str(word) for word in words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_spaced(re.escape(word)) for word in ordered) + ")"


def _spaced(pattern: str) -> str:
    return pattern.replace("\\ ", " ").replace(" ", r"\s+")


def _phrase(words: object) -> re.Pattern[str]:
    return re.compile(rf"\b{_spaced(re.escape(str(words)))}\b", re.IGNORECASE)


def _before(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b{_any(words)}\s+(?:the\s+)?$", re.IGNORECASE)


def _placeholders(raw: Mapping[str, Any], months: Mapping[str, int], weekdays: Mapping[str, int]) -> dict[str, str]:
    """The pattern of each {placeholder}; a full stop may follow an abbreviated name."""
    names = {"month": months, "weekday": weekdays}
    found = {key: _name_pattern(table, raw[f"{key}s"]) for key, table in names.items()}
    found["day"] = rf"(?:3[01]|[12]\d|0?[1-9])(?!\d)(?:{raw['ordinal']}\b)?"
    found["year"] = r"(?:1[89]|20)\d\d(?!\d)"
    found["isomonth"] = r"(?:1[0-2]|0[1-9])(?!\d)"
    found["isoday"] = r"(?:3[01]|[12]\d|0[1-9])(?!\d)"
    found["number"] = rf"(?:\d{{1,3}}|{_any(raw['numbers'])})"
    found["unit"] = _any([word for words in raw["units"].values() for word in words]) + r"\b"
    found["shift"], found["season"] = _any(raw["shifts"]), _any(raw["seasons"]) + r"\b"
    return found


def _measure(pattern: str, places: Mapping[str, str]) -> re.Pattern[str]:
    named = re.sub(r"\{([a-z]+)\}", lambda m: f"(?P<{m.group(1)}>{places[m.group(1)]})", pattern)
    return re.compile(r"\b" + _spaced(named), re.IGNORECASE)


def _dateline(pattern: str, places: Mapping[str, str]) -> re.Pattern[str]:
    """Capitals count in a dateline; its parts are read again as a date, so they need no names."""
    return re.compile(re.sub(r"\{([a-z]+)\}", lambda m: f"(?:{places[m.group(1)]})", pattern))


def _name_pattern(names: Mapping[str, int], table: Mapping[int, Sequence[str]]) -> str:
    """The names of months or weekdays; a full stop belongs to a short form ("Sept."), else it ends the sentence."""
    full = {str(words[0]).casefold() for words in table.values()}
    short = [name for name in names if name.casefold() not in full]
    whole = [name for name in names if name.casefold() in full]
    return rf"(?-i:{_any(whole)}(?![a-zA-Z])|{_any(short)}(?![a-zA-Z])\.?)"


def _compiled(pattern: str, places: Mapping[str, str]) -> re.Pattern[str]:
    def group(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"(?P<{name}>{places[name.rstrip('2')]})"

    # Behind "(?<=" a pattern must have one fixed width, so its blank stays a single one.
    spaced = re.sub(r"(?<!\[) (?![\]-])", r"\\s+", pattern.replace(" ?", r"\s*")) if "(?<=" not in pattern else pattern
    # The first letter or digit must open a word; "{year}s" and the like end one.
    return re.compile(r"(?<![\w.,$€£/])(?:" + re.sub(r"\{([a-z]+2?)\}", group, spaced) + r")(?!\w)", re.IGNORECASE)

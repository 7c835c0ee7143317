"""What a rule of times.yaml is given and gives: the parts of an expression with the day it is told from, and its days.

Types and the reading of single parts (numbers, months, years); which days a rule means is said in the `told_` files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import prod

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
    # The days of the last expression before, however long ("in 2014 ... the following year").
    told: Days | None = None
    # Somebody asks about the expression alone: there is no story, so publication is all that words can count from.
    alone: bool = False

    @property
    def story_day(self) -> date | None:
        """The day that words like "the next day" count from."""
        return self.told_before or (self.published if self.alone else None)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The days that words mean, and by which rule (`why`).

    `ahead` where they mean other days of something still to come ("on Friday"); `others`: days they may also mean.
    """

    days: Days
    ahead: Days | None = None
    inferred: bool = False
    why: str = ""
    others: tuple[Days, ...] = ()
    # How finely the time is told whose start or end is meant: "by the end of the year" is told in years.
    bounded: Precision | None = None


NO_PUBLICATION = "the words count from the day of publication, which is not known"
NOTHING = Meaning(UNKNOWN, why=NO_PUBLICATION)
NO_SUCH_DAY = Meaning(UNKNOWN, why="the calendar has no such day")
BEYOND = Meaning(UNKNOWN, why="the calendar does not reach so far")
OPEN = Meaning(UNKNOWN, why="the words leave the time open")
Parts = Mapping[str, str]
Rule = Callable[[Parts, TimeWords, Anchor], Meaning]


def key(words: str) -> str:
    """Words as the tables have them."""
    return " ".join(words.split()).casefold().rstrip(".")


def number_in(words: str) -> int:
    """The figures that words begin with."""
    found = re.match(r"\d+", words)
    return int(found.group()) if found else 0


def month_of(parts: Parts, words: TimeWords, name: str = "month") -> int | None:
    """The number of the month told."""
    return words.months[key(parts[name])] if name in parts else None


def year_of(parts: Parts, words: TimeWords, anchor: Anchor) -> int | None:
    """The year told, by its number or as "last year"."""
    if "year" in parts:
        return int(parts["year"])
    if "yearshift" in parts and anchor.published is not None:
        return anchor.published.year + words.shifts[key(parts["yearshift"])]
    return None


def needs_a_day(parts: Parts, anchor: Anchor) -> bool:
    """Whether the year hangs on a day of publication that is not known."""
    return "yearshift" in parts and anchor.published is None


def how_many(parts: Parts, words: TimeWords) -> int:
    """The number of units told, one where none is ("a", "the")."""
    told = key(parts.get("number", "1"))
    if told.isdigit():
        return int(told)
    if told in words.numbers:
        return words.numbers[told]
    parts_told = [words.numbers.get(part, 0) for part in re.split(r"[\s-]+", told)]
    # "Twenty-five" adds up, "two hundred" multiplies.
    return prod(parts_told) if parts_told[-1] > parts_told[0] else sum(parts_told)


def ordinal_of(parts: Parts, words: TimeWords) -> int:
    """Which one of several: 1 the first, -1 the last."""
    told = parts.get("digit") or key(parts.get("ordinal", "1"))
    return number_in(told) or words.ordinals.get(told, 0)


def single(day: date | None, why: str) -> Meaning:
    """One day, or none where the calendar has none such."""
    return Meaning(calendar.one_day(day), why=why) if day else NO_SUCH_DAY


def plural(number: int, unit: str) -> str:
    """The number with its unit, in words for people."""
    return f"{number} {'centuries' if unit == 'century' else unit + 's'}" if number != 1 else f"1 {unit}"

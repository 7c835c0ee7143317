"""The patterns of times.yaml made into regular expressions, each with a quick sign of where it may match.

Tables of words in, compiled patterns out; what a match means is not said here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TimePattern:
    """A compiled pattern and the name of the rule that reads its parts.

    `weak` words are a time only where `held` matches before them or a frame stands around them; those that are `alone`
    only where somebody asks about the expression by itself. `sign`: the kind of word without which it cannot match,
    `needs` the words of which one at least must stand in the text, set by set.
    """

    rule: str
    pattern: re.Pattern[str]
    sign: str
    held: re.Pattern[str] | None = None
    weak: bool = False
    alone: bool = False
    needs: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """Words in front of a time that pick a part of it ("the end of"); `ends` are the last words they can have."""

    does: str
    pattern: re.Pattern[str]
    ends: frozenset[str]


# Placeholders by which a pattern is looked for only near such a word, the rarest first.
_SIGNS = ("month", "weekday", "feast", "season", "unit", "year")
YEAR = "year"
ANYWHERE = "anywhere"
# An end of a frame that is any word with a figure at its end ("Q2").
FIGURE = "#"


def any_of(words: Iterable[object]) -> str:
    """One of these words, the longest first."""
    ordered = sorted((str(word) for word in words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_spaced(re.escape(word)) for word in ordered) + ")"


def _spaced(pattern: str) -> str:
    return pattern.replace("\\ ", " ").replace(" ", r"\s+")


def phrase_pattern(rule: str, phrases: Iterable[object], alone: bool = False) -> TimePattern:
    """Phrases that one rule reads as they stand, in small letters or capitals."""
    pattern = re.compile(rf"(?<![\w-]){any_of(phrases)}(?!\w)", re.IGNORECASE)
    last = frozenset(str(phrase).split()[-1] for phrase in phrases)
    return TimePattern(rule, pattern, ANYWHERE, alone=alone, needs=(last,))


def standing_before(words: Sequence[str]) -> re.Pattern[str]:
    """One of the words at the end of a text, with or without an article."""
    return re.compile(rf"\b{any_of(words)}\s+(?:the\s+)?$", re.IGNORECASE)


def placeholders(raw: Mapping[str, Any], months: Mapping[str, int], weekdays: Mapping[str, int]) -> dict[str, str]:
    """The pattern of each {placeholder}; a full stop may follow an abbreviated name."""
    names = {"month": months, "weekday": weekdays}
    found = {key: _name_pattern(table, raw[f"{key}s"]) for key, table in names.items()}
    # "The 20,000 people" tells no day.
    found["day"] = rf"(?:3[01]|[12]\d|0?[1-9])(?!\d|,\d{{3}}(?!\d))(?:{raw['ordinal']}\b)?"
    found["year"] = r"(?:1[89]|20)\d\d(?!\d)"
    found["number"] = rf"(?:\d{{1,3}}|{_tens(raw['numbers'])}|{any_of(raw['numbers'])})"
    found["ordinal"] = rf"(?:\d{{1,2}}{raw['ordinal']}|{any_of(raw['ordinals'])})"
    found["unit"] = any_of(word for words in raw["units"].values() for word in words) + r"\b"
    found["shift"], found["season"] = any_of(raw["shifts"]), any_of(raw["seasons"]) + r"\b"
    found["decade"], found["named"] = any_of(raw["decades"]), any_of(raw["named_days"])
    found["weekdays"] = any_of(names[0] for names in raw["weekdays"].values())
    found["feast"] = f"(?-i:{any_of(raw['feasts'])})"
    return found


def _tens(numbers: Mapping[str, int]) -> str:
    """Twenty-five, thirty one, two hundred."""
    tens = [word for word, number in numbers.items() if number >= 20 and number % 10 == 0 and number < 100]
    ones = [word for word, number in numbers.items() if number < 10 and len(word) > 2]
    hundreds = [word for word, number in numbers.items() if number == 100]
    return rf"{any_of(tens)}[ -]{any_of(ones)}|{any_of(ones)}\s+{any_of(hundreds)}"


def measure_pattern(pattern: str, places: Mapping[str, str]) -> re.Pattern[str]:
    """The measure before a word that ties clauses: "two days after"."""
    named = re.sub(r"\{([a-z]+)\}", lambda m: f"(?P<{m.group(1)}>{places[m.group(1)]})", pattern)
    return re.compile(r"\b" + _spaced(named), re.IGNORECASE)


def dateline_pattern(pattern: str, places: Mapping[str, str]) -> re.Pattern[str]:
    """Capitals count in a dateline; its parts are read again as a date, so they need no names."""
    return re.compile(re.sub(r"\{([a-z]+)\}", lambda m: f"(?:{places[m.group(1)]})", pattern))


def _name_pattern(names: Mapping[str, int], table: Mapping[int, Sequence[str]]) -> str:
    """The names of months or weekdays; a full stop belongs to a short form ("Sept."), else it ends the sentence."""
    full = {str(words[0]).casefold() for words in table.values()}
    short = [name for name in names if name.casefold() not in full]
    whole = [name for name in names if name.casefold() in full]
    return rf"(?-i:{any_of(whole)}(?![a-zA-Z])|{any_of(short)}(?![a-zA-Z])\.?)"


def time_pattern(row: Mapping[str, Any], places: Mapping[str, str]) -> TimePattern:
    """A row under `patterns`."""
    text = str(row["pattern"])
    held = row.get("held")
    # The first letter or digit must open a word; "{year}s" and the like end one.
    whole = r"(?<![\w.,$€£/])(?:" + filled(text, places) + r")(?!\w)"
    return TimePattern(
        str(row["rule"]),
        re.compile(whole, re.IGNORECASE),
        _sign(text),
        re.compile(rf"(?:\b|^){any_of(held)}\s$", re.IGNORECASE) if held else None,
        weak=held is not None,
        alone=bool(row.get("alone", False)),
        needs=(*_needed(text), *([frozenset(row["needs"])] if "needs" in row else [])),
    )


def _sign(pattern: str) -> str:
    """The rarest kind of word that the pattern has by a placeholder."""
    text = pattern.replace("{theyear}", "{year}")
    return next((sign for sign in _SIGNS if re.search(rf"{{{sign}2?}}", text)), ANYWHERE)


def _needed(pattern: str) -> Iterator[frozenset[str]]:
    """The words that a pattern cannot match without: its own, and of plain alternatives their last words."""
    for element in _elements(re.sub(r"\(\?<?[=!][^()]*\)|,\?", "", pattern)):
        plain = re.fullmatch(r"\((?:\?:|\?P<\w+>)((?:[a-z]+(?: [a-z]+)*)(?:\|[a-z]+(?: [a-z]+)*)*)\)", element)
        if plain:
            yield frozenset(way.split()[-1] for way in plain.group(1).split("|"))
        elif re.fullmatch(r"[a-z]{2,}", element):
            yield frozenset({element})


def _elements(pattern: str) -> Iterator[str]:
    """The pattern cut at the blanks that stand in no group; none where the whole has alternatives."""
    depth, element, found = 0, "", []
    for sign in pattern:
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and sign == "|":
            return
        if depth == 0 and sign == " ":
            found.append(element)
            element = ""
        else:
            element += sign
    # A blank within or after "(?:the )?" belongs to the group; what clings to a group is no word by itself.
    yield from (part for part in (*found, element) if part)


def time_frame(row: Mapping[str, Any], places: Mapping[str, str]) -> TimeFrame:
    """A row under `frames`: its words, then one of the words that tie them to the time."""
    text, then = str(row["pattern"]), [str(word) for word in row["then"]]
    ties = "|".join(_tie(word) for word in sorted(then, key=len, reverse=True))
    ends = {word.split()[-1] for word in then if word} | ({FIGURE} if r"\d" in text or "digit" in text else set())
    # Without a tying word the frame ends in one of its own words.
    if "" in then or "-" in then:
        ends |= set(re.findall(r"[a-z]+", text.replace("{", "").casefold())) | {"-"}
    pattern = re.compile(rf"(?<![\w-])(?:{filled(text, places)})(?:{ties})(?:the\s+)?$", re.IGNORECASE)
    return TimeFrame(str(row["does"]), pattern, frozenset(ends))


def _tie(word: str) -> str:
    if word == "":
        return r"\s+"
    if not word[0].isalpha():
        return rf"\s*{re.escape(word)}\s*"
    return rf"\s+{_spaced(re.escape(word))}\s+"


def filled(pattern: str, places: Mapping[str, str]) -> str:
    """A pattern with its placeholders as named groups, and its blanks as any blank space."""
    # Behind "(?<=" a pattern must have one fixed width, so its blank stays a single one.
    spaced = _wide(pattern) if "(?<=" not in pattern else pattern
    year = f"(?:(?P<year>{places['year']})|(?:of\\s+)?(?P<yearshift>{places['shift']})\\s+year(?!['’]|\\w))"
    return re.sub(r"\{([a-z]+2?)\}", _group(places, year), spaced)


def _wide(pattern: str) -> str:
    return re.sub(r"(?<!\[) (?![\]-])", r"\\s+", pattern.replace(" ?", r"\s*"))


def _group(places: Mapping[str, str], year: str) -> Callable[[re.Match[str]], str]:
    def group(match: re.Match[str]) -> str:
        name = str(match.group(1))
        if name == "weekdays":
            return places[name]
        return year if name == "theyear" else f"(?P<{name}>{places[name.rstrip('2')]})"

    return group


def signs(raw: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """For each sign the words, in small letters, that show where to look for its patterns."""
    tables = {
        "month": [name for names in raw["months"].values() for name in names],
        "weekday": [name for names in raw["weekdays"].values() for name in names],
        "unit": [word for words in raw["units"].values() for word in words],
        "season": raw["seasons"],
        "feast": raw["feasts"],
        "year": raw["units"]["year"][:1],
    }
    return {sign: frozenset(first_word(str(name)) for name in names) for sign, names in tables.items()}


def first_word(words: str) -> str:
    """The letters that words begin with, small."""
    found = re.search("[a-z]+", words.casefold())
    return found.group() if found else ""

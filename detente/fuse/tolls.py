"""How many people were killed, hurt, arrested, driven out or took part, as the words of one account say.

An account's words in, numbers out. What the reading already gives stands; here only fields are filled that it left
open, with the number nearest to a word for what happened to people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.codebook.tolls import TollWords
from detente.model.account import AccountSize, SizeField

_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)\b|[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d[\d,.]*\d|\d|[,;:()]")
# As far as this a word may stand from the number that it tells of, and a noun from its number.
_REACH, _NOUN = 12, 4
# What parts one thing told from the next, and how far that sets a number from a word on its other side.
_BREAKS = frozenset({"and", "while", "but", ",", ";", ":", "(", ")"})
_PARTED, _NO_PEOPLE = 3.0, 4.0
_LARGEST, _DIGITS = 10_000_000, 8
# A number behind its word ("killing twelve") is nearer to it than one before it ("twelve of them were then killed").
_BEFORE = 0.5
# Somebody told of by a noun alone ("the driver was killed") is one, if nothing else is counted there.
_NOUN_ALONE = 2.0
# So near before a number "among them" says that it is part of another.
_WITHIN = 3
_CLOSE = 3
_PERIOD = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    at: int
    of_people: bool
    alone: bool = False


@dataclass(frozen=True, slots=True)
class _Toll:
    """A word for what happened to people, and where it stands."""

    field: SizeField
    at: int
    word: str


def tolls_of(text: str, type: str, spelled: Mapping[str, int], words: TollWords) -> dict[SizeField, int]:
    """The number of each field in the text; `type` says what numbers of people are about where no word does."""
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    lowered = [token.lower() for token in tokens]
    numbers = list(_numbers(tokens, lowered, spelled, words))
    found: dict[SizeField, tuple[float, int]] = {}
    left = set(numbers)
    for distance, number, toll in _pairs(numbers, list(_tolls(lowered, words)), lowered, words):
        left.discard(number)
        if toll.field not in found or distance < found[toll.field][0]:
            found[toll.field] = (distance, number.value)
    usual = words.types.get(type)
    if usual is not None and usual not in found:
        counted = (number.value for number in numbers if number in left and number.of_people and number.value > 1)
        first = next(counted, None)
        if first is not None:
            found[usual] = (float(_REACH), first)
    return {field: value for field, (_, value) in found.items()}


def _pairs(
    numbers: Sequence[_Number], tolls: Sequence[_Toll], lowered: Sequence[str], words: TollWords
) -> Iterator[tuple[float, _Number, _Toll]]:
    """Each number with its word, the nearest first, within a part of the sentence before across; each but once."""
    rated = []
    for number in numbers:
        for toll in tolls:
            if abs(toll.at - number.at) > _REACH:
                continue
            between = lowered[min(toll.at, number.at) + 1 : max(toll.at, number.at)]
            # Nobody, and somebody told of by a noun, belong to their own clause alone.
            if number.value <= 1 and len(between) > _CLOSE:
                continue
            if number.alone and not _befalls(number, toll, between, words):
                continue
            breaks = sum(word in _BREAKS for word in between)
            distance = len(between) + (_BEFORE if toll.at > number.at else 0.0) + _PARTED * breaks
            distance += _NOUN_ALONE * number.alone + (0.0 if number.of_people else _NO_PEOPLE)
            rated.append((breaks > 0, distance, number.at, toll.at, number, toll))
    used: set[_Number | _Toll] = set()
    for _, distance, _, _, number, toll in sorted(rated, key=lambda item: item[:4]):
        if number.value <= 1 and toll.field == "taking_part":
            continue
        if used.isdisjoint({number, toll}):
            used |= {number, toll}
            yield distance, number, toll


def _befalls(number: _Number, toll: _Toll, between: Sequence[str], words: TollWords) -> bool:
    """Whether it befell somebody told of by a noun: "a soldier was shot", but neither "a soldier shot" nor "dragged
    marchers into vans and beat a photographer"."""
    if any(word in _BREAKS for word in between):
        return False
    return number.at > toll.at or toll.word.startswith(words.befalling) or not words.passive.isdisjoint(between)


def _tolls(lowered: Sequence[str], words: TollWords) -> Iterator[_Toll]:
    """The words for what happened to people."""
    for at, token in enumerate(lowered):
        following = " ".join(lowered[at : at + 2])
        for field, starts in words.fields.items():
            if any(following.startswith(start) if " " in start else token.startswith(start) for start in starts):
                yield _Toll(field, at, token)
                break


def _numbers(
    tokens: Sequence[str], lowered: Sequence[str], spelled: Mapping[str, int], words: TollWords
) -> Iterator[_Number]:
    """The numbers that count people, or may do so."""
    for at, token in enumerate(lowered):
        before, after = lowered[at - 1] if at else "", lowered[at + 1 : at + 1 + _NOUN]
        if before in words.no_count or not words.within.isdisjoint(lowered[max(0, at - _WITHIN) : at]):
            continue
        if token in words.nobody or (token in words.no and after[:1] and after[0] in (words.people | words.harm)):
            yield _Number(0, at, True)
        elif token in words.articles:
            yield from _single(at, after, tokens[at + 1 : at + 1 + _NOUN], words)
        elif not (" ".join(after[:2]) in words.of_them and any(_value(word, spelled, words) for word in lowered[:at])):
            value = _value(token, spelled, words)
            if value is not None and value <= _LARGEST:
                yield from _counted(value, at, tokens, lowered, words)


def _single(at: int, after: Sequence[str], spelt: Sequence[str], words: TollWords) -> Iterator[_Number]:
    """ "A fisherman", "the driver of the consul"; "a dozen men"."""
    if after[:1] == ["dozen"]:
        yield _Number(12, at, any(word in words.people for word in after))
        return
    noun = next((n for n, word in enumerate(spelt) if word in words.person), None)
    if noun is not None and not _BREAKS.intersection(after[:noun]):
        yield _Number(1, at, True, alone=True)


def _counted(value: int, at: int, tokens: Sequence[str], lowered: Sequence[str], words: TollWords) -> Iterator[_Number]:
    before, after = lowered[at - 1] if at else "", lowered[at + 1 : at + 1 + _NOUN]
    of_people = any(word in words.people for word in after) or any(t[:1].isupper() for t in tokens[at + 1 : at + 2])
    # "Eight villagers", "eight day labourers".
    at_once = words.people.intersection(after[: 1 if after[:1] and after[0].endswith("s") else 2])
    counts_things = bool(after) and after[0].startswith(words.things) and not at_once
    # "At eight he was dead", "a girl of fourteen"; years.
    timed = before in words.no_people and not _is_toll(lowered[at - 2] if at > 1 else "", words)
    no_number = words.people.isdisjoint(after[:2]) and (value in _PERIOD or timed)
    if not counts_things and not no_number:
        yield _Number(value, at, of_people)


def _is_toll(word: str, words: TollWords) -> bool:
    """ "A death toll of 43", "the killing of twelve": the word before "of" says what is counted."""
    return bool(word) and (word in words.counting or any(word.startswith(s) for f in words.fields.values() for s in f))


def _value(token: str, spelled: Mapping[str, int], words: TollWords) -> int | None:
    number, hyphen, noun = token.rpartition("-")
    if hyphen and noun in words.strong:
        token = number
    if token[0].isdigit():
        digits = token.replace(",", "")
        return int(digits) if digits.isdigit() and len(digits) <= _DIGITS else None
    return None if token == "dozen" else _spelled(token, spelled)


def _spelled(token: str, spelled: Mapping[str, int]) -> int | None:
    if token in spelled:
        return spelled[token]
    tens, _, ones = token.partition("-")
    if ones and tens in spelled and ones in spelled:
        return spelled[tens] + spelled[ones]
    return None


def with_tolls(sizes: Sequence[AccountSize], found: Mapping[SizeField, int]) -> tuple[AccountSize, ...]:
    """The sizes, and what was found in the words for the fields that they leave open."""
    known = {size.field for size in sizes}
    return (*sizes, *(AccountSize(field, value, value) for field, value in found.items() if field not in known))

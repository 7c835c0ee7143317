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

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*|\d[\d,.]*\d|\d|[,;:()]")
# As far as this a word may stand from the number that it tells of, and a noun from its number.
_REACH, _NOUN = 12, 4
# What parts one thing told from the next, and how far that sets a number from a word on its other side.
_BREAKS = frozenset({"and", "while", "but", ",", ";", ":", "(", ")"})
_PARTED, _NO_PEOPLE = 3.0, 4.0
_LARGEST = 10_000_000
# A number behind its word ("killing twelve") is nearer to it than one before it ("twelve of them were then killed").
_BEFORE = 0.5
_ONE = frozenset({"a", "an"})
_PERIOD = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    at: int
    of_people: bool


def tolls_of(text: str, type: str, spelled: Mapping[str, int], words: TollWords) -> dict[SizeField, int]:
    """The number of each field in the text; `type` says what numbers of people are about where no word does."""
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    lowered = [token.lower() for token in tokens]
    told = list(_told(lowered, words))
    found: dict[SizeField, tuple[float, int]] = {}
    for number in _numbers(tokens, lowered, spelled, words):
        field, distance = _nearest(number, told, lowered)
        if field is None and number.of_people and number.value > 1:
            field, distance = words.types.get(type), float(_REACH)
        if field is not None and (field not in found or distance < found[field][0]):
            found[field] = (distance, number.value)
    return {field: value for field, (_, value) in found.items()}


def _told(lowered: Sequence[str], words: TollWords) -> Iterator[tuple[int, SizeField]]:
    """Where a word for what happened to people stands."""
    for at, token in enumerate(lowered):
        following = " ".join(lowered[at : at + 2])
        for field, starts in words.fields.items():
            if any(following.startswith(start) if " " in start else token.startswith(start) for start in starts):
                yield at, field
                break


def _nearest(
    number: _Number, told: Sequence[tuple[int, SizeField]], lowered: Sequence[str]
) -> tuple[SizeField | None, float]:
    """The word that the number belongs to: the nearest one, if it is near enough."""
    best: tuple[float, SizeField] | None = None
    for at, field in told:
        between = lowered[min(at, number.at) + 1 : max(at, number.at)]
        if len(between) >= _REACH:
            continue
        distance = len(between) + (_BEFORE if at > number.at else 0.0)
        distance += _PARTED * sum(word in _BREAKS for word in between) + (0.0 if number.of_people else _NO_PEOPLE)
        if best is None or distance < best[0]:
            best = (distance, field)
    return (best[1], best[0]) if best else (None, 0.0)


def _numbers(
    tokens: Sequence[str], lowered: Sequence[str], spelled: Mapping[str, int], words: TollWords
) -> Iterator[_Number]:
    """The numbers that count people, or may do so."""
    for at, token in enumerate(lowered):
        after = lowered[at + 1 : at + 1 + _NOUN]
        value = _value(token, after, spelled)
        if value is None or value > _LARGEST:
            continue
        of_people = any(word in words.people for word in after) or any(t[:1].isupper() for t in tokens[at + 1 : at + 2])
        single = token in _ONE
        counts_things = bool(after) and after[0].startswith(words.things)
        if counts_things or (single and not of_people) or (value in _PERIOD and not of_people):
            continue
        if single and not any(word in words.people for word in after):
            continue
        yield _Number(value, at, of_people)


def _value(token: str, after: Sequence[str], spelled: Mapping[str, int]) -> int | None:
    if token in _ONE:
        return 12 if after[:1] == ["dozen"] else 1
    if token[0].isdigit():
        digits = token.replace(",", "")
        return int(digits) if digits.isdigit() else None
    if token == "dozen":
        return None
    return _spelled(token, spelled)


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

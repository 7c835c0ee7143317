"""The words of an account as they are compared: beginnings of words with their weights, names, and numbers.

Words in, likenesses between 0 and 1 out. Which words tell much is known by codebook/rarity.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from detente.codebook.folding import fold_name
from detente.codebook.rarity import Rarity, stem_of

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d,.]*\d|\d")
_LEAST = 3
# Letters for one sound in names that come from other alphabets.
_SOUNDS = str.maketrans({"q": "k", "c": "k", "w": "v", "y": "i", "j": "i", "z": "s"})
_VOWELS = re.compile("[aeiou]")
_DOUBLE = re.compile(r"(.)\1+")
_SHORT = 3
# Not numbers of people or things: the years of a date.
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Words:
    """What is compared of a text: `names` are words in capitals as they sound, `stems` the beginnings of the others."""

    stems: Mapping[str, float]
    names: Mapping[str, float]
    numbers: frozenset[int]


def words_of(text: str, rarity: Rarity, spelled: Mapping[str, int]) -> Words:
    """The words of a text; numbers written as words count as numbers."""
    stems: dict[str, float] = {}
    names: dict[str, float] = {}
    numbers: set[int] = set()
    for match in _WORD.finditer(text):
        word = match.group()
        number = _number(word, spelled)
        if number is not None:
            numbers.add(number)
        elif len(word) >= _LEAST:
            stem = stem_of(word)
            weight = rarity.weight(stem)
            if word[0].isupper() and not _opens(text, match.start(), weight):
                names[sound_of(word)] = weight * weight
            else:
                stems[stem] = weight
    return Words(stems, names, frozenset(numbers - set(_YEARS) - {1}))


@lru_cache(maxsize=1 << 16)
def sound_of(name: str) -> str:
    """A name as it sounds, roughly: "Maqsat" and "Maksat", "Bardhere" and "Bardheere" are one."""
    folded = "".join(letter for letter in fold_name(name) if letter.isalpha()).translate(_SOUNDS)
    plain = _DOUBLE.sub(r"\1", folded.replace("kh", "h").replace("gh", "g"))
    return plain[:1] + _VOWELS.sub("", plain[1:]) if len(plain) > _SHORT else plain


def _number(word: str, spelled: Mapping[str, int]) -> int | None:
    if word[0].isdigit():
        digits = word.replace(",", "").replace(".", "")
        return int(digits) if len(digits) < 10 else None
    return spelled.get(word.lower())


def _opens(text: str, at: int, weight: float) -> bool:
    """Whether a capital only opens a sentence: so do words that are met often."""
    before = text[:at].rstrip(" \t\n\"'“‘(")
    return weight < 1 and (not before or before[-1] in ".!?:\n")


def shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The weight of what both have."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight for stem, weight in one.items() if stem in other)


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The weight of what both have, as a share of what both have on average (Dice's coefficient)."""
    whole = sum(one.values()) + sum(other.values())
    return 2 * shared(one, other) / whole if whole else 0.0

"""When two tellings speak of one thing: by the parties' codes and entities, and by the words that they share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.codebook.folding import fold_name
from detente.model.participant import Participant

# Shorter words tell little ("the", "of"); of longer ones the beginning is enough ("withdraw", "withdrawal").
_LEAST, _STEM = 4, 6
_WORD = re.compile(r"\w+")
# Half of the shorter telling's words, and at least two of them.
_SHARE, _SHARED = 0.5, 2


def party_keys(parties: Iterable[Participant]) -> frozenset[str]:
    """What the parties are known by: entity, country with sector (a minister speaks for his government), else name."""
    keys: set[str] = set()
    for participant in parties:
        code = participant.code if participant.country is not None else None
        keys |= {key for key in (participant.entity, code) if key} or {fold_name(participant.name)}
    return frozenset(keys)


def telling_words(words: Iterable[str]) -> frozenset[str]:
    """The beginnings of the longer words, and all numbers, without case and accents."""
    found = (word for text in words for word in _WORD.findall(fold_name(text)))
    return frozenset(word[:_STEM] for word in found if len(word) >= _LEAST or word.isdigit())


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the shorter of two tellings is mostly in the longer; single words must be the very same."""
    shared = one & other
    shorter = min(len(one), len(other))
    if shorter == 0:
        return False
    return len(shared) >= min(_SHARED, shorter) and len(shared) >= _SHARE * shorter and (shorter > 1 or one == other)

"""Finds known names in a text with one automaton over all of them: whole words, longest first, offsets of the text.

Takes the folded names; who bears them is asked only for those that are found. It does not know who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from detente.codebook.folding import fold_text, lower_text

# Where one spelling stands for several things in different ways, the first of these is told; "Brussels" is a capital
# that may be ground, before it is a metonym.
_ORDER = (
    "name",
    "official",
    "alias",
    "transliteration",
    "former",
    "shared",
    "capital",
    "metonym",
    "demonym",
    "adjective",
)
# And who comes first among the bearers: "Brussels" is the Union more often than Belgium.
_BEARERS = (
    "name",
    "official",
    "alias",
    "transliteration",
    "metonym",
    "former",
    "shared",
    "capital",
    "demonym",
    "adjective",
)
_CAPITALS = re.compile(r"[A-Z]{2,}")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text, with all the actors that bear it and how it stands for them."""

    start: int
    end: int
    entities: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A spelling of a name as it is written, whom it stands for, and how."""

    surface: str
    entity: str
    how: str


class NameFinder:
    """All names in one automaton; `bearers` gives those who bear a folded name."""

    def __init__(
        self, patterns: Sequence[str], bearers: Callable[[str], list[Pattern]], heading_words: frozenset[str]
    ) -> None:
        self._patterns = patterns
        self._automaton = AhoCorasick(
            list(patterns), matchkind=MatchKind.Standard, implementation=Implementation.NoncontiguousNFA
        )
        self._bearers_of = bearers
        self._bearers: dict[str, list[Pattern]] = {}
        self._heading_words = heading_words

    def find(self, text: str) -> list[NameMatch]:
        """The names in the text, longest first where they overlap, in text order."""
        folded = fold_text(text)
        hits = [
            (start, end, number)
            for number, start, end in self._automaton.find_matches_as_indexes(lower_text(folded), overlapping=True)
            if _whole_word(folded, start, end)
        ]
        # Leftmost, then longest: "South Sudan" is not "Sudan", and nothing overlaps.
        hits.sort(key=lambda hit: (hit[0], -hit[1]))
        found: list[NameMatch] = []
        reached = 0
        for start, end, number in hits:
            if start < reached:
                continue
            fitting = [b for b in self._known(self._patterns[number]) if _written_alike(b.surface, text[start:end])]
            match = self._match(folded, start, end, fitting)
            if match is not None:
                found.append(match)
                reached = end
        return found

    def _known(self, pattern: str) -> list[Pattern]:
        if pattern not in self._bearers:
            self._bearers[pattern] = self._bearers_of(pattern)
        return self._bearers[pattern]

    def _match(self, folded: str, start: int, end: int, fitting: list[Pattern]) -> NameMatch | None:
        words = folded[start:end]
        if not fitting or (words in self._heading_words and _among_capitals(folded, start, end)):
            return None
        how = min((bearer.how for bearer in fitting), key=_ORDER.index)
        ranked = sorted(fitting, key=lambda bearer: _BEARERS.index(bearer.how))
        return NameMatch(start, end, tuple(dict.fromkeys(bearer.entity for bearer in ranked)), how)


def _whole_word(folded: str, start: int, end: int) -> bool:
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not (before.isalnum() or before in "_@#" or after.isalnum() or after == "_")


def _written_alike(surface: str, words: str) -> bool:
    """Whether the words are that name as written, with capitals where a title or a heading puts them.

    "US" is not "us", "Turkey" is not "turkey"; "TURKEY" may be Turkey in a heading. Marks may be left out in a text,
    but in a name of one word they are not added: "Germán" is somebody's name and not "German".
    """
    known, written = fold_text(surface), fold_text(words)
    if " " not in known and _marked(words) and _letters(words) != _letters(surface):
        return False
    raised = False
    for place, (one, two) in enumerate(zip(known, written, strict=True)):
        if one == two:
            continue
        if one != two.lower():
            return False
        raised = raised or (place > 0 and known[place - 1].isalnum())
    return not raised or (written.upper() == written and len(written) > 3)


def _marked(words: str) -> bool:
    return any(letter.isalpha() and not letter.isascii() for letter in words)


def _letters(words: str) -> str:
    return "".join(letter for letter in words if letter.isalpha()).casefold()


def _among_capitals(folded: str, start: int, end: int) -> bool:
    """Whether a neighbour word is written in capitals, as in a heading."""
    before = _WORD.findall(folded[max(0, start - 30) : start])
    after = _WORD.findall(folded[end : end + 30])
    neighbours = before[-1:] + after[:1]
    return any(_CAPITALS.fullmatch(word) for word in neighbours)

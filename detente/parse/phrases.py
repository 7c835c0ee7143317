"""Noun phrases and the offices they name, over a report's tokens.

Takes the grammar as it is; finds where a phrase begins and ends and which role, body or family word stands in it.
Does not decide who is meant.
"""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.codebook.language import LanguagePack, RoleNoun
from detente.model.reading import Token
from detente.model.span import Span

_LEFT = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "predet", "advmod", "case", "npadvmod"}
)
_OWNER_PREPOSITIONS = frozenset({"of", "for", "to", "at", "in", "from"})
_LONGEST_ROLE_WORDS = 9


@dataclass(frozen=True)
class Grammar:
    """Tokens with their dependants: the part of a reading that phrases need."""

    tokens: Sequence[Token]
    children: Sequence[Sequence[int]]

    @cached_property
    def _ends(self) -> list[int]:
        return [t.span.end for t in self.tokens]

    @cached_property
    def _starts(self) -> list[int]:
        return [t.span.start for t in self.tokens]

    def reach(self, span: Span) -> range:
        """The indices of the tokens that overlap a span."""
        first = bisect.bisect_right(self._ends, span.start)
        return range(first, max(first, bisect.bisect_left(self._starts, span.end)))


@dataclass(frozen=True, slots=True)
class Office:
    """A role word found in a phrase: tokens `[first, last]`, with the noun's class and whether it is a past office."""

    first: int
    last: int
    noun: RoleNoun
    former: bool


def children_of(tokens: Sequence[Token]) -> tuple[tuple[int, ...], ...]:
    """For each token the tokens that hang on it, in text order."""
    below: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            below[token.head].append(token.index)
    return tuple(tuple(items) for items in below)


def subtree(grammar: Grammar, top: int, without: frozenset[str] = frozenset()) -> list[int]:
    """The token and all below it, leaving out branches whose dependency is in `without`; in text order."""
    found, stack = [], [top]
    while stack:
        index = stack.pop()
        found.append(index)
        stack.extend(c for c in grammar.children[index] if grammar.tokens[c].dep not in without)
    return sorted(found)


def left_edge(grammar: Grammar, head: int) -> int:
    """The first token of the noun phrase with this head: articles, adjectives, names before it, owners."""
    first = head
    for child in reversed(grammar.children[head]):
        token = grammar.tokens[child]
        if child > head or (token.dep not in _LEFT and token.dep != "punct"):
            continue
        lowest = min(subtree(grammar, child))
        if token.dep != "punct":
            first = min(first, lowest)
    return first


def owner_phrase_end(grammar: Grammar, head: int) -> int:
    """The last token of the "of ..." or "for ..." phrase that belongs to a role noun, or the head itself."""
    last = head
    for child in grammar.children[head]:
        token = grammar.tokens[child]
        if child > head and token.dep == "prep" and token.text.lower() in _OWNER_PREPOSITIONS:
            tail = subtree(grammar, child, frozenset({"appos", "relcl", "acl", "punct", "advcl", "cc", "conj"}))
            if child <= last + 1:
                last = max(last, max(tail))
    return last


def phrase_span(grammar: Grammar, first: int, last: int) -> Span:
    return Span(grammar.tokens[first].span.start, grammar.tokens[last].span.end)


def find_office(grammar: Grammar, head: int, first: int, last: int, language: LanguagePack) -> Office | None:
    """The longest role word of the language pack among tokens `[first, last]` that holds the head noun.

    "vice president of the Security Council" reaches to the right of its head, "deputy foreign minister" to the left.
    """
    words = [grammar.tokens[i].text.lower() for i in range(first, last + 1)]
    place = head - first
    best: tuple[int, int] | None = None
    for start in range(max(0, place - _LONGEST_ROLE_WORDS), place + 1):
        for end in range(place, min(len(words), start + _LONGEST_ROLE_WORDS)):
            longer = best is None or end - start > best[1] - best[0]
            if longer and role_noun(words[start : end + 1], language) is not None:
                best = (start, end)
    if best is None:
        return None
    noun = role_noun(words[best[0] : best[1] + 1], language)
    assert noun is not None
    # "the former Russian president and current vice president": the nearest of these words decides.
    before = [w for w in words[: best[0]] if w in language.former or w in language.current]
    return Office(first + best[0], first + best[1], noun, former=bool(before) and before[-1] in language.former)


def plain(words: str) -> str:
    """Words as the language pack writes them: no accents, straight apostrophes, hyphens closed up."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return bare.replace("’", "'").replace(" '", "'").replace(" - ", "-")


def role_noun(words: Sequence[str], language: LanguagePack) -> RoleNoun | None:
    """The role noun these words are, in singular or plural, with hyphens or without."""
    joined = plain(" ".join(words))
    for form in _singulars(joined):
        if form in language.roles:
            return language.roles[form]
    return None


NO_SECTOR = "none"
"""The class of bodies whose word tells no sector ("the mission", "the group")."""


def body_sector(words: Sequence[str], language: LanguagePack) -> str | None:
    """The sector of a body or of a kind of people ("Foreign Ministry", "troops"): its longest known ending.

    None where no ending is a body; NO_SECTOR where it is one of no told sector.
    """
    joined = [w.lower() for w in words]
    endings = (known_ending(joined[start:], language) for start in range(len(joined)))
    return next((sector for sector in endings if sector is not None), None)


def known_ending(words: Sequence[str], language: LanguagePack) -> str | None:
    """The sector of the body or kind of people that lower-case words name as a whole, or None."""
    for form in _singulars(" ".join(words).replace(" - ", "-")):
        if form in language.bodies:
            return language.bodies[form]
    return None


def _singulars(words: str) -> list[str]:
    """The words as they stand and in likely singulars; a role noun's plural may sit on its first word."""
    forms = [words]
    if words.endswith("ies"):
        forms.append(words[:-3] + "y")
    if words.endswith("men"):
        forms.append(words[:-3] + "man")
    if words.endswith("es"):
        forms.append(words[:-2])
    if words.endswith("s"):
        forms.append(words[:-1])
    first, _, rest = words.partition(" ")
    if rest and first.endswith("s"):
        forms.append(f"{first[:-1]} {rest}")
    return forms

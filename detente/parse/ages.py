"""People called by their age alone, as a pronoun would call them: "The 61-year-old resigned"."""

from __future__ import annotations

from collections.abc import Iterator

from detente.parse.find import Find
from detente.parse.phrases import Grammar, left_edge, phrase_span

# Between the article and "old" stand a number, "year" and hyphens, and an adjective or two.
_LONGEST = 6
# "61 - year - old": the number stands so many words before its last.
_TO_NUMBER = 4


def is_age(index: int, grammar: Grammar, saying: frozenset[str]) -> bool:
    """Whether a word is the "old" of "61-year-old" without a noun behind it (a verb of saying may be taken for one)."""
    words = [t.text.lower() for t in grammar.tokens[max(0, index - 2) : index + 1]]
    following = grammar.tokens[index + 1] if index + 1 < len(grammar.tokens) else None
    noun = following is not None and following.pos in ("NOUN", "PROPN", "ADJ") and following.lemma not in saying
    return words == ["year", "-", "old"] and not noun


def find_by_age(index: int, text: str, grammar: Grammar) -> Iterator[Find]:
    """The phrase that ends in "old", where its article says that the person is known."""
    first = left_edge(grammar, index)
    while first > 0 and grammar.tokens[first].text.lower() not in ("the", "a", "an") and index - first < _LONGEST:
        first -= 1
    if grammar.tokens[first].text.lower() == "the":
        span = phrase_span(grammar, first, index)
        number = grammar.tokens[index - _TO_NUMBER].text if index >= _TO_NUMBER else ""
        yield Find(span, index, "pronoun", span.words(text), words=("person", number))


def age_told(find: Find, grammar: Grammar) -> str | None:
    """The age that stands beside a name: "Ana Petri, 61,", "Ana Petri (61)"."""
    last = find.head + 1
    behind = [t.text for t in grammar.tokens[last : last + 2]]
    return behind[1] if len(behind) > 1 and behind[0] in (",", "(") and behind[1].isdigit() else None

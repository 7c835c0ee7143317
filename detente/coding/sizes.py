"""How many were killed, hurt, arrested, displaced or took part, with the words that say so.

Reads numbers beside a deed's own clause; a range or "at least" keeps its lower and upper figure.
"""

from __future__ import annotations

import re

from detente.coding.clauses import Clauses
from detente.coding.deeds import Deed
from detente.model.event import Count, Size
from detente.model.span import Span

# What an event of a type can have numbers of.
_KINDS_OF_TYPE = {
    "ASSAULT": frozenset({"dead", "injured", "displaced"}),
    "COERCE": frozenset({"arrested", "displaced"}),
    "PROTEST": frozenset({"taking_part", "dead", "injured", "arrested"}),
    "SANCTION": frozenset({"displaced"}),
}
# "At least 20" is kept as 20 to 30: the words give no upper figure.
_UPPER = 1.5
_TEN = 10
_NUMBER = re.compile(r"^\d[\d,]*(\.\d+)?$")


def size_of(deed: Deed, plover: str, evidence: Span, clauses: Clauses) -> Size | None:
    """The numbers told in the deed's own clause, of the kinds its type can have; None where there are none."""
    fitting = _KINDS_OF_TYPE.get(plover, frozenset())
    found: dict[str, Count] = {}
    for index in clauses.reading.tokens_in(evidence):
        kind = clauses.language.size_words.get(clauses.tokens[index].lemma)
        count = _number_beside(index, clauses) if kind in fitting else None
        if kind is not None and count is not None:
            found.setdefault(kind, count)
    return Size(**found) if found else None


def _number_beside(index: int, clauses: Clauses) -> Count | None:
    """The number that counts the object or subject of a word ("killing 23 people", "two were wounded")."""
    token = clauses.tokens[index]
    heads = (
        [*clauses.objects(index), *clauses.below(index, "nsubjpass", "nsubj")]
        if token.pos in ("VERB", "AUX")
        else [index]
    )
    if token.pos in ("ADJ", "NOUN"):
        heads += clauses.below(index, "nsubj", "nummod")
    for head in heads:
        for candidate in [head, *clauses.below(head, "nummod")]:
            count = _count(candidate, clauses)
            if count is not None:
                return count
    return None


def _count(index: int, clauses: Clauses) -> Count | None:
    token = clauses.tokens[index]
    text = token.text.lower()
    words, multipliers = clauses.language.numbers, clauses.language.multipliers
    if text in clauses.language.round_numbers:
        low, high = clauses.language.round_numbers[text]
        return Count(low, high, token.span)
    if token.pos != "NUM" and text not in words and text not in multipliers:
        return None
    number = _value(text, clauses)
    number = multipliers.get(text) if number is None else number
    span, lowest = token.span, None
    for child in clauses.below(index, "compound", "quantmod", "nummod"):
        value = _value(clauses.tokens[child].text.lower(), clauses)
        if value is not None and number is not None:
            if text in multipliers:
                number = value * multipliers[text]
            elif _is_tens(value) and number < _TEN:
                number += value  # "twenty-six"
            elif value < number:
                lowest = value  # "10 to 20"
        span = span.cover(clauses.tokens[child].span)
    if number is None:
        return None
    if lowest is not None:
        return Count(int(lowest), int(number), span)
    return _bounded(int(number), span, clauses, index)


def _value(text: str, clauses: Clauses) -> float | None:
    return float(text.replace(",", "")) if _NUMBER.match(text) else clauses.language.numbers.get(text)


def _is_tens(value: float) -> bool:
    return 2 * _TEN <= value < _TEN * _TEN and value % _TEN == 0


def _bounded(number: int, span: Span, clauses: Clauses, index: int) -> Count:
    before = " " + " ".join(clauses.tokens[i].text.lower() for i in range(max(0, index - 3), index)) + " "
    if any(f" {words} " in before for words in clauses.language.more_than):
        return Count(number, max(number + 1, int(number * _UPPER)), span)
    return Count(number, number, span)

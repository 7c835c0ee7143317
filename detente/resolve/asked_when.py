"""Which days a time expression means that somebody asks about, without a report around it.

The words and the day of publication in; the days, or none with the reason. Nothing is told by today's clock.
"""

from __future__ import annotations

from datetime import date

from detente.codebook.times import TimeWords
from detente.model.answers import Answer, DatedWords
from detente.resolve.time_expressions import find_expressions


def ask_when(expression: str, published: date | None, words: TimeWords) -> Answer[DatedWords]:
    """The days that the words mean in a report of that day."""
    found = find_expressions(expression, published, words)
    if not found:
        return Answer(expression, None, (), "no time expression was found in these words")
    first, *rest = found
    readings = [first.when, *([first.ahead] if first.ahead else []), *(other.when for other in rest)]
    known = [DatedWords(when) for when in readings if when.first or when.last]
    if not first.known:
        why = "these words tell no day" if published else "relative words, and the day of publication is not known"
        return Answer(expression, None, tuple(known), why)
    span = first.span.words(expression)
    return Answer(expression, known[0], tuple(known[1:]), f"{span!r} told on {published or 'an unknown day'}")

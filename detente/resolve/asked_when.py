"""Which days a time expression means that somebody asks about, without a report around it.

The words and the day of publication in; the days, or none with the reason. Nothing is told by today's clock.
"""

from __future__ import annotations

from datetime import date

from detente.codebook.times import TimeWords
from detente.model.answers import Answer, DatedWords
from detente.model.when import When
from detente.resolve.time_expressions import LOOKING_AHEAD, TimeExpression, find_expressions

_EDGE = " \t\r\n.,;:!?\"'“”‘’()"


def ask_when(expression: str, published: date | None, words: TimeWords) -> Answer[DatedWords]:
    """The days that the words mean in a report of that day."""
    asked = expression.strip(_EDGE)
    if not asked:
        return Answer(expression, None, (), "no words were given")
    if words.vague.fullmatch(" ".join(asked.split())):
        return Answer(expression, None, (), "the words leave the time open")
    if words.moving_feasts.fullmatch(asked):
        return Answer(expression, None, (), "a feast whose days move from year to year: no table of them is kept")
    found = find_expressions(expression, published, words, alone=True)
    if not found:
        return Answer(expression, None, (), "no time expression was found in these words")
    first, *rest = found
    answer, others = _reading(first, expression, words)
    known = [*others, *(when for other in rest for when in (other.when, *other.others))]
    candidates = tuple(
        DatedWords(when) for when in dict.fromkeys(known) if _is_told(when, published) and when != answer
    )
    if not _is_told(answer, published):
        return Answer(expression, None, candidates, first.why or "these words tell no day")
    return Answer(expression, DatedWords(answer), candidates, _why(first, answer, expression, published))


def _reading(first: TimeExpression, expression: str, words: TimeWords) -> tuple[When, list[When]]:
    """The past reading, unless the words look ahead ("will meet on Friday"); and what else may be meant."""
    both = [first.when, *([first.ahead] if first.ahead and first.ahead != first.when else [])]
    if words.looking_ahead.search(expression, 0, first.span.start):
        both.reverse()
    return both[0], [*both[1:], *first.others]


def _is_told(when: When, published: date | None) -> bool:
    """Whether the words say anything: "recently" is before publication, which one knows without them."""
    if when.first is None and when.last is not None:
        return when.last != published
    return when.first is not None


def _why(first: TimeExpression, answer: When, expression: str, published: date | None) -> str:
    told = f"{first.span.words(expression)!r}, told on {published or 'an unknown day'}"
    if answer == first.ahead and answer != first.when:
        return f"{told}: {LOOKING_AHEAD}"
    return f"{told}: {first.why}"

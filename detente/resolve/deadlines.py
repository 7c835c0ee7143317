"""The deadlines that a report's words state ("by Friday", "before 5 October", "within 48 hours"), with their days.

Text, the report's day and words in; which demand or promise a deadline belongs to is told elsewhere. Days are those of
what is still to come: a deadline that the words do not date is found without days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from detente.codebook.commitments import CommitmentWords
from detente.codebook.times import TimeWords
from detente.model.reading import Reading
from detente.model.span import Span
from detente.model.when import ToldTimes, When
from detente.resolve import calendar_days as calendar
from detente.resolve.time_expressions import TimeExpression, find_expressions

_HOURS_A_DAY = 24
# How far before a time its opener may begin ("at the latest by").
_REACH = 24


def told_times(reading: Reading, day: date | None, words: TimeWords, own: CommitmentWords) -> ToldTimes:
    """All times that a report tells, and the deadlines that it states."""
    # Of a very long report only the first part is read.
    text = reading.report.text[: reading.paragraphs[-1].span.end if reading.paragraphs else 0]
    expressions = find_expressions(text, day, words)
    opened = re.compile(rf"(?:^|\W){_any(own.deadline_openers)}(?: the)?\s*$", re.IGNORECASE)
    opening = re.compile(rf"{_any(own.deadline_openers)}\b", re.IGNORECASE)
    deadlines = [_deadline(e) for e in expressions if _is_opened(e, text, opened, opening)]
    deadlines += [w for w in _measured(text, day, words, own) if not any(_same(w, other) for other in deadlines)]
    return ToldTimes(tuple(e.when for e in expressions), tuple(sorted(deadlines, key=_start)))


def _any(words: frozenset[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def _start(when: When) -> int:
    return when.span.start if when.span else 0


def _same(one: When, other: When) -> bool:
    return one.span is not None and other.span is not None and one.span.overlaps(other.span)


def _is_opened(expression: TimeExpression, text: str, opened: re.Pattern[str], opening: re.Pattern[str]) -> bool:
    """Whether the words in front of a time, or its own first words, say that something has to be done by then."""
    start = expression.span.start
    in_front = text[max(0, start - _REACH) : start]
    return bool(opened.search(in_front) or opening.match(expression.span.words(text)))


def _deadline(expression: TimeExpression) -> When:
    """The days as something still to come; where the time runs until then, its end."""
    when = expression.ahead or expression.when
    return When(when.first, when.last, when.basis, when.precision, expression.span)


def _measured(text: str, day: date | None, words: TimeWords, own: CommitmentWords) -> Iterator[When]:
    """Stretches counted from the report's day: "within three days", "gave them 48 hours"."""
    number = "|".join(sorted(map(re.escape, words.numbers), key=len, reverse=True))
    unit = "|".join(sorted(map(re.escape, words.units), key=len, reverse=True))
    parts = {"{number}": rf"(?P<number>\d{{1,3}}|{number})", "{unit}": rf"(?P<unit>{unit})"}
    for pattern in own.deadline_measures:
        for name, part in parts.items():
            pattern = pattern.replace(name, part)
        for match in re.finditer(rf"\b{pattern}\b", text, re.IGNORECASE):
            yield _counted(match, day, words)


def _counted(match: re.Match[str], day: date | None, words: TimeWords) -> When:
    told = match["number"].casefold()
    number = int(told) if told.isdigit() else words.numbers[told]
    unit = words.units[match["unit"].casefold()]
    span = Span(match.start("number"), match.end("unit"))
    if day is None:
        return When(None, None, "inferred", "day", span)
    if unit in ("hour", "minute"):
        unit, number = "day", -(-number // _HOURS_A_DAY) if unit == "hour" else 1
    if unit in ("week", "fortnight"):
        unit, number = "day", number * (7 if unit == "week" else 14)
    return When(day, calendar.unit_away(day, unit, number).last, "inferred", "day", span)

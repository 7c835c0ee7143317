"""The time expressions of a text, each with its words and the days they mean.

Text, publication day and the words of its language in; no expression is tied to an event here, and today's clock is
never looked at: without a publication day relative expressions are found but stay unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from detente.codebook.times import TimeWords
from detente.model.span import Span
from detente.model.when import Basis, When
from detente.resolve.calendar_days import Days
from detente.resolve.time_rules import RULES, Anchor, Meaning

# "Two days later" counts from a date told at most this many characters before; farther off the story has moved on.
REACH_OF_A_STEP = 400
# Rules whose days other words may count from.
_STEPS = ("stepped_back", "stepped_on", "step")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that tell a time: `when` as of what is past, `ahead` as of what is still to come, where that differs."""

    span: Span
    when: When
    ahead: When | None = None
    # The days themselves without "since" or "until": "since September, when ..." tells of September.
    bare: When | None = None

    @property
    def known(self) -> bool:
        return self.when.first is not None or self.when.last is not None


@dataclass(frozen=True, slots=True)
class _Match:
    rule: str
    match: re.Match[str]

    @property
    def order(self) -> tuple[int, int]:
        return self.match.start(), -self.match.end()


def find_times(text: str, published: date | None, words: TimeWords) -> list[When]:
    """All time expressions of a text with the days they mean, in text order; first and last are None where unknown."""
    return [expression.when for expression in find_expressions(text, published, words)]


def find_expressions(text: str, published: date | None, words: TimeWords) -> list[TimeExpression]:
    """All time expressions of a text, each with what it means for past and for coming deeds."""
    found: list[TimeExpression] = []
    for item in _best_matches(text, words):
        anchor = _anchor(found, item, text, published)
        meaning = RULES[item.rule](_parts(item), words, anchor)
        found.append(_expression(text, item.match, meaning, published, words))
    return found


def _best_matches(text: str, words: TimeWords) -> Iterator[_Match]:
    """The matches of all patterns, the earliest first, of those the longest, without overlap."""
    matches = [
        _Match(p.rule, m) for p in words.patterns for m in p.pattern.finditer(text) if _is_time(p.rule, m, words)
    ]
    end = 0
    for item in sorted(matches, key=lambda item: item.order):
        if item.match.start() >= end:
            end = item.match.end()
            yield item


def _is_time(rule: str, match: re.Match[str], words: TimeWords) -> bool:
    """Whether the match is not part of a name ("March 23 Movement", "Bloody Sunday") or a plain number of things."""
    text = match.string
    if words.name_after.match(text, match.end()) or words.name_before.search(
        text, max(0, match.start() - 20), match.start()
    ):
        return False
    return not (rule == "year" and match.group("year").endswith("00") and words.plural.match(text, match.end()))


def _parts(item: _Match) -> dict[str, str]:
    parts = {name: value for name, value in item.match.groupdict().items() if value is not None}
    return parts | {"words": item.match.group()}


def _anchor(found: list[TimeExpression], item: _Match, text: str, published: date | None) -> Anchor:
    if item.rule not in _STEPS:
        return Anchor(published)
    last = found[-1] if found else None
    near = last is not None and _is_near(last, item.match.start(), text)
    stretch = Days(last.when.first, last.when.last, last.when.precision) if last is not None and near else None
    if stretch is not None and stretch.precision != "month":
        stretch = None
    return Anchor(published, _day_told_before(found, item.match.start(), text), stretch)


def _is_near(expression: TimeExpression, start: int, text: str) -> bool:
    between = text[expression.span.end : start]
    return len(between) <= REACH_OF_A_STEP and "\n" not in between


def _day_told_before(found: list[TimeExpression], start: int, text: str) -> date | None:
    """The last single day told shortly before in the same paragraph."""
    for expression in reversed(found):
        if not _is_near(expression, start, text):
            return None
        if expression.when.first is not None and expression.when.precision == "day":
            return expression.when.first
    return None


def _expression(
    text: str, match: re.Match[str], meaning: Meaning, published: date | None, words: TimeWords
) -> TimeExpression:
    span = Span(match.start(), match.end())
    before = text[max(0, span.start - 15) : span.start]
    since, until = words.since.search(before), words.until.search(before)
    opening = since or until
    if opening:
        span = replace(span, start=span.start - len(before) + opening.start())

    def when(days: Days) -> When:
        days = days.since(published) if since else days.until() if until else days
        return When(days.first, days.last, "inferred" if meaning.inferred else "stated", days.precision, span)

    # "Until Friday" looks ahead by itself.
    usual = meaning.ahead if until and meaning.ahead else meaning.days
    later = when(meaning.ahead) if meaning.ahead and not opening else None
    days = meaning.days
    basis: Basis = "inferred" if meaning.inferred else "stated"
    bare = When(days.first, days.last, basis, days.precision, span) if opening else None
    return TimeExpression(span, when(usual), later, bare)

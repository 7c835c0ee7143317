"""The time expressions of a text, each with its words and the days they mean.

Text, publication day and the words of its language in; no expression is tied to an event here, and today's clock is
never looked at: without a publication day relative expressions are found but stay unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from detente.codebook.times import Openers, TimeWords
from detente.model.span import Span
from detente.model.when import Basis, When
from detente.resolve import time_ranges as ranges
from detente.resolve.calendar_days import UNKNOWN, Days
from detente.resolve.time_frames import framed
from detente.resolve.time_matches import Told, told_times
from detente.resolve.time_meaning import Anchor, Meaning
from detente.resolve.time_ranges import Stretch, range_meaning, stretches
from detente.resolve.time_rules import RULES, STEPS

# "Two days later" counts from a date told at most this many characters before; farther off the story has moved on.
REACH_OF_A_STEP = 400
COMING = "the first such time after publication"
LOOKING_AHEAD = f"the words look ahead, so {COMING}"
_OPENER_REACH = 25
# Rules whose words open with "from" by themselves.
_RANGES = ("date_range", "year_range")
_OWNED = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that tell a time: `when` as of what is past, `ahead` as of what is still to come, where that differs."""

    span: Span
    when: When
    ahead: When | None = None
    # The days themselves without "since" or "until": "since September, when ..." tells of September.
    bare: When | None = None
    # By which rule, in words for people, and what else the words may mean.
    why: str = ""
    others: tuple[When, ...] = ()

    @property
    def known(self) -> bool:
        return self.when.first is not None or self.when.last is not None


def find_times(text: str, published: date | None, words: TimeWords) -> list[When]:
    """All time expressions of a text with the days they mean, in text order; first and last are None where unknown."""
    return [expression.when for expression in find_expressions(text, published, words)]


def find_expressions(text: str, published: date | None, words: TimeWords, alone: bool = False) -> list[TimeExpression]:
    """All time expressions of a text, each with what it means for past and for coming deeds.

    `alone`: the text is an expression that somebody asks about, not a report; more words are then taken for a time.
    """
    told = told_times(text, words, alone)
    kept = _stretches(text, told, published, words)
    if alone and not kept:
        kept = _stretches(text, [replace(item, weak=False) for item in told], published, words)
    found: list[TimeExpression] = []
    for stretch in kept:
        meaning = _meaning(stretch, _anchor(found, stretch, text, replace(Anchor(published), alone=alone)), words)
        found.append(_expression(text, stretch, meaning, published, words.openers, alone))
    return found


def _stretches(text: str, told: list[Told], published: date | None, words: TimeWords) -> list[Stretch]:
    return stretches(text, told, words.ranges, Anchor(published), lambda item, day: _read(item, day, words))


def _read(told: Told, anchor: Anchor, words: TimeWords) -> Meaning:
    return framed(RULES[told.rule](told.parts, words, anchor), told.frames, words, anchor.published)


def _meaning(stretch: Stretch, anchor: Anchor, words: TimeWords) -> Meaning:
    if stretch.last is None:
        return _read(stretch.first, anchor, words)
    return range_meaning(stretch.first, stretch.last, anchor, lambda told, day: _read(told, day, words))


def _anchor(found: list[TimeExpression], stretch: Stretch, text: str, anchor: Anchor) -> Anchor:
    if stretch.first.rule not in STEPS:
        return anchor
    last = found[-1] if found else None
    near = last is not None and _is_near(last, stretch.start, text)
    told = Days(last.when.first, last.when.last, last.when.precision) if last is not None and near else None
    month = told if told is not None and told.precision == "month" else None
    day = _day_told_before(found, stretch.start, text)
    return replace(anchor, told_before=day, stretch=month, told=told)


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


@dataclass(frozen=True, slots=True)
class _Opening:
    """What words before a time make of its days, and whether they look ahead by themselves."""

    start: int
    change: Callable[[Days, date | None], Days]
    ahead: bool
    why: str
    # Until, other than by: something goes on up to that day.
    open_before: bool = False

    @property
    def forward(self) -> bool:
        """Whether the words can also be told of what is still to come."""
        return self.change in (ranges.onward, ranges.after) and not self.ahead


def _opening(text: str, stretch: Stretch, openers: Openers, alone: bool) -> _Opening | None:
    begin = max(0, stretch.start - _OPENER_REACH)
    before = text[begin : stretch.start]
    kinds: list[tuple[re.Pattern[str], Callable[[Days, date | None], Days], bool, str]] = [
        (openers.since, lambda days, published: days.since(published), False, "up to publication from"),
        (openers.until, ranges.until, True, "from publication up to"),
    ]
    if alone or not _OWNED.match(text, stretch.end):
        kinds.append((openers.by, ranges.until, True, "from publication up to"))
    if alone and stretch.last is None and stretch.first.rule not in _RANGES:
        kinds += [
            (openers.coming, ranges.onward, True, "from then on:"),
            (openers.through, ranges.until, True, "from publication up to"),
            (openers.before, ranges.before, True, "up to the day before"),
            (openers.after, ranges.after, False, "from the day after"),
            (openers.onward, ranges.onward, False, "from then on:"),
        ]
    for pattern, change, ahead, why in kinds:
        match = pattern.search(before)
        if match:
            return _Opening(begin + match.start(), change, ahead, why, open_before=pattern is openers.until)
    return None


def _expression(
    text: str, stretch: Stretch, meaning: Meaning, published: date | None, openers: Openers, alone: bool
) -> TimeExpression:
    opening = _opening(text, stretch, openers, alone)
    span = Span(opening.start if opening else stretch.start, stretch.end)
    basis: Basis = "inferred" if meaning.inferred else "stated"

    def when(days: Days) -> When:
        return When(days.first, days.last, basis, days.precision, span)

    others = tuple(when(days) for days in meaning.others)
    if opening is None:
        later = when(meaning.ahead) if meaning.ahead else None
        return TimeExpression(span, when(meaning.days), later, None, meaning.why, others)
    if opening.ahead and not alone:
        return _of_a_deed(span, opening, meaning, published, when)
    looks_ahead = opening.ahead and meaning.ahead is not None
    usual = meaning.ahead if looks_ahead and meaning.ahead else meaning.days
    changed = opening.change(usual, published)
    changed = replace(changed, precision=meaning.bounded or changed.precision)
    known = changed.first is not None or changed.last is not None
    told = COMING if looks_ahead else meaning.why
    how = f"{opening.why} {told}" if changed.first or not opening.ahead else f"open before, up to {told}"
    why = how if known else meaning.why
    also = meaning.ahead if opening.forward and alone else None
    ahead = when(opening.change(also, published)) if also else None
    return TimeExpression(span, when(changed), ahead, when(meaning.days), why, others)


def _of_a_deed(
    span: Span, opening: _Opening, meaning: Meaning, published: date | None, when: Callable[[Days], When]
) -> TimeExpression:
    """ "Until Friday", "by Friday" in a report: open before of a deed gone by, from publication on of one to come.

    "By the end of the year 35 had been held" tells of another year than that of publication: unknown.
    """
    coming = meaning.ahead or meaning.days
    ahead = when(opening.change(coming, published))
    if opening.open_before:
        past = Days(None, coming.last, coming.precision)
    else:
        over = meaning.days.last is not None and (published is None or meaning.days.last <= published)
        past = meaning.days if over else UNKNOWN
    return TimeExpression(span, when(past), ahead, when(meaning.days), opening.why)

"""When each event and statement of a report was: by the words of its own clause, or else by the report's own day.

A coded report in, the same with dates out. A past deed without a date is given the day of publication only where the
report tells it as news; nothing is ever dated by today's clock, and a date of another clause is not borrowed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detente.codebook.times import TimeWords
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.reading import Reading
from detente.model.span import Span
from detente.model.statement import Statement
from detente.model.when import When
from detente.resolve.clause_times import time_by_main_clause
from detente.resolve.clauses import clause_distance, event_points, gap, heads
from detente.resolve.time_expressions import TimeExpression, find_expressions, find_times

__all__ = ["Dateline", "dateline", "find_times", "resolve_times"]

# A dateline stands in one of the first lines: headline, byline, dateline.
DATELINE_LINES = 4
# What ties a time to the word it tells the time of: prepositions and the parts of the time itself.
_TIES = frozenset({"ADP", "SCONJ", "DET", "NUM", "ADV", "PUNCT", "PART"})
# Statuses of deeds still to come: a bare "on Friday" means the next one.
_AHEAD = frozenset({"planned", "threatened", "demanded", "hypothetical"})


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was filed, and on which day where it says so with a year (or publication gives the year)."""

    place: Span
    span: Span
    when: When | None


@dataclass(frozen=True, slots=True)
class _Timed:
    """A time expression in its sentence, with the word that it tells the time of."""

    expression: TimeExpression
    governor: int
    own: frozenset[int]
    attributive: bool


def dateline(text: str, words: TimeWords, published: date | None = None) -> Dateline | None:
    """The dateline in the first lines of a report ("GENEVA, March 3 (Agency) -"), or None.

    A date without a year is unknown, unless the day of publication tells which year is meant.
    """
    start = 0
    for _ in range(DATELINE_LINES):
        end = text.find("\n", start)
        line = text[start : end if end >= 0 else len(text)]
        match = words.dateline.match(line.lstrip("\ufeff"))
        if match:
            shift = start + len(line) - len(line.lstrip("\ufeff"))
            return _dateline(match.span("place"), match.span("when"), match.span(), text, shift, published, words)
        if end < 0:
            return None
        start = end + 1
    return None


def _dateline(
    place: tuple[int, int],
    when: tuple[int, int],
    whole: tuple[int, int],
    text: str,
    shift: int,
    published: date | None,
    words: TimeWords,
) -> Dateline:
    def moved(pair: tuple[int, int]) -> Span:
        return Span(pair[0] + shift, pair[1] + shift)

    told = None
    if when[0] >= 0:
        span = moved(when)
        found = find_times(span.words(text), published, words)
        told = next((replace(w, span=span) for w in found if w.first is not None), None)
    return Dateline(moved(place), moved(whole), told)


def resolve_times(coded: CodedReport, reading: Reading, words: TimeWords) -> CodedReport:
    """Give each event and statement its time, with the reason we think so; unknown stays unknown."""
    report = coded.report
    head = dateline(report.text, words, report.published)
    own_day = _own_day(report.published, head)
    day = own_day.first if own_day else None
    # Of a very long report only the first part is read; times are looked for no further.
    read = reading.paragraphs[-1].span.end if reading.paragraphs else 0
    expressions = find_expressions(report.text[:read], day, words)
    triggers = {point for event in coded.events for point in event_points(event, reading)}
    told = [e for e in expressions if not _inside(e, head)]
    timed = [t for e in told if (t := _timed(e, reading, words, triggers))]
    nested = {s.id for s in coded.statements if s.inside is not None}

    def event_time(event: Event) -> Event:
        points, ahead = event_points(event, reading), event.status in _AHEAD

        def time_of(point: int) -> When | None:
            return _known(_stated([point], timed, reading, False, day))

        stated = _stated(points, timed, reading, ahead, day)
        if stated is None:
            stated = next((w for p in points[:1] if (w := _tied(p, time_of))), None)
        if stated is not None:
            return replace(event, when=_known(stated))
        as_news = event.counts and not event.background and event.told_in not in nested
        return replace(event, when=own_day if as_news else None)

    def _tied(point: int, time_of: Callable[[int], When | None]) -> When | None:
        return time_by_main_clause(point, reading, words, time_of, own_day)

    def statement_time(statement: Statement) -> Statement:
        stated = _known(_stated(_cue(statement, reading), timed, reading, False, day))
        return replace(statement, when=stated or (own_day if statement.inside is None else None))

    return coded.with_(
        events=tuple(event_time(event) for event in coded.events),
        statements=tuple(statement_time(statement) for statement in coded.statements),
    )


def _own_day(published: date | None, head: Dateline | None) -> When | None:
    """The report's own day: publication, or else a dateline with a year."""
    if published is not None:
        return When(published, published, "publication", "day")
    return head.when if head else None


def _inside(expression: TimeExpression, head: Dateline | None) -> bool:
    return head is not None and head.span.overlaps(expression.span)


def _cue(statement: Statement, reading: Reading) -> list[int]:
    return heads(statement.cue, reading) if statement.cue else []


def _known(when: When | None) -> When | None:
    """A time whose days are known; words that tell an unknown day ("two days later") keep others from being assumed."""
    return when if when is not None and (when.first is not None or when.last is not None) else None


def _timed(expression: TimeExpression, reading: Reading, words: TimeWords, triggers: set[int]) -> _Timed | None:
    """The expression with the word it hangs on, climbing over its preposition and over nouns that are no deed."""
    own = frozenset(reading.tokens_in(expression.span))
    tops = [i for i in sorted(own) if reading.tokens[i].head not in own or reading.tokens[i].head == i]
    if not tops:
        return None
    # The last word carries "since September", the first "two days earlier"; a preposition inside is no head.
    top = next((i for i in tops if reading.tokens[i].pos not in _TIES), tops[0])
    governor = top
    for above in reading.ancestors(top):
        governor = above
        if above not in own and reading.tokens[above].pos not in _TIES:
            break
    before = reading.tokens[top].head == governor and top < governor
    link = reading.tokens[top].head
    belongs = link != governor and reading.tokens[link].lemma in words.belonging
    if not belongs:
        governor = _past_names(governor, triggers, reading)
    noun = reading.tokens[governor].pos in ("NOUN", "PROPN")
    return _Timed(expression, governor, own, noun and (before or belongs))


def _past_names(governor: int, triggers: set[int], reading: Reading) -> int:
    """ "a convoy near Um Dereisa on Tuesday": the day is no part of a name, but tells of the verb above it."""
    above = governor
    while _is_no_deed(above, triggers, reading):
        above = reading.tokens[above].head
        while reading.tokens[above].pos in _TIES and reading.tokens[above].head != above:
            above = reading.tokens[above].head
    return above


def _is_no_deed(token: int, triggers: set[int], reading: Reading) -> bool:
    word = reading.tokens[token]
    carried = word.pos == "PROPN" or (word.dep == "acl" and word.tag == "VBG")
    return carried and token not in triggers and word.head != token


FARTHEST_TIME = 250
"""Words between an event and its time: no sentence that a person writes is longer."""


def _stated(
    points: Sequence[int], timed: Iterable[_Timed], reading: Reading, ahead: bool, day: date | None
) -> When | None:
    """The time told in the clause of the first point that has one: the closest in grammar, then in words."""
    timed = list(timed)
    for point in points:
        ranked = []
        for item in timed:
            if abs(item.governor - point) > FARTHEST_TIME:
                continue
            distance = None if not ahead and _is_to_come(item, day) else _distance(point, item, reading)
            if distance is not None and not _contradicts(point, item, reading, day):
                space = gap(reading.tokens[point].span, item.expression.span)
                ranked.append(((distance, space, item.expression.span.start), item))
        if ranked:
            item = min(ranked, key=lambda pair: pair[0])[1]
            expression = item.expression
            if expression.bare is not None and _is_clause_of(point, item, reading):
                return expression.bare
            return expression.ahead if ahead and expression.ahead else expression.when
    return None


def _contradicts(point: int, item: _Timed, reading: Reading, day: date | None) -> bool:
    """Whether a deed told in the present cannot be of a day gone by: "condemns the use of lasers on 5 May"."""
    token, last = reading.tokens[point], item.expression.when.last
    if token.tag not in ("VBZ", "VBP") or day is None or last is None or item.expression.bare is not None:
        return False
    heading = any(p.heading and p.span.contains(token.span) for p in reading.paragraphs)
    return last < day and not heading and item.governor != point


def _is_to_come(item: _Timed, day: date | None) -> bool:
    """Whether a time lies after the report: what happened was not ("had agreed, would sign next month")."""
    first = item.expression.when.first
    return day is not None and first is not None and first > day


def _is_clause_of(point: int, item: _Timed, reading: Reading) -> bool:
    """ "since September, when a commando killed ...": the clause hangs on the time itself."""
    if any(i not in item.own and reading.tokens[i].head in item.own for i in (point, *reading.ancestors(point))):
        return True
    behind = max(item.own) + 1
    following = [t for t in reading.tokens[behind : behind + 2] if t.pos != "PUNCT"]
    opens = bool(following) and following[0].tag == "WRB"
    return opens and following[0].index < point < reading.sentence_of(behind - 1).last


def _distance(point: int, item: _Timed, reading: Reading) -> int | None:
    """How far the time is from the event's word in its clause; a time inside a noun phrase tells of that noun only."""
    if _is_clause_of(point, item, reading):
        return 0
    if item.attributive:
        return 0 if point in item.own or point == item.governor else None
    governor = reading.tokens[item.governor]
    if governor.dep == "acl" and governor.head == point and governor.tag == "VBN":
        return 1  # "an offer, made in April"
    return clause_distance(point, item.governor, item.own, reading)

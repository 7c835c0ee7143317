"""The day of a deed that is told in a clause of another: "a day after gunmen killed nine soldiers, India ordered ...".

Given the time of the main clause, gives that of the clause tied to it; which words tie how is data of the language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from detente.codebook.times import TimeWords
from detente.model.reading import Reading
from detente.model.when import When
from detente.resolve import calendar_days as calendar
from detente.resolve.clauses import opens_clause

_TIED = frozenset({"advcl", "pcomp"})
# How far before "after" its measure ("two days") may begin.
_REACH = 40


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a clause: the verb of the main clause, the direction in time, and where the tying word ends."""

    main: int
    direction: int
    end: int | None


def time_by_main_clause(
    point: int, reading: Reading, words: TimeWords, time_of: Callable[[int], When | None], own_day: When | None
) -> When | None:
    """The time that follows for a deed from its main clause, None where nothing ties it to one."""
    tie = _tie(point, reading, words.ties)
    if tie is None:
        return None
    main = time_of(tie.main)
    measured = _measure(tie, reading, words)
    if measured is None:
        return replace(main, basis="inferred") if main is not None else None
    anchor = main or own_day
    if anchor is None or anchor.first is None:
        return None
    unit, number = measured
    days = calendar.unit_away(anchor.first, unit, tie.direction * number)
    return When(days.first, days.last, "inferred", days.precision, anchor.span)


def _tie(point: int, reading: Reading, ties: Mapping[str, int]) -> Tie | None:
    token = point
    while reading.tokens[token].dep not in _TIED:
        own_clause = opens_clause(token, reading) and reading.tokens[token].dep != "xcomp"
        if own_clause or reading.tokens[token].head == token:
            return None
        token = reading.tokens[token].head
    head = reading.tokens[token].head
    marks = [i for i in reading.children[token] if reading.tokens[i].dep in ("mark", "advmod", "prep") and i < token]
    if reading.tokens[token].dep == "pcomp":
        marks, head = [head], reading.tokens[head].head
    tying = next((i for i in marks if reading.tokens[i].text.lower() in ties), None)
    if tying is not None:
        return Tie(head, ties[reading.tokens[tying].text.lower()], reading.tokens[tying].span.end)
    # "Shells crashed into a market, killing 23": one deed with its main clause.
    bare = not marks and reading.tokens[token].tag == "VBG" and reading.tokens[token].dep == "advcl"
    return Tie(head, 0, None) if bare else None


def _measure(tie: Tie, reading: Reading, words: TimeWords) -> tuple[str, int] | None:
    if tie.end is None or tie.direction == 0:
        return None
    found = words.measure.search(reading.report.text[max(0, tie.end - _REACH) : tie.end])
    if found is None:
        return None
    told = " ".join(found["number"].split()).casefold() if found["number"] else "1"
    number = int(told) if told.isdigit() else words.numbers.get(told, 1)
    return words.units[found["unit"].casefold()], number

"""The day that a report's words tell of a happening, where the reading of its event leaves it open.

A coded report and its words in, a time out, or None where they tell none or several. Reading an event dates it by its
own grammar alone; accounts may be dated by their clause or sentence too, for there are others to check them against.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from detente.fuse.sentences import sentence_around
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.span import Span
from detente.model.when import When

TimeFinder = Callable[[str, date | None], Sequence[When]]
"""Finds all times that a text tells, given the day of its publication."""


def times_told(coded: CodedReport, find: TimeFinder) -> list[When]:
    """All times that the report's words tell and whose days are known."""
    found = find(coded.report.text, coded.report.published)
    return [when for when in found if when.first is not None or when.last is not None]


def told_time(coded: CodedReport, event: Event, told: Sequence[When]) -> When | None:
    """The time of an event: what its reading says by words, else the only one in its clause, else in its sentence."""
    if event.when and event.when.basis != "publication":
        return event.when
    day = coded.report.published
    if event.counts and day is not None:
        # What happened was not after the report: "signed an agreement to build a plant in 2035".
        told = [when for when in told if when.first is None or when.first <= day]
    spans = event.evidence or (event.trigger,)
    others = [e.when.span for e in coded.events if e.id != event.id and e.when and e.when.span]
    free = [when for when in told if when.span and not any(map(when.span.overlaps, others))]
    around = [sentence_around(coded.report.text, span) for span in spans]
    return _only(told, spans) or _only(free, around)


def time_in(sentence: Span, told: Sequence[When]) -> When | None:
    """The only time that a sentence tells."""
    return _only(told, (sentence,))


def _only(told: Sequence[When], spans: Sequence[Span]) -> When | None:
    """The time told in these stretches, if all that are told there are one."""
    inside = [when for when in told if when.span and any(map(when.span.overlaps, spans))]
    return inside[0] if inside and len({(when.first, when.last) for when in inside}) == 1 else None

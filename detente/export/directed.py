"""Events as directed rows, one doer and one addressee each, as the formats of the field want them.

Readings in, rows out. A reciprocal event gives a row each way; all rows of one event share its group.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from detente.export.people import People
from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.exported import Wishes
from detente.model.participant import Participant
from detente.model.report import Report

# Numbers of groups leave room for the rows of one event: a thousand, in numbers that fit 63 bits.
ROWS_OF_GROUP = 1000
_ENDS = re.compile(r"[.!?][\"'”’»]?\s|\n")
_NUMBERS = (2**63 - 1) // ROWS_OF_GROUP


@dataclass(frozen=True)
class Directed:
    """One row: an event with one of its doers and one of its addressees, either of whom may be unknown."""

    coded: CodedReport
    people: People
    event: Event
    source: Participant | None
    target: Participant | None
    number: int

    @property
    def report(self) -> Report:
        return self.coded.report

    @property
    def group(self) -> str:
        """What the rows of one event have in common: the event's id, with its report's where that is not in it."""
        own = self.event.id
        return own if own.startswith(self.report.id) else f"{self.report.id}-{own}"

    @property
    def id(self) -> str:
        """The row's own id."""
        return f"{self.group}-{self.number}"

    @property
    def group_number(self) -> int:
        """The group as a number, for formats whose ids are numbers."""
        return int(hashlib.sha256(self.group.encode()).hexdigest(), 16) % _NUMBERS

    @property
    def row_number(self) -> int:
        """The row as a number: that of its group, three digits, and its place in the group."""
        return self.group_number * ROWS_OF_GROUP + self.number

    @property
    def day(self) -> date | None:
        """The first day of the happening, else the day of the report for what is news there; None where unknown."""
        when = self.event.when
        if when is not None and when.first is not None:
            return when.first
        return None if self.event.background else self.report.published

    @property
    def sentence(self) -> int:
        """The number of the sentence in which the event is told, from 1."""
        return 1 + len(_ENDS.findall(self.report.text, 0, self.event.trigger.start))

    def coding(self, ontology: str) -> Coding | None:
        return self.event.coding(ontology)


def wanted_events(coded: CodedReport, wishes: Wishes) -> Iterator[Event]:
    """The events that go out: what happened or is under way, or all."""
    return (event for event in coded.events if wishes.all_statuses or event.counts)


def directed_rows(readings: Iterable[CodedReport], wishes: Wishes) -> Iterator[Directed]:
    """One row for each doer and addressee of each event, in the order of the archive."""
    for coded in readings:
        people = People(coded, wishes.names)
        for event in wanted_events(coded, wishes):
            for number, (source, target) in enumerate(_pairs(event)):
                yield Directed(coded, people, event, people.get(source), people.get(target), number)


def _pairs(event: Event) -> list[tuple[str | None, str | None]]:
    sources: tuple[str | None, ...] = event.sources or (None,)
    targets: tuple[str | None, ...] = event.targets or event.victims or (None,)
    pairs = [(a, b) for a in sources for b in targets if a != b or a is None]
    return (pairs or [(sources[0], None)])[:ROWS_OF_GROUP]

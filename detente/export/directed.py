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
from detente.model.span import Span

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
        return int(hashlib.sha256(self.group.encode("utf-8", "replace")).hexdigest(), 16) % _NUMBERS

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
    def dated(self) -> date:
        """The day of a row that has one; ValueError where it has none."""
        if self.day is None:
            raise ValueError(f"{self.id} is on no known day")
        return self.day

    def sentence(self, span: Span | None = None) -> int:
        """The number of the sentence, from 1, in which the event, or one telling of it, begins; counted by marks."""
        return 1 + len(_ENDS.findall(self.report.text, 0, (span or self.event.trigger).start))

    @property
    def teller(self) -> str | None:
        """Whoever said it, for an event that stands on somebody's word; None where the report itself tells it."""
        told = next((s for s in self.coded.statements if s.id == self.event.told_in), None)
        if told is None:
            return None
        return self.people.called(self.people.get(told.speaker)) or "an unnamed speaker"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a reader must know beside the type, in words: not done, only recalled, on somebody's word."""
        event, teller = self.event, self.teller
        told = [f"status {event.status}"] if not event.counts else []
        told += ["recalled by the report"] if event.background else []
        told += [f"on the word of {teller}"] if teller else []
        return tuple(told)

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


class DatedRows:
    """The directed rows that are on a known day, for formats that want one; counts what a format has no place for."""

    def __init__(self, readings: Iterable[CodedReport], wishes: Wishes) -> None:
        self._rows = directed_rows(readings, wishes)
        self._undated: list[str] = []
        self._more = 0
        self._not_done = 0
        self._claims = 0

    def __iter__(self) -> Iterator[Directed]:
        for row in self._rows:
            if row.day is not None:
                self._not_done += not row.event.counts
                self._claims += row.event.told_in is not None
                yield row
            elif self._undated:
                self._more += 1
            else:
                self._undated.append(row.id)

    @property
    def left_out(self) -> tuple[str, ...]:
        """How many rows stay out, and why."""
        return tuple(f"{1 + self._more} on no known day, {id} the first" for id in self._undated)

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What the rows cannot say in a format that has no column for it."""
        no_column = "the format has no column to say so"
        told = [f"{self._not_done} rows tell what did not happen, or not yet: {no_column}"] if self._not_done else []
        return (*told, *([f"{self._claims} rows stand on somebody's word: {no_column}"] if self._claims else []))


def _pairs(event: Event) -> list[tuple[str | None, str | None]]:
    sources: tuple[str | None, ...] = event.sources or (None,)
    targets: tuple[str | None, ...] = event.targets or event.victims or (None,)
    pairs = [(a, b) for a in sources for b in targets if a != b or a is None]
    return (pairs or [(sources[0], None)])[:ROWS_OF_GROUP]

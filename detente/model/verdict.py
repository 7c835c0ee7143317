"""A verdict: what a reviewer says of an event or statement that the machine coded. The coding itself stays as it is.

A verdict remembers what it is about by report, words and type, so that it finds its item again in a later reading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from detente.model.coded import CodedReport
from detente.model.event import Event, Status
from detente.model.span import Span
from detente.model.statement import Statement

ItemKind = Literal["event", "statement"]
Judgement = Literal["right", "wrong", "corrected", "undone"]
Fate = Literal["holds", "changed", "lost"]
"""What became of a verdict: its item is coded as it was, or otherwise, or is not there any more."""


# Of the words of two items, so many must be common for them to be one.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right in the place of what the machine coded; None leaves a field as it is.

    Parties and speaker are codes ("RUS MIL") or names; an empty tuple says that there is nobody.
    """

    type: str | None = None
    sources: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    first: date | None = None
    last: date | None = None
    place: str | None = None
    status: Status | None = None
    speaker: str | None = None
    channel: str | None = None
    content: tuple[Span, ...] | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """The names of the fields that are corrected."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) is not None)

    def to_dict(self) -> dict[str, object]:
        return {name: _plain(getattr(self, name)) for name in self.told}


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [part.to_list() if isinstance(part, Span) else part for part in value]
    return value


@dataclass(frozen=True, slots=True)
class Mark:
    """What a verdict is about: an item by its report, its words and its type, and how it was coded then.

    `spans` are an event's trigger and evidence, or a statement's content; `type` is the PLOVER type, or the manner of
    a statement. `seen` is a hash of the coding, which tells whether a later reading codes it otherwise.
    """

    kind: ItemKind
    report: str
    id: str
    spans: tuple[Span, ...]
    type: str
    seen: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reviewer says of one item, when. `number` is its place in the archive; `undoes` names another's."""

    mark: Mark
    judgement: Judgement
    by: str
    when: str
    correction: Correction = Correction()
    note: str = ""
    undoes: int | None = None
    number: int | None = None

    def to_dict(self) -> dict[str, object]:
        """One object of `detente review list --format json`."""
        mark = self.mark
        return {
            "number": self.number,
            "kind": mark.kind,
            "report": mark.report,
            "item": mark.id,
            "type": mark.type,
            "spans": [span.to_list() for span in mark.spans],
            "judgement": self.judgement,
            "correction": self.correction.to_dict(),
            "note": self.note,
            "by": self.by,
            "when": self.when,
            "undoes": self.undoes,
        }


@dataclass(frozen=True, slots=True)
class Traced:
    """A verdict with the item of the current reading that it is about, if that is still there."""

    verdict: Verdict
    item: str | None
    fate: Fate


def event_mark(coded: CodedReport, event: Event) -> Mark:
    """What a verdict on this event remembers."""
    spans = tuple(dict.fromkeys((event.trigger, *event.evidence)))
    return Mark("event", coded.report.id, event.id, spans, type_of(event), _hash(_told_of_event(coded, event)))


def statement_mark(coded: CodedReport, said: Statement) -> Mark:
    """What a verdict on this statement remembers."""
    return Mark("statement", coded.report.id, said.id, said.content, said.manner, _hash(_told_of(coded, said)))


def type_of(event: Event) -> str:
    """The event's PLOVER type, or nothing."""
    coding = event.coding("PLOVER")
    return coding.code if coding else ""


def marks_of(coded: CodedReport) -> tuple[Mark, ...]:
    """What verdicts on this reading's items would remember, events first."""
    events = (event_mark(coded, event) for event in coded.events)
    return (*events, *(statement_mark(coded, said) for said in coded.statements))


def undone(verdicts: Iterable[Verdict]) -> frozenset[int]:
    """The numbers of the verdicts that were undone."""
    return frozenset(v.undoes for v in verdicts if v.undoes is not None)


def traced(verdicts: Iterable[Verdict], coded: CodedReport | None) -> tuple[Traced, ...]:
    """The verdicts on a report that stand, each with its item of this reading; the newest of each reviewer on an item.

    A verdict that was undone does not stand; the one before it, of that reviewer on that item, does again.
    """
    given = sorted(verdicts, key=lambda v: v.number or 0)
    gone = undone(given)
    marks = marks_of(coded) if coded is not None else ()
    standing: dict[object, Traced] = {}
    for verdict in given:
        if verdict.judgement == "undone" or verdict.number in gone:
            continue
        found = find_mark(verdict.mark, marks)
        old = verdict.mark
        key = (found.kind, found.id, verdict.by) if found else (old.kind, old.spans, old.type, verdict.by)
        fate: Fate = "lost" if found is None else "holds" if found.seen == old.seen else "changed"
        standing.pop(key, None)
        standing[key] = Traced(verdict, found.id if found else None, fate)
    return tuple(standing.values())


def find_mark(old: Mark, marks: Iterable[Mark]) -> Mark | None:
    """The item of a newer reading that has this one's words and type: the same words first, else the most of them."""
    best, most = None, (False, False, 0.0)
    for mark in marks:
        if mark.kind == old.kind and _is_same_item(old, mark):
            fit = (mark.spans[:1] == old.spans[:1], mark.seen == old.seen, _likeness(mark.spans, old.spans))
            if best is None or fit > most:
                best, most = mark, fit
    return best


def _is_same_item(old: Mark, new: Mark) -> bool:
    """Whether a newer item is the one that was judged.

    A clause may tell two events of one type, and a statement may hold another: an event is the same by the word that
    tells it, or by most of its words and the same coding; a statement by most of its words.
    """
    if old.kind == "event":
        if old.type != new.type:
            return False
        if old.spans and new.spans and old.spans[0].overlaps(new.spans[0]):
            return True
        if old.seen != new.seen:
            return False
    return _likeness(old.spans, new.spans) >= _MOST


def _likeness(some: tuple[Span, ...], others: tuple[Span, ...]) -> float:
    """The share of characters that two lists of spans have in common, of all that either has."""
    one, other = _places(some), _places(others)
    return len(one & other) / len(one | other) if one | other else 0.0


def _places(spans: tuple[Span, ...]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def _told_of_event(coded: CodedReport, event: Event) -> Mapping[str, object]:
    when, coding = event.when, event.coding("PLOVER")
    return {
        "type": type_of(event),
        "mode": coding.mode if coding else None,
        "sources": _names(coded, event.sources),
        "targets": _names(coded, event.targets),
        "status": event.status,
        "when": [str(when.first), str(when.last)] if when else None,
        "place": event.place.name if event.place else None,
    }


def _told_of(coded: CodedReport, said: Statement) -> Mapping[str, object]:
    return {
        "speaker": _names(coded, (said.speaker,) if said.speaker else ()),
        "channel": said.channel.name if said.channel else None,
        "content": [span.to_list() for span in said.content],
    }


def _names(coded: CodedReport, ids: Iterable[str]) -> list[str]:
    """Parties by name and code: their ids change from reading to reading."""
    known = {p.id: f"{p.name}|{p.code}" for p in coded.participants}
    return sorted(known.get(id, id) for id in ids)


def _hash(told: Mapping[str, object]) -> str:
    whole = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:20]

"""Whom a deed is aimed at where its own words do not say: the other side of the quarrel told so far.

"India blamed Pakistan. ... Pakistan was ready to talk": ready toward India. Taken only from earlier events of the report
between the two countries, only for types that answer somebody, and always marked as inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant

# Types that are aimed at whoever did something to the source before.
_ANSWERING = frozenset({"AGREE", "REJECT", "REQUEST", "SANCTION", "COERCE", "THREATEN", "ACCUSE"})
# Of these, the ones that also go on against the same other side.
_GOING_ON = frozenset({"AGREE", "THREATEN", "ACCUSE"})
# An inferred target lowers the event's first figure by this factor.
_LESS_SURE = 0.7

INFERRED = "target inferred: the other side in what the report told before"


def infer_targets(coded: CodedReport) -> CodedReport:
    """Give answering events without a target the other side, if the report told a deed between the two before."""
    people = {p.id: p for p in coded.participants}
    ordered = sorted(coded.events, key=lambda e: e.trigger.start)
    found = {e.id: _counterpart(e, ordered[:n], people) for n, e in enumerate(ordered) if _open(e)}
    return coded.with_(events=tuple(_aimed(e, found.get(e.id, ())) for e in coded.events))


def _open(event: Event) -> bool:
    coding = event.coding("PLOVER")
    return not event.targets and bool(event.sources) and coding is not None and coding.code in _ANSWERING


def _counterpart(event: Event, before: Sequence[Event], people: dict[str, Participant]) -> tuple[str, ...]:
    coding = event.coding("PLOVER")
    own = _states(event.sources, people)
    for other in reversed(before):
        if own and own & _states(other.targets, people) and not own & _states(other.sources, people):
            return other.sources
    for other in reversed(before):
        if coding is not None and coding.code in _GOING_ON and own & _states(other.sources, people):
            if other.targets and not own & _states(other.targets, people):
                return other.targets
    return ()


def _states(parties: Sequence[str], people: dict[str, Participant]) -> set[str]:
    return {c for p in parties if p in people and (c := people[p].country) is not None}


def _aimed(event: Event, targets: tuple[str, ...]) -> Event:
    if not targets:
        return event
    sure = round(event.confidence * _LESS_SURE, 2)
    return replace(event, targets=targets, confidence=sure, why=f"{event.why}; {INFERRED}")

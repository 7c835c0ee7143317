"""Whom a deed is aimed at where its own words do not say: the other side of the quarrel told so far.

"India blamed Pakistan. ... Pakistan was ready to talk": ready toward India. Taken only from earlier events of the
report between the two countries, only for types that answer somebody, and always marked as inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.coding.opinions import PARTY_BY_ENCODER
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant

# Types that are aimed at whoever did something to the source before.
_ANSWERING = frozenset({"AGREE", "REJECT", "REQUEST", "SANCTION", "COERCE", "THREATEN", "ACCUSE"})
# Of these, the ones that also go on against the same other side.
_GOING_ON = frozenset({"AGREE", "THREATEN", "ACCUSE"})
# Sectors of those who are the state, or act for it, and what stands for a country in international bodies.
_STATE = frozenset({"GOV", "MIL", "SPY"})
_BODIES = frozenset({"IGO"})
# An inferred target lowers the event's first figure by this factor.
_LESS_SURE = 0.7

INFERRED = "target inferred: the other side in what the report told before"


def drop_own_side(coded: CodedReport) -> CodedReport:
    """Leave out a target that only the encoder found and that is the source's own state, now that countries are known.

    "The minister warned" is not aimed at his own country; that of army and rebels, police and protesters may be.
    """
    people = {p.id: p for p in coded.participants}
    return coded.with_(events=tuple(_without_own_side(e, people) for e in coded.events))


def _without_own_side(event: Event, people: dict[str, Participant]) -> Event:
    if PARTY_BY_ENCODER not in event.why or event.reciprocal:
        return event
    doers = [people[p] for p in event.sources if p in people]
    kept = tuple(t for t in event.targets if t not in people or not any(_one_side(d, people[t]) for d in doers))
    return event if kept == event.targets else replace(event, targets=kept)


def _one_side(doer: Participant, target: Participant) -> bool:
    """A state and its government, or an organisation and its people."""
    if doer.country is None or doer.country != target.country:
        return False
    governs = doer.sector in _STATE and target.sector in _STATE
    return doer.country in _BODIES or governs or target.kind == "country" or doer.kind == "country"


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
        goes_on = coding is not None and coding.code in _GOING_ON and own & _states(other.sources, people)
        if goes_on and other.targets and not own & _states(other.targets, people):
            return other.targets
    return ()


def _states(parties: Sequence[str], people: dict[str, Participant]) -> set[str]:
    return {c for p in parties if p in people and (c := people[p].country) is not None}


def _aimed(event: Event, targets: tuple[str, ...]) -> Event:
    if not targets:
        return event
    sure = round(event.confidence * _LESS_SURE, 2)
    return replace(event, targets=targets, confidence=sure, why=f"{event.why}; {INFERRED}")

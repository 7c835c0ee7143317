"""Blame by telling: to say that the other side opened fire is to accuse it.

A statement of one country's side whose content tells force or coercion by another country is an ACCUSE (allege) by its
speaker, beside the deed itself, which stands on that speaker's word. Neutral speakers (organisations, the press) tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detente.codebook.ontology import Ontology
from detente.coding.confidence import REPROACH
from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.participant import Participant
from detente.model.statement import Statement

_WRONGS = frozenset({"ASSAULT", "COERCE"})
_NEUTRAL = frozenset({"JRN", "MED", "SOC", "EDU", "REL"})
_CODE, _MODE, _CAMEO = "ACCUSE", "allege", "112"


def add_blame(coded: CodedReport, ontology: Ontology) -> CodedReport:
    """Add the accusations that lie in telling another country's wrongs."""
    people = {p.id: p for p in coded.participants}
    statements = {s.id: s for s in coded.statements}
    found: list[Event] = []
    acts: dict[str, tuple[str, ...]] = {}
    for event in coded.events:
        statement = statements.get(event.told_in or "")
        if statement is None or statement.speaker is None or not _blames(event, statement, people):
            continue
        if not _accused_already(statement.speaker, event.sources, (*coded.events, *found)):
            id = f"{coded.report.id}-b{len(found) + 1}"
            found.append(_event(event, statement, ontology, id))
            acts[statement.id] = (*acts.get(statement.id, ()), id)
    return coded.with_(
        events=(*coded.events, *found),
        statements=tuple(replace(s, acts=(*s.acts, *acts.get(s.id, ()))) for s in coded.statements),
    )


def _blames(event: Event, statement: Statement, people: Mapping[str, Participant]) -> bool:
    coding = event.coding("PLOVER")
    speaker = people.get(statement.speaker or "")
    if coding is None or coding.code not in _WRONGS or speaker is None or event.background or event.reciprocal:
        return False
    if not event.counts or speaker.sector in _NEUTRAL:
        return False
    doers = {people[p].country for p in event.sources if p in people}
    return bool(doers) and _is_state(speaker.country) and all(_is_state(c) and c != speaker.country for c in doers)


def _is_state(country: str | None) -> bool:
    return country is not None and country not in ("IGO", "NGO", "IMG", "MNC", "ISM")


def _accused_already(source: str, targets: tuple[str, ...], events: tuple[Event, ...]) -> bool:
    coded = [e for e in events if (c := e.coding("PLOVER")) is not None and c.code == _CODE]
    return any(source in e.sources and set(targets) & set(e.targets) for e in coded)


def _event(told: Event, statement: Statement, ontology: Ontology, id: str) -> Event:
    return Event(
        id=id,
        sources=(statement.speaker,) if statement.speaker else (),
        targets=told.sources,
        codings=(
            Coding("PLOVER", _CODE, _MODE, (), ontology.plover_score(_CODE, _MODE)),
            Coding("CAMEO", _CAMEO, None, (), ontology.goldstein(_CAMEO)),
        ),
        status="happened",
        trigger=statement.cue or told.trigger,
        evidence=tuple(sorted({*statement.content, statement.cue or told.trigger})),
        when=statement.when,
        told_in=statement.inside,
        confidence=REPROACH,
        why="telling another country's wrong is accusing it",
    )

"""The coding stage as a whole: a reading goes in, its statements and events come out, tied to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import WhosWho
from detente.coding.clauses import Clauses
from detente.coding.events import EventKit, acts_of, code_events
from detente.coding.parties import Parties
from detente.coding.passages import Passages
from detente.coding.stance import Stances, add_stances
from detente.coding.statements import code_statements
from detente.coding.voices import Voices
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.reading import Reading
from detente.model.span import Span
from detente.model.statement import Statement


def _with_own_voice(reading: Reading, parties: Parties, clauses: Clauses) -> tuple[Participant, ...]:
    """The participants, with "I" and "me" in their own quotations among their mentions."""
    own: dict[str, list[Span]] = {}
    for mention in reading.mentions:
        if mention.kind == "pronoun" and not mention.refers_to and mention.name.lower() in clauses.language.alone:
            for participant in parties.of(mention.head):
                own.setdefault(participant, []).append(mention.span)
    return tuple(
        replace(p, mentions=tuple(sorted({*p.mentions, *own[p.id]}))) if p.id in own else p
        for p in reading.participants
    )


def code_reading(reading: Reading, language: LanguagePack, whoswho: WhosWho, kit: EventKit) -> CodedReport:
    """Statements first, then events, for an event may stand on a statement's word; then acts and stances."""
    passages = Passages(reading, kit.encoder) if kit.encoder is not None else None
    told = code_statements(reading, language, whoswho, passages)
    statements, reading = told.statements, replace(reading, participants=(*reading.participants, *told.speakers))
    clauses = Clauses(reading, language)
    events = _without_telling(code_events(reading, statements, clauses, kit, passages), statements, reading)
    acts = acts_of(events, statements)
    parties = Parties(clauses, Voices(reading), statements)
    inside = {s.id: tuple(e.id for e in events if e.told_in == s.id) for s in statements}
    return CodedReport(
        report=reading.report,
        participants=_with_own_voice(reading, parties, clauses),
        statements=add_stances(
            tuple(replace(s, events=inside[s.id], acts=acts[s.id]) for s in statements),
            Stances(clauses, parties, kit.tone),
        ),
        events=events,
        unresolved=(*reading.unresolved, *told.unresolved),
        warnings=_warnings(reading),
    )


def _without_telling(events: Sequence[Event], statements: Sequence[Statement], reading: Reading) -> tuple[Event, ...]:
    """The events but those that are only the telling of somebody to an outlet: "told AFP" does nothing to AFP."""
    carriers: dict[Span, set[str]] = {}
    for said in statements:
        if said.cue is not None and said.channel is not None and said.channel.kind == "outlet":
            named = [m for m in reading.mentions if m.span.overlaps(said.channel.span)]
            carriers.setdefault(said.cue, set()).update(id for m in named for id in m.refers_to)
    return tuple(e for e in events if not e.targets or not set(e.targets) <= carriers.get(e.trigger, set()))


def _warnings(reading: Reading) -> tuple[str, ...]:
    """What whoever reads the result should know about the text itself."""
    unbalanced = any(u.kind == "quotation" for u in reading.unresolved)
    return ("unbalanced quotation marks: read to the end of the paragraph",) if unbalanced else ()

"""Readings as reviewers correct them, for exports that ask for it: the archive keeps the machine's coding as it was.

The newest standing verdict on an item decides. What it says nothing of stays as the machine coded it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from detente.codebook.ontology import Ontology
from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.statement import Channel, Statement
from detente.model.verdict import Correction, Traced, Verdict, traced
from detente.model.when import Precision, When

_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})*")
_WHY = "named by a reviewer"
# The longest stretch of days of each precision.
_PRECISIONS: tuple[tuple[int, Precision], ...] = ((1, "day"), (7, "week"), (31, "month"))


def corrected(coded: CodedReport, verdicts: tuple[Verdict, ...], ontology: Ontology) -> CodedReport:
    """The reading with what reviewers corrected in its place, and without what they call wrong."""
    newest: dict[str, Traced] = {}
    for found in sorted(traced(verdicts, coded), key=lambda found: found.verdict.number or 0):
        if found.item is not None:
            newest[found.item] = found
    if not newest:
        return coded
    desk = _Desk(coded, ontology)
    wrong = {id for id, found in newest.items() if found.verdict.judgement == "wrong"}
    corrections = {id: found.verdict.correction for id, found in newest.items()}
    events = tuple(desk.event(e, corrections.get(e.id)) for e in coded.events if e.id not in wrong)
    kept = {event.id for event in events}
    needed = {event.told_in for event in events} | {said.inside for said in coded.statements}
    statements = tuple(
        # Without its statement a claim would look like a fact: it then stands on the word of somebody unknown.
        desk.statement(_unknown(s) if s.id in wrong else s, corrections.get(s.id), kept)
        for s in coded.statements
        if s.id not in wrong or s.id in needed
    )
    return coded.with_(events=events, statements=statements, participants=(*coded.participants, *desk.new.values()))


def _unknown(said: Statement) -> Statement:
    return replace(said, speaker=None, speaker_span=None, candidates=())


class _Desk:
    """Applies corrections to one reading; collects the parties that the reading did not name."""

    def __init__(self, coded: CodedReport, ontology: Ontology) -> None:
        self._coded = coded
        self._ontology = ontology
        self.new: dict[str, Participant] = {}

    def event(self, event: Event, right: Correction | None) -> Event:
        if right is None or not right.told:
            return event
        changes: dict[str, object] = {"coder": f"{event.coder}, corrected"}
        if right.type is not None:
            changes["codings"] = self._codings(event, right.type)
        for name in ("sources", "targets"):
            parties = getattr(right, name)
            if parties is not None:
                changes[name] = tuple(self._party(party) for party in parties)
        if right.first is not None:
            changes["when"] = _when(right.first, right.last or right.first)
        if right.place is not None:
            changes["place"] = self._place(event, right.place)
        if right.status is not None:
            changes["status"] = right.status
        made = replace(event, **changes)  # type: ignore[arg-type]
        return replace(made, reciprocal=made.reciprocal and set(made.sources) == set(made.targets))

    def _codings(self, event: Event, type: str) -> tuple[Coding, ...]:
        """The right type in the place of PLOVER's; a CAMEO code of another type would be as wrong."""
        old = event.coding("PLOVER")
        if old is not None and old.code == type:
            return event.codings
        contexts = old.contexts if old else ()
        return (Coding("PLOVER", type, None, contexts, self._ontology.plover_score(type)), *event.own_codings)

    def _party(self, words: str) -> str:
        """The reading's participant of that name, or the country or body of that code; else a new one."""
        folded = words.casefold()
        for party in self._coded.participants:
            if party.name.casefold() == folded or party.id == words:
                return party.id
        for party in self._coded.participants:
            if party.kind in ("country", "organisation", "group") and party.code == words:
                return party.id
        if words not in self.new:
            self.new[words] = _party_of(f"{self._coded.report.id}-r{len(self.new) + 1}", words)
        return self.new[words].id

    def _place(self, event: Event, name: str) -> Place:
        known = (p for p in self._coded.places if p.name.casefold() == name.casefold())
        return next(known, Place("", event.trigger, name, why=_WHY))

    def statement(self, said: Statement, right: Correction | None, events: set[str]) -> Statement:
        kept = replace(
            said,
            events=tuple(id for id in said.events if id in events),
            acts=tuple(id for id in said.acts if id in events),
        )
        if right is None or not right.told:
            return kept
        if right.speaker is not None:
            speaker = self._party(right.speaker) if right.speaker.strip() else None
            kept = replace(kept, speaker=speaker, speaker_span=None, candidates=())
        if right.content is not None:
            kept = replace(kept, content=right.content)
        if right.channel is not None:
            old, anywhere = kept.channel, (*kept.content, *said.content)[0]
            channel = Channel(right.channel, old.kind if old else "outlet", old.span if old else anywhere)
            kept = replace(kept, channel=channel if right.channel.strip() else None)
        return kept


def _party_of(id: str, words: str) -> Participant:
    """A party that only the reviewer names; one that is no code is taken for a person, so that exports say no name."""
    if not _CODE.fullmatch(words):
        return Participant(id, words, "person", (), why=_WHY)
    country, *sectors = words.split()
    if sectors:
        return Participant(id, words, "group", (), country=country, sectors=tuple(sectors), why=_WHY)
    return Participant(id, words, "country", (), f"country:{country}", country, ("GOV",), why=_WHY)


def _when(first: date, last: date) -> When:
    days = (last - first).days + 1
    return When(first, last, "inferred", next((name for most, name in _PRECISIONS if days <= most), "year"))

"""Who disputes an event, as the report that tells it says: "Baku dismissed the account as a fabrication".

A coded report and one of its events in, the participants that dispute it out. A denial belongs to the deed told last
before it in which whoever denies it has a part, blamed ones first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.codebook.denials import DenialWords
from detente.fuse.sentences import sentence_around
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.span import Span


def deniers_of(coded: CodedReport, event: Event, words: DenialWords) -> list[Participant]:
    """Who disputes the event in the same report."""
    deeds = [e for e in coded.events if _is_deed(e, words) and e.id != event.id and not _overlap(e, event)]
    found: dict[str, Participant] = {}
    for at, denier in _denials(coded, words):
        if _denied(at, denier, [*deeds, event], coded) is event:
            found[denier.id] = denier
    if event.status == "denied":
        speaker = next((s.speaker for s in coded.statements if s.id == event.told_in), None)
        found |= {p.id: p for p in coded.participants if p.id == speaker and p.country}
    return list(found.values())


def _overlap(one: Event, other: Event) -> bool:
    return any(a.overlaps(b) for a in (one.trigger, *one.evidence) for b in (other.trigger, *other.evidence))


def _is_deed(event: Event, words: DenialWords) -> bool:
    plover = event.coding("PLOVER")
    return plover is not None and plover.code in words.types


def _denials(coded: CodedReport, words: DenialWords) -> Iterator[tuple[int, Participant]]:
    """Where somebody with a country denies something, and who that is."""
    lowered = coded.report.text.lower()
    seen: set[Span] = set()
    for cue in words.cues:
        at = lowered.find(cue)
        while at >= 0:
            sentence = sentence_around(coded.report.text, Span(at, at + len(cue)))
            denier = None if sentence in seen else _denier(coded, sentence, at)
            if denier is not None:
                seen.add(sentence)
                yield at, denier
            at = lowered.find(cue, at + len(cue))


def _denier(coded: CodedReport, sentence: Span, at: int) -> Participant | None:
    """Whoever is named last before the cue in its sentence; else whose statement it is."""
    named = [
        (mention.end, participant)
        for participant in coded.participants
        if participant.country and participant.country not in ("IGO", "NGO", "IMG")
        for mention in participant.mentions
        if sentence.start <= mention.start and mention.end <= at
    ]
    if named:
        return min(named, key=lambda item: (item[0] - sentence.start, item[1].id))[1]
    for statement in coded.statements:
        if statement.speaker and any(span.start <= at < span.end for span in statement.content):
            return next((p for p in coded.participants if p.id == statement.speaker and p.country), None)
    return None


def _denied(at: int, denier: Participant, events: Sequence[Event], coded: CodedReport) -> Event | None:
    """The deed that is disputed: the last one told before, of those that the denier is blamed for if there are any."""
    countries = {p.id: p.country for p in coded.participants}
    before = [event for event in events if event.trigger.start <= at]

    def has_part(ids: Sequence[str]) -> bool:
        return any(countries.get(id) == denier.country for id in ids)

    blamed = [event for event in before if has_part(event.sources) or not event.sources]
    part = [event for event in before if has_part((*event.targets, *event.victims))]
    pool = blamed or part or [event for event in events if has_part(event.sources)]
    return max(pool, key=lambda event: (event.trigger.start, event.id), default=None)

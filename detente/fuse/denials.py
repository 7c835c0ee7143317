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
            who = denier or _blamed(coded, event)
            found |= {who.id: who} if who else {}
    if event.status == "denied" and not found:
        speaker = next((s.speaker for s in coded.statements if s.id == event.told_in), None)
        who = next((p for p in coded.participants if p.id == speaker and _has_side(p)), None) or _blamed(coded, event)
        found |= {who.id: who} if who else {}
    return list(found.values())


def _blamed(coded: CodedReport, event: Event) -> Participant | None:
    """Who is blamed for it: whoever denies a deed without being named is that side as a rule."""
    blamed = [p for p in coded.participants if p.id in event.sources and _has_side(p)]
    return blamed[0] if len({p.country for p in blamed}) == 1 else None


def _has_side(participant: Participant) -> bool:
    return bool(participant.country) and participant.country not in ("IGO", "NGO", "IMG")


def _overlap(one: Event, other: Event) -> bool:
    return any(a.overlaps(b) for a in (one.trigger, *one.evidence) for b in (other.trigger, *other.evidence))


def _is_deed(event: Event, words: DenialWords) -> bool:
    plover = event.coding("PLOVER")
    return plover is not None and plover.code in words.types


def _denials(coded: CodedReport, words: DenialWords) -> Iterator[tuple[int, Participant | None]]:
    """Where somebody denies something, and who that is if that is known."""
    lowered = coded.report.text.lower()
    seen: set[Span] = set()
    for cue in words.cues:
        at = lowered.find(cue)
        while at >= 0:
            sentence = sentence_around(coded.report.text, Span(at, at + len(cue)))
            if sentence not in seen and not lowered[at - 1 : at].isalnum():
                seen.add(sentence)
                yield at, _denier(coded, sentence, at)
            at = lowered.find(cue, at + len(cue))


def _denier(coded: CodedReport, sentence: Span, at: int) -> Participant | None:
    """Whose word it is, if that is known; else whoever is named first before the cue in its sentence."""
    for statement in coded.statements:
        if statement.speaker and any(span.start <= at < span.end for span in statement.content):
            return next((p for p in coded.participants if p.id == statement.speaker and _has_side(p)), None)
    named = [
        (mention.end, participant)
        for participant in coded.participants
        if _has_side(participant)
        for mention in participant.mentions
        if sentence.start <= mention.start and mention.end <= at
    ]
    return min(named, key=lambda item: (item[0] - sentence.start, item[1].id))[1] if named else None


def _denied(at: int, denier: Participant | None, events: Sequence[Event], coded: CodedReport) -> Event | None:
    """The deed that is disputed: the first told behind the cue in its sentence, else the last told before it.

    Of several those come first that the denier is blamed for.
    """
    countries = {p.id: p.country for p in coded.participants}
    sentence = sentence_around(coded.report.text, Span(at, at + 1))
    behind = [event for event in events if at <= event.trigger.start < sentence.end]
    if behind:
        return min(behind, key=lambda event: (event.trigger.start, event.id))
    before = [event for event in events if event.trigger.start <= at]
    if denier is None:
        return max(before, key=lambda event: (event.trigger.start, event.id), default=None)

    def has_part(ids: Sequence[str]) -> bool:
        return any(countries.get(id) == denier.country for id in ids)

    blamed = [event for event in before if has_part(event.sources) or not event.sources]
    part = [event for event in before if has_part((*event.targets, *event.victims))]
    pool = blamed or part or [event for event in events if has_part(event.sources)]
    return max(pool, key=lambda event: (event.trigger.start, event.id), default=None)

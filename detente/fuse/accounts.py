"""A reading's events as accounts: what fusing needs of each, apart from the rest of the report.

A coded report in, accounts out. Who disputes an event is looked for in the same report; nothing of other reports is
known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.fuse.denials import deniers_of
from detente.model.account import SIZE_FIELDS, Account, AccountParty, AccountPlace, AccountSize, EventKey
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.span import Span, joined

# An event of these statuses is no happening: only happenings make incidents, and what is denied attaches to them.
TAKEN = frozenset({"happened", "under_way", "denied"})
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")


def accounts_of(coded: CodedReport, story: str | None = None) -> list[Account]:
    """The accounts of a report: each event that it says happened, is under way, or is denied."""
    return [account_of(coded, event, story) for event in coded.events if event.status in TAKEN]


def account_of(coded: CodedReport, event: Event, story: str | None = None) -> Account:
    """The account that one event of the report gives."""
    people = {participant.id: participant for participant in coded.participants}
    text, when = coded.report.text, event.when
    plover, cameo = event.coding("PLOVER"), event.coding("CAMEO")
    told_in = next((s for s in coded.statements if s.id == event.told_in), None)
    speaker = people.get(told_in.speaker or "") if told_in else None
    return Account(
        key=EventKey(coded.report.id, event.id),
        published=coded.report.published,
        outlet=coded.report.outlet,
        type=plover.code if plover else "",
        mode=plover.mode if plover else None,
        status=event.status,
        sources=_parties(event.sources, people),
        targets=_parties(event.targets, people),
        victims=_parties(event.victims, people),
        background=event.background,
        reciprocal=event.reciprocal,
        first=when.first if when else None,
        last=when.last if when else None,
        basis=when.basis if when else None,
        precision=when.precision if when else None,
        place=place_of(event.place) if event.place else None,
        sizes=tuple(_sizes(event, people)),
        speaker=as_party(speaker) if speaker else None,
        deniers=tuple(as_party(p) for p in deniers_of(coded, event)),
        words=tuple(span.words(text) for span in event.evidence or (event.trigger,)),
        context=context_of(text, event.evidence or (event.trigger,)),
        score=plover.score if plover else None,
        goldstein=cameo.score if cameo else None,
        story=story,
        confidence=event.confidence,
    )


def _parties(ids: tuple[str, ...], people: dict[str, Participant]) -> tuple[AccountParty, ...]:
    return tuple(as_party(people[id]) for id in ids if id in people)


def as_party(participant: Participant) -> AccountParty:
    """What fusing knows of a participant."""
    return AccountParty(participant.name, participant.kind, participant.entity, participant.country, participant.code)


def place_of(place: Place) -> AccountPlace:
    """What fusing knows of a place."""
    return AccountPlace(
        place.name,
        place.country,
        place.admin1,
        place.resolution,
        place.geonames_id,
        place.latitude,
        place.longitude,
        place.claimed_by,
    )


def _sizes(event: Event, people: dict[str, Participant]) -> Iterator[AccountSize]:
    for name in SIZE_FIELDS:
        count = getattr(event.size, name) if event.size else None
        if count is not None:
            who = people.get(count.who or "")
            yield AccountSize(name, count.low, count.high, as_party(who) if who else None)


def context_of(text: str, spans: tuple[Span, ...]) -> str:
    """The sentences in which the spans stand."""
    found: dict[Span, None] = {}
    for span in spans:
        found[joined([sentence_around(text, span), span]) or span] = None
    return " ".join(span.words(text) for span in found)


def sentence_around(text: str, span: Span) -> Span:
    """From the end of the sentence before to the end of this one; good enough to compare words."""
    start, end = 0, len(text)
    for match in _SENTENCE_END.finditer(text):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end - 1:
            end = match.end()
            break
    return Span(start, max(end, span.end)).trimmed(text)

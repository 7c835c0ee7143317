"""A reading's events as accounts: what fusing needs of each, apart from the rest of the report.

A coded report in, accounts out. Who disputes an event is looked for in the same report; nothing of other reports is
known here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.codebook.denials import DenialWords
from detente.codebook.tolls import TollWords
from detente.fuse.days import TimeFinder, times_told, told_time
from detente.fuse.denials import deniers_of
from detente.fuse.sentences import sentence_around, sentences_of
from detente.fuse.tolls import tolls_of, with_tolls
from detente.model.account import SIZE_FIELDS, Account, AccountParty, AccountPlace, AccountSize, EventKey, SizeField
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.span import Span, joined
from detente.model.when import When

# An event of these statuses is no happening: only happenings make incidents, and what is denied attaches to them.
TAKEN = frozenset({"happened", "under_way", "denied"})
# Deeds of which the sentence after often tells how many they hit.
_HARM = frozenset({"ASSAULT", "COERCE"})

# A report is about three countries at most, each with a share of all that it names.
_MOST_COUNTRIES, _TOLD_OFTEN = 3, 0.1
NO_COUNTRY = frozenset({"IGO", "NGO", "IMG"})


@dataclass(frozen=True)
class AccountWords:
    """The words by which numbers of people and denials are read, spelled numbers, and what finds times in a text."""

    tolls: TollWords
    denials: DenialWords
    spelled: Mapping[str, int]
    times: TimeFinder


def accounts_of(coded: CodedReport, words: AccountWords, story: str | None = None) -> list[Account]:
    """The accounts of a report: each event that it says happened, is under way, or is denied."""
    told = times_told(coded, words.times)
    return [account_of(coded, event, words, told, story) for event in coded.events if event.status in TAKEN]


def account_of(
    coded: CodedReport, event: Event, words: AccountWords, told: Sequence[When], story: str | None = None
) -> Account:
    """The account that one event of the report gives; `told` are all times that the report tells."""
    people = {participant.id: participant for participant in coded.participants}
    text, when = coded.report.text, told_time(coded, event, told) or event.when
    plover, cameo = event.coding("PLOVER"), event.coding("CAMEO")
    told_in = next((s for s in coded.statements if s.id == event.told_in), None)
    speaker = people.get(told_in.speaker or "") if told_in else None
    evidence = event.evidence or (event.trigger,)
    type = plover.code if plover else ""
    tolls = _tolls(coded, event, type, words)
    return Account(
        key=EventKey(coded.report.id, event.id),
        published=coded.report.published,
        outlet=coded.report.outlet,
        type=type,
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
        sizes=with_tolls(tuple(_sizes(event, people)), tolls),
        speaker=as_party(speaker) if speaker else None,
        deniers=tuple(as_party(p) for p in deniers_of(coded, event, words.denials)),
        words=tuple(span.words(text) for span in evidence),
        context=context_of(text, evidence),
        named=named_in(coded, sentences_around(text, evidence)),
        about=countries_about(coded),
        score=plover.score if plover else None,
        goldstein=cameo.score if cameo else None,
        story=story,
        confidence=event.confidence,
    )


def _tolls(coded: CodedReport, event: Event, type: str, words: AccountWords) -> dict[SizeField, int]:
    """Numbers of people in the event's clause, else its sentence, else the next if that tells no other deed."""
    text, evidence = coded.report.text, event.evidence or (event.trigger,)
    found: dict[SizeField, int] = {}
    for part, counts in (
        (" ; ".join(span.words(text) for span in evidence), type),
        (context_of(text, (event.trigger,)), ""),
        *((sentence.words(text), "") for sentence in _elsewhere(coded, event, type)),
    ):
        # Beyond its own clause only words for what happened to people tell whose number it is.
        found = {**tolls_of(part, counts, words.spelled, words.tolls), **found}
    return found


def _elsewhere(coded: CodedReport, event: Event, type: str) -> Iterator[Span]:
    """The next sentence, which often tells how many a deed hit, if no other deed is told there."""
    own = sentence_around(coded.report.text, event.trigger)
    after = next((span for span in sentences_of(coded.report.text) if span.start >= own.end), None)
    if type in _HARM and after and not any(e.trigger.overlaps(after) for e in coded.events if e.id != event.id):
        yield after


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


def named_in(coded: CodedReport, spans: tuple[Span, ...]) -> tuple[AccountParty, ...]:
    """Whoever is named or referred to in these stretches."""
    inside = (
        participant
        for participant in coded.participants
        if any(span.contains(mention) for span in spans for mention in participant.mentions)
    )
    return tuple(dict.fromkeys(map(as_party, inside)))


def countries_about(coded: CodedReport) -> tuple[str, ...]:
    """The countries that a report names most: where one clause names one side only, the report tells the other."""
    counts: Counter[str] = Counter()
    for participant in coded.participants:
        if participant.country and participant.country not in NO_COUNTRY:
            counts[participant.country] += len(participant.mentions)
    for place in coded.places:
        if place.country:
            counts[place.country] += 1
    least = _TOLD_OFTEN * sum(counts.values())
    ranked = sorted(counts, key=lambda country: (-counts[country], country))
    return tuple(country for country in ranked if counts[country] >= least)[:_MOST_COUNTRIES]


def context_of(text: str, spans: tuple[Span, ...]) -> str:
    """The sentences in which the spans stand."""
    return " ".join(span.words(text) for span in sentences_around(text, spans))


def sentences_around(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Where the sentences stand in which the spans do."""
    return tuple(dict.fromkeys(joined([sentence_around(text, span), span]) or span for span in spans))

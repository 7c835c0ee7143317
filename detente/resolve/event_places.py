"""Where a material event was, if its own clause does not say: the sentence, the paragraph, the parties' own country.

Runs when the tellings of one happening have been united. Always marked as inferred; what is only said or asked for gets
no place, for the place of a speech tells nothing of its matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from detente.codebook.datelines import find_dateline
from detente.codebook.whoswho import WhosWho
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.reading import Reading, Sentence
from detente.model.span import Span
from detente.resolve.clauses import event_points, gap, is_origin

# Deeds on the ground; of these, those done at home (the doer's country) and those done to somebody (the sufferer's).
_MATERIAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION", "CONSULT", "AID"})
_AT_HOME = frozenset({"COERCE", "PROTEST", "RETREAT", "SANCTION"})
_SUFFERED = frozenset({"ASSAULT"})
_VISIT = "visit"
_BODIES = frozenset({"IGO", "NGO", "IMG"})
_INFERRED = 0.4


def infer_event_places(coded: CodedReport, reading: Reading, whoswho: WhosWho) -> CodedReport:
    """Give material events without a place the one that the report sets them at; new places join the others."""
    filed = find_dateline(coded.report.text)
    people = {p.id: p for p in coded.participants}
    places = list(coded.places)
    events = []
    for event in coded.events:
        place, why = _found(event, coded, reading, filed)
        if place is None and _is_material(event):
            place, why = _own_country(event, people, places, coded, whoswho)
            if place is not None and place not in places:
                places.append(place)
        why = "; ".join(words for words in (event.why, why) if words)
        events.append(replace(event, place=place, why=why) if place is not None and event.place is None else event)
    return coded.with_(events=tuple(events), places=tuple(places))


def _is_material(event: Event) -> bool:
    coding = event.coding("PLOVER")
    return event.place is None and coding is not None and coding.code in _MATERIAL


def _found(event: Event, coded: CodedReport, reading: Reading, filed: Span | None) -> tuple[Place | None, str]:
    """The nearest place of the event's sentence, or the only country's last place in its paragraph."""
    if not _is_material(event):
        return None, ""
    usable = [
        p
        for p in coded.places
        if p.country and not (filed is not None and filed.contains(p.span)) and not is_origin(p.span, reading)
    ]
    for point in event_points(event, reading):
        sentence = reading.sentence_of(point)
        here = [p for p in usable if sentence.span.contains(p.span)]
        if here:
            trigger = reading.tokens[point].span
            return min(here, key=lambda p: (gap(trigger, p.span), p.span.start)), "place inferred: the same sentence"
        for before in _paragraph_before(sentence, reading):
            told = [p for p in usable if before.span.contains(p.span)]
            if len({p.country for p in told}) == 1:
                return told[-1], "place inferred: told before in the paragraph"
            if told:
                break
    return None, ""


def _paragraph_before(sentence: Sentence, reading: Reading) -> Iterator[Sentence]:
    for other in reversed(reading.sentences):
        if other.paragraph == sentence.paragraph and other.first < sentence.first:
            yield other


def _own_country(
    event: Event, people: Mapping[str, Participant], places: list[Place], coded: CodedReport, whoswho: WhosWho
) -> tuple[Place | None, str]:
    """Police arrest at home, armies are attacked at home: the country of the doer or of the one it is done to."""
    coding = event.coding("PLOVER")
    code = coding.code if coding is not None else ""
    visit = coding is not None and coding.mode == _VISIT
    suffered = event.targets or event.sources
    ids = event.sources if code in _AT_HOME else suffered if code in _SUFFERED or visit else ()
    parties = [people[id] for id in ids if id in people]
    countries = {p.country for p in parties if p.country and p.country not in _BODIES}
    if len(countries) != 1 or (event.reciprocal and not visit):
        return None, ""
    country = countries.pop() or ""
    known = next((p for p in places if p.country == country and p.resolution == "country"), None)
    if known is not None:
        return known, f"place inferred: {known.name} is where it was done by its own or to its own"
    land = next((p for p in people.values() if p.entity == f"country:{country}" and p.mentions), None)
    if land is None:
        return None, ""
    return _land(country, land, len(places), coded, whoswho), "place inferred: the country of its parties"


def _land(country: str, party: Participant, number: int, coded: CodedReport, whoswho: WhosWho) -> Place:
    """The country as a place, at the words that name it as a party."""
    name = whoswho.entity(f"country:{country}").name
    why = "named as a party, not as a place"
    return Place(
        id=f"{coded.report.id}-p{number + 1}",
        span=party.mentions[0],
        name=name,
        kind="country",
        country=country,
        resolution="country",
        confidence=_INFERRED,
        why=why,
    )

"""Where the places named in a report are, and at which of them each event was.

Mentions that stand for the ground come in, places with country, point and claimants go out. A name that fits several
places equally well, or none, is kept with the reason; names that stand for governments never come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detente.codebook.datelines import find_dateline
from detente.codebook.gazetteer import Gazetteer
from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.place import Place
from detente.model.reading import Mention, Reading, Unresolved
from detente.resolve.candidates import Choice
from detente.resolve.clauses import clause_distance, event_points, gap, is_origin, steps_up
from detente.resolve.place_choices import choose_places
from detente.resolve.villages import KnownAt, Surroundings

# Added to the distance of a place in another clause of the sentence, so that it always comes last.
OTHER_CLAUSE = 100
_LINKS = frozenset({"ADP", "DET", "ADJ", "PUNCT", "PART"})
_NAMES = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_HERE = "here"


@dataclass(frozen=True, slots=True)
class _Site:
    """A place of the report with its token, the word it hangs on, and the preposition between them."""

    place: Place
    head: int
    governor: int
    preposition: str | None


def resolve_places(coded: CodedReport, reading: Reading, gazetteer: Gazetteer, day: date | None) -> CodedReport:
    """Say where each named place lies and who claims it on that day, and give each event its place."""
    mentions = sorted((m for m in reading.mentions if m.as_place), key=lambda m: m.span)
    choices = choose_places(mentions, coded, reading, gazetteer)
    known = {span: _known_at(choice) for span, choice in choices.items() if not is_origin(span, reading)}
    surroundings = Surroundings(coded, reading, known)
    places, unresolved = [], []
    for number, mention in enumerate(mentions, start=1):
        choice = choices[mention.span]
        place = _place(f"{coded.report.id}-p{number}", mention, choice, day)
        places.append(surroundings.with_country(place, mention.head))
        if choice.place is None:
            candidates = tuple(place.id for place in choice.candidates)
            unresolved.append(Unresolved(mention.span, "place", choice.why, candidates))
    sites = _sites(places, mentions, reading)
    triggers = {event.id: set(event_points(event, reading)[:1]) for event in coded.events}

    def place_of(event: Event) -> Place | None:
        # A place on the word of another event is that one's: "condemned a raid near Damascus".
        others = {t for id, points in triggers.items() if id != event.id for t in points} - triggers[event.id]
        return _place_of(event, [s for s in sites if s.governor not in others], reading, gazetteer)

    return coded.with_(
        places=tuple(places),
        events=tuple(replace(event, place=place_of(event)) for event in coded.events),
        unresolved=(*coded.unresolved, *unresolved),
    )


def _known_at(choice: Choice) -> KnownAt:
    town = choice.place if choice.place is not None and choice.place.resolution == "city" else None
    return KnownAt(choice.country, town.name, town.latitude, town.longitude) if town else KnownAt(choice.country)


def _place(id: str, mention: Mention, choice: Choice, day: date | None) -> Place:
    known = choice.place
    if known is None:
        candidates = tuple(place.id for place in choice.candidates)
        return Place(
            id,
            mention.span,
            mention.name,
            country=choice.country,
            confidence=choice.score,
            candidates=candidates,
            why=choice.why,
        )
    return Place(
        id=id,
        span=mention.span,
        name=known.name,
        kind=known.kind,
        country=known.country,
        admin1=known.admin1,
        claimed_by=known.claimed_by(day),
        controlled_by=known.controlled_by(day),
        resolution=known.resolution,
        geonames_id=known.geonames_id,
        latitude=known.latitude,
        longitude=known.longitude,
        confidence=choice.score,
        candidates=tuple(place.id for place in choice.candidates),
        why=choice.why,
    )


def _sites(places: Sequence[Place], mentions: Sequence[Mention], reading: Reading) -> list[_Site]:
    """The places where something may happen: all but a dateline's."""
    filed = find_dateline(reading.report.text)
    pairs = [(p, m) for p, m in zip(places, mentions, strict=True) if filed is None or not filed.contains(m.span)]
    sites = [_site(place, mention, reading) for place, mention in pairs]
    at_filing = next((p for p in places if filed is not None and filed.contains(p.span)), None)
    return [*sites, *_here(at_filing, reading)] if at_filing else sites


def _here(place: Place, reading: Reading) -> Iterator[_Site]:
    """ "held talks here": where the report was filed."""
    for token in reading.tokens:
        if token.text.lower() == _HERE and token.pos == "ADV":
            yield _Site(place, token.index, token.head, None)


def _site(place: Place, mention: Mention, reading: Reading) -> _Site:
    governor, preposition = mention.head, None
    for above in reading.ancestors(mention.head):
        governor = above
        token = reading.tokens[above]
        if token.pos == "ADP" and preposition is None:
            preposition = token.lemma
        if token.pos not in _LINKS:
            break
    return _Site(place, mention.head, governor, preposition)


FARTHEST_PLACE = 250
"""Words between an event and its place: no sentence that a person writes is longer."""


def _place_of(event: Event, sites: Sequence[_Site], reading: Reading, gazetteer: Gazetteer) -> Place | None:
    """The place that hangs on the event's word, or else stands in its clause, or in another clause of its telling."""
    for point in event_points(event, reading):
        trigger = reading.tokens[point].span
        ranked = []
        for site in sites:
            distance = _distance(point, site, event, reading, gazetteer.origin_words)
            if distance is not None:
                before = site.place.span.start < trigger.start
                rank = (distance, before, gap(trigger, site.place.span), site.place.span.start)
                ranked.append((rank, site.place))
        if ranked:
            return min(ranked, key=lambda pair: pair[0])[1]
    return None


def _distance(point: int, site: _Site, event: Event, reading: Reading, origins: frozenset[str]) -> int | None:
    """How far the place is from the event's word; None where it is no place of this event."""
    if abs(site.head - point) > FARTHEST_PLACE:
        return None
    # "held talks in Tehran": what hangs on the event's own noun hangs on the event.
    own = site.governor == point or event.trigger.contains(reading.tokens[site.governor].span)
    on_noun = reading.tokens[site.governor].pos in _NAMES and not own
    if is_origin(site.place.span, reading) and site.governor != point:
        return None
    # "a farmer from Kidal", "rockets launched from Lebanon": where somebody or something comes from.
    passive = reading.tokens[site.governor].dep in ("acl", "relcl")
    if site.preposition in origins and (on_noun or (passive and site.governor != point)):
        return None
    near = 0 if own else clause_distance(point, site.governor, (site.head,), reading)
    if near is not None:
        # A place on another noun of the clause ("the mayor of Odesa") is weaker than one on the event's word.
        return near + (2 if on_noun else 0)
    sentence = reading.sentence_of(point)
    told = any(span.contains(site.place.span) for span in event.evidence)
    # A clause that holds the event's own ("said in Geneva that ...") tells where it was said, not where it happened.
    outer = _hangs_below(point, site.governor, reading)
    if not told or outer or not sentence.first <= site.head < sentence.last:
        return None
    return OTHER_CLAUSE + (steps_up(site.head, point, reading) or 0)


def _hangs_below(lower: int, upper: int, reading: Reading) -> bool:
    return any(above == upper for above in reading.ancestors(lower))

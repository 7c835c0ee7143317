"""What the page shows beside the text: each event, statement, actor, place and open question as plain strings.

Keys (e1, s1, a1, p1, u1) tie a card to its words in the text and are safe in HTML; a reading's own ids may hold
anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.quads import quad_of
from detente.model.reading import Unresolved
from detente.serve.segments import Mark
from detente.serve.wording import (
    MANNER,
    STATUS,
    Told,
    basis_words,
    clean,
    cut,
    date_words,
    description_words,
    name_of,
    names_of,
    nested,
    own_words,
    parties,
    place_words,
    size_words,
    speaker_words,
    told_by,
    words_of,
)

WORDS_SHOWN = 320


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads to another card."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class EventCard:
    key: str
    quad: int
    quad_words: str
    type: str
    mode: str
    cameo: str
    own: str
    date: str
    basis: str
    parties: str
    victims: str
    status: str
    counts: bool
    background: bool
    place: str
    size: str
    told_by: str
    words: str
    confidence: str


@dataclass(frozen=True, slots=True)
class StatementCard:
    key: str
    speaker: str
    known: bool
    manner: str
    channel: str
    words: str
    about: str
    addressees: str
    date: str
    events: tuple[Link, ...]
    inside: tuple[StatementCard, ...]


@dataclass(frozen=True, slots=True)
class ActorCard:
    key: str
    name: str
    office: str
    code: str
    why: str
    mentions: int


@dataclass(frozen=True, slots=True)
class PlaceCard:
    key: str
    name: str
    control: str
    resolution: str


@dataclass(frozen=True, slots=True)
class OpenCard:
    key: str
    words: str
    kind: str
    why: str
    candidates: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a reading's items by their ids."""

    events: dict[str, str]
    statements: dict[str, str]
    actors: dict[str, str]
    places: dict[str, str]

    @classmethod
    def of(cls, coded: CodedReport) -> Keys:
        return cls(
            {item.id: f"e{n}" for n, item in enumerate(coded.events, 1)},
            {item.id: f"s{n}" for n, item in enumerate(coded.statements, 1)},
            {item.id: f"a{n}" for n, item in enumerate(coded.participants, 1)},
            {item.id: f"p{n}" for n, item in enumerate(coded.places, 1)},
        )


def event_cards(coded: CodedReport, keys: Keys) -> tuple[EventCard, ...]:
    return tuple(_event(coded, event, keys.events[event.id]) for event in coded.events)


def _event(coded: CodedReport, event: Event, key: str) -> EventCard:
    quad, plover, cameo = quad_of(event), event.coding("PLOVER"), event.coding("CAMEO")
    return EventCard(
        key=key,
        quad=quad.number,
        quad_words=quad.words,
        type=plover.code if plover else "no type",
        mode=(plover.mode or "") if plover else "",
        cameo=cameo.code if cameo else "",
        own=own_words(event),
        date=date_words(event.when),
        basis=basis_words(event.when),
        parties=parties(coded, event),
        victims=names_of(coded, event.victims),
        status=STATUS[event.status],
        counts=event.counts,
        background=event.background,
        place=place_words(event.place),
        size=size_words(event.size),
        told_by=told_by(coded, event),
        words=cut(words_of(coded, event.evidence or (event.trigger,)), WORDS_SHOWN),
        confidence=_percent(event.confidence),
    )


def _percent(confidence: float) -> str:
    return f"{round(100 * confidence)} %" if confidence else ""


def statement_cards(coded: CodedReport, keys: Keys) -> tuple[StatementCard, ...]:
    return tuple(_statement(coded, told, keys) for told in nested(coded.statements))


def _statement(coded: CodedReport, told: Told, keys: Keys) -> StatementCard:
    statement = told.statement
    return StatementCard(
        key=keys.statements[statement.id],
        speaker=speaker_words(coded, statement),
        known=statement.speaker is not None,
        manner=MANNER[statement.manner],
        channel=clean(statement.channel.name) if statement.channel else "",
        words=cut(words_of(coded, statement.content), 2 * WORDS_SHOWN),
        about=names_of(coded, statement.about),
        addressees=names_of(coded, statement.addressees),
        date=date_words(statement.when) if statement.when else "",
        events=tuple(_links(coded, (*statement.events, *statement.acts), keys)),
        inside=tuple(_statement(coded, below, keys) for below in told.inside),
    )


def _links(coded: CodedReport, ids: tuple[str, ...], keys: Keys) -> Iterator[Link]:
    events = {event.id: event for event in coded.events}
    for id in dict.fromkeys(ids):
        coding = events[id].coding("PLOVER") if id in events else None
        if coding:
            yield Link(keys.events[id], coding.code)


def actor_cards(coded: CodedReport, keys: Keys) -> tuple[ActorCard, ...]:
    return tuple(_actor(item, keys.actors[item.id]) for item in coded.participants)


def _actor(actor: Participant, key: str) -> ActorCard:
    return ActorCard(
        key=key,
        name=clean(actor.name),
        office=description_words(actor),
        code=actor.code or "",
        why=clean(actor.why),
        mentions=len(actor.mentions),
    )


def place_cards(coded: CodedReport, keys: Keys) -> tuple[PlaceCard, ...]:
    return tuple(_place(item, keys.places[item.id]) for item in coded.places)


def _place(place: Place, key: str) -> PlaceCard:
    held = clean(", ".join(place.controlled_by))
    control = f"controlled by {held}" if held else ""
    return PlaceCard(key, place_words(place), control, clean((place.resolution or "").replace("_", " ")))


def open_cards(coded: CodedReport) -> tuple[OpenCard, ...]:
    return tuple(_open(coded, item, f"u{n}") for n, item in enumerate(coded.unresolved, 1))


def _open(coded: CodedReport, item: Unresolved, key: str) -> OpenCard:
    words = cut(words_of(coded, [item.span]), 120) if item.span else ""
    perhaps = " or ".join(name_of(coded, id) for id in item.candidates)
    return OpenCard(key, words, clean(item.kind), clean(item.why), perhaps)


def marks(coded: CodedReport, keys: Keys) -> Iterator[Mark]:
    """All spans that light up, the most telling first: triggers, then names, then what was said, then clauses."""
    for event in coded.events:
        claim = " claim" if event.told_in else ""
        yield Mark(keys.events[event.id], event.trigger, f"trigger q{quad_of(event).number}{claim}", link=True)
    for place in coded.places:
        yield Mark(keys.places[place.id], place.span, "name", link=True)
    for actor in coded.participants:
        for number, span in enumerate(actor.mentions):
            yield Mark(keys.actors[actor.id], span, "name", link=number == 0)
    for number, item in enumerate(coded.unresolved, 1):
        if item.span:
            yield Mark(f"u{number}", item.span, "open", link=True)
    for statement in coded.statements:
        for number, span in enumerate(statement.content):
            yield Mark(keys.statements[statement.id], span, "said", link=number == 0)
    for event in coded.events:
        for span in event.evidence:
            yield Mark(keys.events[event.id], span, "")

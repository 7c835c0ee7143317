"""Who somebody is whom somebody asks about, without a report around it.

A name, an office, or both in; the actor with the office or side of the day, or the candidates, with the reason. Several
equally good answers leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import Entity, Tenure, WhosWho
from detente.model.answers import Answer, KnownActor
from detente.resolve.asked_bodies import choose_body, role_asked, similar_bodies
from detente.resolve.asked_names import people_called
from detente.resolve.asked_offices import Holder, agreement, holders_asked
from detente.resolve.asked_words import Asked, understand
from detente.resolve.offices import fits, held_before, office_on, office_words

# How much each thing speaks for a person; the likeness of the name (0 to 1) counts most.
_NAME, _OFFICE, _COUNTRY, _SOLDIER, _IN_OFFICE, _LEADING, _RECENT = 2.5, 0.5, 0.4, 0.2, 0.15, 0.15, 0.05
_HEAD = 0.25
# Whoever leads by less is not clearly meant.
_CLEARLY = 0.1
# Classes of whom news speaks by the surname alone.
_LEADING_CLASSES = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "io_head", "armed_group_leader"}
    | {"deputy_head"}
)
_MOST = 10
# What the points make of confidence: a full name in office, and nothing else, is worth 0.9.
_SURE = 0.33
_LONGEST = 300


@dataclass(frozen=True)
class _Person:
    """A person who may be meant, with all that speaks for it."""

    entity: Entity
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Desk:
    """What questions are answered with."""

    whoswho: WhosWho
    language: LanguagePack
    day: date | None


def ask_who(query: str, day: date | None, whoswho: WhosWho, language: LanguagePack) -> Answer[KnownActor]:
    """Who bears that name or held that office on that day."""
    desk = _Desk(whoswho, language, day)
    words = " ".join(query.split())
    if not words or len(words) > _LONGEST:
        return Answer(query, None, (), "a name or an office is asked for, in a few words")
    bearers = [whoswho.entity(id) for id in whoswho.lookup(words)]
    bodies = [entity for entity in bearers if entity.kind != "person"]
    if bodies:
        return choose_body(query, bodies, day, whoswho)
    asked = understand(words, whoswho, language)
    people = [entity.id for entity in bearers] or list(asked.people)
    if people:
        return _of_people(query, dict.fromkeys(people, 1.0), asked, desk)
    return _by_parts(query, asked, desk)


def _by_parts(query: str, asked: Asked, desk: _Desk) -> Answer[KnownActor]:
    """No name is known as it stands: a list, an office, a name in another spelling, or somebody without a name."""
    several = _listed(query, desk)
    if several is not None:
        return several
    body = None if asked.noun or asked.name or not asked.country else _body_of_country(asked, desk)
    if body is not None:
        return choose_body(query, [body], desk.day, desk.whoswho)
    if not asked.name and asked.office:
        found = _of_office(query, asked, desk) or role_asked(query, asked, desk.whoswho)
        return found or _in_small_letters(query, asked, desk) or _none(query, _no_holder(asked))
    if not asked.name and len(asked.bodies) == 1:
        return choose_body(query, [desk.whoswho.entity(asked.bodies[0])], desk.day, desk.whoswho)
    called = people_called(asked.name, [c for c in asked.countries if c.isalpha()], desk.whoswho)
    if not called and asked.countries:
        called = people_called(asked.name, (), desk.whoswho)
    if called:
        return _of_people(query, called, asked, desk)
    return similar_bodies(query, desk.day, desk.whoswho) or _none(query, "nobody of this name is known")


def _in_small_letters(query: str, asked: Asked, desk: _Desk) -> Answer[KnownActor] | None:
    """ "volodimir zelenski": words that are no office may be a name; one alone may be anything."""
    if asked.noun is not None or len(asked.office.split()) < 2:
        return None
    called = people_called(asked.office, (), desk.whoswho)
    return _of_people(query, called, asked, desk) if called else None


def _no_holder(asked: Asked) -> str:
    """Why nobody is told for words that are no known name."""
    if asked.noun is None:
        return "no name and no office is known in these words"
    if not asked.countries and not asked.bodies:
        return "whose office it is, the words do not say: name the country or the body with it"
    return "no holder of that office is known"


def _body_of_country(asked: Asked, desk: _Desk) -> Entity | None:
    """ "Sudanese army": the body of that name that the country has."""
    id = desk.whoswho.body(asked.office, asked.country or "")
    return desk.whoswho.entity(id) if id is not None else None


def _none(query: str, why: str) -> Answer[KnownActor]:
    return Answer(query, None, (), why)


def _listed(query: str, desk: _Desk) -> Answer[KnownActor] | None:
    """ "Russia, Iran and Turkey": several actors, none of them the answer."""
    words = "|".join(re.escape(word) for word in sorted(desk.language.listing))
    parts = [part for part in re.split(rf"\s*(?:[,;&]|\b(?:{words})\b)\s*", query) if part]
    if len(parts) < 2:
        return None
    answers = [ask_who(part, desk.day, desk.whoswho, desk.language).answer for part in parts]
    known = tuple(answer for answer in answers if answer is not None)
    if len(known) < len(parts):
        return None
    return Answer(query, None, known, f"the words name {len(parts)} actors")


def _of_people(query: str, called: dict[str, float], asked: Asked, desk: _Desk) -> Answer[KnownActor]:
    """The one person for whom most speaks, if it is clearly one."""
    ranked = sorted((_weighed(id, near, asked, desk) for id, near in called.items()), key=_order)
    best, rest = ranked[0], ranked[1:]
    others = tuple(_person_as_of(person.entity, asked, desk)[0] for person in rest[: _MOST - 1])
    if rest and best.score - rest[0].score < _CLEARLY:
        first = _person_as_of(best.entity, asked, desk)[0]
        return Answer(query, None, (first, *others), "several people known by this name fit equally well")
    actor, office = _person_as_of(best.entity, asked, desk, round(min(0.97, _SURE * best.score), 2))
    close = tuple(o for o, person in zip(others, rest, strict=False) if best.score - person.score < 2 * _CLEARLY)
    return Answer(query, actor, close, "; ".join((*best.reasons, office)))


def _order(person: _Person) -> tuple[float, str]:
    return -person.score, person.entity.id


def _weighed(id: str, near: float, asked: Asked, desk: _Desk) -> _Person:
    """All that speaks for a person: name, office, country, whether in office, how prominent."""
    entity, tenures = desk.whoswho.entity(id), desk.whoswho.tenures(id)
    score, reasons = _NAME * near, ["bears this name" if near > 0.99 else f"a name spelt nearly so ({near:.2f})"]
    country = _shared_country(entity, tenures, asked.countries)
    if country is not None:
        score += _COUNTRY
        reasons.append(f"of {country}")
    described = asked.description()
    if described is not None and described.role_class and fits(described, tenures, desk.day):
        score += _OFFICE
        reasons.append(f"{'held' if asked.former or desk.day is None else 'holds'} the office that is named")
    elif asked.office and any(_agrees(t, asked, desk) for t in tenures):
        score += _OFFICE
        reasons.append("the office's words agree")
    held = [t for t in tenures if desk.day is not None and t.held_on(desk.day)]
    score += _IN_OFFICE if held and not asked.former else 0.0
    begun = [t for t in tenures if desk.day is None or (t.start or date.min) <= desk.day]
    score += max((_prominence(t) for t in begun), default=0.0)
    score += _SOLDIER if asked.soldier and any(t.sector == "MIL" for t in tenures) else 0.0
    score += _RECENT if tenures and _near_day(tenures, desk.day) else 0.0
    return _Person(entity, score, tuple(reasons))


def _prominence(tenure: Tenure) -> float:
    """Whom news calls by the surname alone: heads of state and government before ministers and leaders of groups."""
    if tenure.role_class in ("head_of_state", "head_of_government"):
        return _HEAD
    return _LEADING if tenure.role_class in _LEADING_CLASSES else 0.0


def _agrees(tenure: Tenure, asked: Asked, desk: _Desk) -> bool:
    return agreement(tenure, asked, desk.language) > 0.6


def _shared_country(entity: Entity, tenures: Sequence[Tenure], countries: Sequence[str]) -> str | None:
    """The first of the countries asked for that somebody is from or holds or held office in."""
    theirs = {entity.country, *(t.country for t in tenures)}
    return next((country for country in countries if country in theirs), None)


def _near_day(tenures: Sequence[Tenure], day: date | None) -> bool:
    """Whether the last office known is not long past: news name the living."""
    last = max((t.end or t.as_of or date.max for t in tenures), default=date.min)
    return day is None or last.year >= day.year - _LONG_PAST


_LONG_PAST = 15


def _of_office(query: str, asked: Asked, desk: _Desk) -> Answer[KnownActor] | None:
    """The holder of an office that is asked for without a name."""
    if not asked.countries and not asked.bodies:
        return None
    if desk.day is None:
        return _none(query, "an office has holders on a day; give it with --on")
    holders = holders_asked(asked, desk.day, desk.whoswho, desk.language)
    people = list(dict.fromkeys(holder.tenure.entity for holder in holders))
    if not people:
        return None
    if asked.former:
        return _of_former(query, holders, asked, desk)
    if len(people) > 1:
        shown = tuple(_in_office(holder, desk) for holder in holders[:_MOST])
        return Answer(query, None, shown, "several held such an office on that day")
    actor = _in_office(holders[0], desk)
    return Answer(query, actor, (), _office_reason(holders[0].tenure, desk))


def _of_former(query: str, holders: Sequence[Holder], asked: Asked, desk: _Desk) -> Answer[KnownActor]:
    """The last to have held the office, as of the day."""
    people = {holder.tenure.entity: 0.9 * holder.score for holder in holders}
    told = [
        _person_as_of(desk.whoswho.entity(id), asked, desk, round(score, 2))
        for id, score in list(people.items())[:_MOST]
    ]
    if len(told) > 1:
        return Answer(query, None, tuple(actor for actor, _ in told), "several held such an office before that day")
    return Answer(query, told[0][0], (), told[0][1])


def _in_office(holder: Holder, desk: _Desk) -> KnownActor:
    entity = desk.whoswho.entity(holder.tenure.entity)
    return _actor(entity, holder.tenure, desk, 0.9 * holder.score)


def _person_as_of(entity: Entity, asked: Asked, desk: _Desk, confidence: float = 0.0) -> tuple[KnownActor, str]:
    """A person with the office of the day, and the words that say so."""
    tenures = desk.whoswho.tenures(entity.id)
    if desk.day is None:
        return _of_no_office(entity, confidence), "no day is given, so no office is told"
    described = asked.description()
    office = office_on(entity, desk.day, (described,) if described else (), desk.whoswho)
    former = held_before(tenures, desk.day)
    told = max(former, key=lambda t: (_agrees(t, asked, desk), t.end or date.min), default=None)
    if office is not None:
        # "Former President Medvedev" is deputy chairman now.
        words = _office_reason(office.tenure, desk)
        said = f"{office_words(told, desk.whoswho)} until {told.end}; {words}" if asked.former and told else words
        return _actor(entity, office.tenure, desk, confidence), said
    if told is not None:
        return _without_office(entity, told, desk, confidence)
    return _of_no_office(entity, confidence), f"no office known on {desk.day}"


def _of_no_office(entity: Entity, confidence: float) -> KnownActor:
    return KnownActor(entity.id, entity.name, "person", entity.country, wikidata=entity.wikidata, confidence=confidence)


def _without_office(entity: Entity, told: Tenure, desk: _Desk, confidence: float) -> tuple[KnownActor, str]:
    """A former official: of the elite, with the days of the former office."""
    actor = KnownActor(
        id=entity.id,
        name=entity.name,
        kind="person",
        country=entity.country,
        sectors=("ELI",),
        wikidata=entity.wikidata,
        since=told.start,
        until=told.end,
        confidence=confidence,
    )
    return actor, f"{office_words(told, desk.whoswho)} until {told.end}; no office known on {desk.day}"


def _actor(entity: Entity, tenure: Tenure, desk: _Desk, confidence: float) -> KnownActor:
    presumed = desk.day is not None and tenure.presumed_on(desk.day)
    return KnownActor(
        id=entity.id,
        name=entity.name,
        kind="person",
        country=tenure.country or entity.country,
        sectors=(tenure.sector,) if tenure.sector else (),
        office=office_words(tenure, desk.whoswho),
        wikidata=entity.wikidata,
        since=tenure.start,
        until=tenure.end,
        presumed=presumed,
        confidence=round(confidence * (0.85 if presumed else 1.0), 2),
    )


def _office_reason(tenure: Tenure, desk: _Desk) -> str:
    words = office_words(tenure, desk.whoswho)
    words += f" since {tenure.start}" if tenure.start else ""
    words += f" until {tenure.end}" if tenure.end else ""
    if desk.day is not None and tenure.presumed_on(desk.day):
        words += f", presumed: last known to hold it on {tenure.as_of}"
    return f"{words} (source: {tenure.source})"

"""Countries, bodies, groups and media that somebody asks about, with the side of the day; and those without a name.

Entities in, one answer or the candidates out. Persons are not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz, process

from detente.codebook.actors import ADDED
from detente.codebook.folding import fold_name
from detente.codebook.whoswho import Entity, WhosWho
from detente.model.answers import Answer, KnownActor
from detente.resolve.asked_words import Asked

_KNOWN, _LIKELY, _SPELT_NEARLY, _DESCRIBED = 0.95, 0.75, 0.6, 0.6
# Names of bodies less alike than this (0 to 100) are other bodies.
_ALIKE = 90
_MOST = 5
_KINDS = {"media": "organisation", "platform": "organisation"}


def body_as_of(entity: Entity, day: date | None, whoswho: WhosWho, confidence: float = 0.0) -> KnownActor:
    """A body with its country and sectors of the day."""
    code = whoswho.code_on(entity.id, day)
    return KnownActor(
        id=entity.id,
        name=entity.name,
        kind=_KINDS.get(entity.kind, entity.kind),
        country=code.country if code else entity.country,
        sectors=code.sectors if code else () if entity.country == "IGO" else entity.sectors,
        wikidata=entity.wikidata,
        since=code.start if code else None,
        until=code.end if code else None,
        confidence=confidence,
    )


def choose_body(query: str, bodies: Sequence[Entity], day: date | None, whoswho: WhosWho) -> Answer[KnownActor]:
    """The one body of that name; of several the one whose usual name it is, or that our own tables know."""
    if len(bodies) == 1:
        actor = body_as_of(bodies[0], day, whoswho, _KNOWN)
        return Answer(query, actor, (), _reason("known by this name", actor))
    folded = fold_name(query)
    meant = [entity for entity in bodies if entity.id == whoswho.usual_bearer(query)]
    usual = [entity for entity in bodies if fold_name(entity.name) == folded]
    own = [entity for entity in bodies if entity.source == "curated"]
    added = [entity for entity in bodies if entity.source == ADDED]
    choices = (
        (added, "as you have added it"),
        (meant, "usually meant by it"),
        (usual, "its usual name"),
        (own, "the best known of that name"),
    )
    for some, why in choices:
        if len(some) == 1:
            actor = body_as_of(some[0], day, whoswho, _LIKELY)
            others = tuple(body_as_of(entity, day, whoswho) for entity in bodies if entity != some[0])
            return Answer(query, actor, others, _reason(why, actor))
    candidates = tuple(body_as_of(entity, day, whoswho) for entity in bodies[:_MOST])
    return Answer(query, None, candidates, "several are known by this name")


def _reason(why: str, actor: KnownActor) -> str:
    since = f" since {actor.since}" if actor.since else ""
    until = f" until {actor.until}" if actor.until else ""
    return f"{why}; {actor.code}{since}{until}" if since or until else why


def similar_bodies(query: str, day: date | None, whoswho: WhosWho) -> Answer[KnownActor] | None:
    """The body whose name is spelt nearly so; None where there is none."""
    names = whoswho.names_of_bodies()
    found = process.extract(fold_name(query), list(names), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST)
    ids = list(dict.fromkeys(id for name, _score, _at in found for id in names[name]))
    if not ids:
        return None
    actors = tuple(body_as_of(whoswho.entity(id), day, whoswho, _SPELT_NEARLY) for id in ids)
    if len(actors) == 1:
        return Answer(query, actors[0], (), _reason("a name spelt nearly so", actors[0]))
    return Answer(query, None, actors, "several names are spelt nearly so")


def role_asked(query: str, asked: Asked, whoswho: WhosWho) -> Answer[KnownActor] | None:
    """Somebody without a name: "Armenian soldiers" are ARM MIL."""
    words = asked.office.split()
    nouns = (whoswho.role_noun(" ".join(words[start:])) for start in range(len(words)))
    sector = next((noun for noun in nouns if noun), None) or (asked.noun.sector if asked.noun else None)
    if sector is None or asked.country is None or asked.country == "IGO":
        return None
    actor = KnownActor(
        f"role:{asked.country}-{sector}".lower(), query, "role", asked.country, (sector,), confidence=_DESCRIBED
    )
    return Answer(query, actor, (), "nobody by name: country and sector are those that the words tell")

"""Who somebody is whom somebody asks about, without a report around it.

A name, an office, or both in; the actor with the office or side of the day, or the candidates, with the reason.
"""

from __future__ import annotations

from datetime import date

from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import Entity, WhosWho
from detente.model.answers import Answer, KnownActor


def ask_who(query: str, day: date | None, whoswho: WhosWho, language: LanguagePack) -> Answer[KnownActor]:
    """Who bears that name or held that office on that day."""
    found = [whoswho.entity(id) for id in whoswho.lookup(query)]
    actors = tuple(_as_of(entity, day, whoswho) for entity in found)
    if len(actors) == 1:
        return Answer(query, actors[0], (), "the only one known by this name")
    return Answer(query, None, actors, "several are known by this name" if actors else "nobody of this name is known")


def _as_of(entity: Entity, day: date | None, whoswho: WhosWho) -> KnownActor:
    return KnownActor(entity.id, entity.name, entity.kind, entity.country, entity.sectors, wikidata=entity.wikidata)

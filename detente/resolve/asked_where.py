"""Where a place lies that somebody asks about, without a report around it.

A name in, and perhaps a country that it is near; the place, or the candidates, with the reason.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from detente.codebook.gazetteer import Gazetteer, KnownPlace
from detente.model.answers import Answer, LocatedPlace
from detente.resolve.candidates import Hints, choose


def ask_where(name: str, near: str | None, day: date | None, gazetteer: Gazetteer) -> Answer[LocatedPlace]:
    """The place of that name, by all that is known of it and by the country that is named beside it."""
    known = gazetteer.lookup(name)
    choice = choose(name, known, Hints(countries=Counter({near: 1}) if near else Counter()))
    others = [place for place in known if place != choice.place]
    answer = _located(choice.place, day, choice.score) if choice.place is not None else None
    return Answer(name, answer, tuple(_located(place, day, 0.0) for place in others), choice.why)


def _located(place: KnownPlace, day: date | None, confidence: float) -> LocatedPlace:
    return LocatedPlace(
        place.id,
        place.name,
        place.kind,
        place.country,
        place.admin1,
        place.claimed_by(day),
        place.controlled_by(day),
        place.resolution,
        place.geonames_id,
        place.latitude,
        place.longitude,
        confidence,
    )

"""Where a place lies that somebody asks about, without a report around it.

A name in, perhaps with the region or country that holds it ("Paris, Texas") and a country that it is near; the place,
or the candidates, with the reason: what the code lists say, who held it on the day, and all who claim it.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from detente.codebook.gazetteer import Gazetteer, KnownPlace
from detente.model.answers import Answer, LocatedPlace
from detente.resolve.candidates import Choice, Hints, choose, lies_in, point_of, ranked

# More candidates than these are nobody's help.
MOST_CANDIDATES = 10
# Two candidates of one name nearer than this (in kilometres) are the same ground.
SAME_GROUND = 25.0
# Ten times the points of evidence is ten times as likely: towns bring the logarithm of their people.
_BASE = 10.0


def ask_where(name: str, near: str | None, day: date | None, gazetteer: Gazetteer) -> Answer[LocatedPlace]:
    """The place of that name, by all that is known of it and by the region or country that is named beside it."""
    if not name.strip():
        return Answer(name, None, (), "no name was given")
    asked, holder, holders = _parted(name, gazetteer)
    known = gazetteer.lookup(asked) or gazetteer.similar(asked)
    # "Paris, Texas": what lies elsewhere is not what was asked for.
    inside = tuple(place for place in known if any(lies_in(place, one) for one in holders))
    if near and not inside:
        # Where that country has one of the name, the others are only candidates.
        inside = tuple(place for place in known if place.country == near)
    hints = Hints(
        countries=Counter({near: 1}) if near else Counter(), holders=holders if inside else (), holder_name=holder
    )
    choice = choose(asked, inside or known, hints)
    order = ranked(asked, inside or known, hints)
    total = sum(_BASE**points for points, _ in order)
    shares = {place.id: round(_BASE**points / total, 2) for points, place in order}
    others = [place for _, place in order if place != choice.place]
    others += [place for place in known if place not in others and place != choice.place]
    candidates = tuple(_located(p, day, shares.get(p.id, 0.0)) for p in _distinct(others, choice)[:MOST_CANDIDATES])
    answer = _located(choice.place, day, choice.score) if choice.place is not None else None
    held = bool(holder and inside and holders)
    why = f"{holder} is named beside it" if answer is not None and held else choice.why
    if known and holder and not held:
        # "Paris, Japan": what is answered is not what was asked for.
        why += f"; none is known in {holder}" if holders else f"; no region or country called {holder} is known"
    if choice.place is not None:
        why = "; ".join((why, *_standing(choice.place, day)))
    return Answer(name, answer, candidates, why)


def _parted(name: str, gazetteer: Gazetteer) -> tuple[str, str | None, tuple[KnownPlace, ...]]:
    """The name asked for, and the place that holds it: "Tripoli in Lebanon", "Springfield, Ill."."""
    if gazetteer.knows(name):
        return name, None, ()
    words = "|".join(re.escape(word) for word in sorted(gazetteer.holder_words))
    match = re.fullmatch(rf"(.+?)(?:\s*,\s*|\s+(?:{words})\s+|\s*\()([^()]+?)\)?\s*", name)
    if match is None:
        return name, None, ()
    held = match[2].strip()
    return match[1].strip(), held, gazetteer.short(held) or gazetteer.lookup(held.rstrip("."))


def _distinct(places: list[KnownPlace], choice: Choice) -> list[KnownPlace]:
    """Each ground once: a town and the district around it that bear one name are one candidate."""
    kept: list[KnownPlace] = [choice.place] if choice.place is not None else []
    for place in places:
        if not any(_same(place, other) for other in kept):
            kept.append(place)
    return [place for place in kept if place != choice.place]


def _same(one: KnownPlace, other: KnownPlace) -> bool:
    here, there = point_of(one), point_of(other)
    if one.country != other.country or here is None or there is None:
        return False
    return one.resolution == other.resolution and here.kilometres(there) < SAME_GROUND


def _standing(place: KnownPlace, day: date | None) -> list[str]:
    """What code lists say of a place that several hold or claim, who held it that day, and who claims it."""
    held, claimed = place.controlled_by(day), place.claimed_by(day)
    if not held and not claimed:
        return []
    when = f"on {day.isoformat()}" if day else "today, as far as is known"
    unknown = f"who controlled it on {day.isoformat()} is not known" if day else "who controls it is not known"
    said = [f"the code lists have it in {place.country}" if place.country else "no country in the code lists"]
    said.append(f"controlled by {', '.join(held)} {when}" if held else unknown)
    said.append(f"claimed by {', '.join(claimed)}" if claimed else "no claims are known")
    return said


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

"""Which of several places of one name a report means, by what stands near it.

Candidates and hints in, a choice with its score and reason out; a tie is said to be a tie, and a name that fits only a
far hamlet is left unknown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from detente.codebook.folding import fold_name
from detente.codebook.gazetteer import KnownPlace

# Points of evidence; towns bring the logarithm of their people (3 to 7), regions a little less. The holder beside a
# name outweighs all else.
COUNTRY = 9.0
OUR_OWN = 6.3
REGION_BELOW_TOWN = 1.2
REGION_SAID = 6.0
HELD = 6.0
SAME_REGION = 4.0
BY_CODEBOOK = 3.0
# A capital's name in a report that speaks of other countries only: better known than a small namesake there.
CAPITAL = 1.0
IN_REPORT = 1.5
SHARE_OF_REPORT = 1.0
ALTERNATE_NAME = -1.5
# "San José" is written with its accent in Costa Rica, without it in California.
SPELT_ALIKE = 1.0
# What the report says of the same first-level region, and how near (in kilometres) its other places are.
REGION_TOLD = 2.5
NEAR, NEXT_TO, FAR = 2.0, 50.0, 1000.0
# "The Dnipro" is the river, "Dnipro" the city.
WRONG_ARTICLE = -2.5
WITH_ARTICLE = frozenset({"river", "mountains", "desert"})
# A small town in a country of which nothing is said is believed if it lies this near (in kilometres) to what is.
REACH = 700.0
# Two candidates nearer than this are equally good.
CLEARLY = 0.4
# Two towns of one country nearer than this (in degrees) are one town and its outskirts.
SAME_TOWN = 0.5
# A town smaller than this in a country that the report does not speak of is somebody else's town.
SMALL = 20_000
# Candidates named in a reason or a tie.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees of latitude and longitude."""

    latitude: float
    longitude: float

    def kilometres(self, other: Point) -> float:
        """The great-circle distance."""
        one, two = math.radians(self.latitude), math.radians(other.latitude)
        turn = math.radians(other.longitude - self.longitude)
        chord = math.sin((two - one) / 2) ** 2 + math.cos(one) * math.cos(two) * math.sin(turn / 2) ** 2
        return 12742.0 * math.asin(math.sqrt(min(1.0, chord)))


def point_of(place: KnownPlace) -> Point | None:
    """Where a place lies, if that is known."""
    if place.latitude is None or place.longitude is None:
        return None
    return Point(place.latitude, place.longitude)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the report says around a name.

    Its country by the codebook, the report's countries, the place that holds it and the one it holds, whether "the"
    or a word for a region stands beside it, the regions (country, name) and the points of the report's other places,
    and the centres of the report's countries.
    """

    country: str | None = None
    countries: Mapping[str, int] = field(default_factory=dict)
    holders: tuple[KnownPlace, ...] = ()
    holder_name: str | None = None
    holder_country: str | None = None
    held: tuple[KnownPlace, ...] = ()
    region: bool = False
    below_city: bool = False
    article: bool = False
    regions: frozenset[tuple[str, str]] = frozenset()
    points: tuple[Point, ...] = ()
    centres: tuple[Point, ...] = ()

    @property
    def holder_countries(self) -> frozenset[str]:
        """The countries in which the holder may lie: itself, where it is a country."""
        if self.holder_country:
            return frozenset({self.holder_country})
        countries = frozenset(p.country for p in self.holders if p.country and p.resolution == "country")
        return countries or frozenset(p.country for p in self.holders if p.country)


@dataclass(frozen=True, slots=True)
class Choice:
    """The place that is meant, or None with the country where at least that is clear."""

    place: KnownPlace | None
    country: str | None
    candidates: tuple[KnownPlace, ...]
    score: float
    why: str


def choose(words: str, candidates: tuple[KnownPlace, ...], hints: Hints) -> Choice:
    """The best candidate if it is clearly better than the rest."""
    order = ranked(words, candidates, hints)
    if not order:
        return _unknown(words, candidates, hints)
    best, second = order[0], order[1] if len(order) > 1 else None
    if second is None:
        return Choice(best[1], best[1].country, (), _certainty(None, best[1], hints), _reason(best[1], hints))
    margin = best[0] - second[0]
    if margin >= CLEARLY or _same_ground(best[1], second[1]):
        rest = tuple(place for _, place in order[1:SHOWN])
        return Choice(best[1], best[1].country, rest, _certainty(margin, best[1], hints), _reason(best[1], hints))
    return _tie([place for points, place in order if best[0] - points < CLEARLY][:SHOWN], words)


def ranked(words: str, candidates: tuple[KnownPlace, ...], hints: Hints) -> list[tuple[float, KnownPlace]]:
    """The candidates that may be meant, with their points of evidence, the likeliest first."""
    scored = [(_points(words, place, hints), place) for place in candidates if _plausible(place, hints)]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1].id))


def lies_in(place: KnownPlace, holder: KnownPlace) -> bool:
    """Whether a region or country holds a place."""
    if place.country is None or place.country != holder.country or place.id == holder.id:
        return False
    if holder.resolution == "country":
        return place.resolution != "country"
    region = place.admin1 is not None and fold_name(place.admin1) == fold_name(holder.name)
    return holder.resolution == "admin1" and place.resolution != "admin1" and region


def _plausible(place: KnownPlace, hints: Hints) -> bool:
    """Whether the place may be meant at all: no hamlet far from all that the report speaks of."""
    near = {*hints.countries, *hints.holder_countries} | ({hints.country} if hints.country else set())
    # "Delft island": no city, unless it is one of a country that the report speaks of.
    if hints.below_city and place.resolution == "city" and place.country not in near:
        return False
    if place.resolution != "city" or place.population >= SMALL:
        return True
    return not near or place.country in near or _reached(place, hints)


def _reached(place: KnownPlace, hints: Hints) -> bool:
    """ "Sudzha" is near Ukraine, "Metula" near Lebanon: across the border of what the report speaks of."""
    at = point_of(place)
    others = (*hints.points, *hints.centres)
    return place.main_name and at is not None and any(at.kilometres(point) <= REACH for point in others)


def _points(words: str, place: KnownPlace, hints: Hints) -> float:
    points = _weight(place, hints) + (0.0 if place.main_name else ALTERNATE_NAME)
    if hints.article != (place.kind in WITH_ARTICLE) and not words.lower().startswith("the "):
        points += WRONG_ARTICLE if place.resolution == "city" or place.kind in WITH_ARTICLE else 0.0
    if place.resolution != "country":
        points += _nearness(place, hints)
    if place.country is None:
        return points
    if (place.country, fold_name(place.name if place.resolution == "admin1" else place.admin1 or "")) in hints.regions:
        points += REGION_TOLD
    if place.country in hints.holder_countries and place.resolution != "country":
        points += HELD
        same = any(place.admin1 and fold_name(place.admin1) == fold_name(p.admin1 or p.name) for p in hints.holders)
        points += SAME_REGION if same else 0.0
    if any(_holds(place, town) for town in hints.held):
        points += HELD
    # Where others speak for another country, a capital's name tells less of its own ("the city of Tripoli").
    if place.country == hints.country and place.resolution != "country":
        points += BY_CODEBOOK if place.country in hints.countries or not hints.countries else CAPITAL
    if not words.isascii() and place.name == words:
        points += SPELT_ALIKE
    if place.country in hints.countries:
        points += IN_REPORT + SHARE_OF_REPORT * hints.countries[place.country] / sum(hints.countries.values())
    return points


def _nearness(place: KnownPlace, hints: Hints) -> float:
    """More the nearer the report's other places are."""
    at = point_of(place)
    if at is None or not hints.points:
        return 0.0
    nearest = max(NEXT_TO, min(at.kilometres(point) for point in hints.points))
    return max(0.0, NEAR * (1 - math.log(nearest / NEXT_TO) / math.log(FAR / NEXT_TO)))


def _holds(place: KnownPlace, town: KnownPlace) -> bool:
    """Whether a region or country holds a known town named right before it: "Atlanta, Georgia"; "Tbilisi, Georgia"."""
    if town.population < SMALL or town.country != place.country:
        return False
    region = (
        place.resolution == "admin1" and town.admin1 is not None and fold_name(town.admin1) == fold_name(place.name)
    )
    return region or place.resolution == "country"


def _weight(place: KnownPlace, hints: Hints) -> float:
    """How well known a place is, before anything is known of the report."""
    if place.resolution == "country":
        return COUNTRY
    if place.resolution in ("admin1", "admin2"):
        # Our own tables give a kind to disputed territories ("occupied territory"): known by themselves.
        if place.kind not in ("region", "district"):
            return OUR_OWN
        return math.log10(max(place.population, 1)) - REGION_BELOW_TOWN + (REGION_SAID if hints.region else 0.0)
    if place.id.startswith("place:"):
        return OUR_OWN
    return math.log10(max(place.population, 1))


def _same_ground(one: KnownPlace, other: KnownPlace) -> bool:
    """A town and the region that bears its name: either answer is on the right ground."""
    if one.country is None or one.country != other.country:
        return False
    if one.resolution != other.resolution and "admin1" in (one.resolution, other.resolution):
        return True
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    return abs(one.latitude - other.latitude) < SAME_TOWN and abs(one.longitude - other.longitude) < SAME_TOWN


def _certainty(margin: float | None, place: KnownPlace, hints: Hints) -> float:
    supported = (
        place.country in hints.holder_countries or place.country in hints.countries or place.country == hints.country
    )
    if margin is None:
        return 0.95 if supported or place.resolution in ("country", "region", "sea") else 0.85
    return round(min(0.95, (0.7 if supported else 0.6) + 0.05 * margin), 2)


def _reason(place: KnownPlace, hints: Hints) -> str:
    if hints.holder_name and place.country in hints.holder_countries:
        return f"{hints.holder_name} is named beside it"
    if place.country and place.country in hints.countries:
        return f"the report speaks of {place.country}"
    if place.resolution == "city":
        return "the best known place of that name"
    return "the only known meaning of the name" if not place.country else "a known place of that name"


def _unknown(words: str, candidates: tuple[KnownPlace, ...], hints: Hints) -> Choice:
    """No place fits: the country is what the report says beside the name, or what the codebook says of it."""
    countries = hints.holder_countries
    country = next(iter(countries)) if len(countries) == 1 else hints.country
    if candidates:
        why = f"places called {words} are known only in countries that the report does not speak of"
    else:
        why = f"no place called {words} is known"
    if country:
        why += f"; {hints.holder_name} is named beside it" if hints.holder_name else "; the country is the codebook's"
    return Choice(None, country, candidates[:SHOWN], 0.5 if country else 0.2, why)


def _tie(places: list[KnownPlace], words: str) -> Choice:
    countries = {place.country for place in places}
    country = countries.pop() if len(countries) == 1 else None
    return Choice(None, country, tuple(places), 0.3, f"{len(places)} places called {words} are equally likely")

"""Where the gazetteer's rows come from: the installed GeoNames extract and the tables in detente/data/gazetteer.

Source rows in, typed rows out; a row that cannot be read is set aside with file and line. Nothing is merged or
written here.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from detente.codebook.spelling import PlaceSounds

SOURCES = Path(__file__).resolve().parent.parent / "data" / "gazetteer"

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """One place as a source gives it; `admin1` is GeoNames' code of its region, `within` a disputed place."""

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    resolution: str
    country: str | None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    geonames_id: int | None = None
    within: str | None = None
    claimants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Who held or claimed a place from a day to a day, as control.psv and claims.psv give it."""

    place: str
    holder: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class TownHeld:
    """Who held the town of that name in a country from a day to a day."""

    town: str
    country: str
    period: Period


@dataclass(frozen=True, slots=True)
class OtherNames:
    """Other names of a place that the gazetteer knows under `name`."""

    name: str
    country: str
    resolution: str
    names: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A word that hints at a country or one of its first-level regions, by the region's name."""

    word: str
    country: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class ShortForm:
    """Short forms of a first-level region by GeoNames' code, or of a country."""

    country: str
    admin1: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisputedRegion:
    """A first-level region that lies wholly in a disputed place."""

    place: str
    country: str
    admin1: str
    controlled: bool


@dataclass(frozen=True, slots=True)
class DisputedArea:
    """A row of Natural Earth: who administers an area, and who claims it, by the names of countries."""

    name: str
    administered_by: str
    claimants: tuple[str, ...]


def slug(name: str) -> str:
    """A name as the end of an id: lower case, words joined by hyphens."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")


def rows_of(file: str, width: int, read: Callable[[list[str]], T]) -> Iterator[T]:
    """The rows of a |-separated table, each read by `read`; rows of a wrong shape are set aside in a warning."""
    for number, line in enumerate((SOURCES / file).read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("|")]
        try:
            if len(fields) != width:
                raise ValueError(f"{len(fields)} fields instead of {width}")
            yield read(fields)
        except ValueError as error:
            log.warning("%s, line %d set aside: %s", file, number, error)


def listed(field: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in field.split(";") if item.strip())


def _day(field: str) -> date | None:
    return date.fromisoformat(field) if field else None


def _period(fields: list[str]) -> Period:
    return Period(fields[0], fields[1], _day(fields[2]), _day(fields[3]))


def control_periods() -> Iterator[Period]:
    """Who held which disputed place since when."""
    return rows_of("control.psv", 4, _period)


def town_control() -> Iterator[TownHeld]:
    """Who held a town whose control changed, from which day to which."""
    return rows_of("town_control.psv", 5, lambda f: TownHeld(f[0], f[1], Period(f[0], f[2], _day(f[3]), _day(f[4]))))


def claim_periods() -> Iterator[Period]:
    """From when to when somebody claims a place, where that is known."""
    return rows_of("claims.psv", 4, _period)


def disputed_regions() -> Iterator[DisputedRegion]:
    """The first-level regions whose towns share a disputed place's claimants."""
    return rows_of("admin1_disputed.psv", 4, lambda f: DisputedRegion(f[0], f[1], f[2], f[3] == "yes"))


def other_names() -> Iterator[OtherNames]:
    """Historic and alternative names of places."""
    file = "alternative_names.psv"
    return rows_of(file, 4, lambda f: OtherNames(f[0], f[1], f[2], listed(f[3]), f"{file}: {f[0]}"))


def region_words() -> list[str]:
    """Words that say that a name is a first-level region."""
    return _words("region_words.txt")


def place_nouns() -> list[str]:
    """Nouns for ground, whose neighbouring name is a place."""
    return _words("place_nouns.txt")


def holder_words() -> list[str]:
    """Words between a place and the one that holds it, in a question."""
    return _words("holder_words.txt")


def city_nouns() -> list[str]:
    """Nouns before which a capital's name is the city and not the government."""
    return _words("city_nouns.txt")


def origin_words() -> list[str]:
    """Prepositions by which a place is only where somebody comes from."""
    return _words("origin_words.txt")


def _words(file: str) -> list[str]:
    lines = (SOURCES / file).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


# Kinds of natural features that are water at large, and those smaller than a city.
_WATERS = frozenset({"sea", "strait", "ocean"})
_SITES = frozenset({"airport", "quarter", "site", "square", "street", "bridge", "church", "holy site", "camp", "base"})
_SITES |= frozenset({"army base", "prison", "refugee camp", "monument", "park", "dam", "temple", "shrine", "borough"})
# How our kinds of disputed and other places are told in the contract's `resolution`; everything else is a region.
_RESOLUTION_OF_KIND = {
    "sea": "sea",
    "strait": "sea",
    "shoal": "sea",
    "city": "city",
    "disputed city": "city",
    "town": "city",
    "village": "below_city",
    "partly recognised state": "country",
    "disputed state": "country",
}


def _degrees(field: str) -> float | None:
    """A point's degrees; an empty field is an unknown point."""
    return float(field) if field.strip() else None


def _disputed(fields: list[str]) -> SourcePlace:
    name, aliases, kind, latitude, longitude, _radius, country, _controlled, claimants, _note = fields
    bodies = tuple(re.sub(r"\s*\(.*?\)", "", claimant) for claimant in listed(claimants))
    place = SourcePlace(
        f"place:{slug(name)}", name, listed(aliases), kind, _RESOLUTION_OF_KIND.get(kind, "region"), country or None
    )
    return replace(place, latitude=_degrees(latitude), longitude=_degrees(longitude), claimants=bodies)


def disputed_places() -> Iterator[SourcePlace]:
    """Disputed regions, de facto entities, lines and seas, with all who claim them."""
    # The table has a note as its tenth field, which some rows leave out with their last bar.
    return rows_of("disputed_and_regions.psv", 10, _disputed)


def _curated(fields: list[str]) -> SourcePlace:
    name, aliases, kind, resolution, latitude, longitude, country, within, _note = fields
    place = SourcePlace(f"place:{slug(name)}", name, listed(aliases), kind, resolution, country or None)
    return replace(place, latitude=_degrees(latitude), longitude=_degrees(longitude), within=within or None)


def curated_places() -> Iterator[SourcePlace]:
    """Seas, rivers, regions and well-known villages that the GeoNames extract lacks."""
    return rows_of("curated_places.psv", 9, _curated)


def natural_features() -> Iterator[SourcePlace]:
    """Islands, mountains, rivers, lakes, quarters, airports and customary regions of general news."""
    return rows_of("natural_features.psv", 6, _feature)


def _feature(fields: list[str]) -> SourcePlace:
    name, aliases, kind, latitude, longitude, country = fields
    resolution = "sea" if kind in _WATERS else "below_city" if kind in _SITES else "region"
    place = SourcePlace(f"place:{slug(name)}", name, listed(aliases), kind, resolution, country or None)
    return replace(place, latitude=_degrees(latitude), longitude=_degrees(longitude))


def short_forms() -> list[ShortForm]:
    """Short forms of regions and countries that stand behind a town ("Springfield, Ill.")."""
    return list(rows_of("subdivision_short_forms.psv", 3, lambda f: ShortForm(f[0], f[1] or None, listed(f[2]))))


def context_words() -> list[ContextWord]:
    """Words that tell in which country or region a report plays, though they name no place."""
    return list(rows_of("context_words.psv", 3, lambda f: ContextWord(f[0], f[1] or None, f[2] or None)))


def place_sounds() -> PlaceSounds:
    """How place names are compared over transliterations."""
    pairs = list(rows_of("place_sounds.psv", 2, lambda f: (f[0], f[1])))
    return PlaceSounds(pairs, frozenset(_words("place_articles.txt")))


def transliterated_countries() -> frozenset[str]:
    """The countries whose towns English news spells by the ear, for want of Latin letters."""
    return frozenset(_words("transliterated_countries.txt"))


def natural_earth_areas() -> Iterator[DisputedArea]:
    """The disputed areas of Natural Earth that somebody claims."""
    with (SOURCES / "natural_earth_disputed.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            claimed = re.search(r"Claimed by ([^;]+?)(?: after .*)?$", row["note"] or "")
            if not claimed or not row["brk_name"]:
                continue
            claimants = re.split(r",\s*(?:and\s+)?|\s+and\s+(?:the\s+)?", claimed.group(1))
            yield DisputedArea(
                _spelled_out(row["brk_name"]), row["administered_by"], tuple(c.strip() for c in claimants if c.strip())
            )


def _spelled_out(name: str) -> str:
    return re.sub(r"\bI\.$", "Island", re.sub(r"\bIs\.$", "Islands", name))

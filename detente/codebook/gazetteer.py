"""Places by name: where they lie, whose they are by the code lists, who claims and who holds them.

A name in, every known place of that name out, read from the knowledge file on demand. It never guesses at spellings and
never chooses between places: that is the work of the stage that has the report before it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz

from detente.codebook.folding import fold_name
from detente.codebook.own_knowledge import knowledge_in_force
from detente.codebook.spelling import PlaceSounds

# How alike two spellings of one name must be, 0 to 1.
_ALIKE = 0.94


class GazetteerMissing(FileNotFoundError):
    """The knowledge file is not there or holds no places; the message says how to build it."""


@dataclass(frozen=True, slots=True)
class Control:
    """Somebody (ISO3 or the body's name) who holds or claims a place from a day to a day, both included."""

    holder: str
    start: date | None
    end: date | None

    def on(self, day: date | None) -> bool:
        """Whether it held on that day; without a day, whether it has not ended."""
        if day is None:
            return self.end is None
        return (self.start or date.min) <= day <= (self.end or date.max)


@dataclass(frozen=True, slots=True)
class Hint:
    """A country, and perhaps a first-level region of it, that a word of a report hints at."""

    country: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place of the gazetteer. `claims` names all who ever claimed it here; `claim_periods` says from when to when."""

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    population: int
    geonames_id: int | None
    resolution: str
    claims: tuple[str, ...]
    control: tuple[Control, ...]
    claim_periods: tuple[Control, ...] = ()
    main_name: bool = True

    def controlled_by(self, day: date | None) -> tuple[str, ...]:
        """Who held the place on that day: several where it is divided, nobody where it is not known."""
        return tuple(dict.fromkeys(c.holder for c in self.control if c.on(day)))

    def claimed_by(self, day: date | None) -> tuple[str, ...]:
        """Who claimed the place on that day, in the order of the source."""
        return tuple(dict.fromkeys(c.holder for c in self.claim_periods if c.on(day)))


_PLACE_FIELDS = """p.number, p.id, p.name, p.kind, p.country, p.admin1, p.latitude, p.longitude, p.population,
       p.geonames_id, p.resolution"""
_BY_NAME = f"""
SELECT n.main, {_PLACE_FIELDS}
  FROM gazetteer_name n JOIN gazetteer_place p ON p.number = n.number
 WHERE n.folded = :folded
UNION ALL
SELECT n.main, c.number, 'geonames:' || c.number, c.name, 'city', c.country, c.admin1, c.latitude / 1e4,
       c.longitude / 1e4, c.population, c.number, 'city'
  FROM gazetteer_name n JOIN gazetteer_city c ON c.number = n.number
 WHERE n.folded = :folded
"""
# What is said of the place itself, and what holds for every town of a first-level region inside a disputed place.
_PERIODS = """
SELECT claim, holder, start, end, number AS place, rank FROM gazetteer_period WHERE number = :number
UNION ALL
SELECT p.claim, p.holder, p.start, p.end, p.number, p.rank
  FROM gazetteer_inside i JOIN gazetteer_period p ON p.number = i.number
 WHERE i.country = :country AND i.admin1 IN (:admin1, '*') AND (p.claim OR i.controlled) AND :inherits
   AND NOT EXISTS (SELECT 1 FROM gazetteer_period o WHERE o.number = :number AND o.claim = p.claim)
 ORDER BY place, rank
"""


class Gazetteer:
    """All known places, read from the knowledge file by name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        try:
            rows = connection.execute("SELECT kind, word FROM gazetteer_word").fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerMissing(f"the knowledge file holds no places ({error}); build it: {_REMEDY}") from error
        self.region_words: frozenset[str] = frozenset(word for kind, word in rows if kind == "region")
        self.place_nouns: frozenset[str] = frozenset(word for kind, word in rows if kind == "noun")
        self._articles = frozenset(word for kind, word in rows if kind == "article")
        self.holder_words: frozenset[str] = frozenset(word for kind, word in rows if kind == "holder")
        self.city_nouns: frozenset[str] = frozenset(word for kind, word in rows if kind == "city noun")
        self.origin_words: frozenset[str] = frozenset(word for kind, word in rows if kind == "origin")

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """The gazetteer of the built knowledge file, or a clear error that says how to build it."""
        file = path or knowledge_in_force()
        if not file.is_file():
            raise GazetteerMissing(f"{file}: the knowledge file is missing; build it: {_REMEDY}")
        connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        try:
            return cls(connection)
        except GazetteerMissing:
            connection.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def lookup(self, name: str) -> tuple[KnownPlace, ...]:
        """Every place of that name, those whose usual name it is first, then by population.

        "Idlib province" and the like find the region only, unless a place bears just that name.
        """
        folded = fold_name(name)
        found = self._named(folded)
        first, _, last = folded.rpartition(" ")
        if not found and first and last in self.region_words:
            found = [place for place in self._named(first) if place.resolution in ("admin1", "admin2", "region")]
        return tuple(found)

    def knows(self, name: str) -> bool:
        """Whether any place bears the name; cheaper than a look-up."""
        query = "SELECT 1 FROM gazetteer_name WHERE folded = ? LIMIT 1"
        return self._connection.execute(query, (fold_name(name),)).fetchone() is not None

    @cached_property
    def context_words(self) -> Mapping[str, Hint]:
        """Words that name no place and yet tell where a report plays: "Andalusian", "crore", "RCMP"."""
        rows = self._connection.execute("SELECT word, country, region FROM gazetteer_context")
        return {word: Hint(country, region) for word, country, region in rows}

    @cached_property
    def region_names(self) -> Mapping[str, Hint]:
        """The folded names of regions and districts that no second one bears, each with its first-level region."""
        query = """
            SELECT n.folded, min(p.country), min(CASE p.resolution WHEN 'admin1' THEN p.name ELSE r.name END)
              FROM gazetteer_place p JOIN gazetteer_name n ON n.number = p.number
              LEFT JOIN gazetteer_place r ON r.id = 'admin1:' || p.country || '.' || p.admin1
             WHERE p.resolution IN ('admin1', 'admin2') GROUP BY n.folded HAVING count(DISTINCT p.number) = 1"""
        return {folded: Hint(country, region) for folded, country, region in self._connection.execute(query)}

    @cached_property
    def centres(self) -> Mapping[str, tuple[float, float]]:
        """The points of all countries by ISO3 code."""
        query = "SELECT country, latitude, longitude FROM gazetteer_place WHERE id LIKE 'country:%'"
        rows = self._connection.execute(query).fetchall()
        return {country: (latitude, longitude) for country, latitude, longitude in rows if latitude is not None}

    @cached_property
    def _sounds(self) -> PlaceSounds:
        pairs = self._connection.execute("SELECT old, new FROM gazetteer_spelling ORDER BY rank").fetchall()
        return PlaceSounds([(old, new) for old, new in pairs], self._articles)

    def similar(self, name: str) -> tuple[KnownPlace, ...]:
        """Places that are called nearly so, over transliterations ("Tal Afar" for "Tall Afar"), the likest first."""
        sound = self._sounds.sound(fold_name(name))
        if len(sound.skeleton) < 2:
            return ()
        rows = self._connection.execute("SELECT folded FROM gazetteer_sound WHERE skeleton = ?", (sound.skeleton,))
        scored = [(fuzz.ratio(sound.spelled, self._sounds.sound(folded).spelled) / 100, folded) for (folded,) in rows]
        near = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], pair[1]))
        return tuple(dict.fromkeys(place for _, folded in near for place in self._named(folded)))

    def short(self, words: str) -> tuple[KnownPlace, ...]:
        """The region or country of a short form as it stands behind a town: "Ill.", "N.S.W."."""
        query = "SELECT p.id FROM gazetteer_short s JOIN gazetteer_place p ON p.number = s.number WHERE s.name = ?"
        ids = [row[0] for row in self._connection.execute(query, (words,)).fetchall()]
        return tuple(place for id in ids if (place := self.place(id)) is not None)

    def place(self, id: str) -> KnownPlace | None:
        """The country, region or place of our tables with that id."""
        query = f"SELECT 1, {_PLACE_FIELDS} FROM gazetteer_place p WHERE p.id = ?"
        row = self._connection.execute(query, (id,)).fetchone()
        return self._place(row) if row else None

    def _named(self, folded: str) -> list[KnownPlace]:
        with closing(self._connection.execute(_BY_NAME, {"folded": folded})) as rows:
            places = [self._place(row) for row in rows.fetchall()]
        return sorted(places, key=lambda p: (not p.main_name, -p.population, p.id))

    def _place(
        self, row: tuple[int, int, str, str, str, str | None, str | None, float, float, int, int | None, str]
    ) -> KnownPlace:
        main, number, id, name, kind, country, admin1, latitude, longitude, population, geonames_id, resolution = row
        claims, control = self._periods(number, country, admin1, resolution in ("city", "admin1"))
        return KnownPlace(
            id=id,
            name=name,
            kind=kind,
            country=country,
            admin1=self._region_name(country, admin1) if admin1 else None,
            latitude=latitude,
            longitude=longitude,
            population=population,
            geonames_id=geonames_id,
            resolution=resolution,
            claims=tuple(dict.fromkeys(c.holder for c in claims)),
            control=control,
            claim_periods=claims,
            main_name=bool(main),
        )

    def _periods(
        self, number: int, country: str | None, admin1: str | None, inherits: bool
    ) -> tuple[tuple[Control, ...], tuple[Control, ...]]:
        values = {"number": number, "country": country, "admin1": admin1, "inherits": inherits}
        claims: list[Control] = []
        control: list[Control] = []
        for claim, holder, start, end, _place, _rank in self._connection.execute(_PERIODS, values):
            (claims if claim else control).append(Control(holder, _day(start), _day(end)))
        return tuple(claims), tuple(control)

    def _region_name(self, country: str | None, admin1: str) -> str | None:
        query = "SELECT name FROM gazetteer_place WHERE id = ?"
        row = self._connection.execute(query, (f"admin1:{country}.{admin1}",)).fetchone()
        return str(row[0]) if row else None


_REMEDY = "python -m detente.codebook.build"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

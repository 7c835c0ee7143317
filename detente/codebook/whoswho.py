"""Who is who: actors by name, surname and office, out of the knowledge file that build.py makes.

Finds names in a text, says who they may be and which offices they held on a day. It does not decide who is meant.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from detente.codebook.actors import Code, Entity, Tenure
from detente.codebook.folding import fold_name, singulars
from detente.codebook.name_finder import NameFinder, NameMatch, Pattern
from detente.codebook.own_knowledge import knowledge_in_force
from detente.codebook.sources import Sources
from detente.codebook.spelling import Sounds

__all__ = ["Code", "Entity", "KnowledgeMissing", "NameMatch", "Tenure", "WhosWho"]

DATA = Path(__file__).resolve().parent.parent / "data"
# Below this likeness two surnames are different names.
_ALIKE = 0.8


class KnowledgeMissing(RuntimeError):
    """The knowledge file is not there or cannot be used; the message says what to do."""


class WhosWho:
    """The knowledge file, open for reading. The automaton of names is made at the first search."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.entity = lru_cache(maxsize=4096)(self._entity)
        self.tenures = lru_cache(maxsize=1024)(self._tenures)
        self.lookup = lru_cache(maxsize=4096)(self._lookup)
        self.body = lru_cache(maxsize=4096)(self._body)
        self._similar = lru_cache(maxsize=1024)(self._similar_people)
        self._surnames = lru_cache(maxsize=64)(self._surnames_of)

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Opens the built file; KnowledgeMissing with the remedy where there is none."""
        path = path or knowledge_in_force()
        remedy = "build it with: python -m detente.codebook.build"
        if not path.is_file():
            raise KnowledgeMissing(f"{path}: the knowledge file is missing; {remedy}")
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        try:
            connection.execute("SELECT count(*) FROM meta").fetchone()
        except sqlite3.DatabaseError as error:
            connection.close()
            raise KnowledgeMissing(f"{path}: not a knowledge file ({error}); {remedy}") from error
        return cls(connection)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def version(self) -> str:
        """A digest of the source tables."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'whoswho.version'").fetchone()
        return str(row[0])

    @cached_property
    def _finder(self) -> NameFinder:
        patterns = [row[0] for row in self._connection.execute("SELECT DISTINCT pattern FROM pattern ORDER BY pattern")]
        return NameFinder(patterns, self._patterns, Sources(DATA / "whoswho").words("heading_words.txt"))

    def _patterns(self, pattern: str) -> list[Pattern]:
        rows = self._connection.execute("SELECT surface, entity, how FROM pattern WHERE pattern = ?", (pattern,))
        return [Pattern(*row) for row in rows]

    def find_names(self, text: str) -> list[NameMatch]:
        """The names in a text, longest first where they overlap, in text order; offsets are those of the text."""
        return self._finder.find(text)

    def _entity(self, id: str) -> Entity:
        row = self._connection.execute("SELECT * FROM entity WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        return _entity(row)

    def _tenures(self, id: str) -> tuple[Tenure, ...]:
        rows = self._connection.execute("SELECT * FROM tenure WHERE entity = ? ORDER BY start, role_class, role", (id,))
        return tuple(_tenure(row) for row in rows)

    def code_on(self, id: str, day: date | None, scheme: str = "PLOVER") -> Code | None:
        """The actor's code of that day by a scheme, where the table gives it; the usual one stands in the entity."""
        rows = self._connection.execute(
            "SELECT * FROM code WHERE entity = ? AND scheme = ? ORDER BY start", (id, scheme)
        )
        return next((code for row in rows if (code := _code(row)).holds_on(day)), None)

    def _lookup(self, name: str) -> tuple[str, ...]:
        """The ids of all who bear exactly that name; case, diacritics, hyphens and "the" make no difference."""
        key = fold_name(name)
        rows = self._connection.execute("SELECT DISTINCT entity FROM name WHERE folded = ? ORDER BY entity", (key,))
        return tuple(row[0] for row in rows)

    def countries_named(self, name: str) -> tuple[str, ...]:
        """The codes of the countries that bear exactly that name; not of those whose capital or people bear it."""
        rows = self._connection.execute(
            "SELECT DISTINCT e.country FROM name n JOIN entity e ON e.id = n.entity WHERE n.folded = ? "
            "AND e.kind = 'country' AND n.how NOT IN ('capital', 'adjective', 'demonym') ORDER BY e.country",
            (fold_name(name),),
        )
        return tuple(row[0] for row in rows)

    def usual_bearer(self, name: str) -> str | None:
        """Who is meant by a name that several bear, where nothing else tells; None where that is not known.

        The one who alone is spelt so ("JeM", not "JEM"), else whom the table of usual bearers gives ("SDF").
        """
        rows = self._connection.execute("SELECT entity, how, text FROM name WHERE folded = ?", (fold_name(name),))
        bearers = rows.fetchall()
        spelt_so = {id for id, _, text in bearers if text == name}
        shared = {id for id, how, _ in bearers if how == "shared"}
        usual = {id for id, _, _ in bearers} - shared if shared else set()
        return next((group.pop() for group in (usual, spelt_so) if len(group) == 1), None)

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for entity, name in self._connection.execute("SELECT entity, text FROM name WHERE entity LIKE 'person:%'"):
            found.setdefault(entity, []).append(name)
        return {entity: tuple(names) for entity, names in found.items()}

    def names(self, id: str) -> tuple[str, ...]:
        """All spellings of an actor's name."""
        if id.startswith("person:"):
            return self._names.get(id, ())
        rows = self._connection.execute("SELECT text FROM name WHERE entity = ? ORDER BY text", (id,))
        return tuple(str(row[0]) for row in rows)

    def names_of_bodies(self) -> dict[str, tuple[str, ...]]:
        """The folded names of all that are no persons, with those who bear them."""
        found: dict[str, list[str]] = {}
        for folded, id in self._connection.execute("SELECT folded, entity FROM name WHERE entity NOT LIKE 'person:%'"):
            found.setdefault(folded, []).append(id)
        return {folded: tuple(ids) for folded, ids in found.items()}

    def likeness(self, one: str, two: str) -> float:
        """How alike two folded parts of names are, 0 to 1, over transliterations."""
        return self._sounds.likeness(self._sounds.spelled(one), self._sounds.spelled(two))

    def _body(self, words: str, country: str) -> str | None:
        """The body that the words mean in a country: "Foreign Ministry" with RUS; None where they mean none."""
        row = self._connection.execute("SELECT id FROM body WHERE noun = ?", (fold_name(words),)).fetchone()
        if row is None:
            return None
        id = f"org:{country.lower()}-{row[0]}"
        known = self._connection.execute("SELECT 1 FROM entity WHERE id = ?", (id,)).fetchone()
        return id if known else None

    def body_nouns(self, id: str) -> tuple[str, ...]:
        """The words for a body that every country has, given one of them: "foreign ministry" and the like."""
        key = id.removeprefix("org:").partition("-")[2]
        return tuple(
            row[0] for row in self._connection.execute("SELECT noun FROM body WHERE id = ? ORDER BY noun", (key,))
        )

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds([(old, new) for _, (old, new) in Sources(DATA / "whoswho").psv_rows("sounds.psv", 2)])

    def similar_people(self, surname: str, country: str | None) -> list[tuple[str, float]]:
        """The people whose surname is (nearly) that one, with how near, best first; over transliterations."""
        parts = fold_name(surname).split()
        if not parts:
            return []
        return list(self._similar(self._sounds.spelled(parts[-1]), country))

    def _similar_people(self, wanted: str, country: str | None) -> tuple[tuple[str, float], ...]:
        if country is None:
            query = "SELECT spelled, weight, entity FROM surname WHERE sound = ?"
            rows = self._connection.execute(query, (self._sounds.skeleton(wanted),)).fetchall()
        else:
            rows = self._surnames(country)
        scores: dict[str, float] = {}
        for place, alike in self._sounds.nearest(wanted, [spelled for spelled, _, _ in rows], _ALIKE):
            _, weight, entity = rows[place]
            score = alike * weight
            if score >= _ALIKE and score > scores.get(entity, 0.0):
                scores[entity] = round(score, 3)
        return tuple(sorted(scores.items(), key=lambda item: (-item[1], item[0])))

    def _surnames_of(self, country: str) -> list[tuple[str, float, str]]:
        query = "SELECT spelled, weight, entity FROM surname WHERE country = ?"
        return self._connection.execute(query, (country,)).fetchall()

    def is_surname(self, name: str) -> bool:
        """Whether somebody known bears that name of one word as a surname."""
        spelled = self._sounds.spelled(fold_name(name))
        query = "SELECT 1 FROM surname WHERE sound = ? AND spelled = ? LIMIT 1"
        row = self._connection.execute(query, (self._sounds.skeleton(spelled), spelled)).fetchone()
        return row is not None

    def holders(self, country: str, role_class: str, day: date) -> list[tuple[Entity, Tenure]]:
        """Who held an office of that class in the country on that day, the one who came last first."""
        rows = self._connection.execute(
            "SELECT * FROM tenure WHERE country = ? AND role_class = ? ORDER BY start DESC, entity",
            (country, role_class),
        )
        held = (tenure for row in rows if (tenure := _tenure(row)).held_on(day))
        return [(self.entity(tenure.entity), tenure) for tenure in held]

    def tenures_in(self, organisation: str) -> list[Tenure]:
        """All offices of a body, whoever held them and whenever."""
        query = "SELECT * FROM tenure WHERE organisation = ? ORDER BY start, entity, role"
        return [_tenure(row) for row in self._connection.execute(query, (organisation,))]

    def tenures_of_country(self, country: str) -> list[Tenure]:
        """All offices of a country, whoever held them and whenever."""
        query = "SELECT * FROM tenure WHERE country = ? ORDER BY start, entity, role"
        return [_tenure(row) for row in self._connection.execute(query, (country,))]

    def role_noun(self, words: str) -> str | None:
        """The PLOVER sector that a role noun tells, singular or plural: "soldiers" is MIL; None for unknown words."""
        key = fold_name(words)
        known = next((n for n in dict.fromkeys((key, *singulars(key))) if n in self._role_nouns), None)
        return self._role_nouns[known] if known is not None else None

    @cached_property
    def _role_nouns(self) -> dict[str, str | None]:
        rows = self._connection.execute("SELECT noun, sector FROM role_noun")
        return {str(noun): str(sector) if sector else None for noun, sector in rows}

    @cached_property
    def _name_words(self) -> dict[tuple[str, str], str]:
        rows = self._connection.execute("SELECT stands, word, sector FROM name_word")
        return {(str(stands), str(word)): str(sector) for stands, word, sector in rows}

    def name_sector(self, name: str) -> str | None:
        """The sector that a word of a body's name tells: "Skai TV" is press; None where no word tells it."""
        words = fold_name(name).split()
        runs = [(start, end) for start in range(len(words)) for end in range(len(words), start, -1)]
        for start, end in sorted(runs, key=lambda run: (run[0] - run[1], -run[1])):
            stands = ("end", "any") if end == len(words) else ("any",)
            # A name of the one word alone ("Times", "Post") tells nothing.
            told = [self._name_words.get((where, " ".join(words[start:end]))) for where in stands if len(words) > 1]
            if any(told):
                return next(sector for sector in told if sector)
        return None

    def title_sector(self, noun: str) -> str | None:
        """The sector that a noun in front of a name tells: "the frigate X" is navy, "the broadcaster X" press."""
        return self._name_words.get(("before", fold_name(noun)))

    def countries(self) -> tuple[Entity, ...]:
        """All countries and territories."""
        return tuple(_entity(row) for row in self._connection.execute("SELECT * FROM entity WHERE kind = 'country'"))


def _entity(row: tuple[str, ...]) -> Entity:
    id, name, kind, country, sectors, wikidata, gender, source = row
    return Entity(id, name, kind, country, _parts(sectors), wikidata, gender, source)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def _code(row: tuple[str, ...]) -> Code:
    entity, scheme, country, sectors, start, end = row
    return Code(entity, scheme, country, _parts(sectors), _day(start), _day(end))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _tenure(row: tuple[str, ...]) -> Tenure:
    entity, role, role_class, country, sector, start, end, end_kind, as_of, source, *rest = row
    told = (_day(start), _day(end), end_kind, _day(as_of))
    return Tenure(entity, role, role_class, country, sector, *told, source, *rest)

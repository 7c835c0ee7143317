"""Builds the knowledge file (SQLite) from the tables in detente/data: who is who, and the gazetteer.

`python -m detente.codebook.build [--out PATH]`. The same tables give the same rows in the same order; no clock is read.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.codebook.actors import Code
from detente.codebook.build_codes import add_dated_names, build_codes, mark_usual_bearers
from detente.codebook.build_gazetteer import build_gazetteer
from detente.codebook.build_names import Draft, build_countries
from detente.codebook.build_organisations import Bodies, build_organisations
from detente.codebook.build_people import build_people
from detente.codebook.build_tenures import OfficeRow
from detente.codebook.folding import fold_name, fold_text, lower_text, singulars
from detente.codebook.sources import Sources, several
from detente.codebook.spelling import Sounds

DATA = Path(__file__).resolve().parent.parent / "data"
KNOWLEDGE = DATA / "knowledge.sqlite"
# Who held no office after this day is not searched for in running text: too many namesakes, too little news.
RECENT = date(2005, 1, 1)

# Actors are numbered, because the tables that point to them are long; the views beside those tables give the ids.
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entity_row (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
                         country TEXT, sectors TEXT NOT NULL, wikidata TEXT, gender TEXT, source TEXT NOT NULL);
CREATE TABLE name_row (folded TEXT NOT NULL, text TEXT NOT NULL, entity INTEGER NOT NULL, how TEXT NOT NULL, since TEXT,
                       until TEXT);
CREATE TABLE code (entity TEXT NOT NULL, scheme TEXT NOT NULL, country TEXT, sectors TEXT NOT NULL, start TEXT,
                   "end" TEXT);
CREATE TABLE pattern_row (pattern TEXT NOT NULL, surface TEXT NOT NULL, entity INTEGER NOT NULL, how TEXT NOT NULL,
                          PRIMARY KEY (pattern, surface, entity)) WITHOUT ROWID;
CREATE TABLE surname_row (country TEXT NOT NULL, sound TEXT NOT NULL, spelled TEXT NOT NULL, weight REAL NOT NULL,
                          entity INTEGER NOT NULL,
                          PRIMARY KEY (country, sound, spelled, entity, weight)) WITHOUT ROWID;
CREATE TABLE tenure_row (entity INTEGER NOT NULL, role TEXT NOT NULL, role_class TEXT NOT NULL, country TEXT,
                         sector TEXT, start TEXT, "end" TEXT, end_kind TEXT NOT NULL, as_of TEXT, source TEXT NOT NULL,
                         organisation TEXT, precision TEXT NOT NULL, checked TEXT);
CREATE TABLE role_noun (noun TEXT PRIMARY KEY, sector TEXT) WITHOUT ROWID;
CREATE TABLE name_word (word TEXT, stands TEXT, sector TEXT, PRIMARY KEY (word, stands)) WITHOUT ROWID;
CREATE TABLE body (noun TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE VIEW entity AS SELECT id, name, kind, country, sectors, wikidata, gender, source FROM entity_row;
CREATE VIEW name AS SELECT folded, text, e.id AS entity, how, since, until
    FROM name_row n JOIN entity_row e ON e.number = n.entity;
CREATE VIEW pattern AS SELECT pattern, surface, e.id AS entity, how
    FROM pattern_row p JOIN entity_row e ON e.number = p.entity;
CREATE VIEW surname AS SELECT s.country, sound, spelled, weight, e.id AS entity
    FROM surname_row s JOIN entity_row e ON e.number = s.entity;
CREATE VIEW tenure AS SELECT e.id AS entity, role, role_class, t.country, sector, start, "end", end_kind, as_of,
    t.source, organisation, precision, checked FROM tenure_row t JOIN entity_row e ON e.number = t.entity;
"""
_NUMBERED = ("name", "pattern", "surname", "tenure")
VIEWS = ("entity", *_NUMBERED)
TABLES = ("meta", "code", "role_noun", "name_word", "body", *(f"{view}_row" for view in VIEWS))
INDEXES = """
CREATE INDEX name_folded ON name_row (folded);
CREATE INDEX surname_sound ON surname_row (sound);
CREATE INDEX code_entity ON code (entity);
CREATE INDEX tenure_organisation ON tenure_row (organisation);
CREATE INDEX tenure_entity ON tenure_row (entity);
CREATE INDEX tenure_office ON tenure_row (country, role_class);
"""


@dataclass(frozen=True)
class Summary:
    """What a build gives: rows a table, and the rows of the sources that were set aside."""

    version: str
    rows: tuple[tuple[str, int], ...]
    aside: tuple[str, ...]


def build_whoswho(connection: sqlite3.Connection, sources: Sources) -> Summary:
    """Writes the tables of the who's who into an empty database."""
    connection.executescript(SCHEMA)
    countries, words = build_countries(sources)
    organisations = build_organisations(sources, words)
    add_dated_names(sources, [*countries, *organisations])
    mark_usual_bearers(sources, [*countries, *organisations])
    people = build_people(sources)
    bodies = Bodies(organisations, sources)
    everyone = [*countries, *organisations, *(draft for draft, _ in people)]
    recent = {draft.id for draft, rows in people if any(row.seen >= RECENT for row in rows)}
    searched = [draft for draft in everyone if draft.kind != "person" or draft.id in recent]
    writer = _Writer(connection, everyone)
    writer.write("name", sorted(set(_name_rows(everyone)), key=repr), entity=2)
    codes = build_codes(sources, [*countries, *organisations])
    _insert(connection, "code", sorted(map(_code_row, codes), key=repr))
    writer.write("pattern", _pattern_rows(searched, sources.words("ambiguous_names.txt")), entity=2)
    writer.write("surname", sorted(set(_surname_rows(people, sources))), entity=4)
    tenures = [_tenure_row(draft.id, row, bodies) for draft, rows in people for row in rows]
    writer.write("tenure", sorted(set(tenures), key=repr), entity=0)
    _insert(connection, "role_noun", sorted(_role_nouns(sources).items()))
    _insert(connection, "name_word", sorted(_name_words(sources)))
    _insert(connection, "body", sorted(_body_rows(sources)))
    connection.executescript(INDEXES)
    summary = Summary(sources.digest(), _counts(connection), tuple(sources.aside))
    _insert(connection, "meta", _meta_rows(summary, people))
    return summary


class _Writer:
    """Writes rows into the tables, with the actors' ids as numbers."""

    def __init__(self, connection: sqlite3.Connection, drafts: Iterable[Draft]) -> None:
        self._connection = connection
        rows = sorted(_entity_row(draft) for draft in drafts)
        self._numbers = {row[0]: number for number, row in enumerate(rows, start=1)}
        _insert(connection, "entity_row", ((number, *row) for number, row in enumerate(rows, start=1)))

    def write(self, view: str, rows: Iterable[tuple[object, ...]], entity: int) -> None:
        """Writes the rows of a view, whose actor stands in that column."""
        numbered = ((*row[:entity], self._numbers[str(row[entity])], *row[entity + 1 :]) for row in rows)
        _insert(self._connection, f"{view}_row", numbered)


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    rows = list(rows)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", rows)


def _entity_row(draft: Draft) -> tuple[str | None, ...]:
    return (
        draft.id,
        draft.name,
        draft.kind,
        draft.country,
        ";".join(draft.sectors),
        draft.wikidata,
        draft.gender,
        draft.source,
    )


def _name_rows(drafts: Iterable[Draft]) -> Iterable[tuple[str | None, ...]]:
    for draft in drafts:
        for name, how in draft.names.items():
            since, until = draft.dated.get(name, (None, None))
            yield fold_name(name), name, draft.id, how, _iso(since), _iso(until)


def _code_row(code: Code) -> tuple[str | None, ...]:
    return code.entity, code.scheme, code.country, ";".join(code.sectors), _iso(code.start), _iso(code.end)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _pattern_rows(drafts: Iterable[Draft], ambiguous: frozenset[str]) -> list[tuple[object, ...]]:
    rows = []
    for draft in drafts:
        for name, how in draft.names.items():
            surface = " ".join(unicodedata.normalize("NFC", name).split())
            folded = fold_text(surface)
            lone = " " not in folded
            if name in ambiguous or (draft.kind == "person" and lone) or (lone and folded == lower_text(folded)):
                continue
            rows.append((lower_text(folded), surface, draft.id, how))
    return sorted(rows)


def _surname_rows(
    people: Iterable[tuple[Draft, list[OfficeRow]]], sources: Sources
) -> Iterable[tuple[str, str, str, float, str]]:
    sounds = Sounds([(old, new) for _, (old, new) in sources.psv_rows("sounds.psv", 2)])
    first_counts = {country for _, (country, _why) in sources.psv_rows("name_order.psv", 2)}
    for draft, rows in people:
        for country in sorted({row.country for row in rows} | {draft.country or ""}):
            for name in draft.names:
                parts = fold_name(name).replace("jr", "").split()
                for place, part in enumerate(parts):
                    main = place == len(parts) - 1 or (place == 0 and country in first_counts)
                    spelled = sounds.spelled(part)
                    if len(part) > 1:
                        yield country, sounds.skeleton(spelled), spelled, 1.0 if main else 0.8, draft.id


def _tenure_row(entity: str, row: OfficeRow, bodies: Bodies) -> tuple[str | None, ...]:
    office = (row.role, row.role_class, row.country, row.sector)
    days = (_iso(row.start), _iso(row.end), row.end_kind, _iso(row.as_of))
    return entity, *office, *days, row.source, bodies.of_office(row), row.precision, row.checked


def _role_nouns(sources: Sources) -> dict[str, str | None]:
    crosswalk = {code: sector for _, (code, sector) in sources.psv_rows("sectors.psv", 2)}
    corrected: dict[str, str | None] = {
        fold_name(noun): sector or None for _, (noun, sector) in sources.psv_rows("role_nouns.psv", 2)
    }
    nouns: dict[str, str | None] = {}
    for _, row in sources.csv_rows("agents.csv"):
        sector = crosswalk.get(row["code"][:3]) or crosswalk.get(row["code"][3:6])
        for noun in map(fold_name, (row["noun"], row["plural"])):
            # A correction holds for the plural too.
            if noun and sector and not any(single in corrected for single in singulars(noun)):
                nouns.setdefault(noun, sector)
    return nouns | corrected


def _name_words(sources: Sources) -> Iterable[tuple[str, str, str]]:
    for _, (word, sector, stands) in sources.psv_rows("name_words.psv", 3):
        yield fold_name(word), stands, sector


def _body_rows(sources: Sources) -> Iterable[tuple[str, str]]:
    for _, (key, _name, _patterns, nouns, _sector) in sources.psv_rows("bodies.psv", 5):
        for noun in several(nouns):
            yield fold_name(noun), key


def _counts(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    tables = ("entity", "name", "pattern", "surname", "tenure", "role_noun", "body")
    return tuple((table, connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables)


def _meta_rows(summary: Summary, people: list[tuple[Draft, list[OfficeRow]]]) -> list[tuple[str, str]]:
    seen = max(row.as_of for _, rows in people for row in rows if row.as_of)
    rows = [("whoswho.version", summary.version), ("whoswho.as_of", seen.isoformat())]
    rows.append(("whoswho.set_aside", str(len(summary.aside))))
    return rows + [(f"whoswho.rows.{table}", str(count)) for table, count in summary.rows]


def build(out: Path = KNOWLEDGE) -> Summary:
    """Builds the whole knowledge file and puts it in place when it is complete."""
    # Its own name for each run: two builds at once must not write into one file.
    fresh = out.with_name(f"{out.stem}.{os.getpid()}.db")
    try:
        with closing(sqlite3.connect(fresh)) as connection:
            summary = build_whoswho(connection, Sources(DATA / "whoswho"))
            build_gazetteer(connection)
            connection.commit()
            connection.execute("VACUUM")
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
    return summary


def main() -> None:
    """The command line: builds the file and says what went into it."""
    parser = argparse.ArgumentParser(description="Build detente's knowledge file from its source tables.")
    parser.add_argument("--out", type=Path, default=KNOWLEDGE, help="where to write it (default: %(default)s)")
    out: Path = parser.parse_args().out
    summary = build(out)
    counts = ", ".join(f"{count} {table}" for table, count in summary.rows)
    sys.stdout.write(f"{out}: {counts}; version {summary.version}\n")
    sys.stdout.write(f"{len(summary.aside)} source rows set aside\n")
    for note in summary.aside[:10]:
        sys.stdout.write(f"  {note}\n")


if __name__ == "__main__":
    main()

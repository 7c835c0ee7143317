"""What we tell Datasette of an archive is true: every table and column is there, and every question can be asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from factory import sample

from detente.codebook.files import DATA, load_yaml
from detente.fusing import fuse_archive
from detente.model.verdict import Verdict, marks_of
from detente.store import Archive, verdict_tables
from detente.store.tables import metadata

TOLD: dict[str, Any] = load_yaml(DATA / "datasette" / "metadata.yaml")["databases"]["detente"]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("a") / "detente.db"
    with Archive.open(path) as archive:
        archive.add(sample())
        archive.add(sample().with_(events=sample().events[:2]))
        fuse_archive(archive)
        with archive.reviewing() as rows:
            rows.add(Verdict(marks_of(sample())[0], "right", "Ana", "2024-06-01"))
    opened = sqlite3.connect(path)
    yield opened
    opened.close()


def test_every_table_is_told_of_with_columns_that_it_has(connection: sqlite3.Connection) -> None:
    assert set(TOLD["tables"]) == {*metadata.tables, "alembic_version"} and "verdict" in verdict_tables.metadata.tables
    for name, told in TOLD["tables"].items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        asked = {*told.get("columns", {}), *told.get("facets", []), *told.get("sortable_columns", [])}
        asked |= {told[key] for key in ("sort_desc", "label_column", "fts_pk") if key in told}
        assert asked <= columns, name
        assert told.get("hidden") or told["description"]


@pytest.mark.parametrize(
    ("name", "given", "rows"),
    [
        ("events_between", {"source": "RUR", "target": "GRA GOV"}, 1),
        ("events_between", {"source": "RU", "target": "GRA"}, 0),
        ("said_by", {"name": "Velik"}, 1),
        ("types_by_month", {}, 1),
        ("judged", {}, 1),
        ("places_of_events", {}, 1),
    ],
)
def test_every_question_is_answered_from_current_readings(
    connection: sqlite3.Connection, name: str, given: dict[str, str], rows: int
) -> None:
    query = TOLD["queries"][name]
    assert sorted(query.get("params", [])) == sorted(given)
    assert len(connection.execute(query["sql"], given).fetchall()) == rows


def test_all_questions_are_tried_here() -> None:
    assert set(TOLD["queries"]) == {"events_between", "said_by", "types_by_month", "judged", "places_of_events"}


def test_words_in_answers_are_the_reports_own(connection: sqlite3.Connection) -> None:
    told = connection.execute(TOLD["queries"]["events_between"]["sql"], {"source": "RUR", "target": "GRA"})
    names = [column[0] for column in told.description]
    assert dict(zip(names, told.fetchone(), strict=True))["trigger"] == "shelled"

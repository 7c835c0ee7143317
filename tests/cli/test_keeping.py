"""`detente backup`, `restore` and `doctor` on the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from factory import sample
from typer.testing import CliRunner, Result

from detente.cli import app
from detente.store import Archive


@pytest.fixture
def archive(tmp_path: Path) -> str:
    with Archive.open(tmp_path / "a.db") as store:
        store.add(sample())
    return str(tmp_path / "a.db")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def findings(path: str) -> dict[str, dict[str, object]]:
    result = run("doctor", "--archive", path, "--format", "json")
    found = {told["what"]: told for told in map(json.loads, result.stdout.splitlines())}
    assert result.exit_code == (0 if all(told["well"] for told in found.values()) else 1)
    return found


def test_there_and_back_again(archive: str, tmp_path: Path) -> None:
    copy, again = str(tmp_path / "copy.db"), str(tmp_path / "again.db")
    assert run("backup", archive, copy).exit_code == 0
    assert run("restore", copy, again).exit_code == 0
    refused = run("restore", copy, again)
    assert refused.exit_code == 1 and "--overwrite" in refused.stderr
    assert run("restore", copy, again, "--overwrite").exit_code == 0
    assert all(told["well"] for told in findings(again).values())


def test_a_healthy_archive_is_well(archive: str) -> None:
    before = Path(archive).read_bytes()
    found = findings(archive)
    assert {"knowledge", "places", "models", "parser", "file", "schema", "readings", "search", "disk"} <= found.keys()
    assert "ok     readings" in run("doctor", "--archive", archive).stdout
    assert Path(archive).read_bytes() == before


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE reading SET body = replace(body, 'Aldova', 'Elsewhere')", "readings"),
        ("UPDATE reading SET body = '{'", "readings"),
        ("DELETE FROM reading", "reports"),
        ("DELETE FROM report_words", "search"),
        ("UPDATE alembic_version SET version_num = '9999'", "schema"),
        ("PRAGMA application_id = 7", "archive"),
        ("UPDATE reading SET report = 99", "links"),
    ],
)
def test_what_is_wrong_is_told_with_its_remedy(archive: str, change: str, what: str) -> None:
    with sqlite3.connect(archive) as connection:
        connection.execute(change)
    connection.close()
    told = findings(archive)[what]
    assert not told["well"] and told["remedy"]


def test_no_archive_is_told(tmp_path: Path) -> None:
    told = findings(str(tmp_path / "none.db"))["archive"]
    assert told["found"] == "no such file" and told["remedy"]

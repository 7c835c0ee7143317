"""`detente show`, `list` and `search`: what is in the archive, and plain words where it is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from factory import TEXT
from postgres_server import Server
from typer.testing import Result

Run = Callable[..., Result]


def stored(run: Run, folder: Path) -> str:
    """Stores the sample and another report; gives back the sample's id."""
    (folder / "other.txt").write_text("Other words of \x1b[31mno kind.")
    run("read", "report.txt", "other.txt", "--published", "2024-05-14")
    result = run("read", "report.txt", "--published", "2024-05-14", "--format", "json")
    return str(json.loads(result.stdout)["report"]["id"])


def test_show_gives_back_what_was_read(run: Run, folder: Path) -> None:
    id = stored(run, folder)
    read = run("read", "report.txt", "--published", "2024-05-14", "--format", "json")
    assert run("show", id, "--format", "json").stdout == read.stdout
    assert "Ruritania → Graustark" in run("show", id[:6]).stdout
    assert run("show", id, "--format", "html").stdout.startswith("<!DOCTYPE html>")
    run("show", id, "--format", "html", "--out", "page.html")
    assert (folder / "page.html").exists()


def test_show_says_what_it_does_not_know(run: Run, folder: Path) -> None:
    stored(run, folder)
    result = run("show", "nothing")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.strip() == "archive detente.db: no report 'nothing'; detente list shows the ids"


def test_list_has_a_row_for_each_report(run: Run, folder: Path) -> None:
    id = stored(run, folder)
    result = run("list")
    first, second = result.stdout.splitlines()[1:]
    assert first.split()[:2] == [id[:8], "2024-05-14"] and first.split()[-2:] == ["5", "2"]
    assert "Other words" in second and "\x1b" not in result.stdout
    assert result.stderr.strip() == "2 reports in the archive"
    assert len(run("list", "--limit", "1").stdout.splitlines()) == 2


def test_search_shows_the_words_in_their_surroundings(run: Run, folder: Path) -> None:
    id = stored(run, folder)
    result = run("search", "village", "ALDOVA")
    assert id[:8] in result.stdout and "the village of Aldova on" in result.stdout
    for words in ('"', "AND", "vill*", "text:x", "-"):
        assert run("search", "--", words).exit_code == 0
    assert run("search", "absent").stderr.strip() == "nothing found"


def test_a_missing_archive_is_told_and_not_made(run: Run, folder: Path) -> None:
    for words in (("show", "a"), ("list",), ("search", "a")):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.strip() == "archive detente.db: no such file; read a report first, or give --archive DB"
    assert not (folder / "detente.db").exists()


def test_another_file_is_refused(run: Run, folder: Path) -> None:
    result = run("list", "--archive", "report.txt")
    assert result.exit_code == 2
    assert "not a detente archive" in result.stderr
    assert (folder / "report.txt").read_text() == TEXT


def test_the_archive_may_be_on_a_server(
    run: Run, folder: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = postgres.new()
    monkeypatch.setenv("DETENTE_ARCHIVE", address)
    id = stored(run, folder)
    assert not (folder / "detente.db").exists() and id[:8] in run("list").stdout
    assert id[:8] in run("search", "village", "ALDOVA", "--archive", address).stdout
    assert run("show", id[:6], "--format", "json").exit_code == run("doctor").exit_code == 0
    result = run("backup", address, "b.db")
    assert result.exit_code == 1 and "only archive files are copied; use pg_dump" in result.stderr.replace("\n", " ")
    assert run("incidents", "--archive", "postgresql://me:secret@127.0.0.1:9/x").exit_code == 2

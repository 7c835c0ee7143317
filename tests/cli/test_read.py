"""`detente read`: forms, archive, bad inputs with one clear line each, and exit statuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from factory import TEXT, sample
from typer.testing import Result

from detente.store import Archive

Run = Callable[..., Result]
DAY = ("--published", "2024-05-14")
UNDATED = "no publication date: relative dates stay unknown; give --published YYYY-MM-DD"


def test_a_report_is_read_shown_and_stored(run: Run, folder: Path) -> None:
    result = run("read", "report.txt", *DAY)
    assert result.exit_code == 0
    assert "Ruritania → Graustark" in result.stdout
    assert "report.txt: stored in detente.db; see it again with: detente show" in result.stderr
    with Archive.open(folder / "detente.db", create=False) as archive:
        (row,) = archive.list()
        assert archive.get(row.id).report.text == TEXT


def test_the_same_report_twice_is_stored_once(run: Run, folder: Path) -> None:
    run("read", "report.txt", *DAY)
    assert "already stored" in run("read", "report.txt", "report.txt", *DAY).stderr
    with Archive.open(folder / "detente.db", create=False) as archive:
        assert (archive.count(), len(archive.readings(archive.list()[0].id))) == (1, 1)


def test_json_is_the_contract_alone_on_standard_output(run: Run, folder: Path) -> None:
    (folder / "two.jsonl").write_text('{"text": "First."}\n{"text": "Second.\\nline", "published": "2020-01-01"}\n')
    result = run("read", "report.txt", "two.jsonl", "--format", "json", *DAY)
    assert result.exit_code == 0
    first, second, third = (json.loads(line) for line in result.stdout.splitlines())
    assert first["report"]["text"] == TEXT and len(first["events"]) == 5
    assert first["warnings"] == list(sample().warnings)
    assert (second["report"]["published"], third["report"]["published"]) == ("2024-05-14", "2020-01-01")
    assert not (folder / "detente.db").exists()


def test_json_is_stored_where_an_archive_is_given(run: Run, folder: Path) -> None:
    run("read", "report.txt", "--format", "json", "--archive", "mine.db", *DAY)
    with Archive.open(folder / "mine.db", create=False) as archive:
        assert archive.count() == 1


def test_the_environment_names_the_archive(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_ARCHIVE", str(folder / "env.db"))
    run("read", "report.txt", *DAY)
    assert (folder / "env.db").exists() and not (folder / "detente.db").exists()


def test_a_page_goes_to_the_file_or_to_standard_output(run: Run, folder: Path) -> None:
    result = run("read", "report.txt", "--format", "html", "--out", "page.html", *DAY)
    assert (result.exit_code, result.stdout) == (0, "")
    assert (folder / "page.html").read_text().startswith("<!DOCTYPE html>")
    assert run("read", "report.txt", "--format", "html", *DAY).stdout.startswith("<!DOCTYPE html>")


def test_several_pages_go_into_a_folder(run: Run, folder: Path) -> None:
    (folder / "other.txt").write_text("Other words.")
    assert run("read", "report.txt", "other.txt", "--format", "html", "--out", "pages", *DAY).exit_code == 0
    assert len(list((folder / "pages").glob("*.html"))) == 2
    assert run("read", "report.txt", "other.txt", "--format", "html").exit_code == 2


def test_a_page_that_cannot_be_written_is_told(run: Run, folder: Path) -> None:
    (folder / "file").write_text("")
    result = run("read", "report.txt", "--format", "html", "--out", "file/page.html", *DAY)
    assert result.exit_code == 1
    assert "the page cannot be written" in result.stderr


def test_standard_input_is_read(run: Run) -> None:
    result = run("read", "-", "--format", "json", stdin=TEXT.encode())
    assert json.loads(result.stdout)["report"]["text"] == TEXT
    assert f"standard input: warning: {UNDATED}" in result.stderr.splitlines()


def test_an_undated_report_is_read_and_keeps_the_warning(run: Run) -> None:
    result = run("read", "report.txt", "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["report"]["published"] is None
    assert data["warnings"][0] == UNDATED
    assert result.stderr.splitlines()[0] == f"report.txt: warning: {UNDATED}"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n ", "only blank space"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00", "a PNG image, no text"),
        ("binary.txt", b"a\x00b", "binary data, no text"),
        ("page.txt", b"<html><body><nav>Home</nav></body></html>", "a web page without an article"),
        ("folder", None, "a directory"),
        ("missing.txt", None, "no such file"),
        ("broken.jsonl", b'{"text": 5}\n', 'no "text" field that is a string'),
    ],
)
def test_bad_input_is_one_line_and_the_others_are_done(
    run: Run, folder: Path, name: str, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    (folder / "folder").mkdir()
    result = run("read", name, "report.txt", "--format", "json", "--archive", "a.db", *DAY)
    assert result.exit_code == 1
    (line,) = [line for line in result.stderr.splitlines() if "set aside" in line]
    assert line.startswith(name) and f"set aside: {reason}; " in line
    assert len(result.stdout.splitlines()) == 1
    with Archive.open(folder / "a.db", create=False) as archive:
        assert archive.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        "Café “quoted” words.".encode("cp1252"),
        "“Café” “ok” ".encode() + b"caf\xe9",
        "“Never closed, he said.".encode(),
        b"word " * 4_000_000,
    ],
)
def test_odd_input_is_read_with_a_warning(run: Run, folder: Path, content: bytes) -> None:
    (folder / "odd.txt").write_bytes(content)
    result = run("read", "odd.txt", "--format", "json")
    assert result.exit_code == 0
    assert all(line.startswith("odd.txt: warning: ") for line in result.stderr.splitlines())
    assert len(result.stdout.splitlines()) == 1


def test_nothing_is_made_where_nothing_could_be_read(run: Run, folder: Path) -> None:
    assert run("read", "missing.txt").exit_code == 1
    assert not (folder / "detente.db").exists()


def test_a_reader_that_fails_on_one_report_does_not_stop_the_run(run: Run, folder: Path) -> None:
    (folder / "bad.txt").write_text("explode")
    result = run("read", "bad.txt", "report.txt", *DAY)
    assert result.exit_code == 1
    assert "bad.txt: set aside: reading failed (RecursionError: too deep)" in result.stderr
    assert "Ruritania → Graustark" in result.stdout


def test_the_parser_is_passed_on_and_an_unknown_one_is_wrong_usage(run: Run, folder: Path) -> None:
    (folder / "other.txt").write_text("Words.")
    assert "parser test" in run("read", "other.txt", "--parser", "test").stderr
    result = run("read", "other.txt", "--parser", "none")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no parser 'none'; there are: en, test" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("read",),
        ("read", "report.txt", "--published", "yesterday"),
        ("read", "report.txt", "--published", "2024-02-30"),
        ("read", "report.txt", "--format", "xml"),
        ("read", "report.txt", "--out", "a.html"),
        ("read", "report.txt", "--archive", "report.txt"),
        ("read", "report.txt", "--archive", "nowhere/a.db"),
        ("reed",),
    ],
)
def test_wrong_usage_ends_with_status_2(run: Run, words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_a_locked_archive_does_not_lose_the_reading(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr("detente.cli.archives.BUSY_SECONDS", 0.05)
    run("read", "report.txt", *DAY)
    rival = sqlite3.connect("detente.db", isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    result = run("read", "report.txt", *DAY)
    rival.close()
    assert result.exit_code == 1
    assert "read, but not stored: archive detente.db: another program is writing to it; wait" in result.stderr
    assert "Ruritania → Graustark" in result.stdout


SENTENCES = "".join(f"      - The army closed bridge number {n}.\n" for n in range(12))
OWN = f"""\
name: MINE
version: "1"
categories:
  - code: BRIDGE
    name: Bridge closed
    definition: A bridge is closed.
    examples:
{SENTENCES}"""


def test_ontologies_of_ones_own_are_handed_to_the_reader(run: Run, folder: Path) -> None:
    (folder / "own.yaml").write_text(OWN)
    (folder / "other.yaml").write_text(OWN.replace("MINE", "OTHER"))
    result = run("read", "report.txt", "--ontology", "own.yaml", "--ontology", "other.yaml", "--format", "json", *DAY)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["warnings"] == [*sample().warnings, "coded by own.yaml, other.yaml"]


def test_an_ontology_with_a_fault_is_one_clear_line(run: Run, folder: Path) -> None:
    (folder / "own.yaml").write_text(OWN.replace("definition", "meaning"))
    result = run("read", "report.txt", "--ontology", "own.yaml", *DAY)
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "own.yaml: category BRIDGE: unknown key 'meaning'; known are: code, name, definition" in result.stderr
    assert not (folder / "detente.db").exists()

"""`detente quotes`: from files and from the archive alike, in every form, with plain words where it cannot be."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from factory import TEXT
from typer.testing import Result

Run = Callable[..., Result]
READ = ("quotes", "report.txt", "--published", "2024-05-14")


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_files_are_read_and_nothing_is_stored(run: Run, folder: Path) -> None:
    outer, inner = lines(run(*READ, "--format", "json"))
    assert (outer["speaker_name"], outer["speaker_code"], outer["published"]) == (
        "Marta Velik",
        "RUR GOV",
        "2024-05-14",
    )
    assert outer["words"] == [TEXT[start:end] for start, end in outer["content"]]
    assert (inner["inside"], inner["cue_words"]) == (outer["id"], None)
    assert not list(folder.glob("*.db"))


def test_the_archive_gives_what_the_files_gave(run: Run) -> None:
    run("read", "report.txt", "--published", "2024-05-14", "--archive", "mine.db")
    asked = ("quotes", "--archive", "mine.db", "--format", "json")
    assert run(*asked).stdout == run(*READ, "--format", "json").stdout
    assert len(lines(run(*asked, "--since", "2024-05-14", "--until", "2024-05-14"))) == 2
    assert lines(run(*asked, "--since", "2024-05-15")) == []
    assert lines(run(*asked, "--until", "2024-05-13")) == []


@pytest.mark.parametrize(
    ("option", "fitting", "other"),
    [
        ("--by", "VELIK", "Ulm"),
        ("--by", "RUR GOV", "RUR MIL"),
        ("--about", "GRA", "Kenya"),
        ("--to", "Ruritania", "Graustark"),
        ("--channel", "telegram", "tele"),
        ("--manner", "direct", "indirect"),
    ],
)
def test_each_option_chooses(run: Run, option: str, fitting: str, other: str) -> None:
    (quote,) = lines(run(*READ, "--format", "json", option, fitting))
    assert quote["id"] == "s1"
    assert lines(run(*READ, "--format", "json", option, other)) == []


def test_the_limit_is_told(run: Run) -> None:
    result = run(*READ, "--format", "json", "--limit", "1")
    assert len(lines(result)) == 1
    assert "2 statements found, the first 1 shown" in result.stderr
    assert "shown" not in run(*READ, "--limit", "2").stderr


def test_nothing_found_is_no_failure(run: Run) -> None:
    result = run(*READ, "--by", "Nobody Known")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no such statement found" in result.stderr


def test_the_table_shows_who_when_and_through_what(run: Run) -> None:
    shown = run(*READ).stdout
    for words in ("2024-05-14", "Marta Velik", "RUR GOV", "through Telegram", "about Graustark", "an unknown speaker"):
        assert words in shown
    assert "in the words of Marta" in " ".join(shown.split())


def test_csv_has_a_header_and_a_row_each(run: Run) -> None:
    outer, inner = csv.DictReader(io.StringIO(run(*READ, "--format", "csv").stdout))
    assert (outer["speaker_name"], outer["channel_name"], outer["about"]) == ("Marta Velik", "Telegram", "a2; a4")
    assert outer["about_names"] == "Graustark; the Regent" and outer["when_first"] == "2024-05-14"
    assert (inner["inside"], inner["speaker"], inner["channel_name"]) == ("s1", "", "")
    nothing = run(*READ, "--format", "csv", "--by", "Nobody").stdout.splitlines()
    assert len(nothing) == 1 and nothing[0].startswith("report,published,outlet,id,speaker")


def test_what_cannot_be_read_is_set_aside(run: Run) -> None:
    result = run("quotes", "absent.txt", "report.txt", "--format", "json")
    assert result.exit_code == 1 and len(result.stdout.splitlines()) == 2
    assert "absent.txt: set aside: no such file" in result.stderr


def test_a_report_that_fails_does_not_stop_the_others(run: Run, folder: Path) -> None:
    (folder / "bad.txt").write_text("Words that explode the reader.")
    result = run("quotes", "bad.txt", "report.txt", "--format", "json")
    assert result.exit_code == 1 and len(result.stdout.splitlines()) == 2
    assert "bad.txt: set aside: reading failed (RecursionError: too deep)" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report.txt", "--archive", "a.db"), "--archive goes without files: files are read and nothing is stored"),
        (("--published", "2024-05-14"), "--published goes with files: the reports of an archive have their days"),
        (("--since", "2024-05-14", "--until", "2024-05-13"), "--since 2024-05-14 is later than --until 2024-05-13"),
        (("report.txt", "--by", " "), "--by: ' ' holds no name"),
        (("report.txt", "--channel", "..."), "--channel: '...' holds no name"),
        ((), "archive detente.db: no such file; read a report first, or give --archive DB"),
    ],
)
def test_wrong_use_is_told_in_one_line(run: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
    result = run("quotes", *words)
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (2, "", said)
    assert not list(folder.glob("*.db"))


@pytest.mark.parametrize("words", [("--limit", "0"), ("--since", "May"), ("--manner", "loud"), ("--about", "RUR XYZ")])
def test_values_that_do_not_exist_are_wrong_use(run: Run, words: tuple[str, ...]) -> None:
    assert run("quotes", "report.txt", *words).exit_code == 2

"""Inputs of many formats on the command line: columns, notes, other languages, and the exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from factory import TEXT
from input_samples import GDELT_EVENT, MAIL, samples
from typer.testing import Result

from detente.store import Archive

Run = Callable[..., Result]


def test_columns_are_named_on_the_command_line(run: Run, folder: Path) -> None:
    (folder / "table.csv").write_text('who;what;when\nThe Courier;"Talks failed.";2024-05-03\n')
    result = run("read", "table.csv", "--columns", "text=what, published=when,outlet=who", "--format", "json")
    assert result.exit_code == 0
    report = json.loads(result.stdout)["report"]
    assert (report["text"], report["published"], report["outlet"]) == ("Talks failed.", "2024-05-03", "The Courier")
    assert report["origin"]["found"][0] == {"field": "outlet", "value": "The Courier", "how": 'the column "who"'}


@pytest.mark.parametrize("words", ["text", "text=", "colour=blue", "text=a,text=b", ""])
def test_columns_that_are_none_are_wrong_usage(run: Run, folder: Path, words: str) -> None:
    result = run("read", "report.txt", "--columns", words)
    assert result.exit_code == 2
    assert "--columns" in result.stderr


def test_an_archive_keeps_where_a_report_comes_from(run: Run, folder: Path) -> None:
    (folder / "page").write_bytes(samples()["HTML"])
    assert run("read", "page", "--archive", "a.db").exit_code == 0
    with Archive.open(folder / "a.db", create=False) as archive:
        (coded,) = archive.each()
    assert coded.report.origin is not None and coded.report.origin.format == "HTML"
    assert any(item.field == "author" for item in coded.report.origin.found)


def test_reports_in_other_languages_are_kept_and_counted(run: Run, folder: Path) -> None:
    (folder / "b.txt").write_text("Unverständlich")
    result = run("read", "b.txt", "report.txt", "--archive", "a.db", "--published", "2024-05-03")
    assert result.exit_code == 0
    assert "1 report in another language was kept unread: de 1" in result.stderr
    with Archive.open(folder / "a.db", create=False) as archive:
        assert [(c.report.language, c.unread) for c in archive.each() if c.report.text != TEXT] == [
            ("de", "in another language (de)")
        ]


def test_a_note_is_told_and_no_fault_but_metadata_is_set_aside(run: Run, folder: Path) -> None:
    (folder / "letter").write_text(MAIL)
    noted = run("read", "letter", "--format", "json")
    assert noted.exit_code == 0
    assert "letter: attachments that are no reports were passed over: logo.png" in noted.stderr
    (folder / "gdelt").write_text(GDELT_EVENT)
    aside = run("read", "gdelt", "report.txt", "--format", "json", "--published", "2024-05-03")
    assert aside.exit_code == 1
    assert "GDELT 2.0 Events, 1 row on 1 page: metadata only" in aside.stderr
    assert len(aside.stdout.splitlines()) == 1

"""`detente ledger`: forms, choices, and plain words where something is wrong. The reader is a stand-in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from detente.analyse.ledger import Entry, tellings_in
from detente.cli.ledger_forms import LedgerFormat, print_ledger
from detente.model.coded import CodedReport
from detente.model.commitment import Commitment
from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.span import Span

Run = Callable[..., Result]


def test_a_file_gives_its_entries_and_stores_nothing(run: Run, folder: Path) -> None:
    result = run("ledger", "report.txt", "--published", "2024-05-14", "--format", "json")
    (entry,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert (entry["kind"], entry["state"], entry["evidence"]) == ("refusal", "open", [])
    assert [p["name"] for p in entry["who"]] == ["the Regent"]
    assert [p["code"] for p in entry["to"]] == ["RUR GOV"]
    assert entry["words"] == ["\u2018We will never talk\u2019"]
    assert entry["tellings"][0]["cue_words"] == "will never"
    assert not (folder / "detente.db").exists()


def test_the_archive_gives_what_was_stored(run: Run) -> None:
    run("read", "report.txt", "--published", "2024-05-14")
    table = run("ledger")
    assert "refusal" in table.stdout and "the Regent" in table.stdout and "Marta Velik" in table.stdout
    assert run("ledger", "--until", "2024-05-13").stderr.strip() == "no such entry found"
    assert run("ledger", "--kind", "demand").stdout == ""
    assert run("ledger", "--kind", "demand", "--kind", "refusal").stdout != ""


def test_between_two_sides(run: Run) -> None:
    given = ("report.txt", "--published", "2024-05-14", "--format", "json")
    assert run("ledger", *given, "--between", "Velik", "Regent").stdout != ""
    assert run("ledger", *given, "--between", "RUR", "Regent").stdout != ""
    assert run("ledger", *given, "--between", "RUR", "GRA").stdout == ""


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--since", "2024-05-14", "--until", "2024-05-13"), "--since 2024-05-14 is later than --until 2024-05-13"),
        (("--published", "2024-05-13"), "--published goes with files"),
        (("--between", "RUR XYZ", "GRA"), "--between: 'XYZ' is no sector"),
        (("report.txt", "--archive", "x.db"), "--archive goes without files"),
        ((), "detente.db"),
    ],
)
def test_wrong_use_is_told_in_one_line(words: tuple[str, ...], says: str, run: Run) -> None:
    result = run("ledger", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_one_side_alone_and_unknown_kinds_are_wrong_use(run: Run) -> None:
    assert run("ledger", "report.txt", "--between", "RUR").exit_code == 2
    assert run("ledger", "report.txt", "--kind", "wish").exit_code == 2


def test_what_cannot_be_read_is_set_aside_and_the_others_done(run: Run) -> None:
    result = run("ledger", "none.txt", "report.txt", "--published", "2024-05-14", "--format", "json")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "none.txt" in result.stderr


def test_csv_is_a_row_an_entry(run: Run) -> None:
    result = run("ledger", "report.txt", "--published", "2024-05-14", "--format", "csv")
    header, row = csv.reader(io.StringIO(result.stdout))
    told = dict(zip(header, row, strict=True))
    assert (told["kind"], told["who"], told["to_codes"], told["state"]) == ("refusal", "the Regent", "RUR GOV", "open")
    assert told["deadline_last"] == "2024-05-14"


def hostile() -> Entry:
    """An entry whose words and names would run as a formula, or steer the terminal."""
    text = "=HYPERLINK(1) \x1b[31mred"
    person = Participant("a1", "@SUM(1)\x1b[2J", "person", ())
    made = Commitment("c1", "demand", ("a1",), (), (Span(0, len(text)),))
    (telling,) = tellings_in(CodedReport(Report(text), (person,), commitments=(made,)))
    return Entry("demand", (telling,))


def test_no_cell_is_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    print_ledger([hostile()], LedgerFormat.csv)
    header, row = csv.reader(io.StringIO(capsys.readouterr().out))
    told = dict(zip(header, row, strict=True))
    assert (told["who"], told["words"]) == ("'@SUM(1)[2J", "'=HYPERLINK(1) [31mred")


def test_nothing_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_ledger([hostile()], LedgerFormat.table)
    assert "\x1b" not in capsys.readouterr().out

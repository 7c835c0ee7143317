"""`detente delete`: nothing without --yes, gone for good with it, and not taken in again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
WHY = ("--reason", "asked to", "--by", "Ana")


@pytest.fixture
def id(run: Run, folder: Path) -> str:
    (folder / "other.txt").write_text("Other words of no kind.")
    run("read", "report.txt", "other.txt", "--published", "2024-05-14")
    return str(json.loads(run("review", "next", "--format", "json").stdout)["report"])


def count(run: Run) -> int:
    return len(run("list").stdout.splitlines())


def test_without_yes_it_is_only_said_what_would_go(run: Run, id: str) -> None:
    before = count(run)
    done = run("delete", "report", id[:6], *WHY)
    assert done.exit_code == 2 and "nothing is deleted yet; 1 report would go" in done.stderr
    assert count(run) == before and run("delete", "list").stdout == ""


def test_a_report_goes_for_good_and_its_tombstone_stays(run: Run, folder: Path, id: str) -> None:
    before = count(run)
    assert run("delete", "report", id[:6], *WHY, "--yes").exit_code == 0
    assert run("show", id).exit_code == 1 and count(run) < before
    assert b"Marta Velik" not in (folder / "detente.db").read_bytes()
    again = run("read", "report.txt", "--published", "2024-05-14")
    assert again.exit_code == 0 and "not taken in: it was deleted from detente.db (asked to)" in again.stderr
    assert run("show", id).exit_code == 1
    told = json.loads(run("delete", "list", "--format", "json").stdout)
    assert (told["kind"], told["reason"], told["by"], told["reports"]) == ("report", "asked to", "Ana", 1)
    assert id not in told["hash"] and "asked to" in run("delete", "list").stdout


@pytest.mark.parametrize("asked", ["marta velik", "Q1", "person:Q1"])
def test_a_person_goes_with_every_report_that_names_them(run: Run, folder: Path, id: str, asked: str) -> None:
    assert run("delete", "person", asked, *WHY, "--yes").exit_code == 0
    assert run("show", id).exit_code == 1 and "Other words" in run("list").stdout
    other = (folder / "report.txt").read_text().replace("Tuesday", "Wednesday")
    (folder / "second.txt").write_text(other)
    run("read", "report.txt", "--published", "2024-05-15")
    assert run("show", id).exit_code == 1
    told = [json.loads(line) for line in run("delete", "list", "--format", "json").stdout.splitlines()]
    assert [(t["kind"], t["hash"] is None) for t in told] == [("person", True), ("report", False)]
    assert b"Velik" not in (folder / "detente.db").read_bytes()


def test_nobody_of_that_name_is_told(run: Run, id: str) -> None:
    done = run("delete", "person", "Nobody Atall", *WHY, "--yes")
    assert done.exit_code == 1 and "nobody is called" in done.stderr
    assert run("delete", "report", id, "--reason", " ", "--by", "Ana", "--yes").exit_code == 2


def test_tombstones_go_out_with_the_tables(run: Run, folder: Path, id: str) -> None:
    run("delete", "report", id, *WHY, "--yes")
    assert run("export", "csv", "--out", "tables").exit_code == 0
    assert (folder / "tables" / "tombstones.csv").read_text().splitlines()[1].startswith("report,")


def test_corrections_go_out_on_request_only(run: Run, folder: Path, id: str) -> None:
    run("review", "mark", f"{id}-e1", "wrong", "--by", "Ana")
    for name, options in (("plain", ()), ("right", ("--with-corrections",))):
        assert run("export", "csv", "--out", name, *options).exit_code == 0
    plain, right = ((folder / name / "events.csv").read_text() for name in ("plain", "right"))
    assert f"{id}-e1-0" in plain and f"{id}-e1-0" not in right
    assert (folder / "plain" / "verdicts.csv").read_bytes() == (folder / "right" / "verdicts.csv").read_bytes()

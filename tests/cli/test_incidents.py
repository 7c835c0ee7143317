"""`detente incidents`, `story`, `sources` and `fuse` on an archive."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from fused import coded
from typer.testing import CliRunner, Result

from detente.cli import app
from detente.store import Archive

ONE = coded(
    "Ruritania shelled the market of Aldova on Monday, killing three people, the mayor said.", "Courier", dead=3
)
TWO = coded("Five people died on Monday when Ruritania shelled Aldova, whose market burnt down.", "=Herald", dead=5)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_KNOWLEDGE", str(tmp_path / "own"))


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "a.db"
    with Archive.open(path) as store:
        store.add(ONE)
        store.add(TWO)
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def lines(*arguments: str) -> list[dict[str, object]]:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_new_reports_are_fused_first_and_an_incident_is_a_line(archive: str) -> None:
    (incident,) = lines("incidents", "--archive", archive, "--format", "json")
    contract = "id type first last sources targets where status reports origins events sizes disagreements"
    assert set(contract.split()) <= incident.keys()
    assert incident["origins"] == 2 and incident["sizes"]["dead"] == {"low": 3, "high": 5}  # type: ignore[index]
    assert incident["sources"] == [{"code": "RUR GOV", "name": "Ruritania"}]
    again = run("incidents", "--archive", archive, "--format", "json")
    assert "fused" not in again.stderr and json.loads(again.stdout) == incident


def test_what_is_asked_for_is_what_is_shown(archive: str) -> None:
    def count(*asked: str) -> int:
        return len(lines("incidents", "--archive", archive, "--format", "json", *asked))

    assert count("--between", "RUR", "GRA") == count("--between", "gra", "RUR GOV") == 1
    assert count("--between", "RUR", "ARM") == 0
    assert count("--type", "assault") == 1 and count("--type", "AID") == 0
    assert count("--since", "2024-03-04", "--until", "2024-03-04") == 1 and count("--since", "2024-03-05") == 0
    assert count("--place", "aldova") == 1 and count("--place", "Goris") == 0


def test_wrong_usage_is_told_in_one_line(archive: str, tmp_path: Path) -> None:
    for asked, words in (
        (("--type", "WAR"), "PLOVER has no type 'WAR'"),
        (("--between", "RUR", "russia"), "'RUSSIA' is no country"),
        (("--between", "RUR", "RUR"), "one side"),
        (("--since", "2024-02-02", "--until", "2024-01-01"), "is later than"),
    ):
        result = run("incidents", "--archive", archive, *asked)
        assert result.exit_code == 2 and words in result.stderr
    assert run("incidents", "--archive", str(tmp_path / "none.db")).exit_code == 2
    assert run("incidents", "--archive", archive, "--explain", "zz").exit_code == 1


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    Archive.open(tmp_path / "e.db").close()
    result = run("incidents", "--archive", str(tmp_path / "e.db"))
    assert (result.exit_code, result.stdout) == (0, "") and "no such incident found" in result.stderr
    assert "no two reports carry the same text" in run("story", "--archive", str(tmp_path / "e.db")).stderr
    assert "0 reports in 0 stories" in run("fuse", "--archive", str(tmp_path / "e.db")).stderr


def test_the_table_shows_standing_and_differences_and_csv_holds_no_formula(archive: str) -> None:
    table = run("incidents", "--archive", archive).stdout
    assert "2 reports, 2" in table and "reports differ on dead: 3 (1); 5 (1)" in " ".join(table.split())
    (row,) = csv.DictReader(io.StringIO(run("incidents", "--archive", archive, "--format", "csv").stdout))
    assert row["outlets"].startswith("'=Herald") and (row["dead_low"], row["dead_high"]) == ("3", "5")


def test_a_join_is_explained_undone_and_done_again(archive: str) -> None:
    (incident,) = lines("incidents", "--archive", archive, "--format", "json")
    id = str(incident["id"])
    assert "the same type of deed" in run("incidents", "--archive", archive, "--explain", id).stdout
    (why,) = lines("incidents", "--archive", archive, "--explain", id, "--format", "json")
    assert why["id"] == id and why["reasons"]
    assert run("incidents", "apart", id, ONE.report.id[:8], "--archive", archive).exit_code == 0
    two = lines("incidents", "--archive", archive, "--format", "json")
    assert len(two) == 2
    assert run("incidents", "undo", str(two[0]["id"]), "--archive", archive).exit_code == 0
    assert len(lines("incidents", "--archive", archive, "--format", "json")) == 1
    assert "nothing was decided" in run("incidents", "undo", id, "--archive", archive).stderr
    assert "has no event 'zz'" in run("incidents", "apart", id, "zz", "--archive", archive).stderr


def test_incidents_are_put_together_by_hand(archive: str) -> None:
    (incident,) = lines("incidents", "--archive", archive, "--format", "json")
    run("incidents", "apart", str(incident["id"]), ONE.report.id, "--archive", archive)
    ids = [str(item["id"]) for item in lines("incidents", "--archive", archive, "--format", "json")]
    assert run("incidents", "together", *ids, "--archive", archive).exit_code == 0
    assert len(lines("incidents", "--archive", archive, "--format", "json")) == 1
    assert "give two incidents" in run("incidents", "together", str(incident["id"]), "--archive", archive).stderr


def test_outlets_are_filled_in_and_used(archive: str, tmp_path: Path) -> None:
    table = tmp_path / "outlets.csv"
    assert run("sources", "--archive", archive, "--export", str(table)).exit_code == 0
    assert "Courier,,,," in table.read_text()
    table.write_text(
        "name,country,owner,side,language\nCourier,RUR,Big,RUR GOV,\n=Herald,RUR,Big,,en\nBad,Ruritania,,,\n"
    )
    result = run("sources", "--import", str(table))
    assert result.exit_code == 1 and "outlets.csv:4: country is 'Ruritania'" in result.stderr
    assert run("fuse", "--again", "--archive", archive).exit_code == 0
    (incident,) = lines("incidents", "--archive", archive, "--format", "json")
    assert incident["origins"] == 1
    assert [o["name"] for o in lines("sources", "--format", "json")] == ["=Herald", "Courier"]
    table.write_text("outlet,land\nCourier,RUR\n")
    assert run("sources", "--import", str(table)).exit_code == 2


def test_a_story_is_found_by_one_of_its_reports(archive: str) -> None:
    (story,) = lines("story", ONE.report.id[:8], "--archive", archive, "--format", "json")
    assert story["reports"] == [ONE.report.id] and story["origin"] == "Courier"
    assert run("story", "zz", "--archive", archive).exit_code == 1

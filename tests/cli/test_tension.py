"""`detente tension`, `tally`, and `alerts` on an archive."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from fused import DAY, coded
from incident_samples import incident
from typer.testing import CliRunner, Result

from detente.cli import app, archive_alerts
from detente.store import Archive


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DETENTE_KNOWLEDGE", str(tmp_path / "own"))


@pytest.fixture
def archive(tmp_path: Path) -> str:
    path = tmp_path / "a.db"
    with Archive.open(path) as store:
        store.add(coded("Ruritania shelled the market of Aldova on Monday, the mayor said.", "Courier"))
        store.add(coded("On Monday Ruritania shelled Aldova, whose market burnt down.", "Herald", DAY + timedelta(1)))
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, list(arguments))


def test_every_number_opens_to_an_incident(archive: str) -> None:
    result = run("tension", "RUR", "GRA", "--archive", archive, "--format", "json")
    assert result.exit_code == 0, result.stderr
    (month,) = map(json.loads, result.stdout.splitlines())
    (id,) = month["a_to_b"]["quad_4"]
    assert month["together"]["quad_4"] == [id] and month["reports"] == 2
    assert run("incidents", "--archive", archive, "--explain", id).exit_code == 0


def test_csv_parquet_and_a_table_tell_the_same(archive: str, tmp_path: Path) -> None:
    result = run("tension", "RUR", "GRA", "--archive", archive, "--by", "day", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["a_to_b_quad_4"] for row in rows] == ["1", "0"]
    out = tmp_path / "x.parquet"
    assert (
        run(
            "tension", "RUR", "GRA", "--archive", archive, "--by", "day", "--format", "parquet", "--out", str(out)
        ).exit_code
        == 0
    )
    assert pq.read_table(out).column("a_to_b_quad_4").to_pylist() == [1, 0]
    assert (
        "ASSAULT (material conflict), RUR GOV to GRA GOV" in run("tension", "RUR", "GRA", "--archive", archive).stdout
    )


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_plot_is_drawn_and_is_the_same_again(archive: str, tmp_path: Path, ending: str) -> None:
    pytest.importorskip("matplotlib", reason='needs the extra: pip install "detente[plot]"')
    first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    for path in (first, second):
        assert run("tension", "RUR", "GRA", "--archive", archive, "--plot", str(path)).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert ending == "png" or "RUR and GRA" in first.read_text()


def test_what_cannot_be_asked_is_told(archive: str, tmp_path: Path) -> None:
    for words, told in (
        (("RUR", "RUR"), "are one side"),
        (("RUR", "Graustrak Republic"), "no incident names"),
        (("RUR", "GRA", "--since", "2024-05-01", "--until", "2024-04-01"), "is later than"),
        (("RUR", "GRA", "--format", "parquet"), "--out FILE"),
        (("RUR", "GRA", "--plot", "x.gif"), ".svg or .png"),
    ):
        result = run("tension", *words, "--archive", archive)
        assert result.exit_code == 2 and told in result.stderr, words


def test_a_pair_that_never_met_and_an_empty_archive_are_told(archive: str, tmp_path: Path) -> None:
    result = run("tension", "RUR", "FRA", "--archive", archive)
    assert result.exit_code == 0 and "nothing passed between RUR and FRA" in result.stderr
    with Archive.open(tmp_path / "empty.db"):
        pass
    result = run("tension", "ARM", "AZE", "--archive", str(tmp_path / "empty.db"), "--format", "csv")
    assert result.exit_code == 0 and "nothing passed" in result.stderr


def test_tallies_of_countries_and_actors(archive: str) -> None:
    rows = list(csv.DictReader(io.StringIO(run("tally", "--by", "actor", "--archive", archive).stdout)))
    assert [(row["subject"], row["quad_4"], row["plover"]) for row in rows] == [("RUR GOV", "1", "-9.0")]
    (row,) = map(
        json.loads, run("tally", "--by", "country", "--archive", archive, "--format", "json").stdout.splitlines()
    )
    assert row["subject"] == "GRA" and len(row["incidents"]["quad_4"]) == 1


def test_alerts_of_an_archive_name_what_drove_them(archive: str, monkeypatch: pytest.MonkeyPatch) -> None:
    burst = DAY + timedelta(days=9 * 40)
    quiet = [incident(f"q{n:02}", first=(d := DAY + timedelta(days=9 * n)), last=d, score=-2.0) for n in range(40)]
    worst = [incident(f"w{n}", first=burst, last=burst) for n in range(7)]
    every = {i.id: i for i in (*quiet, *worst)}
    monkeypatch.setattr(archive_alerts, "look", lambda store: (every, []))
    result = run("alerts", "--archive", archive, "--format", "json")
    assert result.exit_code == 0, result.stderr
    (found,) = map(json.loads, result.stdout.splitlines())
    assert (found["a"], found["b"], found["date"]) == ("ARM", "AZE", burst.isoformat())
    assert [item["id"] for item in found["incidents"]] == ["w0", "w1", "w2", "w3", "w4"]
    assert "is not established" in result.stderr
    told = run("alerts", "--archive", archive, "--between", "ARM", "AZE", "--explain")
    assert "w0; w1; w2; w3; w4" in told.stdout
    assert run("alerts", "series.csv", "--archive", archive).exit_code == 2


def test_an_archive_with_little_in_it_raises_no_alert(archive: str) -> None:
    result = run("alerts", "--archive", archive)
    assert result.stdout == "a,b,date\n" and "too few days" in result.stderr

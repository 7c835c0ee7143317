"""`detente alerts`: the contract's CSV on standard output, everything else on standard error."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

from typer.testing import CliRunner, Result

from detente.cli.alerts import EXPLAINED
from detente.cli.app import app

FIRST = date(2001, 1, 1)


def rows(pair: str, length: int = 200, clash: int | None = 150) -> list[str]:
    """A pair that quarrels and makes up by turns, and clashes once."""
    scores = [(-20, 10, 5, -8, 15, -12, 9)[day % 7] for day in range(length)]
    if clash is not None:
        scores[clash] = -700
    return [f"{FIRST + timedelta(day)},{pair},{score}" for day, score in enumerate(scores)]


def alerts(path: Path, lines: list[str], *options: str) -> Result:
    path.write_text("\n".join(["date,a,b,score", *lines, ""]), encoding="utf-8")
    return CliRunner().invoke(app, ["alerts", str(path), *options])


def test_the_contracts_header_and_rows_and_nothing_else(tmp_path: Path) -> None:
    result = alerts(tmp_path / "s.csv", [*rows("RUS,UKR"), *rows("FRA,DEU", clash=None)])
    assert (result.exit_code, result.stdout) == (0, "a,b,date\nRUS,UKR,2001-05-31\n")
    assert "false alarms per pair-year" in result.stderr
    assert "not established" in result.stderr


def test_nothing_unusual_gives_the_header_alone(tmp_path: Path) -> None:
    assert alerts(tmp_path / "s.csv", rows("A,B", clash=None)).stdout == "a,b,date\n"


def test_json_says_what_drove_it_and_how_often_that_is_false(tmp_path: Path) -> None:
    result = alerts(tmp_path / "s.csv", rows("A,B"), "--format", "json", "--sensitivity", "low")
    (told,) = map(json.loads, result.stdout.splitlines())
    assert (told["date"], told["driver"], told["score"], told["sensitivity"]) == ("2001-05-31", "day", -700, "low")
    assert told["false_alarms"] <= told["false_alarms_of_setting"]
    assert "GDELT" in told["measured_on"]
    assert set(told) == set(EXPLAINED)


def test_explain_gives_the_same_in_columns(tmp_path: Path) -> None:
    result = alerts(tmp_path / "s.csv", rows("A,B"), "--explain")
    (told,) = csv.DictReader(result.stdout.splitlines())
    assert tuple(told) == EXPLAINED
    assert (told["a"], told["b"], told["date"]) == ("A", "B", "2001-05-31")


def test_bad_rows_are_named_and_the_other_pairs_go_on(tmp_path: Path) -> None:
    result = alerts(tmp_path / "s.csv", ["2001-01-01,C,D,nan", *rows("A,B")])
    assert (result.exit_code, result.stdout) == (1, "a,b,date\nA,B,2001-05-31\n")
    assert "line 2: set aside: the score 'nan' is no number" in result.stderr


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    lines = [*rows("C,D"), *rows("A,B")]
    assert alerts(tmp_path / "s.csv", lines[::-1]).stdout == alerts(tmp_path / "t.csv", lines).stdout


def test_short_series_and_pairs_both_ways_round_are_told(tmp_path: Path) -> None:
    result = alerts(tmp_path / "s.csv", [*rows("A,B"), *rows("B,A", clash=None), *rows("X,Y", length=1, clash=0)])
    assert result.exit_code == 0
    assert "no alert can be raised for X,Y" in result.stderr
    assert "A,B: also there the other way round" in result.stderr


def test_statuses(tmp_path: Path) -> None:
    run = CliRunner().invoke
    (tmp_path / "empty.csv").write_text("")
    assert run(app, ["alerts", str(tmp_path / "none.csv")]).exit_code == 1
    assert run(app, ["alerts", str(tmp_path / "empty.csv")]).exit_code == 1
    assert run(app, ["alerts"]).exit_code == 2
    assert run(app, ["alerts", "x.csv", "--sensitivity", "extreme"]).exit_code == 2


def test_standard_input(tmp_path: Path) -> None:
    text = "\n".join(["date,a,b,score", *rows("A,B")])
    result = CliRunner().invoke(app, ["alerts", "-"], input=text)
    assert (result.exit_code, result.stdout) == (0, "a,b,date\nA,B,2001-05-31\n")

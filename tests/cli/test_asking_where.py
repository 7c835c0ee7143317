"""`detente where` at the command line: a country that is none is wrong usage, and the table fits a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from gazetteer_built import built_gazetteer
from typer.testing import Result

from detente.codebook import gazetteer

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "knowledge_in_force", built_gazetteer)


def test_an_unknown_country_is_wrong_usage(run: Run) -> None:
    assert run("where", "Tripoli", "--near", "XYZ").exit_code == 2


def test_an_unknown_place_is_an_answer(run: Run) -> None:
    result = run("where", "Nowheresville")
    assert result.exit_code == 0
    assert "not known" in result.stdout


def test_the_table_fits_eighty_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("where", "Tripoli").stdout.splitlines()
    assert max(len(line) for line in lines) <= 80
    assert any(line.startswith("country") and line.split()[1] == "LBY" for line in lines)


def test_json_is_one_object(run: Run) -> None:
    told = json.loads(run("where", "tripoli", "--near", "lbn", "--format", "json").stdout)
    assert told["answer"]["country"] == "LBN"

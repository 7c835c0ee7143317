"""`detente review`: what waits, marking, taking back, and figures; nothing kept of what makes no sense."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def id(run: Run, folder: Path) -> str:
    """The id of the sample, stored."""
    run("read", "report.txt", "--published", "2024-05-14")
    (listed,) = [json.loads(line)["report"] for line in lines(run("review", "next", "--format", "json"))]
    return str(listed)


def lines(result: Result) -> list[str]:
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def objects(run: Run, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines(run("review", *words, "--format", "json"))]


def test_what_most_hangs_on_comes_first(run: Run, id: str) -> None:
    first, *others = objects(run, "next", "--limit", "9")
    assert first["item"] == "e1" and first["type"] == "ASSAULT" and "shelled" in first["words"]
    assert [row["stake"] for row in (first, *others)] == sorted((r["stake"] for r in (first, *others)), reverse=True)
    assert len(others) == 6


def test_what_was_judged_waits_no_longer_for_that_reviewer(run: Run, id: str) -> None:
    assert run("review", "mark", f"{id[:6]}-e1", "right", "--by", "Ana").exit_code == 0
    assert objects(run, "next")[0]["item"] != "e1"
    assert objects(run, "next", "--by", "Ana")[0]["item"] != "e1"
    assert objects(run, "next", "--by", "Bo")[0]["item"] == "e1"
    run("review", "undo", f"{id}/e1", "--by", "Ana")
    assert objects(run, "next", "--by", "Ana")[0]["item"] == "e1"


def test_a_correction_is_listed_with_who_and_when(run: Run, id: str) -> None:
    done = run(
        *("review", "mark", f"{id}/e1", "corrected", "--by", " Ana  Lund ", "--type", "protest", "--source", "GRA MIL"),
        *("--target", "", "--on", "2024-05-13", "--place", "Aldova", "--status", "denied", "--note", "see line 2"),
    )
    assert done.exit_code == 0 and "verdict 1" in done.stderr
    (row,) = objects(run, "list")
    assert row["correction"] == {
        "type": "PROTEST", "sources": ["GRA MIL"], "targets": [], "first": "2024-05-13", "last": "2024-05-13",
        "place": "Aldova", "status": "denied",
    }  # fmt: skip
    assert row["by"] == "Ana Lund" and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", row["when"])
    assert (row["note"], row["fate"], row["item_now"]) == ("see line 2", "holds", "e1")
    assert "Ana Lund" in run("review", "show", f"{id}-e1").stdout and "GRA MIL" in run("review", "list").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("e1", "corrected"), "corrected needs what is right"),
        (("e1", "right", "--type", "AID"), "right takes no corrections"),
        (("e1", "corrected", "--type", "AIDS"), "PLOVER has no type 'AIDS'; its types are ACCUSE"),
        (("e1", "corrected", "--speaker", "RUS"), "speaker: no field of events"),
        (("s1", "corrected", "--place", "Aldova"), "place: no field of statements"),
        (("s1", "corrected", "--content", "5-99999"), "content 5-99999"),
        (("s1", "corrected", "--content", "words"), "write 12-40"),
        (("e1", "corrected", "--on", "yesterday"), "--on"),
        (("e1", "corrected", "--on", "2024-05-02/2024-05-01"), "not later"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage_and_not_kept(run: Run, id: str, words: tuple[str, ...], told: str) -> None:
    item, *others = words
    done = run("review", "mark", f"{id}-{item}", *others, "--by", "Ana")
    assert done.exit_code == 2 and told in done.stderr and len(done.stderr.splitlines()) == 1
    assert objects(run, "list", "--history") == []


def test_an_item_that_is_not_there_is_told(run: Run, id: str) -> None:
    for item, told in (
        (f"{id}-e99", "no event or statement 'e99'"),
        ("e1", "names no event"),
        ("ffff-e1", "no report"),
    ):
        done = run("review", "show", item)
        assert done.exit_code == 1 and told in done.stderr


def test_only_ones_own_verdict_is_taken_back_and_only_once(run: Run, id: str) -> None:
    run("review", "mark", f"{id}-e1", "wrong", "--by", "Ana")
    assert run("review", "undo", "1", "--by", "Bo").exit_code == 2
    assert run("review", "undo", "1", "--by", "Ana").exit_code == 0
    assert run("review", "undo", "1", "--by", "Ana").exit_code == 2
    assert run("review", "undo", "2", "--by", "Ana").exit_code == 2
    assert objects(run, "list") == []
    assert [row["judgement"] for row in objects(run, "list", "--history")] == ["wrong", "undone"]


def test_figures_of_two_reviewers(run: Run, id: str) -> None:
    for by, judgements in (("Ana", "right wrong right"), ("Bo", "right wrong wrong")):
        for number, judgement in enumerate(judgements.split(), 1):
            run("review", "mark", f"{id}-e{number}", judgement, "--by", by)
    row = objects(run, "agreement")[0]
    assert (row["items"], row["reviewers"]) == (3, 2) and row["low"] <= row["alpha"] <= row["high"]
    assert [(r["type"], r["judged"], r["right"]) for r in objects(run, "precision")] == [("ASSAULT", 3, 1)]
    assert run("review", "precision", "--format", "csv").stdout.startswith("kind,type,judged,right,type_right,")
    assert "ASSAULT" in run("review", "precision").stdout

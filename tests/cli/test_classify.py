"""`detente classify`: a line out for each line in, bad lines set aside with their numbers, an answer that is stable."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from detente.cli.app import app

GOOD = {
    "uid": "a",
    "sentence": "Norwegian police arrested twelve dockers in Bergen on Monday.",
    "source": "Norwegian police",
    "target": "twelve dockers",
}


def classify(path: Path, lines: list[str]) -> tuple[list[dict[str, Any]], str, int]:
    path.write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["classify", str(path)])
    return [json.loads(line) for line in result.stdout.splitlines()], result.stderr, result.exit_code


def test_a_pair_is_coded_with_its_quad_and_confidence(tmp_path: Path) -> None:
    (answer,), _, status = classify(tmp_path / "p.jsonl", [json.dumps(GOOD)])
    assert (answer["uid"], answer["root"], answer["quad"], status) == ("a", "COERCE", 4, 0)
    assert 0 < answer["confidence"] <= 1


def test_answers_keep_order_and_do_not_depend_on_the_others(tmp_path: Path) -> None:
    other = {**GOOD, "uid": 7, "sentence": "Kenya and Uganda signed a treaty.", "source": "Kenya", "target": "Uganda"}
    (alone,), _, _ = classify(tmp_path / "one.jsonl", [json.dumps(GOOD)])
    several, _, _ = classify(tmp_path / "two.jsonl", [json.dumps(other), "", json.dumps(GOOD), json.dumps(other)])
    assert [item["uid"] for item in several] == [7, "a", 7]
    assert several[1] == alone
    assert several[0] == several[2]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2: set aside: not valid JSON"),
        ("[1]", "line 2: set aside: not a JSON object"),
        ('{"sentence": "x", "source": "x", "target": "x"}', 'line 2: set aside: no "uid"'),
        ('{"uid": "b", "sentence": "", "source": "x", "target": "x"}', 'line 2: set aside: no "sentence"'),
        ('{"uid": "b", "sentence": "x y", "source": 4, "target": "x"}', 'line 2: set aside: no "source"'),
    ],
)
def test_a_bad_line_is_set_aside_and_the_others_are_done(tmp_path: Path, line: str, reason: str) -> None:
    answers, said, status = classify(tmp_path / "p.jsonl", [json.dumps(GOOD), line, json.dumps(GOOD)])
    assert (len(answers), status) == (2, 1)
    assert reason in said.replace("\n", "")


@pytest.mark.parametrize(("source", "target"), [("nobody here", "no one"), ("police", "police"), ("POLICE", "Bergen")])
def test_words_that_do_not_stand_there_are_no_crash(tmp_path: Path, source: str, target: str) -> None:
    (answer,), _, status = classify(tmp_path / "p.jsonl", [json.dumps({**GOOD, "source": source, "target": target})])
    assert (answer["uid"], status) == ("a", 0)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["classify", str(tmp_path / "none.jsonl")])
    assert result.exit_code == 1
    assert "no such file" in result.stderr

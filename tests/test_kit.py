"""The coding kit and the double coding: fresh, balanced, and the answers kept apart."""

from __future__ import annotations

import csv
import importlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
KIT = ROOT / "corpus" / "kit"
BATCHES = sorted(path for path in (ROOT / "corpus" / "double").iterdir() if path.is_dir())


@pytest.fixture
def kit(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    return importlib.import_module("kit")


@pytest.fixture
def agreement(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    return importlib.import_module("agreement")


def table(name: str) -> list[dict[str, str]]:
    with (KIT / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_kit_is_what_the_corpus_gives(kit: Any, tmp_path: Path) -> None:
    kit.write(kit.chosen(kit.read_questions()), tmp_path)
    for name in ("items.csv", "sheet.csv", "key.csv"):
        assert (tmp_path / name).read_text("utf-8") == (KIT / name).read_text("utf-8"), "run python training/kit.py"


def test_the_kit_is_spread_over_types_and_statuses() -> None:
    key = table("key.csv")
    types, statuses = Counter(row["type"] for row in key), Counter(row["status"] for row in key if row["status"])
    assert len(key) == 200 and types.pop("NONE") == 40 and set(types.values()) == {10} and len(types) == 16
    assert len(statuses) == 8 and min(statuses.values()) >= 8 and statuses["happened"] < 100
    assert len({row["corpus_id"] for row in key}) == 200


def test_a_missing_trigger_gives_no_answer_away() -> None:
    asked = {row["id"]: row for row in table("items.csv")}
    pairs = [row["type"] for row in table("key.csv") if not asked[row["id"]]["trigger"]]
    assert 0.35 < pairs.count("NONE") / len(pairs) < 0.6


def test_questions_and_sheet_have_no_answers_in_them() -> None:
    assert list(table("items.csv")[0]) == ["id", "text", "parties", "trigger"]
    sheet = table("sheet.csv")
    assert [row["id"] for row in sheet] == [row["id"] for row in table("items.csv")]
    assert {value for row in sheet for name, value in row.items() if name != "id"} == {""}


def test_parties_and_triggers_stand_in_the_text_and_hold_the_answer() -> None:
    for row, answer in zip(table("items.csv"), table("key.csv"), strict=True):
        parties = row["parties"].split("; ")
        assert [words for words in (*parties, row["trigger"]) if words not in row["text"]] == [], row["id"]
        given = {word for side in ("source", "target") for word in answer[side].split("; ") if word}
        assert given <= set(parties), row["id"]


def test_a_pair_is_asked_for_only_where_it_has_one_event(kit: Any) -> None:
    event = {"trigger": "met", "type": "CONSULT", "mode": None, "cameo": "040", "status": "happened"}
    event |= {"source": "Laos", "target": "Nepal", "reciprocal": True, "background": False, "contexts": []}
    row = {"id": "1", "text": "Laos met Nepal, a paper said.", "events": [event], "none": [["a paper", "Laos"]]}
    deed, pair, nothing = kit.questions("w1", row)
    assert (deed.trigger, deed.parties) == ("met", ("Laos", "Nepal", "a paper"))
    assert (pair.trigger, pair.parties, pair.answer["source"]) == (None, ("Laos", "Nepal"), "Laos; Nepal")
    assert (nothing.type, nothing.parties) == ("NONE", ("Laos", "a paper"))
    twice = {**row, "events": [event, {**event, "trigger": "Laos met"}], "none": [["Nepal", "Laos"]]}
    assert [question.trigger for question in kit.questions("w1", twice)] == ["met", "Laos met"]


def test_the_writers_own_coding_is_a_valid_sheet(agreement: Any) -> None:
    assert len(agreement.read_sheet(KIT / "key.csv")) == 200
    assert agreement.read_sheet(KIT / "sheet.csv") == {}


@pytest.mark.parametrize("batch", BATCHES, ids=lambda path: path.name)
def test_every_question_of_a_batch_is_answered_by_every_coder(batch: Path, agreement: Any) -> None:
    asked = {row["id"]: row for row in lines(batch / "items.jsonl")}
    sheets = [path for path in batch.glob("*.jsonl") if path.name != "items.jsonl"]
    assert len(sheets) >= 3
    for path in sheets:
        answers = agreement.read_sheet(path)
        assert set(answers) == set(asked), path
        for name, answer in answers.items():
            assert {*answer.sources, *answer.targets} <= set(asked[name]["parties"]), (path, name)


def test_the_card_of_the_corpus_shows_the_agreement_as_it_is(agreement: Any) -> None:
    (shown,) = agreement.BLOCK.findall(agreement.CARD.read_text(encoding="utf-8"))
    assert shown == agreement.card(), "run python training/agreement.py --card"
    assert "not validity" in agreement.CARD.read_text(encoding="utf-8")

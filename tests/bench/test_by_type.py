"""Figures of single types: precision, recall and F1 from what was wanted and given."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def by_type(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module("by_type")


def test_each_type_of_the_part_has_its_figures(by_type: Any) -> None:
    coded = [("AID", "AID"), ("AID", "AGREE"), ("NONE", "AID"), ("AGREE", "NONE"), ("AID", "AID")]
    agree, aid = by_type.figures("test", coded)
    assert (agree.type, agree.pairs, agree.f1) == ("AGREE", 1, 0)
    assert (aid.pairs, aid.precision, aid.recall) == (3, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert aid.f1 == pytest.approx(2 / 3)


def test_without_a_test_part_nothing_is_claimed(by_type: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_type.pairs, "part_of", lambda part: [])
    assert by_type.table() == ["Not measured: no test part of the corpus is there."]


def test_the_page_of_the_codebook_reads_what_the_bench_writes(by_type: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_type.pairs, "part_of", lambda part: ["a sentence"] if part == "test" else [])
    monkeypatch.setattr(by_type, "_coded", lambda part: [("AID", "AID"), ("AID", "NONE")])
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    hooks = importlib.import_module("hooks")
    told = hooks.type_figures("AID", "\n".join(by_type.table()))
    assert told == "F1 0.67 on `test` (2 pairs; precision 1.00, recall 0.50)."
    assert hooks.type_figures("AGREE", "\n".join(by_type.table())) == "Not measured yet: run `make bench`."

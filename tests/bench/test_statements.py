"""The stance of marked statements: whom a name of the table means, and what a party that is not found costs."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from detente.model.coded import CodedReport
from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Stance, Statement

ROOT = Path(__file__).parents[2]
RAW = (
    "published: 2024-05-14\n---\n"
    "<s 1>Ilse Dorn</s> <c 1>accused</c> <q 1>Washington and the singer of a farce</q>. "
    "<s 2>The minister</s> <c 2>said</c> <q 2>it was late</q>.\n"
    "---\n"
    "1 | Ilse Dorn | - | indirect | - | - | - | {stances} | -\n"
    "2 | Anna Velik | - | indirect | - | - | - | - | -\n"
)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module("statements")


def pairs(bench: Any, tmp_path: Path, stances: str, about: tuple[str, ...], *found: Stance) -> list[Any]:
    """The first statement beside what is found of it."""
    path = tmp_path / "one.txt"
    path.write_text(RAW.format(stances=stances), encoding="utf-8")
    (marked,) = bench.read_reports([path])
    named = {"usa": ("United States", "country", "Washington"), "singer": ("the singer", "role", "the singer")}
    named |= {"minister": ("the minister", "role", "The minister")}
    participants = tuple(
        Participant(id, name, kind, (Span(at := marked.text.index(words), at + len(words)),))
        for id, (name, kind, words) in named.items()
    )
    own = Statement(
        "s1", None, (Span(*marked.statements[0].spans["content"][0]),), "indirect", about=about, stance=found
    )
    coded = CodedReport(Report(marked.text), participants, statements=(own,))
    return [(marked.statements[0], own, coded, bench.Scored(marked, coded, [], {0: 0}))]


WORDS = Span(0, 4)


def test_a_party_is_known_by_the_name_that_the_report_gives_it(bench: Any, tmp_path: Path) -> None:
    ((told, own, _, one),) = pairs(bench, tmp_path, 'Washington -1 "farce"', ("usa",), Stance("usa", -1, WORDS))
    assert list(bench.toward(told, own, one)) == [("usa", -1, -1)]


def test_a_party_is_known_by_the_words_that_name_it_as_a_source(bench: Any, tmp_path: Path) -> None:
    ((told, own, _, one),) = pairs(bench, tmp_path, 'Anna Velik -1 "farce"', ("usa", "minister", "singer"))
    assert list(bench.toward(told, own, one)) == [("usa", 0, 0), ("minister", -1, 0), ("singer", 0, 0)]


def test_the_one_without_a_name_may_be_the_one_named(bench: Any, tmp_path: Path) -> None:
    ((told, own, _, one),) = pairs(bench, tmp_path, 'Egon Reiss -1 "farce"', ("usa", "singer"))
    assert list(bench.toward(told, own, one)) == [("usa", 0, 0), ("singer", -1, 0)]


def test_a_party_not_found_is_a_miss_of_the_harder_figure(bench: Any, tmp_path: Path) -> None:
    both = 'Washington -1 "farce"; Egon Reiss -1 "farce"'
    found = pairs(bench, tmp_path, both, ("usa",), Stance("usa", -1, WORDS))
    assert bench.stance(found) == pytest.approx(1 / 3), "of three values one is there, and it is right"
    assert bench.stance(found, missing=True) == pytest.approx((2 / 3) / 3)


def test_a_stance_that_nobody_marked_is_wrong(bench: Any, tmp_path: Path) -> None:
    assert bench.stance(pairs(bench, tmp_path, "-", ("usa",), Stance("usa", 1, WORDS))) == 0

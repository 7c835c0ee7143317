"""Krippendorff's alpha: against the published package, known cases, and sheets that cannot be used."""

from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[1]
HEADING = "id,source,target,type,mode,contexts,cameo,status,background\n"


@pytest.fixture(scope="module")
def agreement() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "training"))
        return importlib.import_module("agreement")


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), min_size=1, max_size=12))
@settings(deadline=None)
def test_alpha_is_that_of_the_published_package(agreement: Any, given_values: list[list[str]]) -> None:
    counts = np.array([[values.count(name) for name in "abc"] for values in given_values])
    told = agreement.alpha([Counter(values) for values in given_values])
    comparable = counts[counts.sum(axis=1) > 1]
    if (comparable.sum(axis=0) > 0).sum() < 2:
        assert told is None
    else:
        expected = krippendorff.alpha(value_counts=comparable, level_of_measurement="nominal")
        assert told == pytest.approx(expected, abs=1e-9)


def test_agreement_throughout_is_one_and_none_beyond_chance_is_near_zero(agreement: Any) -> None:
    assert agreement.alpha([Counter("aa"), Counter("bb"), Counter("bb")]) == 1
    by_chance = [Counter(pair) for pair in ("aa", "ab", "ba", "bb") * 50]
    assert agreement.alpha(by_chance) == pytest.approx(0, abs=0.01)
    assert agreement.alpha([Counter("ab")] * 10) < -0.5


def test_the_interval_holds_alpha_and_narrows_with_more_items(agreement: Any) -> None:
    few = [[Counter(pair)] for pair in ("aa", "bb", "ab", "bb", "aa", "bb", "aa", "ba")]
    low, high = agreement.interval(few)
    narrow_low, narrow_high = agreement.interval(few * 20)
    assert low < agreement.alpha([unit for (unit,) in few]) < high
    assert narrow_high - narrow_low < (high - low) / 2
    assert agreement.interval(few) == (low, high)


def sheet(folder: Path, name: str, *rows: str) -> Path:
    path = folder / f"{name}.csv"
    path.write_text(HEADING + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def measured(agreement: Any, *paths: Path) -> dict[str, Any]:
    return {told.name: told for told in agreement.measure([agreement.read_sheet(path) for path in paths])}


def test_each_thing_coded_has_its_own_alpha(agreement: Any, tmp_path: Path) -> None:
    one = sheet(
        tmp_path,
        "one",
        "1,Laos,Nepal,AID,,health,073,happened,no",
        "2,Chad,Mali,REJECT,meet,,125,planned,no",
        "3,,,NONE",
    )
    two = sheet(
        tmp_path,
        "two",
        "1,Nepal,Laos,AID,,health,070,happened,no",
        "2,Chad,Mali,REJECT,assist,,121,denied,no",
        "3,,,NONE",
    )
    told = measured(agreement, one, two)
    assert told["type or no event"].alpha == 1 and told["type or no event"].items == 3
    assert told["type, where all see an event"].items == 2
    assert told["CAMEO root"].alpha == 1
    assert told["contexts, each yes or no"].alpha == 1
    assert told["direction"].alpha < 0.5
    assert told["status"].alpha < 0.6
    # AID has no modes: only the second item is compared.
    assert told["type and mode, of types with modes"].items == 1


def test_three_coders_and_answers_that_are_missing(agreement: Any, tmp_path: Path) -> None:
    rows = ["1,a,b,AID,,,070,happened,no", "2,a,b,ASSAULT,,,190,happened,no"]
    paths = [
        sheet(tmp_path, "one", *rows),
        sheet(tmp_path, "two", rows[0]),
        sheet(tmp_path, "three", rows[0].replace("AID", "agree"), rows[1], "9,,,NONE"),
    ]
    told = measured(agreement, *paths)["type or no event"]
    assert told.items == 2 and told.alpha < 1
    # The first two never differ, which leaves nothing to compute; each of them and the third do.
    assert told.pairs is not None and told.pairs[0] == 0 < told.pairs[1] < 1
    assert agreement.confusions([agreement.read_sheet(path) for path in paths]) == ["AGREE / AID 2"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1,a,b,WAR,,,190,happened,no", "one.csv:2: 1: no type WAR; write NONE or one of AGREE"),
        ("1,a,b,ASSAULT,bomb,,190,happened,no", "ASSAULT has no mode bomb"),
        ("1,a,b,AID,,,71,happened,no", "codes begin with a zero below 10"),
        ("1,a,b,AID,,,071,done,no", "no status done"),
        ("1,a,b,AID,,,071,,no", "no status (empty)"),
        ("1,a,b,AID,,health legal,071,happened,no", "no context health legal"),
        (",a,b,AID,,,071,happened,no", "one.csv:2: the id is missing"),
        ("1,,,NONE\n1,,,NONE", "one.csv:3: this id is answered twice"),
    ],
)
def test_an_answer_that_the_codebook_does_not_know_is_told_with_its_place(
    agreement: Any,
    tmp_path: Path,
    row: str,
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = sheet(tmp_path, "one", row)
    monkeypatch.setattr("sys.argv", ["agreement.py", str(path), str(path)])
    assert agreement.main() == 1
    assert told in capsys.readouterr().err


def test_sheets_of_json_lines_and_of_other_spreadsheets_are_read_alike(agreement: Any, tmp_path: Path) -> None:
    comma = sheet(tmp_path, "comma", '1,Laos; Nepal,Laos; Nepal,CONSULT,,"health; legal",040,happened,no')
    semicolon = tmp_path / "semicolon.csv"
    heading = HEADING.replace(",", ";")
    semicolon.write_text(
        f'\ufeff{heading}1;"Laos; Nepal";"Laos; Nepal";CONSULT;;"health; legal";040;happened;no\n', "utf-8"
    )
    lines = tmp_path / "lines.jsonl"
    told = '"type": "CONSULT", "mode": null, "cameo": "040", "status": "happened", "contexts": ["health", "legal"]'
    lines.write_text(f'{{"id": "1", "source": "Laos", "target": "Nepal", "reciprocal": true, {told}}}\n')
    first = agreement.read_sheet(comma)
    assert first["1"].sources == ("Laos", "Nepal")
    assert first == agreement.read_sheet(semicolon) == agreement.read_sheet(lines)

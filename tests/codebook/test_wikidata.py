"""Answers of the query service: whole ones become rows, half ones are refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from detente.codebook.snapshots import check_size, compare, read_snapshot, write_snapshot
from detente.codebook.wikidata import HalfAnswer, Position, SnapshotRow, answer_rows, questions

DAY = date(2026, 3, 1)
MINISTER = Position("Foreign Minister of Norland", "XXA", "minister of foreign affairs", "foreign_minister", "GOV")


def binding(**cells: str) -> dict[str, dict[str, str]]:
    told = {"person": "http://www.wikidata.org/entity/Q1", "personLabel": "Ada Vell", "position": MINISTER.label}
    return {name: {"value": value} for name, value in (told | cells).items() if value}


def answer(*bindings: object) -> str:
    return json.dumps({"results": {"bindings": bindings}})


def rows(*bindings: object) -> list[SnapshotRow]:
    return answer_rows(answer(*bindings), [MINISTER], DAY)[0]


def test_a_holder_becomes_a_row_and_an_open_end_keeps_the_day() -> None:
    (row,) = rows(binding(start="2025-02-03T00:00:00Z"))
    assert (row.person, row.qid, row.country, row.role_class) == ("Ada Vell", "Q1", "XXA", "foreign_minister")
    assert (row.start, row.end, row.end_kind) == ("2025-02-03", "", "open at 2026-03-01")


def test_the_head_of_state_has_the_country_of_the_answer() -> None:
    (row,) = rows(binding(position="head_of_state", iso3="XXB", end="2026-01-01T00:00:00Z"))
    assert (row.country, row.role_class, row.end_kind) == ("XXB", "head_of_state", "stated")


def test_malformed_rows_are_set_aside_and_the_rest_used() -> None:
    bad = [
        binding(person=""),
        binding(person="http://example.org/Q2"),
        binding(personLabel="Q77"),
        binding(position="King of Nowhere"),
        binding(start="yesterday"),
        binding(start="-0044-03-15T00:00:00Z"),
        binding(start="2025-02-31T00:00:00Z"),
        binding(start="2025-01-01T00:00:00Z", end="2024-01-01T00:00:00Z"),
        binding(position="head_of_state", iso3="no"),
        "no object",
    ]
    good, problems = answer_rows(answer(*bad, binding()), [MINISTER], DAY)
    assert len(good) == 1
    assert [note.split(":")[0] for note in problems] == [f"row {n}" for n in range(1, len(bad) + 1)]


@pytest.mark.parametrize(
    "text", ["", "<html>busy</html>", answer(binding())[:-20], "{}", '{"results": {"bindings": 3}}']
)
def test_half_answers_are_refused(text: str) -> None:
    with pytest.raises(HalfAnswer):
        answer_rows(text, [MINISTER], DAY)


def test_all_positions_are_asked_for_in_batches() -> None:
    listed = [Position(f'Office "{n}"', "XXA", "office", "other", "GOV") for n in range(90)]
    asked = list(questions(listed))
    assert len(asked) == 2 + 3
    assert '"Office \\"89\\""@en' in asked[-1]


def test_a_snapshot_gives_back_what_was_written_and_a_cut_one_is_refused(tmp_path: Path) -> None:
    path = write_snapshot(rows(binding(), binding(personLabel="Bo, Jr.")), tmp_path, DAY)
    assert path.name == "wikidata-2026-03-01.csv"
    assert len(read_snapshot(path)) == 2
    whole = path.read_text(encoding="utf-8")
    for cut in (len(whole) // 2, whole.rindex("#"), 0):
        path.write_text(whole[:cut], encoding="utf-8")
        with pytest.raises(HalfAnswer):
            read_snapshot(path)
    path.write_text(whole.replace("# rows: 2", "# rows: 3"), encoding="utf-8")
    with pytest.raises(HalfAnswer, match="2 rows instead"):
        read_snapshot(path)


def test_far_fewer_rows_than_before_are_half_an_answer() -> None:
    old = rows(*(binding(person=f"http://www.wikidata.org/entity/Q{n}") for n in range(10)))
    check_size(old[:5], old)
    for few in (old[:4], []):
        with pytest.raises(HalfAnswer):
            check_size(few, old)


def test_the_difference_tells_new_gone_and_changed() -> None:
    stays, leaves = binding(start="2024-01-01T00:00:00Z"), binding(person="http://www.wikidata.org/entity/Q2")
    ended = stays | {"end": {"value": "2026-02-01T00:00:00Z"}}
    comes = binding(person="http://www.wikidata.org/entity/Q3")
    change = compare(rows(stays, leaves), rows(ended, comes))
    assert [row.qid for row in change.added] == ["Q3"]
    assert [row.qid for row in change.gone] == ["Q2"]
    assert [(old.end, new.end) for old, new in change.changed] == [("", "2026-02-01")]


def test_a_name_with_a_line_break_of_another_script_spoils_no_snapshot(tmp_path: Path) -> None:
    path = write_snapshot(rows(binding(personLabel="Ada\u2028Vell"), binding(personLabel="Bo Ray")), tmp_path, DAY)
    assert [row.person for row in read_snapshot(path)] == ["Ada\u2028Vell", "Bo Ray"]

"""CSV files of daily scores: what is taken, what is set aside and how that is told."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.ingest import SetAside, read_series_source
from detente.ingest.series import MESSAGES, read_series
from detente.model.series import PairSeries

HEAD = "date,a,b,score"


def split(*lines: str) -> tuple[list[PairSeries], list[str]]:
    """The series, and what was set aside as lines."""
    items = list(read_series("f.csv", [line + "\n" for line in lines]))
    return [i for i in items if isinstance(i, PairSeries)], [i.line for i in items if isinstance(i, SetAside)]


def rows(series: PairSeries) -> list[tuple[str, float]]:
    return [(date.fromordinal(day).isoformat(), score) for day, score in zip(series.days, series.scores, strict=True)]


def test_columns_and_rows_may_stand_in_any_order() -> None:
    series, aside = split("\ufeffnote, Score ,B,A,DATE", "x,-2.5,B,A,2001-01-02", "y, 1e1 ,B,A,2001-01-01", "")
    assert (series[0].a, series[0].b) == ("A", "B")
    assert rows(series[0]) == [("2001-01-01", 10.0), ("2001-01-02", -2.5)]
    assert aside == []


def test_the_two_directions_of_a_pair_are_two_series() -> None:
    series, _ = split(HEAD, "2001-01-01,B,A,1", "2001-01-01,A,B,2")
    assert [(one.a, one.b) for one in series] == [("A", "B"), ("B", "A")]


def test_the_same_row_twice_is_one_row() -> None:
    series, aside = split(HEAD, "2001-01-01,A,B,1", "2001-01-01,A,B,1.0")
    assert (rows(series[0]), aside) == ([("2001-01-01", 1.0)], [])


def test_a_day_with_two_scores_is_left_out_with_its_lines_and_the_others_stay() -> None:
    series, (aside,) = split(HEAD, "2001-01-02,A,B,5", "2001-01-01,A,B,1", "2001-01-01,A,B,2", "2001-01-01,C,D,3")
    assert [rows(one) for one in series] == [[("2001-01-02", 5.0)], [("2001-01-01", 3.0)]]
    assert "f.csv, line 3: set aside: A,B has several scores on 2001-01-01 (lines 3, 4)" in aside


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2001-01-01,A,B,nan", "the score 'nan' is no number"),
        ("2001-01-01,A,B,-inf", "the score '-inf' is no number"),
        ("2001-01-01,A,B,1_000", "is no number"),
        ("2001-01-01,A,B,many", "is no number"),
        ("2001-01-01,A,B,1e300", "is too large"),
        ("2001-01-01,A,B,", "no score"),
        ("2001-01-01,A,B", "only 3 columns"),
        ("2001-02-30,A,B,1", "'2001-02-30' is no date"),
        ("01/02/2001,A,B,1", "is no date"),
        ("20010101,A,B,1", "is no date"),
        ("0900-01-01,A,B,1", "the date 0900-01-01"),
        ("2301-01-01,A,B,1", "the date 2301-01-01"),
        ("2001-01-01, ,B,1", "no name in column a or b"),
        ("2001-01-01,A\ufffd,B,1", "is not readable"),
    ],
)
def test_a_row_that_will_not_do_is_named_and_the_others_are_taken(row: str, reason: str) -> None:
    series, (aside,) = split(HEAD, "2001-01-05,A,B,1", row, "2001-01-06,A,B,2")
    assert len(series[0].days) == 2
    assert aside.startswith("f.csv, line 3: set aside: ")
    assert reason in aside


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("date,a,score", "no column b"),
        ("day,a,b,value", "no column date and no column score"),
        ("date,a,b,score,score", "the column score twice"),
        ("date;a;b;score", "not parted by commas"),
        ("2001-01-01,A,B,1", "no column date"),
    ],
)
def test_a_header_that_will_not_do_sets_the_file_aside(head: str, reason: str) -> None:
    series, (aside,) = split(head, "2001-01-01,A,B,1")
    assert series == []
    assert reason in aside
    assert "date,a,b,score" in aside


def test_an_empty_file_and_a_header_alone() -> None:
    assert split() == (
        [],
        ["f.csv: set aside: empty; give a CSV file with the columns date,a,b,score and a row a pair and day"],
    )
    assert split(HEAD) == ([], [])


def test_a_thousand_bad_rows_are_counted_not_all_told() -> None:
    series, aside = split(HEAD, *["2001-01-01,A,B,x"] * 1000, "2001-01-01,A,B,1")
    assert (len(series), len(aside)) == (1, MESSAGES + 1)
    assert f"{1000 - MESSAGES} more rows" in aside[-1]


def test_a_quotation_mark_without_its_partner_does_not_swallow_the_file_silently() -> None:
    _, aside = split(HEAD, "2001-01-01,A,B,1", '2001-01-02,"A,B,1', *["2001-01-03,A,B,1"] * 9000)
    assert aside
    assert "quotation mark" in aside[0] or "columns" in aside[0]


@given(st.permutations([f"2001-01-{day:02},{a},B,{day}" for day in range(1, 9) for a in "AC"]))
def test_law_the_order_of_rows_does_not_matter(lines: list[str]) -> None:
    ordered, _ = split(HEAD, *sorted(lines))
    assert split(HEAD, *lines)[0] == ordered


@given(st.text(max_size=200))
def test_law_no_text_ends_the_run(text: str) -> None:
    list(read_series("f", io.StringIO(text, newline="")))
    list(read_series("f", io.StringIO(HEAD + "\n" + text, newline="")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_of_encodings_are_understood(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "s.csv"
    path.write_text(f"{HEAD}\r\n2001-01-01,Côte d'Ivoire,B,1\r\n", encoding=encoding, newline="")
    (series,) = read_series_source(str(path))
    assert isinstance(series, PairSeries)
    assert series.a == "Côte d'Ivoire"


def test_other_encodings_and_binary_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_bytes(f"{HEAD}\n2001-01-01,Côte,B,1\n".encode("latin-1"))
    (tmp_path / "z.csv").write_bytes(b"PK\x03\x04zip")
    (latin,) = read_series_source(str(tmp_path / "l.csv"))
    (binary,) = read_series_source(str(tmp_path / "z.csv"))
    (missing,) = read_series_source(str(tmp_path / "none.csv"))
    (folder,) = read_series_source(str(tmp_path))
    said = [item.line for item in (latin, binary, missing, folder) if isinstance(item, SetAside)]
    assert ["UTF-8" in said[0], "ZIP" in said[1], "no such file" in said[2], "directory" in said[3]] == [True] * 4


def test_standard_input_stays_open() -> None:
    stdin = io.BytesIO(f"{HEAD}\n2001-01-01,A,B,1\n".encode())
    assert len(list(read_series_source("-", stdin))) == 1
    assert not stdin.closed

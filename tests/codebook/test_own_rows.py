"""Rows of a user's own: what is taken, and what is set aside with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.own_rows import OwnRowsError, read_own_rows

COUNTRIES = frozenset({"NOR", "RUS", "COD"})
HEAD = "kind,name,country,role,role_class,sector,start,end,latitude,longitude,source\n"


def rows(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_good_rows_are_taken_and_bad_ones_set_aside_with_line_and_reason(tmp_path: Path) -> None:
    text = HEAD + (
        "person,Ada Vell,NOR,foreign minister,foreign_minister,GOV,2025,,,,our desk\n"
        "person,Ada Vell,NO,foreign minister,,GOV,,,,,our desk\n"
        "person,Петр,RUS,minister,,GOV,,,,,our desk\n"
        "person,Bo Ray,RUS,minister,,GOV,2025,2024,,,our desk\n"
        "person,Bo Ray,RUS,,,GOV,,,,,our desk\n"
        "place,Old Mill,COD,,,,,,95,20,our desk\n"
        "place,Old Mill,COD,,,,,,,,our desk\n"
        "place,Old Mill,COD,,,,,,1.5,20,our desk\n"
        "ship,Old Mill,COD,,,,,,1.5,20,our desk\n"
        "group,Old Band,COD,,,REB,,,,,\n"
        "group,Old Band,COD,,,rebels,,,,,our desk\n"
        "person,Ada Vell,NOR,foreign minister,foreign_minister,GOV,2025,,,,our desk\n"
        "person,Ada Vell,NOR\n"
        "person,Ada Vell,ZZZ,foreign minister,foreign_minister,GOV,2025,,,,our desk\n"
    )
    read = read_own_rows(rows(tmp_path, text), COUNTRIES)
    assert [row.name for row in read.rows] == ["Ada Vell", "Old Mill"]
    told = [note.removeprefix("own.csv:").split(": ", 1) for note in read.problems]
    assert [int(line) for line, _ in told] == [3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15]
    assert "ISO 3166" in told[0][1] and "Latin letters" in told[1][1] and "before it starts" in told[2][1]
    assert "stands in line 2" in told[9][1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "lacks the columns"),
        ("name,country\nA,NOR\n", "lacks the columns kind, source"),
        ("kind,name,country,source,colour\n", "unknown columns colour"),
        (HEAD + "person,\0,NOR,,,,,,,,x\n", "binary"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(OwnRowsError, match=words):
        read_own_rows(rows(tmp_path, text), COUNTRIES)


def test_bytes_that_are_no_text_and_missing_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"kind,name\xff\xfe")
    with pytest.raises(OwnRowsError, match="not UTF-8"):
        read_own_rows(path, COUNTRIES)
    with pytest.raises(OwnRowsError, match=r"missing\.csv: No such file"):
        read_own_rows(tmp_path / "missing.csv", COUNTRIES)

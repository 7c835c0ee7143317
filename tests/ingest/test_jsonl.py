"""JSON Lines: the fields of a line, its own date, and lines that cannot be read."""

from __future__ import annotations

import json
from datetime import date

from detente.ingest import SetAside, Taken
from detente.ingest.jsonl import read_jsonl

DAY = date(2024, 5, 14)


def test_all_fields_of_a_line_are_taken() -> None:
    line = {"text": "A\u2028B", "title": "T", "outlet": "O", "url": "https://o.example", "language": "en-GB"}
    (item,) = read_jsonl("f", json.dumps(line | {"published": "2024-05-01", "other": 1}, ensure_ascii=False), DAY)
    assert isinstance(item, Taken)
    report = item.report
    assert (report.text, report.title, report.outlet, report.url) == ("A\u2028B", "T", "O", "https://o.example")
    assert (report.published, report.language) == (date(2024, 5, 1), "en")
    assert item.warnings == ()


def test_the_given_date_is_for_lines_that_say_nothing() -> None:
    items = read_jsonl("f", '{"text": "a"}\n{"text": "b", "published": "2020-02-03T23:59:00+05:00"}\n', DAY)
    assert [item.report.published for item in items if isinstance(item, Taken)] == [DAY, date(2020, 2, 3)]


def test_a_malformed_date_is_a_warning_and_no_date() -> None:
    for words in ("3 May 2024", "2024-02-30", "2024-5-3", "20240503", "2024-05-03 noon", 20240503):
        (item,) = read_jsonl("f", json.dumps({"text": "a", "published": words}), DAY)
        assert isinstance(item, Taken)
        assert item.report.published is None
        assert "cannot be read" in item.warnings[0]


def test_a_malformed_line_is_set_aside_with_its_number_and_the_others_are_done() -> None:
    lines = ['{"text": "a"}', '{"text": "b', "", "[1]", '{"title": "no text"}', '{"text": " "}', '{"text": "z"}']
    items = list(read_jsonl("f.jsonl", "\n".join(lines), DAY))
    assert [item.report.text for item in items if isinstance(item, Taken)] == ["a", "z"]
    assert [item.source for item in items if isinstance(item, SetAside)] == [
        "f.jsonl, line 2",
        "f.jsonl, line 4",
        "f.jsonl, line 5",
        "f.jsonl, line 6",
    ]
    assert all(len(item.line.splitlines()) == 1 for item in items if isinstance(item, SetAside))


def test_fields_of_a_wrong_type_are_left_out_with_a_warning() -> None:
    (item,) = read_jsonl("f", '{"text": "a", "title": 5, "language": "quite English"}', DAY)
    assert isinstance(item, Taken)
    assert (item.report.title, item.report.language) == (None, None)
    assert len(item.warnings) == 2


def test_broken_characters_are_marked_and_told() -> None:
    (item,) = read_jsonl("f", '{"text": "a\\ud800b"}', DAY)
    assert isinstance(item, Taken)
    assert item.report.text == "a\ufffdb"
    assert "broken characters" in item.warnings[0]


def test_one_object_over_several_lines_and_an_array_are_read_too() -> None:
    (whole,) = read_jsonl("f", '{\n "text": "a"\n}', DAY)
    assert isinstance(whole, Taken)
    array = list(read_jsonl("f", '[{"text": "a"},\n {"text": "b"}]', DAY))
    assert [item.source for item in array] == ["f, item 1", "f, item 2"]

from __future__ import annotations

import pyarrow as pa
from bulk_stand_in import open_stand_in
from factory import TEXT

from detente.bulk.schema import TABLES
from detente.bulk.tables import Seen, make_tables


def readings(*texts: str) -> list[pa.RecordBatch]:
    ids = [f"id {n}" for n in range(len(texts))]
    given = pa.RecordBatch.from_pydict({"id": ids, "text": list(texts), "published": ["2024-05-14"] * len(texts)})
    return [open_stand_in().code(given)]


def test_each_item_is_a_row_with_its_report() -> None:
    tables = make_tables("a.jsonl", 40, readings(TEXT, "EXPLODE", "Another text."), Seen())
    assert {name: table.schema for name, table in tables.items()} == TABLES
    counts = {name: len(table) for name, table in tables.items()}
    assert counts == {
        "reports": 2,
        "events": 10,
        "statements": 4,
        "participants": 8,
        "places": 2,
        "commitments": 2,
        "errors": 1,
    }
    assert tables["reports"]["row"].to_pylist() == [40, 42]
    assert tables["events"]["input_id"].to_pylist() == ["id 0"] * 5 + ["id 2"] * 5
    assert tables["errors"].to_pylist() == [
        {
            "shard": "a.jsonl",
            "row": 41,
            "input_id": "id 1",
            "reason": "reading failed (RecursionError: too deep)",
            "remedy": "please report this text",
        }
    ]


def test_a_copy_is_listed_and_adds_nothing() -> None:
    seen = Seen()
    first = make_tables("a.jsonl", 0, readings(TEXT, TEXT), seen)
    second = make_tables("a.jsonl", 2, readings(TEXT), seen)
    assert first["reports"]["copy_of"].to_pylist() == [None, 0]
    assert second["reports"]["copy_of"].to_pylist() == [0]
    assert (len(first["events"]), len(second["events"])) == (5, 0)


def test_a_part_without_a_reading_has_all_its_tables() -> None:
    for tables in (make_tables("a.jsonl", 0, [], Seen()), make_tables("a.jsonl", 0, readings("EXPLODE"), Seen())):
        assert {name: table.schema for name, table in tables.items()} == TABLES
        assert sum(len(table) for name, table in tables.items() if name != "errors") == 0

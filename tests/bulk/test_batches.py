from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from detente.bulk.batches import Batch, PartEnd, batches_of
from detente.bulk.shards import find_shards


def pieces(tmp_path: Path, items: list[dict[str, object]], part_rows: int) -> list[Batch | PartEnd]:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in items))
    [shard] = find_shards(path).shards
    return list(batches_of(shard, part_rows))


def item(id: object, text: str = "A text.") -> dict[str, object]:
    return {"id": id, "text": text, "published": "2024-05-14"}


def test_parts_hold_their_number_of_rows_and_no_batch_lies_in_two(tmp_path: Path) -> None:
    found = pieces(tmp_path, [item(n) for n in range(25)], 10)
    shape = [(p.part, p.first_row, p.reports.num_rows if isinstance(p, Batch) else -p.rows) for p in found]
    assert shape == [(0, 0, 8), (0, 8, 2), (0, 0, -10), (1, 10, 8), (1, 18, 2), (1, 10, -10), (2, 20, 5), (2, 20, -5)]
    ids = pa.concat_batches([p.reports for p in found if isinstance(p, Batch)]).column("id").to_pylist()
    assert ids == [str(n) for n in range(25)]


def test_a_shard_that_ends_with_a_part_has_no_empty_one(tmp_path: Path) -> None:
    assert [p.part for p in pieces(tmp_path, [item(n) for n in range(10)], 5) if isinstance(p, PartEnd)] == [0, 1]


def test_long_reports_make_small_batches(tmp_path: Path) -> None:
    found = pieces(tmp_path, [item(n, "word " * 150_000) for n in range(4)], 100)
    assert [p.reports.num_rows for p in found if isinstance(p, Batch)] == [2, 2]


def test_a_second_row_with_an_id_is_set_aside(tmp_path: Path) -> None:
    found = pieces(tmp_path, [item("a"), item("b"), item("a", "Another text."), item(None), item(None)], 100)
    [batch] = [p for p in found if isinstance(p, Batch)]
    errors = [error and error["reason"] for error in batch.reports.column("error").to_pylist()]
    assert errors == [None, None, "an earlier row of this shard has the same id", None, None]

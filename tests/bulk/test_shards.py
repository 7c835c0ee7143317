from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from detente.bulk.plan import Refused
from detente.bulk.shards import find_shards

LINE = '{"id": "a", "text": "A text.", "published": "2024-05-14"}\n'


def write_parquet(path: Path, **columns: list[object]) -> None:
    parquet.write_table(pa.table(columns), path)


def test_shards_are_found_by_their_names_in_order(tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    write_parquet(tmp_path / "2024" / "b.parquet", id=["a"], text=["A text."], published=["2024-05-14"])
    (tmp_path / "z.jsonl").write_text(LINE)
    (tmp_path / "a.JSONL.GZ").write_bytes(gzip.compress(LINE.encode()))
    (tmp_path / "w.warc").write_bytes(b"WARC/1.0\r\n")
    for name in ("notes.txt", ".hidden.jsonl", "_SUCCESS"):
        (tmp_path / name).write_text("x")
    found = find_shards(tmp_path)
    assert [(shard.name, shard.kind) for shard in found.shards] == [
        ("2024/b.parquet", "parquet"),
        ("a.JSONL.GZ", "jsonl"),
        ("w.warc", "warc"),
        ("z.jsonl", "jsonl"),
    ]
    assert found.shards[0].key == "2024%2Fb.parquet"
    assert (found.set_aside, found.others) == ((), 1)


def test_files_that_are_no_shards_are_set_aside_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("not Parquet at all")
    write_parquet(tmp_path / "b.parquet", id=["a"], text=["A text."])
    write_parquet(tmp_path / "c.parquet", id=["a"], text=["A text."], published=[20240514])
    whole = (tmp_path / "b.parquet").read_bytes()
    (tmp_path / "d.parquet").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "e.jsonl").write_bytes(b"")
    (tmp_path / "f.jsonl").write_text("just words\n")
    (tmp_path / "g.jsonl").write_bytes(b"PAR1" + bytes(100))
    (tmp_path / "h.jsonl.gz").write_text(LINE)
    (tmp_path / "i.warc.gz").write_bytes(gzip.compress(b"words"))
    (tmp_path / "j.jsonl").write_text(LINE, encoding="utf-16")
    found = find_shards(tmp_path)
    assert found.shards == ()
    reasons = [item.reason for item in found.set_aside]
    starts = [
        "not Parquet, or cut short",
        "no column published (its columns: id, text)",
        "the column published holds int64",
        "not Parquet, or cut short",
        "empty",
        "its first line is no JSON object",
        "a Parquet table, no lines of JSON",
        "not gzip, or cut short",
        "no WARC record at its start",
        "UTF-16 or UTF-32",
    ]
    assert [reason[: len(start)] for reason, start in zip(reasons, starts, strict=True)] == starts
    assert all(item.remedy for item in found.set_aside)


def test_a_single_file_is_a_shard(tmp_path: Path) -> None:
    (tmp_path / "z.jsonl").write_text(LINE)
    assert [shard.name for shard in find_shards(tmp_path / "z.jsonl").shards] == ["z.jsonl"]


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no shard in it"):
        find_shards(tmp_path)
    with pytest.raises(Refused, match="no such file or folder"):
        find_shards(tmp_path / "nowhere")

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from detente.bulk.markers import Done, PartMark, Settings, ShardMark, Written, checksum
from detente.bulk.plan import Refused
from detente.bulk.shards import Shard

SETTINGS = Settings(1, "0.1.0", "test parser", "2024-05-01", "20.0.0", 100)


def shard(tmp_path: Path, name: str = "a.jsonl") -> Shard:
    return Shard(tmp_path / name, name, "jsonl", 10)


def done_part(done: Done, of: Shard, part: int, input: str = "abc") -> Path:
    path = done.file("events", of, part)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"rows")
    done.add_part(of, PartMark(of.name, input, part, part * 5, 5, 0, {"events": Written(5, 4, checksum(path))}))
    return path


def test_a_folder_of_other_versions_is_refused_and_says_which(tmp_path: Path) -> None:
    done = Done(tmp_path)
    done.claim(SETTINGS)
    done.claim(SETTINGS)
    with pytest.raises(Refused, match="knowledge '2024-05-01' instead of '2025-01-01'"):
        done.claim(replace(SETTINGS, knowledge="2025-01-01"))
    assert done.settings() == SETTINGS


def test_a_part_counts_while_its_files_and_its_input_are_the_same(tmp_path: Path) -> None:
    done, of = Done(tmp_path), shard(tmp_path)
    path = done_part(done, of, 0)
    assert done.part(of, "abc", 0) is not None
    assert done.part(of, "other input", 0) is None
    path.write_bytes(b"rowz")
    assert done.part(of, "abc", 0) is None
    path.unlink()
    assert done.part(of, "abc", 0) is None


def test_a_broken_mark_is_none(tmp_path: Path) -> None:
    done, of = Done(tmp_path), shard(tmp_path)
    done_part(done, of, 0)
    mark = tmp_path / "done" / "a.jsonl.parts" / "00000.json"
    mark.write_text(mark.read_text()[:-20])
    assert done.part(of, "abc", 0) is None
    mark.write_text('{"part": 0}')
    assert done.part(of, "abc", 0) is None


def test_a_shard_is_done_with_all_its_parts(tmp_path: Path) -> None:
    done, of = Done(tmp_path), shard(tmp_path)
    done_part(done, of, 0)
    second = done_part(done, of, 1)
    done.add_shard(of, ShardMark(of.name, "abc", 10, 2, 10))
    assert done.shard(of, "abc") is not None
    second.unlink()
    assert done.shard(of, "abc") is None


def test_parts_of_a_longer_input_are_cleared(tmp_path: Path) -> None:
    done, of = Done(tmp_path), shard(tmp_path)
    left = [done_part(done, of, part) for part in range(3)]
    done.add_shard(of, ShardMark(of.name, "abc", 10, 1, 5))
    assert [path.exists() for path in left] == [True, False, False]
    assert done.mark(of, 1) is None


def test_half_written_files_are_cleared_of_this_shard_alone(tmp_path: Path) -> None:
    done, of = Done(tmp_path), shard(tmp_path, "a[1].jsonl")
    done_part(done, of, 0)
    half = tmp_path / "events" / f".{of.key}-00001.parquet.4711"
    other = tmp_path / "events" / ".b.jsonl-00001.parquet.4711"
    half.touch()
    other.touch()
    done.forget(of)
    assert (half.exists(), other.exists()) == (False, True)

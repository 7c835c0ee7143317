"""The manifest of an output folder: what made it, what it holds, with checksums, and what is missing yet.

It is made anew from the marks of all shards, so that the jobs of an array may each write it and the last one's is
whole.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as parquet

from detente.bulk.markers import Done, PartMark, Settings, ShardMark
from detente.bulk.shards import Found, Shard
from detente.codebook.own_knowledge import replacing

# Ids are compared across shards up to so many (eight bytes each are held).
_COMPARED = 50_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the summary of a run needs of it."""

    complete: bool
    errors: dict[str, int]  # by shard
    repeated_ids: int | None


@dataclass(frozen=True, slots=True)
class _Entry:
    shard: Shard
    mark: ShardMark
    parts: list[PartMark]


def write_manifest(done: Done, settings: Settings, found: Found) -> Manifest:
    """Writes `manifest.json` into the output folder."""
    entries = [entry for shard in found.shards if (entry := _entry(done, shard)) is not None]
    there = {entry.shard.name for entry in entries}
    missing = [shard.name for shard in found.shards if shard.name not in there]
    counts = sum((_counts(entry) for entry in entries), Counter[str]())
    repeated = _repeated_ids(done, entries, counts["reports"]) if not missing else None
    data: dict[str, Any] = {
        **asdict(settings),
        "complete": not missing,
        "counts": dict(sorted(counts.items())),
        "repeated_ids": repeated,
        "set_aside": [{"shard": a.source, "reason": a.reason, "remedy": a.remedy} for a in found.set_aside],
        "missing": missing,
        "shards": [_shown(done, entry) for entry in entries],
    }
    with replacing(done.out / "manifest.json") as fresh:
        fresh.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    errors = {entry.shard.name: _counts(entry)["errors"] for entry in entries}
    return Manifest(not missing, errors, repeated)


def _entry(done: Done, shard: Shard) -> _Entry | None:
    mark = done.shard_mark(shard)
    if mark is None:
        return None
    parts = [part for number in range(mark.parts) if (part := done.mark(shard, number)) is not None]
    return _Entry(shard, mark, parts) if len(parts) == mark.parts else None


def _counts(entry: _Entry) -> Counter[str]:
    """Rows of each table, with the rows of the input and the copies among the reports."""
    counts = Counter({"rows": entry.mark.rows})
    for part in entry.parts:
        counts.update({name: told.rows for name, told in part.files.items()})
        counts["copies"] += part.copies
    return counts


def _shown(done: Done, entry: _Entry) -> dict[str, Any]:
    files = {
        done.file(table, entry.shard, part.part).relative_to(done.out).as_posix(): asdict(told)
        for part in entry.parts
        for table, told in part.files.items()
    }
    return {**asdict(entry.mark), "counts": dict(sorted(_counts(entry).items())), "files": files}


def _repeated_ids(done: Done, entries: list[_Entry], reports: int) -> int | None:
    """How many rows have an id that a row of another shard has; None where there are too many rows to tell."""
    if reports > _COMPARED:
        return None
    paths = [done.file("reports", entry.shard, part.part) for entry in entries for part in entry.parts]
    hashes = np.sort(np.concatenate([_hashes(path) for path in paths] or [np.zeros(0, np.uint64)]))
    return int((hashes[1:] == hashes[:-1]).sum())


def _hashes(path: Path) -> npt.NDArray[np.uint64]:
    ids = [id for id in parquet.read_table(path, columns=["input_id"])["input_id"].to_pylist() if id is not None]
    return np.frombuffer(b"".join(blake2b(id.encode(), digest_size=8).digest() for id in ids), np.uint64)

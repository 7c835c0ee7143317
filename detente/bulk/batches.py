"""The rows of a shard put together as record batches and parts, in order; rows whose id came before are set aside.

A part is what is written, marked as done and skipped together. Every batch lies in one part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import pyarrow as pa

from detente.bulk.schema import REPORTS_IN
from detente.bulk.shard_rows import Page, Row, ShardBroken, read_rows
from detente.bulk.shards import Shard
from detente.ingest import SetAside, Taken

# Reports of one batch, and the bytes with which it is full: enough to forget the cost of handing it over, few enough
# that workers end together and that little is done again when one of them is killed.
_REPORTS, _BYTES = 8, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports to read together, and their place in the shard."""

    part: int
    first_row: int
    reports: pa.RecordBatch
    at: float  # how much of the shard ends with this batch


@dataclass(frozen=True, slots=True)
class PartEnd:
    """All batches of a part stand before this."""

    part: int
    first_row: int
    rows: int


@dataclass
class _Rows:
    """The rows that wait for their batch."""

    records: list[dict[str, object]] = field(default_factory=list)
    size: int = 0
    at: float = 0.0

    def full(self) -> bool:
        return len(self.records) >= _REPORTS or self.size >= _BYTES


def batches_of(shard: Shard, part_rows: int) -> Iterator[Batch | PartEnd]:
    """The shard's batches, each part closed by its end; a shard without rows has one empty part."""
    waiting, part, first, number = _Rows(), 0, 0, 0
    for number, row in enumerate(rows_to_read(shard), start=1):
        waiting.records.append(record_of(row))
        waiting.size, waiting.at = waiting.size + row.size, row.at
        last = number - first == part_rows
        if last or waiting.full():
            yield _batch(part, number, waiting)
            waiting = _Rows()
        if last:
            yield PartEnd(part, first, number - first)
            part, first = part + 1, number
    if waiting.records:
        yield _batch(part, number, waiting)
    if number > first or not part:
        yield PartEnd(part, first, number - first)


def rows_to_read(shard: Shard) -> Iterator[Row]:
    """The shard's rows in order, to the last that can be read; rows whose id came before are set aside."""
    return _single(_to_the_end(shard))


def _batch(part: int, end: int, rows: _Rows) -> Batch:
    records = pa.RecordBatch.from_pylist(rows.records, schema=REPORTS_IN)
    return Batch(part, end - len(rows.records), records, rows.at)


def _to_the_end(shard: Shard) -> Iterator[Row]:
    """The rows, and one that says so where the rest of the shard cannot be read."""
    try:
        yield from read_rows(shard)
    except ShardBroken as problem:
        yield Row(None, SetAside(shard.name, str(problem), "mend the file and run again with --resume"), 0)


def _single(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, those set aside whose id an earlier row of the shard has."""
    seen: set[int] = set()
    for row in rows:
        known = len(seen)
        if row.id is not None:
            seen.add(int.from_bytes(blake2b(row.id.encode(), digest_size=8).digest(), "little"))
        if row.id is not None and len(seen) == known and not isinstance(row.content, SetAside):
            fault = SetAside(row.id, "an earlier row of this shard has the same id", "give each report its own id")
            yield replace(row, content=fault)
        else:
            yield row


def record_of(row: Row) -> dict[str, object]:
    """The row as the workers are given it."""
    content = row.content
    if isinstance(content, SetAside):
        return {"id": row.id, "error": {"reason": content.reason, "remedy": content.remedy}}
    if isinstance(content, Page):
        return {"id": row.id, "page": content.content, "url": content.url}
    return {"id": row.id, "warnings": list(content.warnings), **_fields(content)}


def _fields(taken: Taken) -> dict[str, object]:
    report = taken.report
    return {
        "text": report.text,
        "published": report.published.isoformat() if report.published else None,
        "title": report.title,
        "outlet": report.outlet,
        "url": report.url,
        "language": report.language,
    }

"""A shard's rows one after another, each a report, a saved page, or the reason why it is none.

Reads as it goes, a few rows at a time, so that memory does not grow with the shard. Dates and languages are judged by
the same rules as for single files (ingest).
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as parquet
from fastwarc.warc import ArchiveIterator, WarcRecordType

from detente.bulk.columns import OPTIONAL, REQUIRED, items_of
from detente.bulk.shards import Shard, unpacked_lines
from detente.ingest import SetAside, Taken, read_item
from detente.ingest.encoding import decode
from detente.ingest.outcome import Given

# Rows of a Parquet shard that are unpacked together.
_AT_ONCE = 16
# Bytes of the longest line or page that is looked at: no report is as long, and memory is bounded.
_LONGEST = 64 * 1024 * 1024
_TOO_LONG = f"longer than {_LONGEST // 1024**2} MB"
_FIX_LINE = 'write one JSON object a line with "id", "text" and "published"'
_PAGES = ("text/html", "application/xhtml+xml")


class ShardBroken(OSError):
    """The rest of a shard cannot be read."""


@dataclass(frozen=True, slots=True)
class Page:
    """A web page as it was saved, and where it was found."""

    content: bytes
    url: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a shard: its id, what came of it, its bytes, and how much of the shard ends with it (0 to 1)."""

    id: str | None
    content: Taken | SetAside | Page
    size: int
    at: float = 1.0


def read_rows(shard: Shard) -> Iterator[Row]:
    """The rows of a shard in their order; ShardBroken where the rest cannot be read."""
    read = {"parquet": _of_parquet, "jsonl": _of_jsonl, "warc": _of_warc}[shard.kind]
    try:
        yield from read(shard)
    except (OSError, EOFError, zlib.error, gzip.BadGzipFile, pa.ArrowException) as problem:
        words = str(problem).splitlines() or [type(problem).__name__]
        raise ShardBroken(f"the rest of the shard cannot be read ({words[0]})") from problem


def _of_parquet(shard: Shard) -> Iterator[Row]:
    # No look-ahead and no threads: memory and cores belong to the workers.
    with parquet.ParquetFile(shard.path, pre_buffer=False, buffer_size=1 << 20) as file:
        number = 0
        names = [name for name in (*REQUIRED, *OPTIONAL) if name in file.schema_arrow.names]
        for batch in file.iter_batches(_AT_ONCE, columns=names, use_threads=False):
            for item in items_of(batch):
                number += 1
                yield replace(_row(shard, item), at=number / file.metadata.num_rows)


def _of_jsonl(shard: Shard) -> Iterator[Row]:
    with shard.path.open("rb") as packed, unpacked_lines(shard.path, packed) as file:
        for number, (line, size) in enumerate(_lines(file), start=1):
            at = min(packed.tell() / shard.size, 1.0)
            if line is None:
                yield Row(None, SetAside(shard.name, f"line {number} is {_TOO_LONG}", _FIX_LINE), size, at)
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield replace(_of_line(shard, number, line), at=at)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """Each line with its size; None for one that is too long, of which no more than a piece is ever held."""
    while line := file.readline(_LONGEST):
        whole: bytes | None = line
        size = len(line)
        while not line.endswith(b"\n") and (line := file.readline(_LONGEST)):
            size, whole = size + len(line), None
        yield whole, size


def _of_line(shard: Shard, number: int, line: bytes) -> Row:
    decoded = decode(line)
    try:
        item: object = json.loads(decoded.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as problem:
        reason = f"line {number} is not valid JSON ({str(problem).splitlines()[0]})"
        return Row(None, SetAside(shard.name, reason, _FIX_LINE), len(line))
    if not isinstance(item, dict):
        return Row(None, SetAside(shard.name, f"line {number} is not a JSON object", _FIX_LINE), len(line))
    return _row(shard, item, decoded.warnings, len(line))


def _row(shard: Shard, item: dict[str, object], warnings: tuple[str, ...] = (), size: int | None = None) -> Row:
    """The row of a report's fields; an id that is neither words nor a number is none."""
    told = item.get("id")
    id = str(told) if isinstance(told, str | int) and not isinstance(told, bool) and str(told).strip() else None
    outcome = read_item(shard.name, item, Given(shard.name, b""))
    text = item.get("text")
    size = size if size is not None else len(text) if isinstance(text, str) else 0
    if isinstance(outcome, Taken):
        nameless = () if id is not None else ("the row has no id: known by its place in the shard only",)
        outcome = Taken(outcome.source, outcome.report, (*warnings, *nameless, *outcome.warnings))
    return Row(_unbroken(id), outcome, size)


def _unbroken(id: str | None) -> str | None:
    """The id without halves of characters, which no table can hold."""
    return id.encode("utf-8", "replace").decode("utf-8") if id is not None else None


def _of_warc(shard: Shard) -> Iterator[Row]:
    """The saved pages; what is no page (pictures, errors of servers, requests) is passed over."""
    with shard.path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
            if record.http_headers is None or record.http_headers.status_code != 200:
                continue
            if (record.http_content_type or "text/html").lower() not in _PAGES:
                continue
            url = record.headers.get("WARC-Target-URI")
            content = record.reader.read(_LONGEST + 1)
            if len(content) > _LONGEST:
                fault = SetAside(shard.name, f"the page {url} is {_TOO_LONG}", "leave it out")
                yield Row(record.record_id, fault, len(content))
            else:
                yield Row(record.record_id, Page(content, url), len(content), min(file.tell() / shard.size, 1.0))

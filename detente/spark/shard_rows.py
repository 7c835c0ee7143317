"""The rows of shards as rows of a DataFrame: each with its place in its shard, judged by the rules of bulk runs.

A shard is read by one task from end to end, which takes a moment beside reading what it says. A row that says what an
earlier one of its shard says is marked as its copy here, where the order of rows is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from detente.bulk.batches import record_of, rows_to_read
from detente.bulk.plan import Refused
from detente.bulk.schema import REPORTS_IN
from detente.bulk.shards import ENDINGS, Shard, check_shard, find_shards, kind_of
from detente.bulk.tables import Seen
from detente.ingest import SetAside, Taken
from detente.spark.schema import ddl
from detente.spark.storage import Folder, local_path

ROWS = pa.schema([("shard", pa.string()), ("row", pa.int64()), ("copy_of", pa.int64()), *REPORTS_IN])
"""A report to read, its place, and the row that it is a copy of."""

_JUDGED = pa.schema([("name", pa.string()), ("reason", pa.string()), ("remedy", pa.string())])
_GIVEN = "name string, path string, size bigint, content binary"
_ROWS, _BYTES = 64, 4 * 1024 * 1024
_WARC = SetAside("", "a web archive, which is read by bulk runs alone", "read it with detente bulk")


@dataclass(frozen=True, slots=True)
class StoredShard:
    """A file of reports: its name within the input, its address, its bytes."""

    name: str
    address: str
    size: int


@dataclass(frozen=True, slots=True)
class Source:
    """What an input holds: shards in the order of their names, and the files that were set aside."""

    address: str
    shards: tuple[StoredShard, ...]
    set_aside: tuple[SetAside, ...]


def find_source(session: SparkSession, address: str) -> Source:
    """The shards of a folder or the one file, each checked; Refused where there is none."""
    local = local_path(address)
    if local is not None:
        found = find_shards(local)
        warcs = tuple(SetAside(s.name, _WARC.reason, _WARC.remedy) for s in found.shards if s.kind == "warc")
        shards = tuple(StoredShard(s.name, str(s.path.resolve()), s.size) for s in found.shards if s.kind != "warc")
        return Source(address, shards, (*found.set_aside, *warcs))
    return _checked_by_workers(session, Folder(session, address))


def rows_of(session: SparkSession, source: Source, shards: Sequence[StoredShard]) -> DataFrame:
    """A row for each row of the shards."""
    return _given(session, source.address, shards).mapInArrow(_rows, ddl(ROWS))


def _checked_by_workers(session: SparkSession, folder: Folder) -> Source:
    """The same for a store that only Spark can reach."""
    if not folder.is_there():
        raise Refused(f"{folder.address}: no such file or folder; check the address")
    shown = [file for file in folder.files() if not any(part[0] in "._" for part in file.name.split("/"))]
    shards = [StoredShard(f.name, f.address, f.size) for f in shown if kind_of(f.name) is not None]
    if not shards:
        endings = ", ".join("*" + end for end in ENDINGS)
        raise Refused(f"{folder.address}: no shard in it; shards are called {endings}")
    rows = _given(session, folder.address, shards).mapInArrow(_judge, ddl(_JUDGED)).collect()
    aside = {row["name"]: SetAside(row["name"], row["reason"], row["remedy"]) for row in rows}
    good = tuple(shard for shard in shards if shard.name not in aside)
    return Source(folder.address, good, tuple(aside[name] for name in sorted(aside)))


def _given(session: SparkSession, address: str, shards: Sequence[StoredShard]) -> DataFrame:
    """A row a shard: with its path where all machines see it, else with its bytes."""
    if local_path(address) is not None:
        rows = [(shard.name, shard.address, shard.size, None) for shard in shards]
        return session.sparkContext.parallelize(rows, max(1, len(rows))).toDF(_GIVEN)
    files = session.read.format("binaryFile").load([shard.address for shard in shards])
    root = address if any(shard.address != address for shard in shards) else address.rpartition("/")[0]
    name = sql.substring("path", len(root) + 2, 10_000)
    return files.select(name.alias("name"), "path", sql.col("length").alias("size"), "content")


def _rows(given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows of the shards that a task was given."""
    for item in (item for batch in given for item in batch.to_pylist()):
        with _at_hand(item) as path:
            kind = kind_of(item["name"])
            assert kind is not None  # others are no shards
            yield from _some(_records(Shard(path, item["name"], kind, item["size"])))


def _judge(given: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The shards that cannot be read, each with the reason."""
    for item in (item for batch in given for item in batch.to_pylist()):
        with _at_hand(item) as path:
            kind = kind_of(item["name"])
            found = check_shard(item["name"], path, kind) if kind and kind != "warc" else _WARC
        if isinstance(found, SetAside):
            fault = {"name": item["name"], "reason": found.reason, "remedy": found.remedy}
            yield pa.RecordBatch.from_pylist([fault], schema=_JUDGED)


@contextmanager
def _at_hand(item: dict[str, object]) -> Iterator[Path]:
    """The shard as a file of this machine."""
    if not isinstance(item["content"], bytes):
        yield Path(str(item["path"]))
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / PurePosixPath(str(item["name"])).name
        path.write_bytes(item["content"])
        yield path


def _records(shard: Shard) -> Iterator[tuple[dict[str, object], int]]:
    """Each row with its place, and its bytes."""
    seen = Seen()
    for number, row in enumerate(rows_to_read(shard)):
        first = seen.first(row.content.report.id, number) if isinstance(row.content, Taken) else None
        yield {"shard": shard.name, "row": number, "copy_of": first, **record_of(row)}, row.size


def _some(records: Iterable[tuple[dict[str, object], int]]) -> Iterator[pa.RecordBatch]:
    """The records, some to a batch, so that memory does not grow with the shard."""
    held: list[dict[str, object]] = []
    total = 0
    for record, size in records:
        held.append(record)
        total += size
        if len(held) >= _ROWS or total >= _BYTES:
            yield pa.RecordBatch.from_pylist(held, schema=ROWS)
            held, total = [], 0
    if held:
        yield pa.RecordBatch.from_pylist(held, schema=ROWS)

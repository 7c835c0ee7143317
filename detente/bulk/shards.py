"""The shards of a bulk run: which files of a folder they are, what each holds, and which of them cannot be read.

A shard is told by its name and checked by its first bytes, before any work starts. No report is read here.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as parquet

from detente.bulk.columns import ColumnsMissing, check_columns
from detente.bulk.plan import Refused
from detente.ingest import SetAside
from detente.ingest.encoding import wide_encoding
from detente.ingest.sniff import HEAD, binary_kind

Kind = Literal["parquet", "jsonl", "warc"]
ENDINGS: dict[str, Kind] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl",
    ".json.gz": "jsonl",
    ".warc": "warc",
    ".warc.gz": "warc",
}
"""By the end of its name a file is a shard, of this kind."""
_REMEDY: dict[Kind, str] = {
    "parquet": "write it again as Parquet",
    "jsonl": "write it as JSON Lines in UTF-8",
    "warc": "write it again as WARC",
}
# File systems take names of 255 bytes; the number of a part, the ending and a temporary name are added.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of reports. `name` is its path within the input folder, `key` the same as one file name."""

    path: Path
    name: str
    kind: Kind
    size: int

    @property
    def key(self) -> str:
        return quote(self.name, safe=" ,;+=@()")


@dataclass(frozen=True, slots=True)
class Found:
    """What an input holds: shards in the order of their names, and the files that were set aside."""

    shards: tuple[Shard, ...]
    set_aside: tuple[SetAside, ...]
    others: int = 0  # files whose names are those of no shard


def find_shards(source: Path) -> Found:
    """The shards of a folder (its folders included) or the one file; Refused where there is none."""
    if source.is_file():
        paths = {source.name: source}
    elif source.is_dir():
        paths = {path.relative_to(source).as_posix(): path for path in source.rglob("*") if path.is_file()}
    else:
        raise Refused(f"{source}: no such file or folder; check the path")
    shown = {name: path for name, path in sorted(paths.items()) if not any(p[0] in "._" for p in name.split("/"))}
    named = [(name, path, kind) for name, path in shown.items() if (kind := kind_of(name)) is not None]
    if not named:
        raise Refused(f"{source}: no shard in it; shards are called {', '.join('*' + end for end in ENDINGS)}")
    checked = [check_shard(name, path, kind) for name, path, kind in named]
    shards = tuple(item for item in checked if isinstance(item, Shard))
    aside = tuple(item for item in checked if isinstance(item, SetAside))
    return Found(shards, aside, len(shown) - len(named))


def kind_of(name: str) -> Kind | None:
    """What a file of this name holds; None where it is no shard."""
    return next((kind for end, kind in ENDINGS.items() if name.lower().endswith(end)), None)


def check_shard(name: str, path: Path, kind: Kind) -> Shard | SetAside:
    """The shard, or why its file is none."""
    checks: dict[Kind, Callable[[Path], str | None]] = {
        "parquet": _fault_of_parquet,
        "jsonl": _fault_of_jsonl,
        "warc": _fault_of_warc,
    }
    try:
        size = path.stat().st_size
        fault = checks[kind](path) if size else "empty"
        shard = Shard(path, name, kind, size)
    except ColumnsMissing as problem:
        words, _, remedy = str(problem).rpartition("; ")
        return SetAside(name, words, remedy)
    except OSError as problem:
        return SetAside(name, f"not readable ({problem.strerror or problem})", "check the file and the disk")
    if fault is None and len(shard.key.encode()) > _LONGEST_NAME:
        return SetAside(name, "its path is too long for the names of its output files", "give it a shorter name")
    return SetAside(name, fault, _REMEDY[kind]) if fault else shard


def _fault_of_parquet(path: Path) -> str | None:
    try:
        check_columns(parquet.read_schema(path))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, EOFError) as problem:
        return f"not Parquet, or cut short ({str(problem).splitlines()[0]})"
    return None


def _fault_of_jsonl(path: Path) -> str | None:
    with path.open("rb") as packed, unpacked_lines(path, packed) as file:
        try:
            head = file.read(HEAD)
        except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
            return f"not gzip, or cut short ({problem})"
    kind = binary_kind(head)
    if kind or wide_encoding(head):
        return f"{kind or 'UTF-16 or UTF-32'}, no lines of JSON"
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return None if first == b"{" else "its first line is no JSON object"


def _fault_of_warc(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(2)
    if head == b"\x1f\x8b":
        with gzip.open(path) as packed:
            try:
                head = packed.read(5)
            except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
                return f"not gzip, or cut short ({problem})"
        return None if head == b"WARC/" else "no WARC record at its start"
    with path.open("rb") as file:
        return None if file.read(5) == b"WARC/" else "no WARC record at its start"


def unpacked_lines(path: Path, packed: BinaryIO) -> BinaryIO:
    """The bytes of an open file of lines, unpacked where its name ends in .gz."""
    return gzip.GzipFile(fileobj=packed) if path.name.lower().endswith(".gz") else packed  # type: ignore[return-value]

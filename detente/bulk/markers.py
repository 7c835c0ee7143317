"""What is done of a bulk run: a mark for each part and each shard, with checksums, in the output folder `done`.

A mark is written after the files it speaks of and takes its place at once, so that a run broken off anywhere goes on
from its last whole part. Nothing here writes tables.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from detente.bulk.plan import Refused
from detente.bulk.shards import Shard
from detente.codebook.own_knowledge import replacing

_CHUNK = 1 << 20
Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class Settings:
    """What all parts of an output have in common: with other versions or sizes they would not be one output."""

    form: int
    detente: str
    models: str
    knowledge: str
    arrow: str
    part_rows: int

    def differs(self, other: Settings) -> str | None:
        """What the other one has otherwise, in words, or None."""
        theirs = asdict(other)
        found = [f"{name} {theirs[name]!r} instead of {mine!r}" for name, mine in asdict(self).items()]
        return ", ".join(w for w, (n, m) in zip(found, asdict(self).items(), strict=True) if theirs[n] != m) or None


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the output as it was written."""

    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PartMark:
    """A part that is done, and its files by table."""

    shard: str
    input: str
    part: int
    first_row: int
    rows: int
    copies: int  # reports that an earlier row of the shard has too
    files: dict[str, Written]


@dataclass(frozen=True, slots=True)
class ShardMark:
    """A shard that is done: its input's size and checksum, and how many parts and rows it has."""

    shard: str
    input: str
    size: int
    parts: int
    rows: int


class Done:
    """The marks in an output folder."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out / "done"

    def settings(self) -> Settings | None:
        """The settings of what is there, or None for a fresh folder."""
        return _read(self.folder / "settings.json", lambda data: Settings(**data))

    def claim(self, settings: Settings) -> None:
        """Makes the folder one of these settings; Refused where it is one of others."""
        if self.settings() is None:
            _write(self.folder / "settings.json", asdict(settings))
        there = self.settings()
        difference = settings.differs(there) if there is not None else None
        if difference:
            raise Refused(f"{self.out}: made with other settings ({difference}); give another output folder")

    def file(self, table: str, shard: Shard, part: int) -> Path:
        """Where a part's rows of a table lie."""
        return self.out / table / f"{shard.key}-{part:05}.parquet"

    def any_of(self, shard: Shard) -> bool:
        """Whether anything of the shard was done before."""
        return self._shard(shard).exists() or any(self._parts(shard).glob("*.json"))

    def shard(self, shard: Shard, input: str) -> ShardMark | None:
        """The shard's mark where it is done, its input is the same, and all its files are whole."""
        mark = self.shard_mark(shard)
        if mark is None or mark.input != input:
            return None
        return mark if all(self.part(shard, input, number) for number in range(mark.parts)) else None

    def part(self, shard: Shard, input: str, part: int) -> PartMark | None:
        """The part's mark where its input is the same and all its files are whole."""
        mark = self.mark(shard, part)
        if mark is None or mark.input != input:
            return None
        whole = (_fits(self.file(table, shard, part), told) for table, told in mark.files.items())
        return mark if all(whole) else None

    def mark(self, shard: Shard, part: int) -> PartMark | None:
        """The part's mark as it stands there, its files not looked at."""
        return _read(self._parts(shard) / f"{part:05}.json", _part_mark)

    def shard_mark(self, shard: Shard) -> ShardMark | None:
        """The shard's mark as it stands there."""
        return _read(self._shard(shard), lambda data: ShardMark(**data))

    def add_part(self, shard: Shard, mark: PartMark) -> None:
        _write(self._parts(shard) / f"{mark.part:05}.json", asdict(mark))

    def add_shard(self, shard: Shard, mark: ShardMark) -> None:
        """Marks the shard as done, and clears what an earlier, longer input of that name left."""
        for path in self._parts(shard).glob("*.json"):
            if path.stem.isdecimal() and int(path.stem) >= mark.parts:
                self._clear(shard, int(path.stem))
        _write(self._shard(shard), asdict(mark))

    def forget(self, shard: Shard) -> None:
        """Takes the shard's mark away before it is done again, and what a broken run left half-written."""
        self._shard(shard).unlink(missing_ok=True)
        for path in self.out.glob(f"*/.{shard.key.replace('[', '[[]')}-?????.parquet.*"):
            path.unlink(missing_ok=True)

    def _clear(self, shard: Shard, part: int) -> None:
        mark = self.mark(shard, part)
        (self._parts(shard) / f"{part:05}.json").unlink(missing_ok=True)
        for table in mark.files if mark else ():
            self.file(table, shard, part).unlink(missing_ok=True)

    def _shard(self, shard: Shard) -> Path:
        return self.folder / f"{shard.key}.json"

    def _parts(self, shard: Shard) -> Path:
        return self.folder / f"{shard.key}.parts"


def checksum(path: Path) -> str:
    """The SHA-256 of a file."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()


def _fits(path: Path, told: Written) -> bool:
    try:
        return path.stat().st_size == told.size and checksum(path) == told.sha256
    except OSError:
        return False


def _part_mark(data: dict[str, Any]) -> PartMark:
    return PartMark(**{**data, "files": {table: Written(**told) for table, told in data["files"].items()}})


def _read(path: Path, make: Callable[[dict[str, Any]], Mark]) -> Mark | None:
    """What a mark says; None where there is none or it is broken, so that its part is done again."""
    try:
        return make(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _write(path: Path, data: dict[str, Any]) -> None:
    with replacing(path) as fresh:
        fresh.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")

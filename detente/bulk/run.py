"""A bulk run from end to end: shards in, tables out, each part written, checked and marked as it is done.

What is refused is refused before any report is read. The same input gives the same files, however many
workers there are and however often the run was broken off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as compute
import pyarrow.parquet as parquet

from detente.bulk.batch import Coder, open_coder
from detente.bulk.batches import Batch, PartEnd, batches_of
from detente.bulk.crew import Crew
from detente.bulk.manifest import write_manifest
from detente.bulk.markers import Done, PartMark, Settings, ShardMark, Written, checksum
from detente.bulk.plan import OutputFailed, Plan, Progress, Refused, Summary
from detente.bulk.schema import FORM
from detente.bulk.shards import Found, Shard, find_shards
from detente.bulk.tables import Seen, make_tables
from detente.codebook.own_knowledge import replacing
from detente.ingest import SetAside
from detente.model.coded import Versions


@dataclass(frozen=True, slots=True)
class _Note:
    """What a batch's readings belong to; or the end of a part or of a shard, with what was done of it before."""

    shard: Shard
    input: str
    piece: Batch | PartEnd | None
    before: PartMark | None = None


@dataclass
class _Shelf:
    """What is being put together of a shard."""

    readings: list[pa.RecordBatch] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)
    at: float = 0.0
    parts: int = 0
    rows: int = 0


class Run:
    """One run of a plan. `watch` is called whenever something has been read."""

    def __init__(
        self, plan: Plan, watch: Callable[[Progress], None], open_coder: Callable[[], Coder] = open_coder
    ) -> None:
        self.plan = plan
        self.progress = Progress()
        self._watch = watch
        self._open_coder = open_coder
        self._found = _found(plan)
        self.shards = self._found.shards[plan.share.number - 1 :: plan.share.of]
        self.progress.size = sum(shard.size for shard in self.shards)
        self.progress.shards = len(self.shards)
        self._done = Done(plan.out)
        _check_output(self._done, plan, self.shards)

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The files that hold no reports to read."""
        return self._found.set_aside

    def go(self, started: Callable[[Crew[Any]], None] = lambda crew: None) -> Summary:
        """Reads what is not done yet. CrewFailed, OutputFailed or Refused where that cannot be."""
        with Crew[_Note](self.plan.workers if self.shards else 1, self._open_coder) as crew:
            settings = _settings(crew.start(), self.plan.part_rows)
            started(crew)
            with _writing(self.plan.out):
                self._done.claim(settings)
            shelf = _Shelf()
            for note, readings in crew.in_order(self._pieces()):
                with _writing(self.plan.out):
                    shelf = self._put(shelf, note, readings, settings)
                self._watch(self.progress)
            replaced = crew.replaced
        with _writing(self.plan.out):
            manifest = write_manifest(self._done, settings, self._found)
        errors = sum(manifest.errors.get(shard.name, 0) for shard in self.shards)
        repeated = manifest.repeated_ids
        others = self._found.others
        return Summary(self.progress, self.set_aside, others, errors, repeated, replaced, manifest.complete)

    def _pieces(self) -> Iterator[tuple[_Note, pa.RecordBatch | None]]:
        """All that is to be read, in order, with the ends of parts and shards; what is done already is passed over."""
        for shard in self.shards:
            input = checksum(shard.path)
            mark = self._done.shard(shard, input)
            if mark is not None:
                self.progress.skipped += mark.rows
                self.progress.size_skipped += shard.size
                continue
            with _writing(self.plan.out):
                self._done.forget(shard)
            yield from self._pieces_of(shard, input)

    def _pieces_of(self, shard: Shard, input: str) -> Iterator[tuple[_Note, pa.RecordBatch | None]]:
        before: dict[int, PartMark | None] = {}
        for piece in batches_of(shard, self.plan.part_rows):
            if piece.part not in before:
                before = {piece.part: self._done.part(shard, input, piece.part)}
            reports = piece.reports if isinstance(piece, Batch) and before[piece.part] is None else None
            yield _Note(shard, input, piece, before[piece.part]), reports
        yield _Note(shard, input, None), None

    def _put(self, shelf: _Shelf, note: _Note, readings: pa.RecordBatch, settings: Settings) -> _Shelf:
        """Takes what comes next in order; gives the shelf to go on with."""
        piece, progress = note.piece, self.progress
        if piece is None:
            mark = ShardMark(note.shard.name, note.input, note.shard.size, shelf.parts, shelf.rows)
            self._done.add_shard(note.shard, mark)
            return _Shelf()
        if isinstance(piece, Batch):
            shelf.readings.append(readings)
            size = (piece.at - shelf.at) * note.shard.size
            shelf.at = piece.at
            if note.before is None:
                progress.read, progress.size_read = progress.read + readings.num_rows, progress.size_read + size
            else:
                progress.size_skipped += size
            return shelf
        if note.before is None:
            self._write(note, piece, shelf, settings)
        else:
            _remember(self._done.file("reports", note.shard, piece.part), shelf.seen)
            progress.skipped += piece.rows
        shelf.readings, shelf.parts, shelf.rows = [], shelf.parts + 1, shelf.rows + piece.rows
        return shelf

    def _write(self, note: _Note, end: PartEnd, shelf: _Shelf, settings: Settings) -> None:
        """Writes the tables of a part, then its mark."""
        tables = make_tables(note.shard.name, end.first_row, shelf.readings, shelf.seen)
        about = {"detente": settings.detente, "models": settings.models, "knowledge": settings.knowledge}
        files = {}
        for name, table in tables.items():
            path = self._done.file(name, note.shard, end.part)
            with replacing(path) as fresh:
                parquet.write_table(table.replace_schema_metadata(about), fresh, compression="zstd")
            files[name] = Written(len(table), path.stat().st_size, checksum(path))
        copies = len(tables["reports"]) - tables["reports"]["copy_of"].null_count
        mark = PartMark(note.shard.name, note.input, end.part, end.first_row, end.rows, copies, files)
        self._done.add_part(note.shard, mark)


def _found(plan: Plan) -> Found:
    """The shards; Refused where in- and output lie in each other."""
    source, out = plan.source.resolve(), plan.out.resolve()
    if source == out or source in out.parents or out in source.parents:
        raise Refused(f"{plan.out}: input and output lie in each other; give an output folder outside {plan.source}")
    return find_shards(plan.source)


def _check_output(done: Done, plan: Plan, shards: tuple[Shard, ...]) -> None:
    """Refused where the output folder is no place for this run."""
    out = plan.out
    if out.exists() and not out.is_dir():
        raise Refused(f"{out}: a file, no folder; give another output folder")
    if out.is_dir() and done.settings() is None and any(out.iterdir()):
        raise Refused(f"{out}: holds files that are not from a bulk run; give an empty or a new folder")
    if not plan.resume and (any(done.any_of(shard) for shard in shards) or (plan.share.of == 1 and done.settings())):
        raise Refused(f"{out}: holds an earlier run; go on with it by --resume, or give another output folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Refused(f"{out}: cannot be made ({problem.strerror}); give another output folder") from problem


def _settings(versions: Versions, part_rows: int) -> Settings:
    return Settings(FORM, versions.detente, versions.parser, versions.knowledge, pa.__version__, part_rows)


def _remember(reports: Path, seen: Seen) -> None:
    """The reports of a part that was done before."""
    table = parquet.read_table(reports, columns=["report", "row", "copy_of"])
    table = table.filter(compute.is_null(table["copy_of"]))
    for report, row in zip(table["report"].to_pylist(), table["row"].to_pylist(), strict=True):
        seen.first(report, row)


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        reason = problem.strerror or str(problem).splitlines()[0]
        raise OutputFailed(
            f"{out}: cannot be written ({reason}); make room there or mend it, then go on with --resume"
        ) from problem

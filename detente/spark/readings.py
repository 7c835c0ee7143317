"""Rows of shards become readings that are kept: what bulk runs make of a report, beside its place and its text.

The text stays with the reading, because what several reports say together is judged by their words (fusing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
from pyspark import TaskContext
from pyspark.sql import DataFrame

from detente.bulk.batch import Coder
from detente.bulk.crew import Crew
from detente.bulk.plan import CrewFailed
from detente.bulk.schema import READINGS, REPORTS_IN
from detente.model.coded import Versions
from detente.spark.coding import hand_of, pieces_of
from detente.spark.schema import ddl

KEPT = pa.schema(
    [("shard", pa.string()), ("row", pa.int64()), ("copy_of", pa.int64()), ("text", pa.string()), *READINGS]
)
"""A reading as it is kept."""

_PLACE = KEPT.names[: -len(READINGS)]
# From this try on a report may be what kills the workers: each is then read in a process apart, as in bulk runs.
_CAREFUL = 2


@dataclass(frozen=True)
class ReadRows:
    """What a task does: it reads its rows with this process's coder, which must be of these versions."""

    opened: Callable[[], Coder]
    versions: Versions

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        context = TaskContext.get()
        if context is not None and context.attemptNumber() >= _CAREFUL:
            yield from self._carefully(batches)
            return
        hand = hand_of(self.opened)
        self._check(hand.coder.versions)
        for piece in pieces_of(batches):
            yield _kept(piece, hand.code(_reports(piece)))

    def _carefully(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """A report that kills whoever reads it is set aside, and the others are read."""
        with Crew[pa.RecordBatch](1, self.opened) as crew:
            self._check(crew.start())
            for piece, readings in crew.in_order((piece, _reports(piece)) for piece in pieces_of(batches)):
                yield _kept(piece, readings)

    def _check(self, versions: Versions) -> None:
        if versions != self.versions:
            raise CrewFailed(f"a worker has {versions}, another {self.versions}; install one detente on all machines")


def readings_of(rows: DataFrame, opened: Callable[[], Coder], versions: Versions, partitions: int) -> DataFrame:
    """The readings of these rows, in so many partitions, which are what is done again where a worker is lost."""
    # By their places: the same rows lie together however often a task is tried.
    spread = rows.repartition(partitions, "shard", "row")
    return spread.mapInArrow(ReadRows(opened, versions), ddl(KEPT))


def _reports(piece: pa.RecordBatch) -> pa.RecordBatch:
    return piece.select(REPORTS_IN.names)


def _kept(piece: pa.RecordBatch, readings: pa.RecordBatch) -> pa.RecordBatch:
    columns = [*(piece.column(name) for name in _PLACE), *readings.columns]
    return pa.RecordBatch.from_arrays(columns, schema=KEPT)

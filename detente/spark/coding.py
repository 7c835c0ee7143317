"""Reading on a cluster: a DataFrame of reports in, one of readings out, by the function that bulk runs use.

Spark keeps its Python workers from task to task, so that each loads the models once.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pyarrow as pa
from pyspark.sql import DataFrame

from detente.bulk.batch import Coder, new_coder
from detente.bulk.columns import OPTIONAL, REQUIRED, check_columns
from detente.bulk.schema import READINGS
from detente.spark.schema import arrow_schema, ddl

# Reports that are read before their readings are handed on: the memory of a worker does not hang on Spark's batches.
_AT_ONCE = 16
# After so many reports a worker opens its models anew: the parser keeps every word that it ever saw.
RENEWED = 20_000


def code(dataframe: DataFrame) -> DataFrame:
    """Read the reports of a DataFrame (columns `id`, `text`, `published`; `title`, `outlet`, `url`, `language`).

    The answer has the columns of `detente.bulk.schema.READINGS`: one row a report, with its reading or its `error`.
    Nothing is read before Spark is asked for rows. ColumnsMissing, which names the column and the remedy, where
    reports cannot be taken from these columns. Timestamps are taken as days of the session's time zone.
    """
    check_columns(arrow_schema(dataframe.schema))
    names = [name for name in (*REQUIRED, *OPTIONAL) if name in dataframe.columns]
    return dataframe.select(*names).mapInArrow(_code, ddl(READINGS))


def _code(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    hand = hand_of(new_coder)
    for piece in pieces_of(batches):
        yield hand.code(piece)


class Hand:
    """A process's coder, opened at the first report and anew after many."""

    def __init__(self, opened: Callable[[], Coder], renewed: int = RENEWED) -> None:
        self._open, self._renewed = opened, renewed
        self._coder: Coder | None = None
        self._read = 0

    @property
    def coder(self) -> Coder:
        """The coder in hand."""
        if self._coder is None or self._read >= self._renewed:
            self._coder, self._read = None, 0
            gc.collect()
            self._coder = self._open()
        return self._coder

    def code(self, reports: pa.RecordBatch) -> pa.RecordBatch:
        """The readings of these reports."""
        coder = self.coder
        self._read += reports.num_rows
        return coder.code(reports)


@cache
def hand_of(opened: Callable[[], Coder]) -> Hand:
    """This process's hand. Kept, because Spark calls a bare function for each task and loading takes seconds."""
    return Hand(opened)


def pieces_of(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows of the batches, few at a time."""
    for batch in batches:
        for at in range(0, batch.num_rows, _AT_ONCE):
            yield batch.slice(at, _AT_ONCE)

"""Our own tables as Parquet. Only importer of pyarrow among the exporters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from detente.export.folders import each_table
from detente.export.lines import Row
from detente.export.tables import type_of
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written

# Rows held in memory, and in one group of the file.
_AT_A_TIME = 5_000


class ParquetTables:
    """Writes Parquet with typed columns: days are dates, counts whole numbers, the rest text."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        return each_table(readings, target, wishes, ".parquet", open_parquet)


class ParquetFile:
    """Collects rows and writes them by groups."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        # Only here: pyarrow takes long to load, and most exports do without.
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {"integer": pa.int64(), "float": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
        self._schema = pa.schema([(name, kinds.get(type_of(name), pa.string())) for name in columns])
        # Days come as words, and become days on their way.
        days = [pa.string() if type_of(field.name) == "date" else field.type for field in self._schema]
        self._given = pa.schema(list(zip(columns, days, strict=True)))
        self._table: Any = pa.Table
        self._writer = pq.ParquetWriter(path, self._schema)
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= _AT_A_TIME:
            self.flush()

    def flush(self) -> None:
        """Write what was collected."""
        if self._rows:
            given = self._table.from_pylist(self._rows, schema=self._given)
            self._writer.write_table(given.cast(self._schema))
            self._rows = []

    def close(self) -> None:
        self._writer.close()


@contextmanager
def open_parquet(path: Path, columns: tuple[str, ...]) -> Iterator[ParquetFile]:
    """A new file; its last rows and its footer are written at the end."""
    file = ParquetFile(path, columns)
    try:
        yield file
        file.flush()
    finally:
        file.close()

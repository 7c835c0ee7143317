"""Our own tables as Parquet. Only importer of pyarrow among the exporters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from detente.export.folders import each_table
from detente.export.lines import Row
from detente.export.tables import type_of
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written

_AT_A_TIME = 20_000


class ParquetTables:
    """Writes Parquet with typed columns: days are dates, counts whole numbers, the rest text."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        return each_table(readings, target, wishes, ".parquet", _write)


def _write(rows: Iterable[Row], columns: tuple[str, ...], path: Path) -> int:
    # Only here: pyarrow takes long to load, and most exports do without.
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    kinds = {"integer": pa.int64(), "float": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
    days = [name for name in columns if type_of(name) == "date"]
    schema = pa.schema([(name, kinds.get(type_of(name), pa.string())) for name in columns])
    # Days come as words, and become days afterwards.
    written = pa.schema([(name, pa.string() if name in days else schema.field(name).type) for name in columns])
    source, count = iter(rows), 0
    with pq.ParquetWriter(path, schema) as writer:
        while some := list(islice(source, _AT_A_TIME)):
            table = pa.Table.from_pylist([{name: row.get(name) for name in columns} for row in some], schema=written)
            for name in days:
                table = table.set_column(columns.index(name), name, pc.cast(table[name], pa.date32()))
            writer.write_table(table.cast(schema))
            count += len(some)
    return count

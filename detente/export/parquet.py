"""Our own tables as Parquet. Only importer of pyarrow among the exporters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from detente.export.folders import each_table
from detente.export.lines import Row
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written

_AT_A_TIME = 20_000
_WHOLE = frozenset({"quad", "geonames_id", "trigger_start", "trigger_end", "mentions", "length", "start", "end"})
_REAL = frozenset({"plover_score", "goldstein", "latitude", "longitude", "confidence"})
_YES_NO = frozenset({"background", "reciprocal"})
_DAYS = frozenset({"published", "first", "last", "day"})


class ParquetTables:
    """Writes Parquet with typed columns: days are dates, counts whole numbers, the rest text."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        return each_table(readings, target, wishes, ".parquet", _write)


def _write(rows: Iterable[Row], columns: tuple[str, ...], path: Path) -> int:
    # Only here: pyarrow takes long to load, and most exports do without.
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    def kind(name: str) -> object:
        if name in _WHOLE or name.endswith(("_low", "_high")):
            return pa.int64()
        return pa.float64() if name in _REAL else pa.bool_() if name in _YES_NO else pa.string()

    written = pa.schema([(name, kind(name)) for name in columns])
    schema = pa.schema([(name, pa.date32() if name in _DAYS else kind(name)) for name in columns])
    source, count = iter(rows), 0
    with pq.ParquetWriter(path, schema) as writer:
        while some := list(islice(source, _AT_A_TIME)):
            table = pa.Table.from_pylist([{name: row.get(name) for name in columns} for row in some], schema=written)
            for at, name in enumerate(columns):
                if name in _DAYS:
                    table = table.set_column(at, name, pc.cast(table[name], pa.date32()))
            writer.write_table(table.cast(schema))
            count += len(some)
    return count

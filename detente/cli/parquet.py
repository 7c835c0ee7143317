"""Writes rows as a Parquet table, wholly or not at all. Only writer of Parquet on the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def write_parquet(rows: Sequence[dict[str, object]], path: Path) -> None:
    """The rows, first into a file beside it that then takes its name; OSError where that cannot be written."""
    # Only here: pyarrow takes long to load, and `detente --help` answers at once.
    import pyarrow as pa
    import pyarrow.parquet as pq

    beside = path.with_name(f".{path.name}.part")
    try:
        pq.write_table(pa.Table.from_pylist(list(rows)), beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)

"""Readings, one row a report, become the flat tables of the output: a row an event, a statement, a participant ...

A report that is the same in text, outlet, address and day as an earlier one of its shard is listed as a copy of that
row and adds nothing to the other tables, so that ids of items are unique within a shard.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as compute

from detente.bulk.schema import ITEMS, READINGS, TABLES


@dataclass
class Seen:
    """The first row of each report that came before in the shard, by the report's id."""

    rows: dict[int, int] = field(default_factory=dict)

    def first(self, report: str, row: int) -> int | None:
        """The earlier row with this report, or None, and the row is kept."""
        before = self.rows.setdefault(int(report[:16], 16), row)
        return before if before != row else None


def make_tables(shard: str, first_row: int, readings: list[pa.RecordBatch], seen: Seen) -> dict[str, pa.Table]:
    """The tables of a part, whose rows begin with `first_row` of the shard."""
    whole = pa.Table.from_batches(readings, READINGS).combine_chunks()
    whole = whole.append_column("shard", pa.array([shard] * len(whole), pa.string()))
    whole = whole.append_column("row", pa.array(range(first_row, first_row + len(whole)), pa.int64()))
    failed = compute.is_valid(whole["error"])
    good = whole.filter(compute.invert(failed)).combine_chunks()
    copies = _copies(good, seen)
    reports = good.append_column("copy_of", copies).select(TABLES["reports"].names)
    first = good.filter(compute.is_null(copies)).combine_chunks()
    return {
        "reports": reports.cast(TABLES["reports"]),
        **{name: _items(name, first) for name in ITEMS},
        "errors": _errors(whole.filter(failed).combine_chunks()),
    }


def _copies(good: pa.Table, seen: Seen) -> pa.Array:
    pairs = zip(good["report"].to_pylist(), good["row"].to_pylist(), strict=True)
    return pa.array([seen.first(report, row) for report, row in pairs], pa.int64())


def _items(name: str, reports: pa.Table) -> pa.Table:
    """All items of that name, each with its report."""
    schema = TABLES[name]
    if not len(reports):
        return schema.empty_table()
    lists = reports[name].chunk(0)
    owners = compute.list_parent_indices(lists)
    columns = [reports["report"].take(owners), reports["input_id"].take(owners), *lists.flatten().flatten()]
    return pa.Table.from_arrays(columns, schema=schema)


def _errors(failed: pa.Table) -> pa.Table:
    schema = TABLES["errors"]
    if not len(failed):
        return schema.empty_table()
    reason, remedy = failed["error"].chunk(0).flatten()
    return pa.Table.from_arrays([failed["shard"], failed["row"], failed["input_id"], reason, remedy], schema=schema)

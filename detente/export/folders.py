"""Exports of several tables: into a folder, or the events alone into one file.

All tables grow together while the readings go by once, so that no archive has to fit into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Protocol, TypeAlias

from detente.export.lines import Row
from detente.export.tables import TABLES, rows_of, rows_once
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written


class TableFile(Protocol):
    """A file that takes rows one by one."""

    def add(self, row: Row) -> None: ...


OpenTable: TypeAlias = Callable[[Path, tuple[str, ...]], AbstractContextManager[TableFile]]
_EVENTS = "events"


def each_table(
    readings: Iterable[CodedReport], target: Path, wishes: Wishes, ending: str, open_table: OpenTable
) -> Written:
    """The events into a file of that ending, else every table into a folder."""
    if target.suffix == ending:
        rows = write_tables(readings, {_EVENTS: target}, wishes, open_table)
    else:
        target.mkdir()
        rows = write_tables(readings, table_paths(target, TABLES, ending), wishes, open_table)
    return Written(rows[_EVENTS])


def table_paths(folder: Path, names: Iterable[str], ending: str) -> dict[str, Path]:
    """A file a table."""
    return {name: folder / f"{name}{ending}" for name in names}


def write_tables(
    readings: Iterable[CodedReport], paths: dict[str, Path], wishes: Wishes, open_table: OpenTable
) -> dict[str, int]:
    """Write the tables that have a path; gives the number of rows of each."""
    counts = dict.fromkeys(paths, 0)
    with ExitStack() as stack:
        files = {name: stack.enter_context(open_table(path, TABLES[name][1])) for name, path in paths.items()}
        for coded in readings:
            for name, file in files.items():
                counts[name] += _add_all(file, list(rows_of(name, coded, wishes)))
        for name, file in files.items():
            counts[name] += _add_all(file, list(rows_once(name, wishes)))
    return counts


def _add_all(file: TableFile, rows: Sequence[Row]) -> int:
    for row in rows:
        file.add(row)
    return len(rows)

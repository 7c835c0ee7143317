"""Exports of several tables: into a folder, or the events alone into one file.

Readings are gone through once for each table, so that no archive has to fit into memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from detente.export.lines import Row
from detente.export.tables import TABLES, rows_of
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written

Write = Callable[[Iterable[Row], tuple[str, ...], Path], int]


def each_table(readings: Iterable[CodedReport], target: Path, wishes: Wishes, ending: str, write: Write) -> Written:
    """The events into a file of that ending, else every table into a folder."""
    if target.suffix == ending:
        return Written(write(rows_of("events", readings, wishes), TABLES["events"][1], target))
    target.mkdir()
    rows = {
        name: write(rows_of(name, readings, wishes), columns, target / f"{name}{ending}")
        for name, (_, columns) in TABLES.items()
    }
    return Written(rows["events"])

"""Our own tables as CSV: a folder with one file a table, or the events alone in one file whose name ends in .csv."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from detente.export.folders import each_table
from detente.export.lines import Row, guarded, printable
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written


class TidyCsv:
    """Writes CSV in UTF-8 with a header; no cell can be taken for a formula."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        return each_table(readings, target, wishes, ".csv", open_csv)


class CsvFile:
    """CSV for spreadsheets and programs; text that a spreadsheet would take for a formula begins with an apostrophe."""

    def __init__(self, handle: TextIO, columns: Sequence[str]) -> None:
        self._writer = csv.writer(handle, lineterminator="\n")
        self._columns = columns
        self._writer.writerow(columns)

    def add(self, row: Row) -> None:
        self._writer.writerow([_safe(row.get(name)) for name in self._columns])


@contextmanager
def open_csv(path: Path, columns: tuple[str, ...]) -> Iterator[CsvFile]:
    """A new file with its header."""
    with path.open("w", encoding="utf-8", errors="replace", newline="") as handle:
        yield CsvFile(handle, columns)


def _safe(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    return guarded(printable(value))

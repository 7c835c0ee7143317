"""Our own tables as CSV: a folder with one file a table, or the events alone in one file whose name ends in .csv."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.export.folders import each_table
from detente.export.lines import Row, write_csv
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written


class TidyCsv:
    """Writes CSV in UTF-8 with a header; no cell can be taken for a formula."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        return each_table(readings, target, wishes, ".csv", _write)


def _write(rows: Iterable[Row], columns: tuple[str, ...], path: Path) -> int:
    return write_csv(rows, columns, path)

"""Reads the source tables of the who's who: CSV files with a header and `|`-separated files without one.

Rows with a wrong number of fields are set aside with file and line; what the fields mean is not known here.
"""

from __future__ import annotations

import csv
import hashlib
import logging
from dataclasses import dataclass, field
from pathlib import Path

from detente.codebook.own_knowledge import OwnFolder
from detente.codebook.own_rows import OwnRow, OwnRowsError, read_own_rows, several

logger = logging.getLogger(__name__)


__all__ = ["Sources", "several"]


@dataclass
class Sources:
    """A folder of source tables, with a list of the rows that were set aside."""

    folder: Path
    aside: list[str] = field(default_factory=list)
    own: OwnFolder | None = None

    def set_aside(self, file: str, line: int, why: str) -> None:
        """Notes a row that is not used, with the reason."""
        self.aside.append(f"{file}:{line}: {why}")
        logger.info("set aside %s:%d: %s", file, line, why)

    def csv_rows(self, file: str) -> list[tuple[int, dict[str, str]]]:
        """The rows of a CSV file with their line numbers; shorter or longer rows are set aside."""
        rows = []
        with (self.folder / file).open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle, strict=True)
            for row in reader:
                if None in row or any(value is None for value in row.values()):
                    self.set_aside(file, reader.line_num, "wrong number of columns")
                else:
                    rows.append((reader.line_num, {key: value.strip() for key, value in row.items()}))
        return rows

    def psv_rows(self, file: str, columns: int, separator: str = "|") -> list[tuple[int, list[str]]]:
        """The rows of a `|`-separated file with their line numbers; `#` opens a remark."""
        rows = []
        for line, text in enumerate((self.folder / file).read_text(encoding="utf-8").splitlines(), 1):
            if not text.strip() or text.startswith("#"):
                continue
            fields = [part.strip() for part in text.split(separator)]
            if len(fields) == columns:
                rows.append((line, fields))
            else:
                self.set_aside(file, line, f"{len(fields)} fields instead of {columns}")
        return rows

    def country_codes(self) -> frozenset[str]:
        """The ISO 3166 alpha-3 codes of all countries and territories of the tables."""
        return frozenset(row["iso3"] for _, row in self.csv_rows("countries.csv"))

    def own_rows(self) -> list[OwnRow]:
        """The rows that the user has added; those that cannot be used are set aside."""
        rows: list[OwnRow] = []
        countries = self.country_codes() if self.own else frozenset()
        for path in self.own.row_files() if self.own else ():
            try:
                read = read_own_rows(path, countries)
            except OwnRowsError as error:
                self.aside.append(str(error))
                continue
            self.aside.extend(note for note in read.problems if note not in self.aside)
            rows.extend(read.rows)
        return rows

    def words(self, file: str) -> frozenset[str]:
        """The lines of a word list."""
        lines = (self.folder / file).read_text(encoding="utf-8").splitlines()
        return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))

    def digest(self) -> str:
        """A digest of all tables, the gazetteer's beside ours included: the version of the knowledge made from them."""
        sha = hashlib.sha256()
        beside = self.folder.parent / "gazetteer"
        snapshot = self.own.snapshot() if self.own else None
        own = [*(self.own.row_files() if self.own else ()), *([snapshot] if snapshot else ())]
        for path in [*sorted(self.folder.iterdir()), *(sorted(beside.iterdir()) if beside.is_dir() else ()), *own]:
            if path.suffix in {".csv", ".psv", ".tsv", ".txt"}:
                sha.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return sha.hexdigest()[:12]

"""A table with a report in each row (CSV, parted by commas, semicolons, tabs or bars) becomes reports.

Which column is which is told by the usual names or by the person. A row that will not do is set aside with its number.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from detente.ingest.described import NO_TEXT, column_names, counted, report_of, told_by
from detente.ingest.outcome import Given, Note, Outcome, SetAside
from detente.ingest.plain import warned

DELIMITERS = ",;\t|"
HEAD = 65_536
# A name of a column, and no half of a sentence.
NAME = re.compile(r"[\w#][\w ()/#.-]{0,59}")
MOST_WORDS = 5
# A row may hold a whole report; the library's own limit is far below that.
LONGEST_CELL = 50_000_000
REMEDY = "give all rows the columns of the first line, or say which column holds the text: --columns text=NAME"


class Delimited:
    """CSV and its relatives, with names in the first line."""

    name = "CSV"

    def fits(self, given: Given) -> float:
        names = _names(given.text or "")
        known = column_names(names, given.columns) if names else {}
        if given.columns and "text" in given.columns:
            return 0.65 if "text" in known else 0.0
        # A line of names, and not a sentence with commas: a text and something else, or many things but no text, and
        # as many cells in the next row.
        if len(_first_row(given.text or "", names)) != len(names):
            return 0.0
        return 0.65 if len(known) >= (2 if "text" in known else 3) else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        text = (given.text or "").removeprefix("\ufeff")
        names = _names(text)
        columns = column_names(names, given.columns)
        if "text" not in columns:
            rows = sum(1 for line in text.splitlines() if line.strip()) - 1
            reason = f"a table of {counted(rows, 'row', 'rows')} without a column of texts: metadata only"
            yield SetAside(given.source, reason, "give one with the texts, or name their column: --columns text=NAME")
            return
        csv.field_size_limit(LONGEST_CELL)
        for outcome in _rows(given, text, names, columns):
            yield warned(outcome, given.warnings)


def _rows(given: Given, text: str, names: list[str], columns: dict[str, str]) -> Iterator[Outcome]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    next(reader, None)
    number = 1
    while True:
        number += 1
        source = f"{given.source}, row {number}"
        try:
            row = next(reader, None)
        except csv.Error as problem:
            yield SetAside(source, f"no CSV ({problem})", "look for a quotation mark without its partner")
            continue
        if row is None:
            if number == 2:
                yield Note(given.source, "a table without rows")
            return
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(names):
            yield SetAside(source, f"{len(row)} cells and not {len(names)}", REMEDY)
            continue
        values = dict(zip(names, row, strict=True))
        outcome = report_of(source, "CSV", values[columns["text"]], told_by(values, columns, "the column"), given)
        yield outcome if not _is_empty(outcome) else SetAside(source, "the text is empty", "give its text")


def _first_row(text: str, names: list[str]) -> list[str]:
    """The cells of the first row under the names; the names themselves where there is none."""
    reader = csv.reader(io.StringIO(text[:HEAD], newline=""), delimiter=_delimiter(text))
    try:
        next(reader, None)
        return next((row for row in reader if row), names)
    except csv.Error:
        return []


def _is_empty(outcome: Outcome) -> bool:
    return isinstance(outcome, SetAside) and outcome.reason == NO_TEXT


def _delimiter(text: str) -> str:
    """What parts the names in the first line most often."""
    first = text[:HEAD].lstrip("\ufeff").split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _names(text: str) -> list[str]:
    """The names in the first line, none where they are no names: too long, or the same twice."""
    first = text[:HEAD].removeprefix("\ufeff").split("\n", 1)[0].rstrip("\r")
    if not any(mark in first for mark in DELIMITERS):
        return [first.strip()] if _is_name(first.strip()) else []
    try:
        names = [name.strip() for name in next(csv.reader([first], delimiter=_delimiter(text)), [])]
    except csv.Error:
        return []
    return names if all(map(_is_name, names)) and len(set(names)) == len(names) else []


def _is_name(words: str) -> bool:
    return NAME.fullmatch(words) is not None and not words.endswith(".") and len(words.split()) <= MOST_WORDS

"""Rows as lines of text, each value checked against the type that its format asks for before anything is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from detente.codebook.formats import FieldSpec
from detente.model.exported import ExportError

Row = Mapping[str, object]
# No program that reads the formats takes whole numbers of more than 64 bits.
_TOO_LARGE = 2**63
_DAY = re.compile(r"\d{4,}-\d{2}-\d{2}")
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Columns that hold words; in the others nothing but a number or a day can stand.
_TEXTS = ("string", "list")
# Ends of lines to some tools that split JSON Lines, though not to JSON: written as escapes, so that a line stays one.
_JSON_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
# Control characters other than tab and line feed, halves of characters, and what is no character at all.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def write_tabbed(rows: Iterable[Row], columns: Sequence[FieldSpec], target: Path, headed: bool) -> int:
    """Tab-separated UTF-8 as the field's files are; gives the number of rows."""
    count = 0
    with target.open("w", encoding="utf-8", errors="replace", newline="") as handle:
        if headed:
            handle.write("\t".join(column.name for column in columns) + "\n")
        for row in rows:
            handle.write("\t".join(_cell(row, column) for column in columns) + "\n")
            count += 1
    return count


def _cell(row: Row, column: FieldSpec) -> str:
    value = row.get(column.name)
    written = "" if value is None else printable(_BREAKS.sub(" ", str(value)))
    if isinstance(value, str) and column.type.startswith(_TEXTS):
        written = guarded(written)
    if not fits(written, column.type):
        raise ExportError(f"row {next(iter(row.values()), '?')}: {column.name} {written!r} is no {column.type}")
    return written


def fits(value: str, type: str) -> bool:
    """Whether a value may stand in a column of that type; an empty one always may."""
    check = next((check for name, check in _CHECKS.items() if type.startswith(name)), None)
    return not value or check is None or check(value)


def _is_number(value: str) -> bool:
    try:
        return abs(float(value)) < float("inf")
    except ValueError:
        return False


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "integer": lambda value: re.fullmatch(r"-?\d{1,19}", value) is not None and abs(int(value)) < _TOO_LARGE,
    "float": _is_number,
    "date": lambda value: _DAY.fullmatch(value) is not None,
}


def json_line(told: Mapping[str, object]) -> str:
    """An object on one line, its end included."""
    return json.dumps(told, ensure_ascii=False).translate(_JSON_BREAKS) + "\n"


def printable(words: str) -> str:
    """The words without control characters, which would steer a terminal or end an XML file."""
    return _CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def guarded(words: str) -> str:
    """Words that a spreadsheet would take for a formula, with an apostrophe in front; numbers stay as they are."""
    return f"'{words}" if words.startswith(_FORMULA) and not _is_number(words) else words

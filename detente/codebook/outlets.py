"""What is known of outlets: a CSV of the user's own beside the other own knowledge. Nothing is shipped or guessed.

A file in, outlets and what is wrong with other rows out. A bad row is set aside with file and line, the rest is used.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.codebook.own_knowledge import OwnFolder, replacing
from detente.model.outlet import Outlet, Outlets

COLUMNS = ("name", "country", "owner", "side", "language")
_COUNTRY = re.compile(r"[A-Z]{3}")
_SIDE = re.compile(r"[A-Z]{3}( [A-Z]{3})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_LARGEST = 20_000_000


class OutletsError(ValueError):
    """A file that cannot be used at all; the message names it and says what to do."""


@dataclass(frozen=True)
class OutletRows:
    """The good rows of a file, and one line for each of the others."""

    outlets: tuple[Outlet, ...]
    problems: tuple[str, ...]


def outlets_file() -> Path:
    """Where the user's outlets lie."""
    return OwnFolder.usual().path / "outlets.csv"


def outlets_in_force() -> Outlets:
    """The outlets that the user filled in; none where there is no such file."""
    path = outlets_file()
    return Outlets.of(read_outlets(path).outlets) if path.is_file() else Outlets()


def read_outlets(path: Path) -> OutletRows:
    """The outlets of a CSV file; OutletsError where it is no such table."""
    reader = csv.DictReader(io.StringIO(_text(path)), restkey="")
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    unknown = [name for name in header if name not in COLUMNS]
    if "name" not in header or unknown:
        fault = f"has unknown columns {', '.join(unknown)}" if unknown else "lacks the column name"
        raise OutletsError(f"{path}:1: the header {fault}; columns are: {', '.join(COLUMNS)}")
    reader.fieldnames = header
    found: dict[str, Outlet] = {}
    problems: list[str] = []
    for cells in reader:
        try:
            outlet = _outlet(cells)
            if outlet.name.casefold() in found:
                raise ValueError(f"{outlet.name!r} stands there twice")
            found[outlet.name.casefold()] = outlet
        except ValueError as problem:
            problems.append(f"{path.name}:{reader.line_num}: {problem}; the row is set aside")
    return OutletRows(tuple(found.values()), tuple(problems))


def write_outlets(path: Path, outlets: Iterable[Outlet]) -> None:
    """Writes outlets as CSV; what is unknown stays empty."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for outlet in sorted(outlets, key=lambda outlet: outlet.name.casefold()):
        writer.writerow({name: value or "" for name, value in outlet.to_dict().items()})
    with replacing(path) as fresh:
        fresh.write_text(lines.getvalue(), encoding="utf-8")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise OutletsError(f"{path}: larger than {_LARGEST // 1_000_000} MB; split it")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OutletsError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise OutletsError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _outlet(cells: Mapping[str, str | None]) -> Outlet:
    if "" in cells or None in cells.values():
        raise ValueError("wrong number of fields; quote fields that hold commas")
    told = {name: " ".join((cells.get(name) or "").split()) or None for name in COLUMNS}
    if told["name"] is None:
        raise ValueError("an outlet has no name")
    for name, pattern, wanted in (
        ("country", _COUNTRY, "three capitals (ARM)"),
        ("side", _SIDE, "a country, or country and sector (ARM GOV)"),
        ("language", _LANGUAGE, "two or three small letters (hy)"),
    ):
        value = told[name]
        if value is not None and not pattern.fullmatch(value):
            raise ValueError(f"{name} is {value!r}; write {wanted}, or leave it empty")
    return Outlet(told["name"], told["country"], told["owner"], told["side"], told["language"])

"""A user's own rows about actors and places: a CSV file with a header, each row with its source.

The file in; rows and what is wrong with the others out. A file without the columns is refused as a whole; a bad row is
set aside with file and line, and the rest used.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.codebook.dates import day_told

NEEDED = ("kind", "name", "country", "source")
OPTIONAL = ("aliases", "organisation", "role", "role_class", "sector", "start", "end", "as_of", "latitude", "longitude")
KINDS = ("person", "group", "organisation", "media", "place")
ROLE_CLASSES = frozenset(
    {"head_of_state", "head_of_government", "foreign_minister", "defence_minister", "interior_minister", "minister"}
    | {"deputy_minister", "deputy_head", "spokesperson", "adviser", "security_council", "military_chief", "diplomat"}
    | {"intelligence", "io_head", "opposition", "party", "legislator", "judiciary", "subnational", "viceroy", "other"}
    | {"armed_group_leader", "de_facto_authority", "religious", "spouse"}
)
# Codes of actors that belong to no country.
NO_COUNTRY = frozenset({"IGO", "NGO", "IMG"})
_SECTOR = re.compile(r"[A-Z]{3}")
_LARGEST = 20_000_000


class OwnRowsError(ValueError):
    """A file that cannot be used at all; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row, checked: an office of a person, a body or group with its side, or a place (degrees, WGS 84)."""

    file: str
    line: int
    kind: str
    name: str
    aliases: tuple[str, ...]
    country: str
    organisation: str
    role: str
    role_class: str
    sectors: tuple[str, ...]
    start: str
    end: str
    as_of: str
    latitude: float | None
    longitude: float | None
    source: str


@dataclass(frozen=True)
class OwnRows:
    """The good rows of a file, and one line for each of the others."""

    rows: tuple[OwnRow, ...]
    problems: tuple[str, ...]


def read_own_rows(path: Path, countries: Collection[str]) -> OwnRows:
    """The rows of a file, about countries (ISO3) that are known; OwnRowsError where it is no such table."""
    rows: list[OwnRow] = []
    problems: list[str] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in _cells(path):
        try:
            row = _row(path.name, line, cells, countries)
            _new(row, seen)
        except ValueError as error:
            problems.append(f"{path.name}:{line}: {error}; the row is set aside")
            continue
        rows.append(row)
    return OwnRows(tuple(rows), tuple(problems))


def _cells(path: Path) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    reader = csv.DictReader(io.StringIO(_text(path)), restkey="")
    header = [name.strip().lower() for name in reader.fieldnames or ()]
    missing = [name for name in NEEDED if name not in header]
    unknown = [name for name in header if name not in (*NEEDED, *OPTIONAL)]
    if missing or unknown:
        fault = f"lacks the columns {', '.join(missing)}" if missing else f"has unknown columns {', '.join(unknown)}"
        raise OwnRowsError(f"{path}:1: the header {fault}; columns are: {', '.join((*NEEDED, *OPTIONAL))}")
    reader.fieldnames = header
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise OwnRowsError(f"{path}:{reader.line_num}: not a CSV file ({error})") from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise OwnRowsError(f"{path}: larger than {_LARGEST // 1_000_000} MB; split it")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise OwnRowsError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise OwnRowsError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    if "\0" in text:
        raise OwnRowsError(f"{path}: a binary file, not CSV")
    return text


def _row(file: str, line: int, cells: Mapping[str, str | None], countries: Collection[str]) -> OwnRow:
    if "" in cells or None in cells.values():
        raise ValueError("wrong number of fields; quote fields that hold commas")
    told = {name: " ".join((cells.get(name) or "").split()) for name in (*NEEDED, *OPTIONAL)}
    _check(told, countries)
    return OwnRow(
        file=file,
        line=line,
        kind=told["kind"],
        name=told["name"],
        aliases=tuple(several(told["aliases"])),
        country=told["country"],
        organisation=told["organisation"],
        role=told["role"],
        role_class=told["role_class"] or "other",
        sectors=tuple(several(told["sector"])),
        start=told["start"],
        end=told["end"],
        as_of=told["as_of"],
        latitude=_degrees(told["latitude"], 90.0),
        longitude=_degrees(told["longitude"], 180.0),
        source=told["source"],
    )


def _check(told: Mapping[str, str], countries: Collection[str]) -> None:
    """ValueError with the reason, for a row that cannot be used."""
    if told["kind"] not in KINDS:
        raise ValueError(f"kind is {told['kind']!r}; it must be one of {', '.join(KINDS)}")
    if not told["name"] or not told["source"]:
        raise ValueError("name and source must be given")
    if not any(letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN") for letter in told["name"]):
        raise ValueError(f"the name {told['name']!r} is not in Latin letters; give one, and this one among aliases")
    if told["country"] not in NO_COUNTRY and told["country"] not in countries:
        raise ValueError(f"country is {told['country']!r}; it must be ISO 3166 alpha-3, IGO, NGO or IMG")
    if any(not _SECTOR.fullmatch(sector) for sector in several(told["sector"])):
        raise ValueError(f"sector is {told['sector']!r}; it must be PLOVER sectors such as GOV;MIL")
    if told["kind"] == "person" and not told["role"]:
        raise ValueError("a person's row is about an office; give its role")
    if told["role_class"] and told["role_class"] not in ROLE_CLASSES:
        raise ValueError(f"role_class is {told['role_class']!r}; it must be one of {', '.join(sorted(ROLE_CLASSES))}")
    if told["kind"] == "place" and not (told["latitude"] and told["longitude"]):
        raise ValueError("a place needs latitude and longitude in degrees")
    _days(told)


def _days(told: Mapping[str, str]) -> None:
    start, end = day_told(told["start"], last=False), day_told(told["end"], last=True)
    as_of = day_told(told["as_of"], last=True)
    if start and end and end < start:
        raise ValueError(f"it ends ({end}) before it starts ({start})")
    if start and as_of and as_of < start:
        raise ValueError(f"it was last known ({as_of}) before it starts ({start})")


def _degrees(text: str, limit: float) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no number of degrees") from error
    if not -limit <= value <= limit:
        raise ValueError(f"{text} degrees lie outside {-limit:.0f} to {limit:.0f}")
    return value


def _new(row: OwnRow, seen: dict[tuple[str, ...], int]) -> None:
    key = (row.kind, row.name, row.country, row.role, row.start, row.end)
    if key in seen:
        raise ValueError(f"the same row stands in line {seen[key]}")
    seen[key] = row.line


def several(cell: str) -> list[str]:
    """The parts of a cell that lists several values with semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]

"""What other programs' formats call columns, countries and sectors. Only the words; rows are made in `export/`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detente.codebook.files import DATA

FORMATS = DATA / "formats"
COUNTRIES = DATA / "whoswho" / "countries.csv"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A column of a format: its name and the type that its values must have."""

    name: str
    type: str


@cache
def columns_of(format: str) -> tuple[FieldSpec, ...]:
    """The columns of a format, or the properties of a schema, in their order; KeyError where there is no such list."""
    found: dict[str, list[FieldSpec]] = {}
    with (FORMATS / "columns.tsv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            found.setdefault(row["format"], []).append(FieldSpec(row["column"], row["type"] or "string"))
    return tuple(found[format])


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    """The code lists by name, each with what it calls a country by ISO3; rows of our own come before the tables."""
    with COUNTRIES.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    found = {name: {row["iso3"]: row[name] for row in rows} for name in ("iso2", "cow", "gec", "cameo", "name")}
    found["cow"] = {iso3: number.lstrip("0") for iso3, number in found["cow"].items()}
    found["cameo"] = {iso3: code or iso3 for iso3, code in found["cameo"].items()}
    for name, iso3, words in _rows("countries.psv"):
        found.setdefault(name, {})[iso3] = words
    found["icews"] = found["name"] | found["icews"]
    return found


def country_in(list: str, iso3: str | None) -> str | None:
    """What a list (iso2, cow, gec, cameo, icews, name) calls a country; None where it has no code for it."""
    return _lists()[list].get(iso3 or "") or None


@cache
def _regions() -> Mapping[tuple[str, str, str], str]:
    return {(name, iso3, region): code for name, iso3, region, code in _rows("regions.psv")}


def place_in(list: str, iso3: str | None, names: Iterable[str | None]) -> str | None:
    """What a list calls the country of a place, or the part of it that has a code of its own, by the place's names."""
    parts = (_regions().get((list, iso3 or "", name or "")) for name in names)
    return next(filter(None, parts), None) or country_in(list, iso3)


@cache
def cameo_types() -> Mapping[str, str]:
    """CAMEO's actor type of a PLOVER sector, where one fits."""
    return {sector: type for sector, type, _ in _rows("sectors.psv") if type}


@cache
def sector_words() -> Mapping[str, str]:
    """A sector in ICEWS' words, the narrower first, parted by commas."""
    return {sector: words for sector, _, words in _rows("sectors.psv")}


def _rows(name: str, folder: Path = FORMATS) -> list[list[str]]:
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return [line.split("|") for line in lines if line and not line.startswith("#")]

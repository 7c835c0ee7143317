"""What other programs' formats call columns, countries and sectors. Only the words; rows are made in `export/`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country in the code lists of others; empty where a list has no code for it."""

    iso3: str
    name: str
    iso2: str = ""
    cameo: str = ""
    cow: str = ""
    gec: str = ""


@cache
def columns_of(format: str) -> tuple[FieldSpec, ...]:
    """The columns of a format in their order; KeyError where there is no such list."""
    found: dict[str, list[FieldSpec]] = {}
    with (FORMATS / "columns.tsv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            found.setdefault(row["format"], []).append(FieldSpec(row["column"], row["type"] or "string"))
    return tuple(found[format])


@cache
def countries() -> Mapping[str, CountryCodes]:
    """The codes of each country by ISO 3166 alpha-3 (XKX for Kosovo)."""
    with COUNTRIES.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return {
        row["iso3"]: CountryCodes(
            row["iso3"], row["name"], row["iso2"], row["cameo"], row["cow"].lstrip("0"), row["gec"]
        )
        for row in rows
    }


@cache
def called_in(format: str) -> Mapping[str, str]:
    """What a format calls a country where it is not the usual code or name, by ISO3."""
    return {iso3: words for name, iso3, words in _rows("countries.psv") if name == format}


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

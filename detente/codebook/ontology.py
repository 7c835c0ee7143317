"""PLOVER and CAMEO as data: types, modes, contexts, scores, sectors and codes, with their definitions.

Comes from the tables in `data/ontology`. Says which codes there are and what they are worth; it codes nothing, and it
never derives a PLOVER type from a CAMEO code or the reverse.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from detente.codebook.files import DATA, DataError

_SECTION = re.compile(r"^### ([A-Z]+) - quad .*$", re.MULTILINE)
_HEADING = re.compile(r"^#{2,3} ", re.MULTILINE)


class UnknownCode(ValueError):
    """A code that an ontology does not have; the message names the codes that it has."""


@dataclass(frozen=True, slots=True)
class PloverType:
    """One of PLOVER's types: its score and quad class, its modes with their scores, and its definition."""

    code: str
    score: float
    quad: int
    modes: Mapping[str, float]
    definition: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code: its name, its Goldstein value and its quad class."""

    code: str
    name: str
    goldstein: float
    quad: int


@dataclass(frozen=True)
class Ontology:
    """What the two ontologies know. Asking for an unknown code answers with the codes that exist."""

    plover: Mapping[str, PloverType]
    contexts: tuple[str, ...]
    sectors: Mapping[str, str]
    cameo: Mapping[str, CameoCode]

    @property
    def types(self) -> tuple[str, ...]:
        """PLOVER's sixteen types in the order of the codebook."""
        return tuple(self.plover)

    def modes(self, code: str) -> tuple[str, ...]:
        """The modes of a PLOVER type; some types have none."""
        return tuple(self._type(code).modes)

    def quad(self, code: str) -> int:
        """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
        return self._type(code).quad

    def definition(self, code: str) -> str:
        """What a PLOVER type means, its modes and its near misses, as Markdown."""
        return self._type(code).definition

    def plover_score(self, code: str, mode: str | None = None) -> float:
        """PLOVER's score of a type and mode, from -10 (conflict) to 10 (cooperation)."""
        kind = self._type(code)
        if mode is None:
            return kind.score
        if mode not in kind.modes:
            raise UnknownCode(f"{code} has no mode {mode!r}; its modes are: {', '.join(kind.modes) or 'none'}")
        return kind.modes[mode]

    def goldstein(self, code: str) -> float:
        """The Goldstein value of a CAMEO code; a scale of its own, not to be mixed with PLOVER's scores."""
        return self._cameo(code).goldstein

    def cameo_name(self, code: str) -> str:
        """What a CAMEO code is called."""
        return self._cameo(code).name

    def _type(self, code: str) -> PloverType:
        if code not in self.plover:
            raise UnknownCode(f"PLOVER has no type {code!r}; its types are: {', '.join(self.plover)}")
        return self.plover[code]

    def _cameo(self, code: str) -> CameoCode:
        if code not in self.cameo:
            near = [known for known in self.cameo if known[:2] == code[:2]] or [c for c in self.cameo if len(c) == 2]
            raise UnknownCode(f"CAMEO has no code {code!r} (codes are text, as '0256'); near it: {', '.join(near)}")
        return self.cameo[code]


def load_ontology(folder: Path | None = None) -> Ontology:
    """Read the tables of both ontologies; DataError names the file and the line that does not fit."""
    folder = folder or DATA / "ontology"
    contexts = tuple(row["context"] for _, row in _rows(folder / "contexts.tsv", ("context",)))
    sectors = {row["code"]: row["meaning"] for _, row in _rows(folder / "sectors.tsv", ("code", "meaning"))}
    return Ontology(_plover(folder), contexts, sectors, _cameo_codes(folder / "cameo_codes.tsv"))


def _plover(folder: Path) -> dict[str, PloverType]:
    path = folder / "plover.tsv"
    definitions = _definitions(folder / "definitions.md")
    own: dict[str, tuple[float, int]] = {}
    modes: dict[str, dict[str, float]] = {}
    for line, row in _rows(path, ("event", "mode", "score", "quad")):
        code, mode = row["event"], row["mode"]
        if not mode:
            own[code] = (_number(path, line, row["score"]), int(_number(path, line, row["quad"])))
            modes[code] = {}
        elif code not in own:
            raise DataError(f"{path}:{line}: mode {mode} stands before its type {code}; put the type's own row first")
        else:  # a mode without a score of its own takes its type's
            modes[code][mode] = _number(path, line, row["score"]) if row["score"] else own[code][0]
    missing = [code for code in own if code not in definitions]
    if missing:
        raise DataError(f"{folder / 'definitions.md'}: no section '### TYPE - quad ...' for {', '.join(missing)}")
    return {code: PloverType(code, *own[code], modes[code], definitions[code]) for code in own}


def _cameo_codes(path: Path) -> dict[str, CameoCode]:
    found: dict[str, CameoCode] = {}
    for line, row in _rows(path, ("code", "name", "goldstein", "cameo_quad")):
        value, quad = _number(path, line, row["goldstein"]), int(_number(path, line, row["cameo_quad"]))
        found[row["code"]] = CameoCode(row["code"], row["name"], value, quad)
    return found


def _definitions(path: Path) -> dict[str, str]:
    """The text under each heading of a type, without the heading itself."""
    text = _text(path)
    found: dict[str, str] = {}
    for section in _SECTION.finditer(text):
        following = _HEADING.search(text, section.end())
        found[section[1]] = text[section.end() : following.start() if following else len(text)].strip()
    return found


def _rows(path: Path, columns: Iterable[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a tab-separated table, each with its line number."""
    lines = _text(path).splitlines()
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    lacking = [column for column in columns if column not in (reader.fieldnames or ())]
    if lacking:
        raise DataError(f"{path}:1: column {', '.join(lacking)} is missing")
    rows = list(enumerate(reader, start=2))
    for line, row in rows:
        if None in row or None in row.values():
            raise DataError(f"{path}:{line}: the row has not as many fields as the heading")
    return rows


def _number(path: Path, line: int, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        raise DataError(f"{path}:{line}: {value!r} is no number") from None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataError(f"{path}: no such data file; reinstall detente") from None

"""What coders answered: reads sheets of answers (JSON Lines, or CSV as the coding kit has them) and checks them.

An answer that is not there yet is left out; one that the codebook does not know is refused with file, place and remedy.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from detente.codebook.ontology import Ontology, load_ontology
from detente.model.event import Status

NONE = "NONE"
SEPARATOR = ";"
STATUSES = get_args(Status)


class SheetError(ValueError):
    """A sheet that cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True)
class Answer:
    """How one coder coded one item. `type` is NONE where nothing codable happens; the rest is empty then."""

    type: str
    modes: tuple[str, ...] = ()
    status: str | None = None
    cameo: str | None = None
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


Sheet = Mapping[str, Answer]


@cache
def ontology() -> Ontology:
    """PLOVER and CAMEO, loaded once."""
    return load_ontology()


def read_sheet(path: Path) -> Sheet:
    """The answers of one coder by item."""
    found: dict[str, Answer] = {}
    for line, row in _rows(path):
        name = str(row.get("id") or "").strip()
        if not name or name in found:
            raise SheetError(f"{path}:{line}: {'this id is answered twice' if name else 'the id is missing'}")
        if row.get("type"):
            answer = _answer(row)
            if fault := _fault(answer, ontology()):
                raise SheetError(f"{path}:{line}: {name}: {fault}")
            found[name] = answer
    return found


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SheetError(f"{path}: cannot be read ({error}); save it as CSV or JSON Lines in UTF-8") from error
    if path.suffix == ".csv":
        # Some spreadsheets write semicolons between cells; ours stand inside them, after an id without any.
        delimiter = ";" if text.startswith("id;") else ","
        yield from enumerate(csv.DictReader(text.splitlines(), delimiter=delimiter), start=2)
        return
    for line, words in enumerate(text.splitlines(), start=1):
        if words.strip():
            try:
                row = json.loads(words)
            except json.JSONDecodeError as error:
                raise SheetError(f"{path}:{line}: no JSON ({error}); one object a line") from error
            if not isinstance(row, dict):
                raise SheetError(f"{path}:{line}: an object with id and type belongs here")
            yield line, row


def _answer(row: Mapping[str, Any]) -> Answer:
    name = _word(row.get("type")) or ""
    if name.upper() == NONE:
        return Answer(NONE)
    sources, targets = _words(row.get("source")), _words(row.get("target"))
    if row.get("reciprocal") is True:
        sources = targets = tuple(dict.fromkeys((*sources, *targets)))
    modes, contexts = _words(row.get("mode")), _words(row.get("contexts"))
    return Answer(name.upper(), modes, _word(row.get("status")), _word(row.get("cameo")), sources, targets, contexts)


def _word(value: Any) -> str | None:
    """One word, or None for an empty cell."""
    return str(value).strip() or None if value is not None else None


def _words(value: Any) -> tuple[str, ...]:
    """A list, or the words of one cell between semicolons; twice the same word counts once."""
    told = value if isinstance(value, list) else str(value or "").split(SEPARATOR)
    return tuple(dict.fromkeys(word for word in (" ".join(str(part).split()) for part in told) if word))


def _fault(answer: Answer, known: Ontology) -> str | None:
    """What the codebook does not know of an answer, in words; None if all is well."""
    if answer.type == NONE:
        return None
    if answer.type not in known.types:
        return f"no type {answer.type}; write {NONE} or one of {', '.join(known.types)}"
    if strange := [mode for mode in answer.modes if mode not in known.modes(answer.type)]:
        return f"{answer.type} has no mode {strange[0]}; leave it empty or write one of {_modes(known, answer.type)}"
    if answer.status not in STATUSES:
        return f"no status {answer.status or '(empty)'}; write one of {', '.join(STATUSES)}"
    if answer.cameo is not None and answer.cameo not in known.cameo:
        return f"no CAMEO code {answer.cameo}; codes begin with a zero below 10: 042 and not 42"
    unknown = [context for context in answer.contexts if context not in known.contexts]
    return f"no context {', '.join(unknown)}; separate contexts by semicolons" if unknown else None


def _modes(known: Ontology, code: str) -> str:
    return ", ".join(known.modes(code)) or "(it has none)"

"""Examples and near misses of PLOVER's types, for people: the codebook page is built from them.

Comes from `data/ontology/examples.yaml`. Each example names the words of the parties and of the deed; what
does not fit its sentence or the ontologies is refused with file and place. Nothing is coded by these examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from detente.codebook.files import DATA, DataError, load_yaml
from detente.codebook.ontology import Ontology
from detente.model.event import Status

_STATUSES = get_args(Status)
_KEYS = frozenset(("text", "type", "mode", "source", "target", "trigger", "cameo", "status", "reciprocal", "because"))


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the coding of the deed in it; `type` is None where it is no event.

    Parties of a reciprocal deed stand on both sides. `because` says why a near miss is not what it looks like.
    """

    text: str
    type: str | None
    mode: str | None
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    trigger: str | None
    cameo: str | None
    status: str
    reciprocal: bool
    because: str | None


@dataclass(frozen=True, slots=True)
class TypeExamples:
    """What shows one type, and what looks like it and is coded otherwise."""

    examples: tuple[Example, ...]
    near_misses: tuple[Example, ...]


def load_examples(ontology: Ontology, path: Path | None = None) -> Mapping[str, TypeExamples]:
    """The examples of each type in the order of the file; DataError names the place that does not fit."""
    path = path or DATA / "ontology" / "examples.yaml"
    found = {}
    for code, entry in _mapping(load_yaml(path), str(path)).items():
        here = f"{path}: {code}"
        if code not in ontology.types:
            raise DataError(f"{here}: PLOVER has no such type; its types are: {', '.join(ontology.types)}")
        lists = _mapping(entry, here)
        if set(lists) != {"examples", "near_misses"}:
            raise DataError(f"{here}: give it the lists examples and near_misses, and nothing else")
        examples = _examples(lists["examples"], f"{here}: examples", ontology, {"type": code})
        found[code] = TypeExamples(examples, _examples(lists["near_misses"], f"{here}: near_misses", ontology, {}))
    return found


def _mapping(value: Any, here: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise DataError(f"{here}: a mapping of keys to values belongs here")
    return value


def _examples(rows: Any, here: str, ontology: Ontology, given: Mapping[str, Any]) -> tuple[Example, ...]:
    if not isinstance(rows, list):
        raise DataError(f"{here}: a list belongs here")
    found = []
    for number, row in enumerate(rows, start=1):
        place = f"{here}: {number}"
        told = {**_mapping(row, place), **given}
        if unknown := sorted(set(told) - _KEYS):
            raise DataError(f"{place}: unknown key {', '.join(unknown)}; the keys are: {', '.join(sorted(_KEYS))}")
        example = _example(told)
        if fault := _fault(example, ontology):
            raise DataError(f"{place}: {fault}")
        found.append(example)
    return tuple(found)


def _example(row: Mapping[str, Any]) -> Example:
    sources = _words(row.get("source"))
    reciprocal = row.get("reciprocal") is True
    return Example(
        text=str(row.get("text", "")),
        type=row.get("type"),
        mode=row.get("mode"),
        sources=sources,
        targets=sources if reciprocal else _words(row.get("target")),
        trigger=row.get("trigger"),
        cameo=row.get("cameo"),
        status=row.get("status", "happened"),
        reciprocal=reciprocal,
        because=row.get("because"),
    )


def _words(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _fault(example: Example, ontology: Ontology) -> str | None:
    """What is wrong with an example, in words; None if nothing is."""
    missing = [w for w in (*example.sources, *example.targets, example.trigger or "") if w not in example.text]
    if missing or not example.text:
        return f"{missing[0]!r} does not stand in the text" if missing else "it has no text"
    if example.type is None:
        return "without a type it is no event: leave mode and cameo out" if example.mode or example.cameo else None
    if example.type not in ontology.types:
        return f"PLOVER has no type {example.type!r}"
    if example.mode is not None and example.mode not in ontology.modes(example.type):
        return f"{example.type} has no mode {example.mode!r}"
    if example.cameo not in ontology.cameo:
        return f"CAMEO has no code {example.cameo!r} (codes are text: write them in quotation marks)"
    if example.status not in _STATUSES:
        return f"{example.status!r} is no status; they are: {', '.join(_STATUSES)}"
    return None if example.trigger and (example.sources or example.targets) else "it needs a trigger and a party"

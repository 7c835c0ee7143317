"""Checks an entry of the lexicon against the ontologies' tables and the keys that entries may have.

Raises EntryError in words that say what is wrong and what is allowed; the file and the entry are named by the caller.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, get_args

from detente.codebook.ontology import Ontology
from detente.model.event import Status

FAMILIES: Mapping[str, str] = {
    "request": "REQUEST",
    "demand": "REQUEST",
    "reject": "REJECT",
    "threaten": "THREATEN",
    "promise": "AGREE",
    "accuse": "ACCUSE",
    "support": "SUPPORT",
}
"""Families of speech acts, each with the PLOVER type that an outcome has where it names none."""

_PREDICATE_KEYS = (
    *("id", "verbs", "nouns", "plover", "mode", "cameo", "needs", "bars", "source", "target"),
    *("reciprocal", "content", "act", "status", "contexts"),
)
_CONTENT_KEYS = ("id", "types", "words", *FAMILIES)
_OUTCOME_KEYS = ("plover", "mode", "cameo")
_RECIPROCAL = ("never", "plural", "always")


class EntryError(ValueError):
    """What is wrong with an entry, and what is allowed there."""


def check_predicate(entry: Mapping[str, Any], ontology: Ontology) -> None:
    """Whether an entry of predicates has only known keys, and codes that the ontologies have."""
    _known("key", entry, _PREDICATE_KEYS)
    _codes(entry, str(entry["plover"]), ontology)
    _known("context", entry.get("contexts") or (), ontology.contexts)
    _known("reciprocal", [entry.get("reciprocal") or "never"], _RECIPROCAL)
    _known("content", [entry.get("content") or "request"], FAMILIES)
    _known("status", [entry.get("status") or "happened"], get_args(Status))


def check_content(entry: Mapping[str, Any], ontology: Ontology) -> None:
    """Whether a content class has only known keys, and types and outcomes that the ontologies have."""
    _known("key", entry, _CONTENT_KEYS)
    for told in entry.get("types") or ():
        code, _, mode = str(told).partition(".")
        ontology.plover_score(code, mode or None)
    for family, default in FAMILIES.items():
        outcome = entry.get(family)
        if outcome:
            _known(f"key in {family}", outcome, _OUTCOME_KEYS)
            _codes(outcome, str(outcome.get("plover") or default), ontology)


def _codes(entry: Mapping[str, Any], code: str, ontology: Ontology) -> None:
    """UnknownCode names the types, modes or codes that there are."""
    ontology.plover_score(code, entry.get("mode"))
    ontology.goldstein(str(entry["cameo"]))


def _known(what: str, given: Collection[str], allowed: Collection[str]) -> None:
    wrong = [name for name in given if name not in allowed]
    if wrong:
        raise EntryError(f"unknown {what} {', '.join(map(repr, wrong))}; known are: {', '.join(allowed)}")

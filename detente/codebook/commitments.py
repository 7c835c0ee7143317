"""The words by which somebody promises, offers, demands or refuses, and the nouns for agreements, of one language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from detente.codebook.files import DATA, DataError, load_yaml

Words = frozenset[str]


@dataclass(frozen=True)
class CommitmentWords:
    """Lemmas by their part in promising, offering and refusing; what each list is for stands in its file."""

    promising: Words
    assuring: Words
    committing: Words
    agreeing: Words
    bound: Words
    giving: Words
    offering: Words
    not_excluding: Words
    ready_verbs: Words
    ready_adjectives: Words
    empty_things: Words
    first_persons: Words
    future: Words
    no_deeds: Words
    hostile: Words
    refusing: Words
    conditional: Words
    ultimatum_nouns: Words
    ultimatum_marks: Words
    deadline_openers: Words
    deadline_measures: tuple[str, ...]
    agreements: Words
    truce: Words
    plain: Words
    named_only: Words
    definite: Words
    indefinite: Words
    standing: Words
    not_standing: Words
    sought: Words
    sought_links: Words
    sides: Mapping[str, int]
    about: Words
    breaking: Words
    keeping: Words
    answered: Words


_SPECIAL = ("ready_verbs", "ready_adjectives", "deadline_measures", "sides")


def load_commitments(code: str = "en", folder: Path | None = None) -> CommitmentWords:
    """Load a language's words of commitment; DataError names the file and what is missing or malformed."""
    path = (folder or DATA / "language" / code) / "commitments.yaml"
    raw = load_yaml(path)
    try:
        return _words(raw)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path}: a list is missing or malformed: {error}") from error
    except re.error as error:
        raise DataError(f"{path}: deadline_measures holds a pattern that cannot be read: {error}") from error


def _words(raw: Any) -> CommitmentWords:
    plain = {field.name: _list(raw, field.name) for field in fields(CommitmentWords) if field.name not in _SPECIAL}
    measures = tuple(str(pattern) for pattern in raw["deadline_measures"])
    for pattern in measures:
        re.compile(pattern.replace("{number}", "x").replace("{unit}", "x"))
    return CommitmentWords(
        **plain,
        ready_verbs=_list(raw["ready"], "verbs"),
        ready_adjectives=_list(raw["ready"], "adjectives"),
        deadline_measures=measures,
        sides={str(word): int(number) for word, number in raw["sides"].items()},
    )


def _list(raw: Any, name: str) -> Words:
    if not isinstance(raw[name], list):
        raise TypeError(f"`{name}` must be a list")
    return frozenset(map(str, raw[name]))

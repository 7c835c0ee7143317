"""The words by which numbers of people are told apart: data/language/<xx>/tolls.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from detente.codebook.files import DATA, DataError, load_yaml
from detente.model.account import SIZE_FIELDS, SizeField

_SETS = (
    "people",
    "person",
    "articles",
    "no",
    "nobody",
    "harm",
    "no_count",
    "no_people",
    "within",
    "passive",
    "of_them",
    "strong",
    "counting",
)


@dataclass(frozen=True)
class TollWords:
    """Beginnings of words for each field, words for people, and what tells that a number counts something else.

    `person` are the words for one of the `people`; `articles` stand before one alone, `no` before a word for people or
    for `harm` where there were none, `nobody` alone. After `no_count` a number is not meant, after `no_people` it
    counts hours or years unless a word for people follows, after `within` and before `of_them` it is part of another;
    `strong` is joined to it ("eleven-man"). Behind "of" a number is meant after `counting` words and those for what
    befell. `passive` words and those that begin with `befalling` say that it befell whoever stands before them.
    `things` follow a number of something else.
    """

    fields: Mapping[SizeField, tuple[str, ...]]
    types: Mapping[str, SizeField]
    people: frozenset[str]
    person: frozenset[str]
    articles: frozenset[str]
    no: frozenset[str]
    nobody: frozenset[str]
    harm: frozenset[str]
    no_count: frozenset[str]
    no_people: frozenset[str]
    within: frozenset[str]
    of_them: frozenset[str]
    strong: frozenset[str]
    counting: frozenset[str]
    passive: frozenset[str]
    befalling: tuple[str, ...]
    things: tuple[str, ...]


def load_tolls(language: str = "en", folder: Path = DATA / "language") -> TollWords:
    """The words of a language; DataError with the file's name where they do not fit."""
    path = folder / language / "tolls.yaml"
    data = load_yaml(path)
    try:
        fields = {name: tuple(map(str, data["fields"][name])) for name in SIZE_FIELDS}
        types = {str(code): cast(SizeField, name) for code, name in data["types"].items() if name in SIZE_FIELDS}
        sets = {name: frozenset(map(str, data[name])) for name in _SETS}
        sets["people"] |= sets["person"]
        befalling, things = (tuple(map(str, data[name])) for name in ("befalling", "things"))
        return TollWords(fields, types, **sets, befalling=befalling, things=things)
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: does not fit ({error}); install detente again") from error

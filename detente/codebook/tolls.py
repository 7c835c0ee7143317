"""The words by which numbers of people are told apart: data/language/<xx>/tolls.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from detente.codebook.files import DATA, DataError, load_yaml
from detente.model.account import SIZE_FIELDS, SizeField


@dataclass(frozen=True)
class TollWords:
    """Beginnings of words for each field, words for people, and what follows a number of something else."""

    fields: Mapping[SizeField, tuple[str, ...]]
    types: Mapping[str, SizeField]
    people: frozenset[str]
    things: tuple[str, ...]


def load_tolls(language: str = "en", folder: Path = DATA / "language") -> TollWords:
    """The words of a language; DataError with the file's name where they do not fit."""
    path = folder / language / "tolls.yaml"
    data = load_yaml(path)
    try:
        fields = {name: tuple(map(str, data["fields"][name])) for name in SIZE_FIELDS}
        types = {str(code): cast(SizeField, name) for code, name in data["types"].items() if name in SIZE_FIELDS}
        return TollWords(fields, types, frozenset(map(str, data["people"])), tuple(map(str, data["things"])))
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: does not fit ({error}); install detente again") from error

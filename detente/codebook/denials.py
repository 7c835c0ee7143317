"""The words by which somebody disputes what is told of him: data/language/<xx>/denials.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.codebook.files import DATA, DataError, load_yaml


@dataclass(frozen=True)
class DenialWords:
    """Cues of a denial, and the types of events that are disputed."""

    cues: tuple[str, ...]
    types: frozenset[str]


def load_denials(language: str = "en", folder: Path = DATA / "language") -> DenialWords:
    """The words of a language; DataError with the file's name where they do not fit."""
    path = folder / language / "denials.yaml"
    data = load_yaml(path)
    try:
        return DenialWords(tuple(map(str, data["cues"])), frozenset(map(str, data["types"])))
    except (KeyError, TypeError) as error:
        raise DataError(f"{path}: does not fit ({error}); install detente again") from error

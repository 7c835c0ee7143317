"""Words of blame and praise of a language, for speech that accuses without a verb of accusing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.codebook.files import DATA, DataError, load_yaml


@dataclass(frozen=True, slots=True)
class Tone:
    """Lemmas that speak against somebody, and lemmas that speak for somebody."""

    against: frozenset[str]
    praise: frozenset[str]


def load_tone(code: str = "en", folder: Path | None = None) -> Tone:
    """Load a language's words of blame and praise; DataError names the file and what is missing."""
    path = (folder or DATA / "language" / code) / "tone.yaml"
    raw = load_yaml(path)
    try:
        return Tone(frozenset(map(str, raw["against"])), frozenset(map(str, raw["for"])))
    except (KeyError, TypeError) as error:
        raise DataError(f"{path}: needs the lists `against` and `for`") from error

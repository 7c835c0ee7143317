"""Words of blame and praise of a language, for speech that accuses or favours without a verb of accusing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detente.codebook.files import DATA, DataError, load_yaml

Words = frozenset[str]
# The list of the file that fills each field; `for` is a word of Python.
_LISTS = {
    "against": "against",
    "praise": "for",
    "blaming": "blaming",
    "praising": "praising",
    "describing": "describing",
    "charging": "charging",
    "removing": "removing",
    "judging": "judging",
    "honouring": "honouring",
}


@dataclass(frozen=True, slots=True)
class Tone:
    """Lemmas that speak against somebody and for somebody, and how the words of saying turn on the one they name.

    `blaming` and `praising` words name whom they are against or for, `describing` ones give somebody a name,
    `charging` ones tell what somebody is said to have done, `removing` ones ask for somebody's going. `judging` and
    `honouring` words are clear enough to be a stance by themselves: `against` holds many ("lose", "hostage") that tell
    what befell somebody as often as they blame.
    """

    against: Words
    praise: Words
    blaming: Words = frozenset()
    praising: Words = frozenset()
    describing: Words = frozenset()
    charging: Words = frozenset()
    removing: Words = frozenset()
    judging: Words = frozenset()
    honouring: Words = frozenset()


def load_tone(code: str = "en", folder: Path | None = None) -> Tone:
    """Load a language's words of blame and praise; DataError names the file and what is missing."""
    path = (folder or DATA / "language" / code) / "tone.yaml"
    raw = load_yaml(path)
    try:
        return Tone(**{field: frozenset(map(str, raw[name])) for field, name in _LISTS.items()})
    except (KeyError, TypeError) as error:
        needed = ", ".join(f"`{name}`" for name in _LISTS.values())
        raise DataError(f"{path}: needs the lists {needed}") from error

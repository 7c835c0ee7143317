"""Where the data files of the package lie, and how a YAML file is read. Knows nothing of what stands in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).resolve().parent.parent / "data"
"""The folder of data files inside the package."""

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """YAML in which `on`, `off`, `yes` and `no` are words: our lists are full of prepositions."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}


class DataError(ValueError):
    """A data file of the codebook is missing or malformed; the message names file, place and remedy."""


def parse_yaml(text: str) -> Any:
    """What a YAML text holds, `on` and `no` being words; yaml.YAMLError where it is malformed."""
    return yaml.load(text, Loader=_Loader)


def load_yaml(path: Path) -> Any:
    """The content of a YAML file; DataError with the file's name where it is missing or malformed."""
    try:
        with path.open(encoding="utf-8") as handle:
            return yaml.load(handle, Loader=_Loader)
    except FileNotFoundError as error:
        raise DataError(f"{path}: no such data file; reinstall detente or give another language") from error
    except yaml.YAMLError as error:
        raise DataError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from error

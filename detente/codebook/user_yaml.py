"""A YAML file that a user gives: read as plain text, lists and mappings, or refused with the place and a remedy.

What a file could do to the program by its form alone is refused before anything is built from it: size, depth, anchors,
tags, keys given twice. What the values mean is for whoever asked for the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from detente.codebook.files import DataError, parse_yaml

# A dozen sentences take two kilobytes; a file of this size holds a thousand categories' worth of them.
_LARGEST = 1_000_000
# File, categories, category, hints, words: five levels. Deep nesting would exhaust the stack of the parser.
_DEEPEST = 12


@dataclass
class _Level:
    """A list or mapping that is open: the keys seen so far, and whether a key comes next."""

    keys: set[str] | None
    key_next: bool = field(default=True)


def load_user_yaml(path: Path) -> Any:
    """The content of a user's YAML file; DataError with file, line and remedy where it cannot be taken."""
    text = _text(path)
    try:
        for line, wrong in _faults(text):
            raise DataError(f"{path}:{line}: {wrong}")
        return parse_yaml(text)
    except yaml.YAMLError as error:
        words = " ".join(str(error).split())
        raise DataError(
            f"{path}: not readable as YAML: {words}; put sentences with : or # in quotation marks"
        ) from error
    except (ValueError, RecursionError, OverflowError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(f"{path}: a value cannot be read ({error}); put it in quotation marks") from error


def _text(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            data = handle.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise DataError(f"{path}: no such file; give the path of a YAML file") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); give the path of a YAML file") from error
    if len(data) > _LARGEST:
        raise DataError(f"{path}: larger than {_LARGEST:,} bytes; keep the sentences that tell most")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _faults(text: str) -> Iterator[tuple[int, str]]:
    """What a file may not hold, each with its line; read piece by piece, so that nothing is built from it."""
    open_levels: list[_Level] = []
    # yaml.parse is typed as if events came without their fields.
    events: Iterator[Any] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield (
                line,
                "anchors and aliases (& and *) are not taken; write the words out, or put them in quotation marks",
            )
        if getattr(event, "tag", None) not in (None, "!"):
            yield line, f"the tag {event.tag} is not taken; write plain text, numbers, lists and keys"
        if isinstance(event, yaml.CollectionEndEvent):
            open_levels.pop()
        elif isinstance(event, yaml.NodeEvent):
            key = _repeated_key(open_levels, event)
            if key is not None:
                yield line, f"key {key!r} stands twice in the same place; keep one"
            if isinstance(event, yaml.CollectionStartEvent):
                open_levels.append(_Level(set() if isinstance(event, yaml.MappingStartEvent) else None))
            if len(open_levels) > _DEEPEST:
                yield line, f"lists and keys stand more than {_DEEPEST} levels deep; see docs/howto/add-an-ontology.md"


def _repeated_key(open_levels: list[_Level], event: Any) -> str | None:
    """The key that an event repeats, if it does; notes what has been seen."""
    level = open_levels[-1] if open_levels else None
    if level is None or level.keys is None:
        return None
    is_key, level.key_next = level.key_next, not level.key_next
    if not is_key or not isinstance(event, yaml.ScalarEvent):
        return None
    if event.value in level.keys:
        return str(event.value)
    level.keys.add(event.value)
    return None

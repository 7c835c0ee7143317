"""A path, or "-" for standard input, comes in; reports go out, or set-asides with reason and remedy.

The format is told by the content (see `opening`). Nothing here raises for bad input, and nothing here knows the
language of a report.
"""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeVar

from detente.ingest.encoding import decode, wide_encoding
from detente.ingest.limits import LARGEST_INPUT, told
from detente.ingest.opening import read_given
from detente.ingest.outcome import Given, Outcome, SetAside
from detente.ingest.pairs import read_pairs
from detente.ingest.series import read_series
from detente.ingest.sniff import HEAD, binary_kind
from detente.model.pair import AskedPair
from detente.model.series import PairSeries

STDIN = "-"
STDIN_NAME = "standard input"
T = TypeVar("T")


def read_source(
    path: str,
    published: date | None = None,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Outcome]:
    """The reports of one input, each with its warnings, and what had to be set aside.

    `published` is for reports that say nothing themselves, `columns` says where tables and JSON have which field. "-"
    reads standard input.
    """
    name = STDIN_NAME if path == STDIN else path
    content = (stdin or sys.stdin.buffer).read(LARGEST_INPUT + 1) if path == STDIN else _content(path)
    if isinstance(content, SetAside):
        yield content
    elif len(content) > LARGEST_INPUT:
        yield SetAside(name, f"larger than {told(LARGEST_INPUT)}", "divide it into smaller files")
    else:
        yield from read_given(Given(name, content, published=published, columns=columns or {}))


def read_pair_source(path: str, stdin: BinaryIO | None = None) -> Iterator[AskedPair | SetAside]:
    """The pairs of one input in JSON Lines, and what had to be set aside. "-" reads standard input."""
    name = STDIN_NAME if path == STDIN else path
    content = (stdin or sys.stdin.buffer).read() if path == STDIN else _content(path)
    if isinstance(content, SetAside):
        yield content
        return
    kind = binary_kind(content)
    if kind:
        yield SetAside(name, f"{kind}, no text", "give JSON Lines")
        return
    yield from read_pairs(name, decode(content).text.split("\n"))


def read_series_source(path: str, stdin: BinaryIO | None = None) -> Iterator[PairSeries | SetAside]:
    """The pairs' series of one CSV file, and what had to be set aside. "-" reads standard input.

    Read line by line, because such files can be larger than memory allows for at once.
    """
    if path == STDIN:
        yield from _read_series(STDIN_NAME, stdin or sys.stdin.buffer)
        return
    file = _taken(path, lambda known: known.open("rb"))
    if isinstance(file, SetAside):
        yield file
        return
    with file:
        yield from _read_series(path, file)


def _read_series(name: str, file: BinaryIO) -> Iterator[PairSeries | SetAside]:
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(file)  # type: ignore[type-var]
    head = buffered.peek(HEAD)[:HEAD]
    kind = binary_kind(head)
    if kind:
        yield SetAside(name, f"{kind}, no text", "give a CSV file")
        return
    lines = io.TextIOWrapper(buffered, wide_encoding(head) or "utf-8", errors="replace", newline="")
    try:
        yield from read_series(name, lines)
    finally:
        # Else the wrappers would close standard input, which is not ours.
        lines.detach()
        if buffered is not file:
            buffered.detach()


def _content(path: str) -> bytes | SetAside:
    """The bytes of a file, or why there are none."""
    return _taken(path, lambda known: known.read_bytes(), check_size=True)


def _taken(path: str, take: Callable[[Path], T], check_size: bool = False) -> T | SetAside:
    """What is taken from a file, or why nothing can be."""
    try:
        known = Path(path).stat()
        mode, size = known.st_mode, known.st_size
        if stat.S_ISDIR(mode):
            return SetAside(path, "a directory", "name the files in it")
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
            return SetAside(path, "a device, no file", "name a file, or give - for standard input")
        if check_size and size > LARGEST_INPUT:
            return SetAside(path, f"larger than {told(LARGEST_INPUT)}", "divide it into smaller files")
        return take(Path(path))
    except FileNotFoundError:
        return SetAside(path, "no such file", "check the path")
    except PermissionError:
        return SetAside(path, "not readable", "ask for permission to read it")
    # ValueError: a NUL in the name.
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        return SetAside(path, f"not readable ({why})", "check the path and the disk")

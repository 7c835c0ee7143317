"""A path, or "-" for standard input, comes in; reports go out, or set-asides with reason and remedy.

The format is told by the content. Nothing here raises for bad input, and nothing here knows the language of a report.
"""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeVar

from detente.ingest.encoding import decode, wide_encoding
from detente.ingest.jsonl import read_jsonl
from detente.ingest.outcome import Outcome, SetAside, Taken
from detente.ingest.pairs import read_pairs
from detente.ingest.plain import read_plain
from detente.ingest.series import read_series
from detente.ingest.sniff import HEAD, binary_kind, format_of
from detente.model.pair import AskedPair
from detente.model.series import PairSeries

STDIN = "-"
STDIN_NAME = "standard input"
T = TypeVar("T")


def read_source(path: str, published: date | None = None, stdin: BinaryIO | None = None) -> Iterator[Outcome]:
    """The reports of one input, each with its warnings, and what had to be set aside.

    `published` is for reports that say nothing themselves. "-" reads standard input.
    """
    if path == STDIN:
        yield from _read_bytes(STDIN_NAME, (stdin or sys.stdin.buffer).read(), published)
        return
    content = _content(path)
    if isinstance(content, SetAside):
        yield content
    else:
        yield from _read_bytes(path, content, published)


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
    return _taken(path, lambda known: known.read_bytes())


def _taken(path: str, take: Callable[[Path], T]) -> T | SetAside:
    """What is taken from a file, or why nothing can be."""
    try:
        mode = Path(path).stat().st_mode
        if stat.S_ISDIR(mode):
            return SetAside(path, "a directory", "name the files in it")
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
            return SetAside(path, "a device, no file", "name a file, or give - for standard input")
        return take(Path(path))
    except FileNotFoundError:
        return SetAside(path, "no such file", "check the path")
    except PermissionError:
        return SetAside(path, "not readable", "ask for permission to read it")
    # ValueError: a NUL in the name.
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or problem
        return SetAside(path, f"not readable ({why})", "check the path and the disk")


def _read_bytes(source: str, data: bytes, published: date | None) -> Iterator[Outcome]:
    if not data:
        yield SetAside(source, "empty", "give a file that holds a report")
        return
    kind = binary_kind(data)
    if kind:
        yield SetAside(source, f"{kind}, no text", "save it as plain text, HTML or JSON Lines")
        return
    decoded = decode(data)
    form = format_of(decoded.text)
    if form == "webpage":
        # Late, because the library takes a third of a second to load and most inputs are no web pages.
        from detente.ingest.webpage import read_webpage

        yield read_webpage(source, data, published)
        return
    if form == "plain":
        yield _warned(read_plain(source, decoded.text, published), decoded.warnings)
        return
    for outcome in read_jsonl(source, decoded.text, published):
        yield _warned(outcome, decoded.warnings)


def _warned(outcome: Outcome, warnings: tuple[str, ...]) -> Outcome:
    """The outcome with what is to be said about the file's encoding first."""
    return replace(outcome, warnings=warnings + outcome.warnings) if isinstance(outcome, Taken) else outcome

"""One table of a TOML file, asked key by key: a wrong value is told with file, table, key and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d)")
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_SIZE = re.compile(r"(\d+)\s*(KB|MB)")
_BYTES = {"KB": 1 << 10, "MB": 1 << 20}
_HOST = re.compile(r"[\w.:-]+")
S = TypeVar("S", bound=StrEnum)


class SourcesError(ValueError):
    """The file cannot be used; the message is one line that names it, the table and the key, and says what to do."""


class Table:
    """A table with its place in the file. What was never asked for is a key that does not exist."""

    def __init__(self, file: Path, place: str, values: object, number: int | None = None) -> None:
        self.file, self.place, self.number = file, place, number
        if not isinstance(values, Mapping):
            raise SourcesError(
                f"{file}: {self._where}is no table; write [{place}] on a line of its own, its keys below"
            )
        self._values: Mapping[str, object] = values
        self._asked: set[str] = set()

    def wrong(self, key: str, found: str, remedy: str) -> SourcesError:
        return SourcesError(f"{self.file}: {self._where}{key}: {found}; {remedy}")

    @property
    def _where(self) -> str:
        """The table as it stands in the file; nothing for the file as a whole."""
        name = self.place if self.number is None else f"[{self.place}]"
        return f"[{name}] {f'{self.number} ' if self.number else ''}" if self.place else ""

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def get(self, key: str) -> object:
        self._asked.add(key)
        return self._values.get(key)

    def text(self, key: str, pattern: str = r".+", wanted: str = "some words in quotation marks") -> str | None:
        """Words on one line, or None where the key is not there."""
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.isprintable() or not re.fullmatch(pattern, value.strip()):
            raise self.wrong(key, f"is {value!r}", f"write {wanted}")
        return value.strip()

    def needed(self, key: str, wanted: str) -> str:
        value = self.text(key, wanted=wanted)
        if value is None:
            raise self.wrong(key, "is missing", f"write {wanted}")
        return value

    def whole(self, key: str, usual: int, lowest: int, highest: int) -> int:
        value = self.get(key)
        if value is None:
            return usual
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise self.wrong(key, f"is {value!r}", f"write a whole number from {lowest} to {highest}")
        return value

    def flag(self, key: str, usual: bool = False) -> bool:
        value = self.get(key)
        if value is None:
            return usual
        if not isinstance(value, bool):
            raise self.wrong(key, f"is {value!r}", "write true or false, without quotation marks")
        return value

    def length(self, key: str, usual: float, lowest: float, highest: float) -> float:
        """A stretch of time in seconds, written as 90s, 30m, 6h or 2d."""
        value = self.get(key)
        if value is None:
            return usual
        found = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
        seconds = float(found[1]) * _SECONDS[found[2]] if found else -1.0
        if not lowest <= seconds <= highest:
            wanted = (
                f'write a time like "90s", "30m", "6h" or "2d", from {told_length(lowest)} to {told_length(highest)}'
            )
            raise self.wrong(key, f"is {value!r}", wanted)
        return seconds

    def size(self, key: str, usual: int, lowest: int, highest: int) -> int:
        value = self.get(key)
        if value is None:
            return usual
        found = _SIZE.fullmatch(value.strip()) if isinstance(value, str) else None
        size = int(found[1]) * _BYTES[found[2]] if found else -1
        if not lowest <= size <= highest:
            wanted = f'write a size like "512KB" or "16MB", from {lowest >> 10}KB to {highest >> 20}MB'
            raise self.wrong(key, f"is {value!r}", wanted)
        return size

    def texts(self, key: str, pattern: str, wanted: str) -> tuple[str, ...]:
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and re.fullmatch(pattern, v) for v in value):
            raise self.wrong(key, f"is {value!r}", f"write {wanted}")
        return tuple(value)

    def choice(self, key: str, usual: S) -> S:
        value = self.get(key)
        if value is None:
            return usual
        try:
            return type(usual)(str(value))
        except ValueError as problem:
            raise self.wrong(key, f"is {value!r}", f"write one of {', '.join(type(usual))}") from problem

    def path(self, key: str) -> Path | None:
        """A file, named from the folder of sources.toml."""
        words = self.text(key, wanted="the name of a file")
        return None if words is None else (self.file.parent / words)

    def url(self, key: str) -> str:
        words = self.needed(key, "an address that starts with https:// or http://")
        fault = fault_of_url(words)
        if fault:
            raise self.wrong(key, *fault)
        return words

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of a list of tables ([[feed]])."""
        value = self.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            raise self.wrong(key, "is no list of tables", f"write [[{key}]] with two brackets")
        for number, item in enumerate(value, start=1):
            yield Table(self.file, self._inner(key), item, number)

    def table(self, key: str) -> Table | None:
        value = self.get(key)
        return None if value is None else Table(self.file, self._inner(key), value)

    def _inner(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def check_asked(self) -> None:
        """Refuses keys that mean nothing: a slip in a key would otherwise be a setting that is silently not there."""
        unknown = sorted(set(self._values) - self._asked)
        if unknown:
            raise self.wrong(unknown[0], "is no known key", f"keys here are {', '.join(sorted(self._asked))}")


def fault_of_url(url: str) -> tuple[str, str] | None:
    """What is wrong with an address, and what to do; None for a good one. The address itself may hold secrets."""
    try:
        parts = urlsplit(url)
        port = parts.port
        (parts.hostname or "").encode("idna")
    except ValueError as problem:
        return f"is no address ({problem})", "write an address like https://news.example/feed.xml"
    if parts.scheme not in ("http", "https"):
        return f"starts with {parts.scheme or 'nothing'}", "only https:// and http:// are asked"
    if parts.username is not None or parts.password is not None:
        return "holds a name or password", "take them out of the address: addresses are logged"
    if not parts.hostname or not _HOST.fullmatch(parts.hostname) or port == 0 or not url.isprintable() or " " in url:
        return "names no host", "write an address like https://news.example/feed.xml"
    return None


def told_length(seconds: float) -> str:
    """Seconds as a person writes them: 30m."""
    for unit in ("d", "h", "m"):
        if seconds >= _SECONDS[unit] and not seconds % _SECONDS[unit]:
            return f"{seconds / _SECONDS[unit]:g}{unit}"
    return f"{seconds:g}s"

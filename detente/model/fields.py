"""Reads the fields of a JSON object one by one, each with its type, and names the field that does not fit.

Fields nobody asks for are left alone, so that objects of newer and older versions can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from detente.model.span import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fields:
    """A JSON object with its place in the whole ("events[2]"), for messages."""

    data: dict[str, object]
    path: str = ""

    @classmethod
    def of(cls, value: object, path: str) -> Fields:
        """The value as an object; ValueError naming the place if it is none."""
        if not isinstance(value, dict):
            raise ValueError(f"{path}: must be an object, not {_shown(value)}")
        return cls(value, path)

    def name(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _get(self, key: str, kind: type[T] | tuple[type[T], ...], wanted: str) -> T | None:
        """The field's value, None where it is missing or null."""
        value = self.data.get(key)
        if value is None:
            return None
        # True is an int to Python, and no number to anybody else.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise ValueError(f"{self.name(key)}: must be {wanted}, not {_shown(value)}")
        return value

    def _need(self, key: str, value: T | None) -> T:
        if value is None:
            raise ValueError(f"{self.name(key)}: is missing")
        return value

    def text(self, key: str) -> str:
        return self._need(key, self.maybe_text(key))

    def maybe_text(self, key: str) -> str | None:
        return self._get(key, str, "a string")

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        """One of the allowed words."""
        value = self.text(key)
        if value not in allowed:
            raise ValueError(f"{self.name(key)}: must be one of {', '.join(allowed)}, not {_shown(value)}")
        return value

    def flag(self, key: str) -> bool:
        return bool(self._get(key, bool, "true or false"))

    def maybe_whole(self, key: str) -> int | None:
        return self._get(key, int, "a whole number")

    def whole(self, key: str) -> int:
        return self._need(key, self.maybe_whole(key))

    def maybe_number(self, key: str) -> float | None:
        value = self._get(key, (int, float), "a number")
        return None if value is None else float(value)

    def number(self, key: str) -> float:
        """A number; 0 where it is missing."""
        return self.maybe_number(key) or 0.0

    def maybe_day(self, key: str) -> date | None:
        words = self.maybe_text(key)
        if words is None:
            return None
        try:
            return date.fromisoformat(words)
        except ValueError as problem:
            raise ValueError(f"{self.name(key)}: must be a day as YYYY-MM-DD, not {_shown(words)}") from problem

    def items(self, key: str) -> list[object]:
        """A list; empty where it is missing."""
        return self._get(key, list, "a list") or []

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.items(key)
        for number, value in enumerate(values):
            if not isinstance(value, str):
                raise ValueError(f"{self.name(key)}[{number}]: must be a string, not {_shown(value)}")
        return tuple(str(value) for value in values)

    def maybe_span(self, key: str) -> Span | None:
        value = self.data.get(key)
        return None if value is None else _span(value, self.name(key))

    def span(self, key: str) -> Span:
        return self._need(key, self.maybe_span(key))

    def spans(self, key: str) -> tuple[Span, ...]:
        return tuple(_span(value, f"{self.name(key)}[{number}]") for number, value in enumerate(self.items(key)))

    def part(self, key: str) -> Fields:
        """An object inside this one that must be there."""
        return self._need(key, self.maybe_part(key))

    def maybe_part(self, key: str) -> Fields | None:
        value = self.data.get(key)
        return None if value is None else Fields.of(value, self.name(key))

    def parts(self, key: str) -> Iterator[Fields]:
        for number, value in enumerate(self.items(key)):
            yield Fields.of(value, f"{self.name(key)}[{number}]")

    def each(self, key: str, make: Callable[[Fields], T]) -> tuple[T, ...]:
        """A list of objects, each made by `make`."""
        return tuple(make(part) for part in self.parts(key))

    def maybe(self, key: str, make: Callable[[Fields], T]) -> T | None:
        """An object made by `make`, None where it is missing or null."""
        part = self.maybe_part(key)
        return None if part is None else make(part)


def _span(value: object, path: str) -> Span:
    if not isinstance(value, (list, tuple)) or len(value) != 2 or any(type(end) is not int for end in value):
        raise ValueError(f"{path}: must be [start, end], not {_shown(value)}")
    try:
        return Span(value[0], value[1])
    except ValueError as problem:
        raise ValueError(f"{path}: {problem}") from problem


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:57] + "..."

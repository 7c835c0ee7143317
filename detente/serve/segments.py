"""A report's text cut at the ends of all marked spans, so that overlapping marks can be shown side by side.

Every character of the text is in exactly one segment, in order; a segment knows all marks it lies in. Knows no HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from detente.model.span import Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A span that belongs to an item of the reading: the item's key, and in what way the span belongs to it.

    The first segment of a linked mark leads to its item. Marks given first are the more telling ones.
    """

    key: str
    span: Span
    look: str
    link: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with the keys of all items it belongs to, how it looks, and the item it leads to."""

    text: str
    keys: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    target: str | None = None


def segments(text: str, marks: Iterable[Mark]) -> tuple[Segment, ...]:
    """The whole text in segments."""
    return tuple(_cut(text, [mark for mark in marks if mark.span.start < min(mark.span.end, len(text))]))


def _cut(text: str, marks: list[Mark]) -> Iterator[Segment]:
    starting: dict[int, list[int]] = {}
    ending: dict[int, list[int]] = {}
    for rank, mark in enumerate(marks):
        starting.setdefault(mark.span.start, []).append(rank)
        ending.setdefault(min(mark.span.end, len(text)), []).append(rank)
    edges = sorted({0, len(text), *starting, *ending})
    alive: set[int] = set()
    for start, end in pairwise(edges):
        alive.difference_update(ending.get(start, ()))
        fresh = starting.get(start, [])
        alive.update(fresh)
        here = [marks[rank] for rank in sorted(alive)]
        target = next((marks[rank].key for rank in sorted(fresh) if marks[rank].link), None)
        keys = tuple(dict.fromkeys(mark.key for mark in here))
        looks = tuple(dict.fromkeys(look for mark in here for look in mark.look.split()))
        yield Segment(text[start:end], keys, looks, target)

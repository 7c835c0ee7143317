"""A stretch of a report's text. All evidence in detente is spans, never copied strings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points `[start, end)` of a report's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span must have 0 <= start <= end, not [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def words(self, text: str) -> str:
        """The words of this span in the report's text."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end

    def cover(self, other: Span) -> Span:
        """The shortest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))

    def trimmed(self, text: str, strip: str = " \t\r\n\u00a0") -> Span:
        """The same span without blank space (or other characters in `strip`) at its ends."""
        start, end = self.start, self.end
        while start < end and text[start] in strip:
            start += 1
        while end > start and text[end - 1] in strip:
            end -= 1
        return Span(start, end)

    def to_list(self) -> list[int]:
        """`[start, end]`, the form of the JSON contract."""
        return [self.start, self.end]


def joined(spans: Iterable[Span]) -> Span | None:
    """The shortest span that covers all the given ones, or None for none."""
    items = list(spans)
    if not items:
        return None
    return Span(min(s.start for s in items), max(s.end for s in items))

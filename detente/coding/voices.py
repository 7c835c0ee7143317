"""Which quotation each token stands in: the voice that tells it. Scare quotes and titles are nobody's voice."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import accumulate

from detente.model.reading import Mention, Quotation, Reading
from detente.model.span import Span

_MARKS = "“”„«»\"'‘’"


class Voices:
    """The quotations of a reading by token, and where each begins and ends in tokens."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.quotations = reading.quotations
        self._of: list[int | None] = [None] * len(reading.tokens)
        self.reach: dict[int, range] = {}
        for number, quotation in enumerate(reading.quotations):  # outer ones come first, inner ones overwrite
            self.reach[number] = reading.tokens_in(quotation.span)
            if quotation.speech:
                for index in self.reach[number]:
                    self._of[index] = number
        self._mentions = sorted(reading.mentions, key=lambda m: m.span)
        self._mention_starts = [m.span.start for m in self._mentions]
        self._starts = [q.span.start for q in self.quotations]
        self._furthest = list(accumulate((q.span.end for q in self.quotations), max))
        self._at_level: dict[int | None, list[int]] = {}
        for number in self.spoken():
            self._at_level.setdefault(self.enclosing(number), []).append(number)

    def of(self, token: int) -> int | None:
        """The number of the innermost spoken quotation that holds the token."""
        return self._of[token]

    def enclosing(self, number: int) -> int | None:
        """The spoken quotation around a quotation."""
        outer = self.quotations[number].inside
        while outer is not None and not self.quotations[outer].speech:
            outer = self.quotations[outer].inside
        return outer

    def spoken(self) -> list[int]:
        """The numbers of the quotations that are somebody's words, in text order."""
        return [n for n, q in enumerate(self.quotations) if q.speech]

    def spoken_at(self, level: int | None) -> list[int]:
        """The spoken quotations that stand in one voice, in text order."""
        return self._at_level.get(level, [])

    def mentions_near(self, span: Span) -> list[Mention]:
        """The mentions that lie within a span, in text order."""
        first = bisect.bisect_left(self._mention_starts, span.start)
        last = bisect.bisect_left(self._mention_starts, span.end)
        return [m for m in self._mentions[first:last] if span.contains(m.span)]

    def near(self, span: Span) -> Sequence[Quotation]:
        """The quotations that overlap a span, in text order."""
        first = bisect.bisect_right(self._furthest, span.start)
        last = bisect.bisect_left(self._starts, span.end)
        return [q for q in self.quotations[first:last] if q.span.overlaps(span)]

    def quotes_in(self, span: Span) -> bool:
        """Whether any quotation, scare quotes too, begins or ends within a span."""
        return bool(self.near(span))

    def covered(self, number: int, spans: tuple[Span, ...] | list[Span]) -> bool:
        """Whether these spans already hold the words of the quotation."""
        span = self.quotations[number].span
        shared = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in spans)
        return shared >= 0.6 * len(span)

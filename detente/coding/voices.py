"""Which quotation each token stands in: the voice that tells it. Scare quotes and titles are nobody's voice."""

from __future__ import annotations

from detente.model.reading import Quotation, Reading
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

    def covered(self, number: int, spans: tuple[Span, ...] | list[Span]) -> bool:
        """Whether these spans already hold the words of the quotation."""
        span = self.quotations[number].span
        shared = sum(max(0, min(s.end, span.end) - max(s.start, span.start)) for s in spans)
        return shared >= 0.6 * len(span)


def bare(quotation: Quotation, text: str) -> Span:
    """The words of a quotation without its marks."""
    return quotation.span.trimmed(text, _MARKS + " ")

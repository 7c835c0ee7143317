"""The encoder's passes over a report: windows of whole paragraphs, each read once for events and statements alike.

A sentence is seen among its neighbours. Spans are those of the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from detente.codebook.encoder import LONGEST, Encoder, Passage
from detente.model.reading import Reading
from detente.model.span import Span

# The pieces that stand around every text leave so much room.
_ROOM = LONGEST - 2


class Passages:
    """Answers for one reading; the passes are made when first asked for."""

    def __init__(self, reading: Reading, encoder: Encoder) -> None:
        self.reading = reading
        self.encoder = encoder

    @cached_property
    def windows(self) -> tuple[tuple[Span, Passage], ...]:
        """Every window of the report with the encoder's pass over it, in text order."""
        # One by one: windows are of like length; together they would be slower, and change each other's numbers.
        return tuple((span, self.encoder.read([self.reading.words(span)])[0]) for span in self._cut())

    def sentence(self, number: int) -> Passage | None:
        """A sentence of the report as the encoder sees it; None where it was not read."""
        return self._sentences.get(number)

    @cached_property
    def _sentences(self) -> dict[int, Passage]:
        found: dict[int, Passage] = {}
        windows = iter(self.windows)
        window, passage = next(windows, (None, None))
        for number, sentence in enumerate(self.reading.sentences):
            while window is not None and sentence.span.start >= window.end:
                window, passage = next(windows, (None, None))
            if window is None or passage is None:
                break
            part = passage.part(Span(sentence.span.start - window.start, sentence.span.end - window.start))
            if part is not None:
                found[number] = part
        return found

    def _cut(self) -> Iterator[Span]:
        """As many whole pieces in a row as fit a window."""
        held: Span | None = None
        room = _ROOM
        for piece in self._pieces():
            size = self.encoder.length(self.reading.words(piece))
            if held is not None and size > room:
                yield held
                held, room = None, _ROOM
            held = piece if held is None else Span(held.start, piece.end)
            room -= size
        if held is not None:
            yield held

    def _pieces(self) -> Iterator[Span]:
        """Paragraphs; the sentences of one that is too long for a window."""
        sentences = iter(self.reading.sentences)
        sentence = next(sentences, None)
        for paragraph in self.reading.paragraphs:
            own: list[Span] = []
            while sentence is not None and sentence.span.start < paragraph.span.end:
                own.append(sentence.span)
                sentence = next(sentences, None)
            if not own:
                continue
            whole = Span(own[0].start, own[-1].end)
            yield from [whole] if self.encoder.length(self.reading.words(whole)) <= _ROOM else own

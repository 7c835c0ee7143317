"""Where the sentences of a text begin and end; good enough to compare words, and to find who is named beside a word."""

from __future__ import annotations

import re

from detente.model.span import Span

_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")


def sentence_around(text: str, span: Span) -> Span:
    """From the end of the sentence before to the end of this one; good enough to compare words."""
    start, end = 0, len(text)
    for match in _END.finditer(text):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end - 1:
            end = match.end()
            break
    return Span(start, max(end, span.end)).trimmed(text)


def sentences_of(text: str) -> list[Span]:
    """All sentences of a text, in their order."""
    starts = [0, *(match.end() for match in _END.finditer(text))]
    spans = (Span(a, b).trimmed(text) for a, b in zip(starts, [*starts[1:], len(text)], strict=True))
    return [span for span in spans if len(span)]

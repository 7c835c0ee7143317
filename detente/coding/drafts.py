"""Statements in the making: cue, speaker and content as tokens and spans, before participants get their ids."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from detente.model.reading import Reading
from detente.model.span import Span
from detente.model.statement import Channel, Manner


@dataclass
class Draft:
    """A statement before it has an id: whose words (`speaker`, a token), told how, and in whose voice (`level`).

    `level` is the number of the quotation in which the attribution itself stands, None for the report's own voice.
    """

    cue_token: int | None
    cue: Span | None
    speaker: int | None
    content: list[Span]
    manner: Manner
    level: int | None
    quotes: list[int] = field(default_factory=list)
    channel: Channel | None = None
    addressees: list[int] = field(default_factory=list)
    confidence: float = 0.5
    why: str = ""
    speaker_ids: tuple[str, ...] = ()
    speaker_span: Span | None = None
    act: bool = False
    carrier: int | None = None  # who only passes the words on, by grammar
    carried: Span | None = None  # the words that name the channel, and those that name the addressee, by the encoder
    told_to: Span | None = None
    labelled: bool = False  # a turn of a transcript, whose label names its speaker
    heard_source: Span | None = None  # the words that name the speaker, by the encoder

    @property
    def start(self) -> int:
        return min(s.start for s in self.content)

    @property
    def end(self) -> int:
        return max(s.end for s in self.content)


class DraftsByPlace:
    """Drafts by the voice they stand in and where their words begin, to find those near a span quickly."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts: dict[int | None, list[Draft]] = {}
        self._starts: dict[int | None, list[int]] = {}
        self._furthest: dict[int | None, list[int]] = {}
        for draft in sorted(drafts, key=lambda d: d.start):
            self._drafts.setdefault(draft.level, []).append(draft)
        for level, items in self._drafts.items():
            self._starts[level] = [d.start for d in items]
            self._furthest[level] = list(accumulate((d.end for d in items), max))

    def get(self, level: int | None, span: Span) -> list[Draft]:
        """The drafts of a voice whose words reach into a span, in text order."""
        items = self._drafts.get(level)
        if not items:
            return []
        first = bisect.bisect_right(self._furthest[level], span.start)
        last = bisect.bisect_left(self._starts[level], span.end)
        return [d for d in items[first:last] if d.end > span.start]


def trimmed_content(reading: Reading, span: Span) -> Span:
    """A content's span without commas, dashes and blanks around it; a full stop at its end goes too."""
    text = reading.report.text
    inner = span.trimmed(text, " \t\r\n\u00a0,;:–—-")
    end = inner.end
    while end > inner.start and text[end - 1] in ".,;:–—- ":
        end -= 1
    return Span(inner.start, end)


def tokens_span(reading: Reading, tokens: list[int]) -> Span:
    return Span(reading.tokens[tokens[0]].span.start, reading.tokens[tokens[-1]].span.end)

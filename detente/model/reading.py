"""What parsing finds in a report: paragraphs, sentences, tokens, quotations, and who or what is mentioned.

Tokens carry their grammar (Universal POS, Penn tag, dependency label, head), so that later stages need no parser.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.span import Span

MentionKind = Literal["name", "country", "demonym", "metonym", "organisation", "role", "group", "pronoun", "place"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word with its grammar. `index`, `head` count tokens from the start of the report; a root is its own head."""

    index: int
    span: Span
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity_type: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `[first, last)` with their span and the number of the paragraph they stand in."""

    first: int
    last: int
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of lines; `heading` where it is a headline or sub-heading and no running text."""

    span: Span
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks, marks included.

    `closed` is False where the closing mark is missing; `depth` counts the quotations it stands in; `inside` is the
    place of the enclosing one in `Reading.quotations`; `speech` is False for scare quotes and titles.
    """

    span: Span
    closed: bool = True
    depth: int = 0
    inside: int | None = None
    speech: bool = True
    # A quotation that runs on from the paragraph before (its opening mark is repeated) names that one here.
    continues: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names someone or something, with the token at its head and what the words tell.

    `refers_to` holds the ids of the participants it refers to: several for "both sides", none for places and for
    mentions left open ("we" in a quotation waits for its speaker).
    `as_place` is True where the name stands for the ground and not for who governs it.
    """

    span: Span
    head: int
    kind: MentionKind
    name: str
    entities: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    as_place: bool = False
    country: str | None = None
    sector: str | None = None
    role_class: str | None = None


@dataclass(frozen=True)
class Reading:
    """A report with its grammar and its mentions: what the coding stage works on."""

    report: Report
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...] = ()
    mentions: tuple[Mention, ...] = ()
    participants: tuple[Participant, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    parser: str = ""

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of the tokens that hang on it, in text order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.index:
                below[token.head].append(token.index)
        return tuple(tuple(items) for items in below)

    @cached_property
    def _sentence_of(self) -> tuple[int, ...]:
        owner = [0] * len(self.tokens)
        for number, sentence in enumerate(self.sentences):
            for index in range(sentence.first, sentence.last):
                owner[index] = number
        return tuple(owner)

    def sentence_of(self, token: int) -> Sentence:
        """The sentence that holds the token."""
        return self.sentences[self._sentence_of[token]]

    def sentence_number(self, token: int) -> int:
        """The place of the token's sentence in `sentences`."""
        return self._sentence_of[token]

    def subtree(self, token: int) -> list[int]:
        """The token and all that hangs on it, in text order."""
        found, stack = [], [token]
        while stack:
            index = stack.pop()
            found.append(index)
            stack.extend(self.children[index])
        return sorted(found)

    def ancestors(self, token: int) -> Iterator[int]:
        """The heads above a token, nearest first."""
        while self.tokens[token].head != token:
            token = self.tokens[token].head
            yield token

    def tokens_in(self, span: Span) -> range:
        """The indices of the tokens that overlap the span."""
        first = bisect.bisect_right(self._ends, span.start)
        last = bisect.bisect_left(self._starts, span.end)
        return range(first, max(first, last))

    @cached_property
    def _starts(self) -> list[int]:
        return [t.span.start for t in self.tokens]

    @cached_property
    def _ends(self) -> list[int]:
        return [t.span.end for t in self.tokens]

    def words(self, span: Span) -> str:
        return span.words(self.report.text)

    @cached_property
    def participant_by_id(self) -> dict[str, Participant]:
        return {p.id: p for p in self.participants}

    @cached_property
    def _mentions_by_start(self) -> tuple[list[int], list[Mention]]:
        ordered = sorted(self.mentions, key=lambda m: (m.span.start, m.span.end))
        return [m.span.start for m in ordered], ordered

    def mentions_in(self, span: Span) -> list[Mention]:
        """The mentions that lie within the span, in text order."""
        starts, ordered = self._mentions_by_start
        inside = ordered[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)]
        return sorted((m for m in inside if m.span.end <= span.end), key=lambda m: m.head)


OTHER_LANGUAGE = "language"
"""The kind of what is left unresolved where a whole report is in a language that cannot be read."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Something the program saw and did not understand, with the reason and the possible answers."""

    span: Span | None
    kind: str
    why: str
    candidates: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, object]:
        return {
            "span": self.span.to_list() if self.span else None,
            "kind": self.kind,
            "why": self.why,
            "candidates": list(self.candidates),
        }

"""Statements that the encoder hears in a report: its pieces of content joined by their cue, with source and channel.

Spans of the report in and out; joining them with what the grammar tells is for the statements' own module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from detente.codebook.speech_heads import Marked, Piece
from detente.coding.passages import Passages
from detente.model.span import Span

_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """One statement: its content in text order, whether it stands inside another one, and how likely its words are.

    `chance` is that of the least likely of content and cue.
    """

    content: tuple[Span, ...]
    inner: bool
    source: Span | None
    cue: Span | None
    addressee: Span | None
    channel: Span | None
    chance: float


def heard_statements(passages: Passages) -> list[Heard]:
    """All statements of a report, in text order."""
    found: list[Heard] = []
    for window, passage in passages.windows:
        speech = passages.encoder.speech(passage)
        groups = _by_cue(speech.pieces, window, passages)
        here = [told for group in groups if (told := _heard(group, window.start, passages)) is not None]
        told_to = _owners(here, speech.addressees, window.start, passages)
        carried = _owners(here, speech.channels, window.start, passages)
        found += [replace(h, addressee=told_to.get(n), channel=carried.get(n)) for n, h in enumerate(here)]
    return sorted(found, key=lambda h: (h.content[0].start, -h.content[-1].end))


def _by_cue(pieces: Sequence[Piece], window: Span, passages: Passages) -> Iterator[list[Piece]]:
    """Pieces of one layer with one cue belong together; one without a cue stands alone.

    A cue reaches words that are not quoted only within its own sentence.
    """
    groups: dict[tuple[bool, Span], list[Piece]] = {}
    for piece in pieces:
        if piece.cue is None or not _reaches(piece.cue.span, piece.content.span, window.start, passages):
            yield [replace(piece, cue=None)]
        else:
            groups.setdefault((piece.inner, piece.cue.span), []).append(piece)
    yield from groups.values()


def _owners(told: Sequence[Heard], marked: Sequence[Marked], start: int, passages: Passages) -> dict[int, Span]:
    """Each addressee or channel by the number of the statement of its sentence whose cue or words stand nearest."""
    found: dict[int, Span] = {}
    for one in marked:
        span = Span(one.span.start + start, one.span.end + start)
        near = [n for n, h in enumerate(told) if _same_sentence(h.cue or h.content[0], span, passages)]
        if near:
            found[min(near, key=lambda n: _apart(told[n].cue or told[n].content[0], span))] = span
    return found


def _same_sentence(one: Span, two: Span, passages: Passages) -> bool:
    tokens = [passages.reading.tokens_in(span) for span in (one, two)]
    return all(tokens) and len({passages.reading.sentence_number(t[0]) for t in tokens}) == 1


def _apart(one: Span, two: Span) -> int:
    return max(one.start - two.end, two.start - one.end, 0)


def _reaches(cue: Span, content: Span, start: int, passages: Passages) -> bool:
    reading = passages.reading
    ends = [reading.tokens_in(Span(s.start + start, s.end + start)) for s in (cue, content)]
    if not ends[0] or not ends[1]:
        return False
    told, words = (reading.sentence_number(r[0]) for r in ends)
    said = Span(content.start + start, content.end + start)
    quoted = any(q.speech and q.span.overlaps(said) for q in reading.quotations)
    return told == words or (quoted and reading.sentences[told].paragraph == reading.sentences[words].paragraph)


def _heard(group: Sequence[Piece], start: int, passages: Passages) -> Heard | None:
    text = passages.reading.report.text
    spans = [Span(p.content.span.start + start, p.content.span.end + start) for p in group]
    content = tuple(s for s in (span.trimmed(text, " \t\r\n\u00a0,;:–—-") for span in spans) if len(s) >= _SHORTEST)
    if not content:
        return None
    source = next((p.source for p in group if p.source is not None), None)
    size = sum(len(p.content.span) for p in group)
    chance = sum(p.content.chance * len(p.content.span) for p in group) / size
    cue = group[0].cue
    chance = min(chance, cue.chance) if cue is not None else chance
    return Heard(content, group[0].inner, _moved(source, start), _moved(cue, start), None, None, chance)


def _moved(marked: Marked | None, start: int) -> Span | None:
    return None if marked is None else Span(marked.span.start + start, marked.span.end + start)

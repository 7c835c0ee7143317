"""Turns of a transcript: paragraphs that open with who speaks and a colon ("DANN: No, I will stay.").

A report is one only where speakers take turns: two labels at least, and one of them more than once. Says where each
turn's words stand; who the labels name is found with the other names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.model.reading import Paragraph, Quotation
from detente.model.span import Span

_LABEL = re.compile(r"((?:[^\W\d_][\w.'’-]*)(?: [^\W\d_][\w.'’-]*){0,4}):\s+(?=\S)")
_MARKS = frozenset("“”„«»‘\"'")
_FEWEST_LABELS, _FEWEST_TURNS = 2, 3


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks by the words of a label, and what is said to the end of the paragraph."""

    label: Span
    words: Span


def find_turns(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Turn, ...]:
    """The turns of a transcript in text order; none where the report is no transcript."""
    found = [turn for p in paragraphs if (turn := _turn(text, p.span)) is not None]
    labels = Counter(turn.label.words(text) for turn in found)
    takes_turns = len(labels) >= _FEWEST_LABELS and len(found) >= _FEWEST_TURNS and max(labels.values()) > 1
    return tuple(found) if takes_turns else ()


def _turn(text: str, paragraph: Span) -> Turn | None:
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if match is None or not all(word[:1].isupper() for word in match[1].split()):
        return None
    return Turn(Span(match.start(1), match.end(1)), Span(match.end(), paragraph.end))


def with_turns(quotations: Sequence[Quotation], turns: Sequence[Turn], text: str) -> tuple[Quotation, ...]:
    """The quotations with the turns that stand in no marks of their own, each around what is quoted within it."""
    bare = [turn.words for turn in turns if text[turn.words.start] not in _MARKS]
    if not bare:
        return tuple(quotations)
    both: list[tuple[Span, int | None]] = [(q.span, n) for n, q in enumerate(quotations)] + [(s, None) for s in bare]
    both.sort(key=lambda item: (item[0].start, -item[0].end, item[1] is not None))
    place = {old: new for new, (_, old) in enumerate(both) if old is not None}
    around = [(span, new) for new, (span, old) in enumerate(both) if old is None]
    found = []
    for span, old in both:
        if old is None:
            found.append(Quotation(span))
            continue
        own = quotations[old]
        turn = next((new for words, new in around if words.contains(own.span)), None)
        found.append(
            replace(
                own,
                depth=own.depth + (turn is not None),
                inside=turn if own.inside is None else place[own.inside],
                continues=None if own.continues is None else place[own.continues],
            )
        )
    return tuple(found)

"""Divides a report's text into paragraphs and tells headings from running text.

A line break ends a paragraph, unless the text is hard-wrapped (lines cut at a fixed width); then only an empty line
does.
"""

from __future__ import annotations

import itertools
import re

from detente.model.reading import Paragraph
from detente.model.span import Span

_LINE = re.compile(r"[^\r\n]+")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*\s*$")
# A cut line is at least this long, else it is a heading or a list item ...
_SHORTEST_WRAPPED_LINE = 45
# ... and lines longer than this were never cut by a typewriter's width.
_LONGEST_WRAPPED_LINE = 110
_LONGEST_HEADING_WORDS = 18


def find_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in order; blank space between them belongs to none."""
    lines = [Span(m.start(), m.end()).trimmed(text) for m in _LINE.finditer(text)]
    lines = [line for line in lines if len(line)]
    blocks = _join_wrapped(lines, text) if _is_hard_wrapped(lines, text) else lines
    return tuple(Paragraph(block, heading=_is_heading(block.words(text))) for block in blocks)


def _is_hard_wrapped(lines: list[Span], text: str) -> bool:
    """Whether most lines that have a line right below them break off in mid-sentence at about one width."""
    followed = [a for a, b in itertools.pairwise(lines) if _adjacent(a, b, text)]
    cut = [
        line
        for line in followed
        if _SHORTEST_WRAPPED_LINE <= len(line) <= _LONGEST_WRAPPED_LINE and not _ENDS_SENTENCE.search(line.words(text))
    ]
    return len(cut) >= 2 and len(cut) > 0.5 * len(followed)


def _adjacent(above: Span, below: Span, text: str) -> bool:
    """Whether no empty line lies between two lines."""
    gap = text[above.end : below.start].replace("\r\n", "\n")
    return gap.count("\n") == 1


def _join_wrapped(lines: list[Span], text: str) -> list[Span]:
    blocks: list[Span] = []
    for above, line in zip([None, *lines], lines, strict=False):
        if above is not None and _adjacent(above, line, text):
            blocks[-1] = blocks[-1].cover(line)
        else:
            blocks.append(line)
    return blocks


def _is_heading(words: str) -> bool:
    """A heading is short and does not end like a sentence; a dateline or a lone quotation is none."""
    return len(words.split()) <= _LONGEST_HEADING_WORDS and not _ENDS_SENTENCE.search(words)

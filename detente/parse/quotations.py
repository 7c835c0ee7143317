"""Finds quotations, nested and unbalanced ones included, by their marks alone.

A quotation mark that is an apostrophe is left alone. A quotation that is never closed ends with its paragraph; one that
opens anew at the next paragraph's start runs on. Says nothing about who speaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from detente.model.reading import Paragraph, Quotation
from detente.model.span import Span

_SINGLE = frozenset("'’‘")
_STRAIGHT = frozenset("\"'")
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0([{—–-:“„«\"‘'/")


@dataclass
class _Open:
    mark: str
    start: int


def find_quotations(text: str, paragraphs: Sequence[Paragraph], marks: Mapping[str, str]) -> tuple[Quotation, ...]:
    """All quotations in text order, the outer before the inner; `marks` maps opening to closing marks."""
    found: list[Quotation] = []
    running: int | None = None
    for paragraph in paragraphs:
        here = _in_paragraph(text, paragraph.span, marks)
        offset = len(found)
        for number, quotation in enumerate(here):
            inside = None if quotation.inside is None else quotation.inside + offset
            continues = running if number == 0 and quotation.span.start == paragraph.span.start else None
            found.append(replace(quotation, inside=inside, continues=continues))
        running = _runs_on(found, offset, paragraph.span)
    return _mark_continued(tuple(found))


def _runs_on(found: list[Quotation], offset: int, paragraph: Span) -> int | None:
    """The outermost quotation of the paragraph that is still open at its end."""
    return next(
        (n for n in range(offset, len(found)) if not found[n].closed and found[n].depth == 0 and found[n].span.end == paragraph.end),
        None,
    )


def _mark_continued(found: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    """An open quotation that goes on in the next paragraph is not unbalanced."""
    going_on = {q.continues for q in found if q.continues is not None}
    return tuple(replace(q, closed=True) if n in going_on else q for n, q in enumerate(found))


def _in_paragraph(text: str, paragraph: Span, marks: Mapping[str, str]) -> list[Quotation]:
    """Quotations of one paragraph, sorted by start; `inside` counts within this list."""
    stack: list[_Open] = []
    closed: list[tuple[int, int, bool]] = []
    for at in range(paragraph.start, paragraph.end):
        char = text[at]
        closing = _closes(text, at, stack, marks, paragraph.end)
        if closing is not None:
            while len(stack) > closing + 1:  # inner quotations that were never closed
                lost = stack.pop()
                if lost.mark not in _SINGLE:
                    closed.append((lost.start, at, False))
            closed.append((stack.pop().start, at + 1, True))
        elif char in marks and _may_open(text, at, paragraph, stack):
            stack.append(_Open(char, at))
    # A single mark that is never closed was an apostrophe or a slip, not a quotation.
    closed += [(left.start, paragraph.end, False) for left in stack if left.mark not in _SINGLE]
    return _nested(closed)


def _may_open(text: str, at: int, paragraph: Span, stack: Sequence[_Open]) -> bool:
    char = text[at]
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if after.isspace():
        return False
    if any(item.mark == char for item in stack) and char not in "‘'":
        return False
    if char in _STRAIGHT or char in _SINGLE:
        before = text[at - 1] if at > paragraph.start else " "
        if before not in _BEFORE_OPENING:
            return False
    # 'em, '90s: an apostrophe that opens a word is not a quotation.
    return not (char in "'’" and (after.isdigit() or text[at + 1 : at + 3].lower() in {"em", "ti", "tw"}))


def _closes(text: str, at: int, stack: Sequence[_Open], marks: Mapping[str, str], end: int) -> int | None:
    """The place in the stack of the quotation that the mark at this place closes, or None."""
    char = text[at]
    for depth in range(len(stack) - 1, -1, -1):
        if char in marks[stack[depth].mark] and at > stack[depth].start + 1:
            if char in _SINGLE and _is_apostrophe(text, at, end):
                return None
            if char == '"' and at + 1 < end and text[at + 1].isalnum() and text[at - 1].isspace():
                return None
            return depth
    return None


def _is_apostrophe(text: str, at: int, end: int) -> bool:
    """Whether a single mark stands inside a word, or after a plural s with a better closing mark further on."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < end else " "
    if before.isalnum() and after.isalnum():
        return True
    if before != "s" or not after.isspace() or not text[at + 2 : at + 3].islower():
        return False
    # "the soldiers’ families": only if another mark can still close before a new one opens.
    for later in range(at + 1, end):
        if text[later] in "‘“”\"":
            return False
        if text[later] in "’'" and not (text[later - 1].isalnum() and text[later + 1 : later + 2].isalnum()):
            return True
    return False


def _nested(closed: list[tuple[int, int, bool]]) -> list[Quotation]:
    closed.sort(key=lambda item: (item[0], -item[1]))
    found: list[Quotation] = []
    for start, end, is_closed in closed:
        outer = [n for n, q in enumerate(found) if q.span.start <= start and end <= q.span.end]
        inside = outer[-1] if outer else None
        depth = found[inside].depth + 1 if inside is not None else 0
        found.append(Quotation(Span(start, end), closed=is_closed, depth=depth, inside=inside))
    return found

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
_ANY_MARK = frozenset("“”„«»‘’\"'")
# Nobody quotes deeper than this; more marks than that are a slip or noise.
_DEEPEST = 6
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
        (
            n
            for n in range(offset, len(found))
            if not found[n].closed and found[n].depth == 0 and found[n].span.end == paragraph.end
        ),
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
    better_later = _better_closers(text, paragraph)
    for at in range(paragraph.start, paragraph.end):
        char = text[at]
        if char not in _ANY_MARK:
            continue
        closing = _closes(text, at, stack, marks, paragraph, better_later)
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
    return _nested([part for part in closed if _has_words(text, part[0], part[1])])


def _may_open(text: str, at: int, paragraph: Span, stack: Sequence[_Open]) -> bool:
    char = text[at]
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if after.isspace() or len(stack) >= _DEEPEST:
        return False
    if _is_open(char, stack):
        return False
    if char in _STRAIGHT or char in _SINGLE:
        before = text[at - 1] if at > paragraph.start else " "
        if before not in _BEFORE_OPENING:
            return False
    # 'em, '90s: an apostrophe that opens a word is not a quotation.
    return not (char in "'’" and (after.isdigit() or text[at + 1 : at + 3].lower() in {"em", "ti", "tw"}))


def _is_open(char: str, stack: Sequence[_Open]) -> bool:
    """Whether a mark would open what is open already; a slanted mark may open anew inside another kind of quotation."""
    if char in _STRAIGHT:
        return any(item.mark == char for item in stack)
    return bool(stack) and stack[-1].mark == char and char not in _SINGLE


def _closes(
    text: str,
    at: int,
    stack: Sequence[_Open],
    marks: Mapping[str, str],
    paragraph: Span,
    better_later: Mapping[int, bool],
) -> int | None:
    """The place in the stack of the quotation that the mark at this place closes, or None."""
    char = text[at]
    for depth in range(len(stack) - 1, -1, -1):
        if char in marks[stack[depth].mark] and at > stack[depth].start + 1:
            if char in _SINGLE and _is_apostrophe(text, at, paragraph.end, better_later):
                return None
            if char == '"' and at + 1 < paragraph.end and text[at + 1].isalnum() and text[at - 1].isspace():
                return None
            return depth
    return None


def _is_apostrophe(text: str, at: int, end: int, better_later: Mapping[int, bool]) -> bool:
    """Whether a single mark stands inside a word, or after a plural s with a better closing mark further on."""
    if _within_word(text, at, end):
        return True
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < end else " "
    if before != "s" or not after.isspace() or not text[at + 2 : at + 3].islower():
        return False
    # "the soldiers’ families": only if another mark can still close before a new one opens.
    return better_later.get(at, False)


def _within_word(text: str, at: int, end: int) -> bool:
    return at > 0 and at + 1 < end and text[at - 1].isalnum() and text[at + 1].isalnum()


def _better_closers(text: str, paragraph: Span) -> dict[int, bool]:
    """For each single mark whether another single mark can close behind it before any other mark stands there."""
    found: dict[int, bool] = {}
    later = False
    for at in range(paragraph.end - 1, paragraph.start - 1, -1):
        char = text[at]
        if char in _SINGLE:
            found[at] = later
        if char in _ANY_MARK and not (char in "'’" and _within_word(text, at, paragraph.end)):
            later = char in "'’"
    return found


def _has_words(text: str, start: int, end: int) -> bool:
    """Marks around nothing but marks are noise."""
    return any(text[at].isalnum() for at in range(start + 1, end))


def _nested(closed: list[tuple[int, int, bool]]) -> list[Quotation]:
    closed.sort(key=lambda item: (item[0], -item[1]))
    found: list[Quotation] = []
    around: list[int] = []
    for start, end, is_closed in closed:
        while around and found[around[-1]].span.end < end:
            around.pop()
        inside = around[-1] if around else None
        found.append(Quotation(Span(start, end), closed=is_closed, depth=len(around), inside=inside))
        around.append(len(found) - 1)
    return found

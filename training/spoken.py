"""Marked reports as windows of numbers: tokens, what part of a statement each is, and which words belong together.

A window is so many whole paragraphs (or sentences of a long one) as fit the longest length, as reports are read. In
training the windows begin elsewhere each time.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from network import BEGINS, GOES_ON, LAYERS, LINKS, OUTSIDE, Linking
from reports import MarkedReport, Span
from torch import Tensor

from examples import IGNORED, LONGEST, MASK

_HIDDEN = 0.05
# The longest window leaves room for the two tokens that stand around every text.
_ROOM = LONGEST - 2
_SENTENCE_END = re.compile(r"(?<=[.!?”\"»])\s+")


@dataclass(frozen=True)
class Window:
    """A stretch of a report as tokens, with their places in the text."""

    report: MarkedReport
    ids: list[int]
    offsets: list[tuple[int, int]]


@dataclass(frozen=True)
class Spoken:
    """A batch: tokens, attention, tags (windows x tokens x layers), and links to sources and to cues."""

    tokens: Tensor
    attention: Tensor
    tags: Tensor
    links: dict[str, tuple[Linking, Tensor]]

    def to(self, device: str) -> Spoken:
        """The same on a device."""
        links = {part: (linking.to(device), goal.to(device)) for part, (linking, goal) in self.links.items()}
        return Spoken(self.tokens.to(device), self.attention.to(device), self.tags.to(device), links)


def pieces(text: str, tokenizer: Any) -> list[tuple[Span, int]]:
    """The paragraphs of a text with their lengths in tokens; those that are too long by their sentences."""
    found: list[tuple[Span, int]] = []
    for match in re.finditer(r"[^\n]+", text):
        size = len(tokenizer.encode(match[0]).ids) - 2
        if size <= _ROOM:
            found.append((match.span(), size))
            continue
        start = match.start()
        for end in [*(start + m.end() for m in _SENTENCE_END.finditer(match[0])), match.end()]:
            if end > start:
                found.append(((start, end), len(tokenizer.encode(text[start:end]).ids) - 2))
                start = end
    return found


def windows(
    report: MarkedReport, parts: Sequence[tuple[Span, int]], tokenizer: Any, chance: random.Random | None = None
) -> Iterator[Window]:
    """The report in windows; with `chance` they are cut at other places each time."""
    held: list[Span] = []
    room = _ROOM if chance is None else chance.randint(_ROOM // 3, _ROOM)
    for span, size in parts:
        if held and size > room:
            yield _window(report, (held[0][0], held[-1][1]), tokenizer)
            held, room = [], _ROOM if chance is None or chance.random() < 0.7 else chance.randint(_ROOM // 3, _ROOM)
        held.append(span)
        room -= size
    if held:
        yield _window(report, (held[0][0], held[-1][1]), tokenizer)


def _window(report: MarkedReport, span: Span, tokenizer: Any) -> Window:
    told = tokenizer.encode(report.text[span[0] : span[1]])
    offsets = [(a + span[0], b + span[0]) if b > a else (0, 0) for a, b in told.offsets]
    return Window(report, told.ids[:LONGEST], offsets[:LONGEST])


def layers_of(report: MarkedReport) -> dict[str, list[Span]]:
    """The spans of each layer, in text order."""
    contents = [(told, span) for told in report.statements for span in told.spans["content"]]
    found: dict[str, set[Span]] = {layer: set() for layer in LAYERS}
    for told in report.statements:
        for part in ("source", "cue", "addressee", "channel"):
            found[part].update(told.spans[part])
    for told, span in contents:
        within = any(
            other is not told and a <= span[0] and span[1] <= b and (a, b) != span for other, (a, b) in contents
        )
        found["inner" if within else "outer"].add(span)
    return {layer: sorted(spans) for layer, spans in found.items()}


def collate_spoken(items: Sequence[Window], chance: random.Random | None = None) -> Spoken:
    """A batch of windows with all that is to be learned of them."""
    longest = max(len(item.ids) for item in items)
    tokens = torch.zeros(len(items), longest, dtype=torch.long)
    tags = torch.full((len(items), longest, len(LAYERS)), IGNORED)
    for number, item in enumerate(items):
        ids = [MASK if chance is not None and chance.random() < _HIDDEN and b > a else t for t, (a, b) in _placed(item)]
        tokens[number, : len(ids)] = torch.tensor(ids)
        tags[number, : len(ids)] = torch.tensor(_tags(item)).T
    return Spoken(tokens, (tokens != 0).long(), tags, {part: _linking(items, part) for part in LINKS})


def _placed(item: Window) -> Iterator[tuple[int, tuple[int, int]]]:
    yield from zip(item.ids, item.offsets, strict=True)


def _tags(item: Window) -> list[list[int]]:
    rows = []
    for spans in layers_of(item.report).values():
        row = [OUTSIDE] * len(item.ids)
        for span in spans:
            stretch = token_span(span, item.offsets)
            if stretch is not None:
                begins = item.offsets[stretch[0]][0] <= span[0] < item.offsets[stretch[0]][1]
                row[stretch[0]] = BEGINS if begins else GOES_ON
                row[stretch[0] + 1 : stretch[1]] = [GOES_ON] * (stretch[1] - stretch[0] - 1)
        rows.append(row)
    return rows


def token_span(span: Span, offsets: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The first and the last-but-one token that a span touches; None where it touches none."""
    touched = [i for i, (a, b) in enumerate(offsets) if b > a and a < span[1] and span[0] < b]
    return (touched[0], touched[-1] + 1) if touched else None


def _linking(items: Sequence[Window], part: str) -> tuple[Linking, Tensor]:
    """All pieces of content with their candidates, and the number of the right one (the last: none of them)."""
    found = [told for number, item in enumerate(items) for told in _links(number, item, part)]
    most = max((len(candidates) for _, candidates, _ in found), default=0)
    content = torch.tensor([piece for piece, _, _ in found], dtype=torch.long).reshape(-1, 3)
    spans = torch.zeros(len(found), most, 2, dtype=torch.long)
    there = torch.zeros(len(found), most, dtype=torch.bool)
    for row, (_, candidates, _) in enumerate(found):
        if candidates:
            spans[row, : len(candidates)] = torch.tensor(candidates)
            there[row, : len(candidates)] = True
    goals = torch.tensor([most if goal is None else goal for _, _, goal in found], dtype=torch.long)
    return Linking(content, spans, there), goals


def _links(
    number: int, item: Window, part: str
) -> Iterator[tuple[tuple[int, int, int], list[tuple[int, int]], int | None]]:
    spans = sorted({span for told in item.report.statements for span in told.spans[part]})
    held = [(span, stretch) for span in spans if (stretch := token_span(span, item.offsets)) is not None]
    for told in item.report.statements:
        own = [n for n, (span, _) in enumerate(held) if span in told.spans[part]]
        for content in told.spans["content"]:
            stretch = token_span(content, item.offsets)
            if stretch is not None:
                # Several sources of one statement: the one nearest to this piece.
                start = stretch[0]
                goal = min(own, key=lambda n: abs(held[n][1][0] - start), default=None)
                yield (number, *stretch), [span for _, span in held], goal

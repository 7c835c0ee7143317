"""The encoder's heads for statements: what part of a statement each word piece is, and which words belong together.

Tags are those of the layers source, cue, content, content inside another content, addressee and channel; a piece of
content is linked with the source and the cue that fit it best, or with none. training/network.py has the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.model.span import Span

Vectors = npt.NDArray[np.float32]
Stretch = tuple[int, int]

LAYERS = ("source", "cue", "outer", "inner", "addressee", "channel")
# What a piece of content is linked with.
LINKS = ("source", "cue")
_OUTSIDE, _BEGINS, _GOES_ON = range(3)
# A piece is taken for part of a layer where that is at least so likely.
_LEAST = 0.5
# So many pieces may be missing in the middle of a stretch.
_GAP = 3


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of one layer, and how likely its pieces are on the whole."""

    span: Span
    chance: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of content with the source and the cue it belongs to; `inner` where it stands inside another content."""

    content: Marked
    inner: bool
    source: Marked | None
    cue: Marked | None


@dataclass(frozen=True, slots=True)
class Speech:
    """The statements of a passage, as pieces of content, with all addressees and channels that were found."""

    pieces: Sequence[Piece]
    addressees: Sequence[Marked]
    channels: Sequence[Marked]


class SpeechHeads:
    """The matrices, by name, and how they are used."""

    def __init__(self, heads: Mapping[str, Vectors]) -> None:
        self._heads = heads

    def read(self, vectors: Vectors, offsets: Sequence[tuple[int, int]], text: str) -> Speech:
        """The statements of a passage, of the vectors of its pieces (pieces x width) and their places in its text."""
        if not offsets:
            return Speech((), (), ())
        scores = self._linear("tagging", vectors).reshape(len(offsets), len(LAYERS), 3)
        chances = _by_word(_softmax(scores), offsets, text)
        found = {layer: _stretches(chances[:, n]) for n, layer in enumerate(LAYERS)}
        sums = np.concatenate([np.zeros_like(vectors[:1]), vectors.cumsum(axis=0)])
        answers = {part: self._answers(part, [s for s, _ in found[part]], sums) for part in LINKS}
        pieces = []
        for layer in ("outer", "inner"):
            for stretch, chance in found[layer]:
                linked = {
                    part: self._linked(part, stretch, [s for s, _ in found[part]], answers[part], vectors, sums)
                    for part in LINKS
                }
                told = {part: None if n is None else _marked(found[part][n], offsets) for part, n in linked.items()}
                content = _marked((stretch, chance), offsets)
                pieces.append(Piece(content, layer == "inner", told["source"], told["cue"]))
        pieces.sort(key=lambda piece: (piece.content.span.start, -piece.content.span.end))
        others = [[_marked(item, offsets) for item in found[layer]] for layer in ("addressee", "channel")]
        return Speech(pieces, *others)

    def _linked(
        self,
        part: str,
        content: Stretch,
        candidates: Sequence[Stretch],
        answers: Vectors,
        vectors: Vectors,
        sums: Vectors,
    ) -> int | None:
        """The number of the candidate that a piece of content belongs to; None where it belongs to none."""
        if not candidates:
            return None
        start, end = content
        mean = (sums[end] - sums[start]) / (end - start)
        asked = self._linear(f"asking.{part}", np.concatenate([vectors[start], vectors[end - 1], mean]))
        scale = asked.shape[0] ** 0.5
        scores = answers @ asked / scale
        scores = scores + self._heads[f"distance.{part}"][[self._distance(part, content, a) for a, _ in candidates]]
        best = int(scores.argmax())
        return best if scores[best] > asked @ self._heads[f"nothing.{part}"] / scale else None

    def _answers(self, part: str, candidates: Sequence[Stretch], sums: Vectors) -> Vectors:
        """What each candidate answers to whichever content asks (candidates x width)."""
        if not candidates:
            return sums[:0]
        return self._linear(f"answering.{part}", np.stack([(sums[b] - sums[a]) / (b - a) for a, b in candidates]))

    def _distance(self, part: str, content: Stretch, first: int) -> int:
        """How far a candidate stands from the content, in powers of two: before, inside (in the middle), behind."""
        half = len(self._heads[f"distance.{part}"]) // 2
        before, behind = content[0] - first, first - content[1]
        if before > 0:
            return half - min(half - 1, before.bit_length() - 1) - 1
        if behind >= 0:
            return half + min(half - 1, (behind + 1).bit_length() - 1) + 1
        return half

    def _linear(self, name: str, vectors: Vectors) -> Vectors:
        return np.asarray(vectors @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"], dtype=np.float32)


def _by_word(chances: Vectors, offsets: Sequence[tuple[int, int]], text: str) -> Vectors:
    """The pieces of one word share their mean chances; a later piece of a word goes on and never begins."""
    first = 0
    shared = chances.copy()
    for n in range(1, len(offsets) + 1):
        start = offsets[n][0] if n < len(offsets) else 0
        if n < len(offsets) and offsets[n - 1][1] == start and text[start - 1].isalnum() and text[start].isalnum():
            continue
        if n - first > 1:
            shared[first:n, :, _OUTSIDE] = chances[first:n, :, _OUTSIDE].mean(axis=0)
            shared[first + 1 : n, :, _BEGINS] = 0.0
        first = n
    return shared


def _stretches(chances: Vectors) -> list[tuple[Stretch, float]]:
    """Pieces in a row that are part of a layer; one begins where a beginning is likelier than going on.

    What goes on behind a short gap belongs to what stands before it, gap included.
    """
    found: list[tuple[Stretch, float]] = []
    inside = 1 - chances[:, _OUTSIDE]
    start: int | None = None
    for place in range(len(chances) + 1):
        ends = place == len(chances) or inside[place] < _LEAST
        begins = not ends and chances[place, _BEGINS] > chances[place, _GOES_ON]
        if start is not None and (ends or begins):
            found.append(((start, place), float(inside[start:place].mean())))
            start = None
        if start is None and not ends:
            start = place
            if found and not begins and place - found[-1][0][1] <= _GAP:
                start = found.pop()[0][0]
    return found


def _marked(item: tuple[Stretch, float], offsets: Sequence[tuple[int, int]]) -> Marked:
    (start, end), chance = item
    return Marked(Span(offsets[start][0], offsets[end - 1][1]), chance)


def _softmax(scores: Vectors) -> Vectors:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))

"""How like two deeds are told: the encoder's vectors of a clause as a whole, and of its words one by one.

Tellings in, likenesses out. Proper names count little: who does it and where says nothing of what is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.codebook.encoder import Passage
from detente.model.span import Span

Figures = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
"""Places in a library."""

# How many times the words of the deed itself count against the others of its clause (chosen on bench/gold/ontology's
# development part: from 1 to 3 it hardly matters there, where a clause mostly tells one deed).
_TRIGGER = 3.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its base form; `name` for proper names. The span is that of the passage it stands in."""

    span: Span
    text: str
    lemma: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """A deed as its clause tells it: the clause's vector, those of its words with their weights, and its words."""

    whole: Figures
    each: Figures
    weights: Figures
    words: tuple[Word, ...]

    def has_any(self, phrases: Sequence[Sequence[str]]) -> bool:
        """Whether the clause has the words of a phrase in a row, each as it stands or in its base form."""
        forms = [{w.text.lower(), w.lemma.lower()} for w in self.words]
        return any(
            all(word in form for word, form in zip(phrase, forms[at:], strict=False))
            for phrase in phrases
            for at in range(len(forms) - len(phrase) + 1)
        )


def tell(passage: Passage, clause: Span, trigger: Span | None, words: Sequence[Word]) -> Telling | None:
    """The telling of a clause of a passage; None where the encoder did not read so far."""
    own = tuple(word for word in words if word.span.overlaps(clause))
    inside = _tokens_in(passage, [clause])
    if not inside.any():
        return None
    weights = inside * np.where(_tokens_in(passage, [trigger] if trigger else []), _TRIGGER, 1.0)
    plain = weights * ~_tokens_in(passage, [word.span for word in own if word.name])
    if not plain.any():
        plain = weights
    kept = plain > 0
    vectors = passage.vectors.astype(np.float64)
    return Telling(weights @ vectors / weights.sum(), vectors[kept], plain[kept] / plain.sum(), own)


def _tokens_in(passage: Passage, spans: Sequence[Span]) -> npt.NDArray[np.bool_]:
    """Which of the encoder's tokens stand in the spans; its marks of beginning and end stand nowhere."""
    starts, ends = np.array([o[0] for o in passage.offsets]), np.array([o[1] for o in passage.offsets])
    found = np.zeros(len(starts), dtype=bool)
    for span in spans:
        found |= (starts < span.end) & (ends > span.start) & (ends > starts)
    return found


class Library:
    """Tellings to compare with, seen from the middle of a background: what all news share makes nothing alike."""

    def __init__(self, tellings: Sequence[Telling], background: Sequence[Telling]) -> None:
        self._middle = np.mean([t.whole for t in background], axis=0)
        self._middle_word = np.mean(np.concatenate([t.each for t in background]), axis=0)
        self._wholes = _unit(np.array([t.whole for t in tellings]) - self._middle)
        self._words = _unit(np.concatenate([t.each for t in tellings]) - self._middle_word)
        self._weights = np.concatenate([t.weights for t in tellings])
        sizes = [len(t.weights) for t in tellings]
        self._starts = np.cumsum([0, *sizes[:-1]])

    def likeness(self, telling: Telling) -> Figures:
        """How like each telling of the library is (tellings x 2): the clauses as a whole, and word for word."""
        whole = self._wholes @ _unit(telling.whole - self._middle)
        pairs = _unit(telling.each - self._middle_word) @ self._words.T
        # Each word with its nearest counterpart on the other side, both ways.
        forth = telling.weights @ np.maximum.reduceat(pairs, self._starts, axis=1)
        back = np.add.reduceat(pairs.max(axis=0) * self._weights, self._starts)
        return np.stack([whole, (forth + back) / 2], axis=1)


def _unit(vectors: Figures) -> Figures:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9))

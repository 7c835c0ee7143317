"""What the words of a sentence mean, small enough to keep: for each telling word a short vector from the encoder.

Sentences in, bytes out (how likely the clause tells a deed of each type; then a row a word: how telling it is, whether
it stands in the clause, its vector), and back. The encoder's vectors are shortened by data/fusing/meaning.npz: the main
directions in which the words of our corpus differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente.codebook.encoder import Encoder, Passage
from detente.codebook.files import DATA, DataError
from detente.codebook.folding import fold_name
from detente.codebook.rarity import Rarity, stem_of

FILE = DATA / "fusing" / "meaning.npz"
WIDTH = 64
"""Numbers of a word's vector: all 384 of the encoder tell pairs apart no better."""
DEEDS = (
    *("ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "CONSULT", "COOPERATE"),
    *("MOBILIZE", "PROTEST", "REJECT", "REQUEST", "RETREAT", "SANCTION", "SUPPORT", "THREATEN"),
)
"""The types of deeds in the order in which their chances are kept."""
TYPES = len(DEEDS)
# The most telling words of a sentence; words that most news hold say nothing of what is meant.
_MOST, _LEAST_TELLING, _SHORTEST = 24, 0.3, 3
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# Vectors have length one; the largest of their numbers is rarely beyond a half.
_STEP = 1 / 254
Rows = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The telling words of an account: a vector for each, how telling it is, and whether the clause has it.

    `deeds`: how likely the clause tells a deed of each type.
    """

    deeds: Rows
    vectors: Rows
    weights: Rows
    inside: npt.NDArray[np.bool_]


def meaning_of(kept: bytes) -> Meaning | None:
    """The meaning that was kept; None where there is none."""
    if not kept or (len(kept) - TYPES) % (2 + WIDTH):
        return None
    numbers = np.frombuffer(kept, dtype=np.int8)
    rows = numbers[TYPES:].reshape(-1, 2 + WIDTH)
    vectors = rows[:, 2:].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    deeds = numbers[:TYPES].astype(np.float32) / np.float32(100)
    return Meaning(deeds, vectors, rows[:, 0].astype(np.float32) / np.float32(100), rows[:, 1] > 0)


class MeaningReader:
    """Reads meanings with the encoder, which is opened at the first sentence."""

    def __init__(self, rarity: Rarity, encoder: Callable[[], Encoder] = Encoder, path: Path = FILE) -> None:
        self._rarity, self._open, self._path = rarity, encoder, path

    def read(self, sentences: Sequence[str], asked: Sequence[tuple[int, str]]) -> list[bytes]:
        """The meanings of clauses, each given with the number of its sentence.

        Give all sentences of a report at once: the encoder's numbers depend a little on what is read together.
        """
        passages = self._encoder.read(sentences) if asked else []
        return [self._kept(passages[number], clause) for number, clause in asked]

    def _kept(self, passage: Passage, clause: str) -> bytes:
        inside = {fold_name(word) for word in _WORD.findall(clause)}
        told = sorted(self._words(passage), key=lambda row: (-row[0], row[1]))[:_MOST]
        rows = np.zeros((len(told), 2 + WIDTH), dtype=np.int8)
        for at, (weight, _, word, vector) in enumerate(told):
            short = (vector - self._mean) @ self._basis
            short /= np.linalg.norm(short) + 1e-6
            rows[at, 0], rows[at, 1] = round(100 * weight), fold_name(word) in inside
            rows[at, 2:] = np.clip(np.rint(short / _STEP), -127, 127)
        return self._deeds(passage, inside) + rows.tobytes()

    def _deeds(self, passage: Passage, inside: Set[str]) -> bytes:
        """The highest chance of each type at any word of the clause, in hundredths."""
        starts, ends = passage.edges
        told = np.zeros(len(starts), dtype=np.bool_)
        for match in _WORD.finditer(passage.text):
            if fold_name(match.group()) in inside:
                told |= (starts >= match.start()) & (ends <= match.end())
        order = [self._encoder.types.index(type) for type in DEEDS]
        chances = self._encoder.telling(passage)[told][:, order]
        highest = chances.max(axis=0) if len(chances) else np.zeros(TYPES, dtype=np.float32)
        return bytes(np.rint(100 * highest).astype(np.int8).tobytes())

    def _words(self, passage: Passage) -> list[tuple[float, int, str, Rows]]:
        """The telling words with their weights, places and vectors."""
        starts, ends = passage.edges
        found = []
        for match in _WORD.finditer(passage.text):
            word = match.group()
            weight = self._rarity.weight(stem_of(word)) if len(word) >= _SHORTEST else 0.0
            pieces = (starts >= match.start()) & (ends <= match.end()) & (ends > starts)
            if weight > _LEAST_TELLING and pieces.any():
                found.append((weight, match.start(), word, passage.vectors[pieces].mean(axis=0)))
        return found

    @cached_property
    def _encoder(self) -> Encoder:
        return self._open()

    @cached_property
    def _stored(self) -> tuple[Rows, Rows]:
        try:
            with np.load(self._path) as stored:
                return stored["mean"].astype(np.float32), stored["basis"].astype(np.float32)
        except (OSError, KeyError, ValueError) as error:
            raise DataError(f"{self._path}: cannot be read ({error}); install detente again") from error

    @property
    def _mean(self) -> Rows:
        return self._stored[0]

    @property
    def _basis(self) -> Rows:
        return self._stored[1]

"""Whether two reports carry one text: by runs of words that both have, and by sentences that follow one another alike.

Two texts in, the share of the shorter one that is in the other out. A text that was translated twice keeps few runs of
words; its sentences still name the same people, numbers and things in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from detente.codebook.folding import fold_name

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?\"”’])\s+|\n+")
RUN = 3
"""Words of a run (a shingle)."""
_STEM, _LEAST = 5, 4
_SHORTEST = 4
# Two sentences tell the same where the beginnings of their words are so much alike (Dice's coefficient).
_SAME_SENTENCE = 0.25
# Compared on the development set: copies reach 0.39 or more by sentences, reports of one happening 0.09 at most.
COPY_RUNS, COPY_SENTENCES = 0.2, 0.25
# Two short texts on one happening share a few runs ("shelled the village of") without being copies.
_FEWEST = 10
# Of longer texts this many sentences are compared: news tells first what it has to tell.
_SENTENCES = 60


@dataclass(frozen=True, slots=True)
class Text:
    """A text prepared for comparing."""

    runs: frozenset[int]
    sentences: tuple[frozenset[str], ...]
    words: tuple[str, ...]


def text_of(text: str) -> Text:
    """The text, prepared: runs of words, and for each sentence the beginnings of its longer words and its numbers."""
    words = _WORD.findall(fold_name(text))
    parts = (frozenset(stems(part)) for part in _SENTENCE.split(text))
    sentences = tuple(part for part in parts if len(part) >= _SHORTEST)[:_SENTENCES]
    return Text(frozenset(runs(words)), sentences, tuple(words))


def runs(words: Sequence[str]) -> set[int]:
    """The runs of words, each as a number that is the same in every process."""
    return {_number(" ".join(words[at : at + RUN])) for at in range(max(1, len(words) - RUN + 1))} if words else set()


def _number(words: str) -> int:
    """A number for a run; not Python's own hash, which is another in every process."""
    return crc32(words.encode("utf-8", "surrogatepass"))


def stems(text: str) -> set[str]:
    """The beginnings of the longer words, and all numbers."""
    return {word[:_STEM] for word in _WORD.findall(fold_name(text)) if len(word) >= _LEAST or word.isdigit()}


def likeness(one: Text, other: Text) -> tuple[float, str] | None:
    """The share of the shorter text that the other has, with the reason; None where they are two texts."""
    shorter = min(len(one.runs), len(other.runs))
    common = len(one.runs & other.runs)
    share = common / shorter if shorter else 0.0
    if share >= COPY_RUNS and common >= min(_FEWEST, shorter):
        return share, f"{share:.0%} of the shorter text's runs of {RUN} words are in the other"
    if min(len(one.sentences), len(other.sentences)) < 2:
        return None
    aligned = alignment(one.sentences, other.sentences)
    if aligned < COPY_SENTENCES:
        return None
    return aligned, f"sentence for sentence the same names, numbers and words in the same order ({aligned:.0%})"


def alignment(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> float:
    """How much of the shorter row of sentences is in the other in the same order (best monotone alignment)."""
    short, long = sorted((one, other), key=len)
    best = [0.0] * (len(long) + 1)
    for sentence in short:
        before = best[:]
        for at, candidate in enumerate(long, 1):
            same = 2 * len(sentence & candidate) / (len(sentence) + len(candidate))
            gained = before[at - 1] + (same if same >= _SAME_SENTENCE else 0.0)
            best[at] = max(before[at], best[at - 1], gained)
    return best[-1] / max(1, len(short))

"""Learns the categories of a user's ontology from its examples, and says how likely a deed is of one.

For each category a small formula of three figures: how much nearer a telling is to the examples than to everything
else, as a clause and word for word, and whether a hint stands in it. Formula and threshold come from the file alone;
the encoder is not trained.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detente.codebook.encoder import Encoder
from detente.codebook.files import DATA, DataError
from detente.codebook.likeness import Figures, Library, Rows, Telling, Word, tell
from detente.codebook.own_ontology import Example, OwnCategory, OwnOntology
from detente.model.span import Span

WordsOf = Callable[[Sequence[str]], Sequence[Sequence[Word]]]
"""Gives the words of sentences, for each its own; whoever has a parser lends it."""

_BACKGROUND = DATA / "ontology" / "background.txt"
# A telling is as like a side as its nearest three: one chance likeness does not count, and a side may be a mixture.
_NEAREST = 3
# Of all that speaks against a category its own near misses weigh half, however few they are.
_NEAR_SHARE = 0.5
# All sentences of a category together weigh as much as so many: it says how far the formula goes with them.
_WEIGHT = 50.0
_RIDGE = 1.0
# By so much less likely (in log-odds) is a deed of a type that the hints do not name: types are read wrongly at times.
_OTHER_TYPE = 2.0
_STEPS = 60
# In choosing the threshold recall counts half as much as precision: of the events of real reports few are of a
# category. On the development reports that left out five of twelve wrong codings and no right one.
_RECALL_SHARE = 0.5


@dataclass(frozen=True)
class Verdict:
    """How surely a deed is of a category (0 to 1, from 0.5 on it is), and the example that is most like it."""

    confidence: float
    nearest: str

    @property
    def holds(self) -> bool:
        return self.confidence >= 0.5


@dataclass(frozen=True)
class _Formula:
    """Log-odds as a weighted sum of figures, each measured in its own spread."""

    middle: Figures
    spread: Figures
    weights: Figures

    def score(self, figures: Figures) -> Figures:
        """The score of each row of figures."""
        scaled = (np.atleast_2d(figures) - self.middle) / self.spread
        return np.asarray(scaled @ self.weights[:-1] + self.weights[-1])


@dataclass(frozen=True)
class Learnt:
    """A category as learnt: where its sentences stand in the library, its formula, and from which score on it holds."""

    category: OwnCategory
    own: Rows
    against: Rows
    formula: _Formula
    threshold: float

    def fits_type(self, type_: str | None) -> bool:
        """Whether the hints name this PLOVER type, or none at all."""
        return not self.category.types or type_ in self.category.types

    def verdict(self, telling: Telling, likeness: Figures, type_: str | None) -> Verdict:
        """What the formula makes of a telling whose likeness to the library is known."""
        figures = _figures(likeness, self.own, self.against, _hinted(telling, self.category))
        score = float(self.formula.score(figures)[0]) - self.threshold
        if not self.fits_type(type_):
            score -= _OTHER_TYPE
        best = int(np.argmax(likeness[self.own].sum(axis=1)))
        # Two digits: what the processor's last bits say must not show.
        return Verdict(round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 2), self.category.examples[best].text)


class OwnCategories:
    """The learnt categories of one ontology. Same file, same encoder, same verdicts."""

    def __init__(self, ontology: OwnOntology, encoder: Encoder, words_of: WordsOf) -> None:
        self.ontology = ontology
        sentences = [e for c in ontology.categories for e in (*c.examples, *c.near_misses)]
        background = [Example(line) for line in background_sentences()]
        tellings = _tellings([*sentences, *background], encoder, words_of)
        self._library = Library(tellings, tellings[len(sentences) :])
        likeness = np.array([self._library.likeness(t) for t in tellings])
        shelves = _shelves(ontology, range(len(sentences), len(tellings)))
        self.learnt = tuple(_learn(shelf, tellings, likeness) for shelf in shelves)

    def verdicts(self, telling: Telling, type_: str | None) -> list[Verdict]:
        """For each category, in the order of the file, how surely a deed of this PLOVER type is of it."""
        likeness = self._library.likeness(telling)
        return [learnt.verdict(telling, likeness, type_) for learnt in self.learnt]


def background_sentences() -> list[str]:
    """Ordinary news of many kinds, one sentence each."""
    try:
        lines = _BACKGROUND.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise DataError(f"{_BACKGROUND}: no such data file; reinstall detente") from None
    return [line for line in lines if line and not line.startswith("#")]


def _tellings(sentences: Sequence[Example], encoder: Encoder, words_of: WordsOf) -> list[Telling]:
    """Every sentence as a telling; where the file names no trigger, the word that the encoder takes for it."""
    texts = [s.text for s in sentences]
    found = []
    for sentence, passage, words in zip(sentences, encoder.read(texts), words_of(texts), strict=True):
        trigger = sentence.trigger
        if trigger is None:
            told = max(encoder.find(passage), key=lambda t: t[2], default=None)
            trigger = next((w.span for w in words if told is not None and w.span.overlaps(told[0])), None)
        telling = tell(passage, Span(0, len(sentence.text)), trigger, words)
        if telling is None:
            raise DataError(f"the sentence {sentence.text!r} holds no words that the encoder can read; take it out")
        found.append(telling)
    return found


def _hinted(telling: Telling, category: OwnCategory) -> bool:
    return telling.has_any(category.words)


# -- learning


@dataclass(frozen=True)
class _Shelf:
    """A category and where its sentences stand: its examples, its near misses, and what else speaks against it."""

    category: OwnCategory
    own: Sequence[int]
    near: Sequence[int]
    others: Sequence[int]

    @property
    def against(self) -> Sequence[int]:
        return (*self.near, *self.others)


def _shelves(ontology: OwnOntology, background: Sequence[int]) -> list[_Shelf]:
    """The categories with their rows: examples and near misses of each in the order of the file, then the background.

    The examples of the others speak against a category, unless it has them too. Their near misses do not: what only
    just misses one category may well be of another.
    """
    own: list[range] = []
    near: list[range] = []
    start = 0
    for category in ontology.categories:
        own.append(range(start, start + len(category.examples)))
        near.append(range(own[-1].stop, own[-1].stop + len(category.near_misses)))
        start = near[-1].stop
    examples = [
        (e.text, row)
        for c, rows in zip(ontology.categories, own, strict=True)
        for e, row in zip(c.examples, rows, strict=True)
    ]
    found = []
    for category, mine, missed in zip(ontology.categories, own, near, strict=True):
        known = {e.text for e in (*category.examples, *category.near_misses)}
        others = [row for text, row in examples if text not in known]
        found.append(_Shelf(category, mine, missed, (*others, *background)))
    return found


def _learn(shelf: _Shelf, tellings: Sequence[Telling], likeness: Figures) -> Learnt:
    """Formula and threshold of a category from its shelf."""
    rows = (*shelf.own, *shelf.against)
    figures = np.array(
        [
            _figures(
                likeness[r], _without(shelf.own, r), _without(shelf.against, r), _hinted(tellings[r], shelf.category)
            )
            for r in rows
        ]
    )
    wanted = np.array([1.0] * len(shelf.own) + [0.0] * len(shelf.against))
    weights = _weights(shelf)
    scores = _left_out(figures, wanted, weights, len(shelf.own) + len(shelf.near))
    return Learnt(
        category=shelf.category,
        own=np.array(shelf.own),
        against=np.array(shelf.against),
        formula=_fit(figures, wanted, weights),
        threshold=_threshold(scores, wanted),
    )


def _without(rows: Sequence[int], row: int) -> Rows:
    return np.array([n for n in rows if n != row], dtype=np.int64)


def _figures(likeness: Figures, own: Rows, against: Rows, hinted: bool) -> Figures:
    """How much nearer the examples are than the rest, by both likenesses, and whether a hint stands there."""
    return np.array([*(_nearest(likeness, own) - _nearest(likeness, against)), float(hinted)])


def _nearest(likeness: Figures, rows: Rows) -> Figures:
    return np.asarray(np.sort(likeness[rows], axis=0)[-_NEAREST:].mean(axis=0))


def _weights(shelf: _Shelf) -> Figures:
    """Examples weigh half of all; of the other half the near misses have their share."""
    near_share = _NEAR_SHARE if shelf.near else 0.0
    parts = ((shelf.own, 1.0), (shelf.near, near_share), (shelf.others, 1 - near_share))
    return np.array([_WEIGHT / 2 * share / len(rows) for rows, share in parts for _ in rows])


def _fit(figures: Figures, wanted: Figures, weights: Figures) -> _Formula:
    """A logistic formula with a ridge, by Newton's steps: no chance in it, and the same result each time."""
    middle = weights @ figures / weights.sum()
    spread = np.sqrt(weights @ (figures - middle) ** 2 / weights.sum())
    spread = np.where(spread > 1e-6, spread, 1.0)  # a figure that is the same everywhere (no hints given) says nothing
    rows = np.column_stack([(figures - middle) / spread, np.ones(len(figures))])
    ridge = np.array([_RIDGE] * figures.shape[1] + [1e-6])
    found = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weights * (chances - wanted)) + ridge * found
        bend = (rows * (weights * chances * (1 - chances))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < 1e-9:
            break
    return _Formula(middle, spread, found)


def _left_out(figures: Figures, wanted: Figures, weights: Figures, told: int) -> Figures:
    """The score of each sentence; those of the category itself by a formula that was made without them."""
    scores = _fit(figures, wanted, weights).score(figures)
    for n in range(told):
        keep = np.arange(len(wanted)) != n
        scores[n] = _fit(figures[keep], wanted[keep], weights[keep]).score(figures[n])[0]
    return scores


def _threshold(scores: Figures, wanted: Figures) -> float:
    """The score that parts the examples from the rest best; in the middle of all that part them as well."""
    steps = np.unique(scores)
    between = (steps[1:] + steps[:-1]) / 2
    if not len(between):
        return float(steps[0])
    quality = [_quality(scores >= at, wanted) for at in between]
    return float(np.median([at for at, q in zip(between, quality, strict=True) if q >= max(quality) - 1e-9]))


def _quality(given: npt.NDArray[np.bool_], wanted: Figures) -> float:
    """Precision and recall in one figure, precision counting for more (F-beta)."""
    share = _RECALL_SHARE**2
    return (1 + share) * float(wanted[given].sum()) / float(given.sum() + share * wanted.sum())

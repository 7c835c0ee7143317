"""Other coders on the same pairs: words weighed by TF-IDF with logistic regression, and a list of words for each type.

Both learn from, or are made for, the same split: the training files of the corpus against the parts kept apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pairs import CORPUS, PARTS, macro, part_of
from scipy.sparse import hstack
from sentences import NONE, Pair
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from detente.codebook.predicates import load_lexicon

Row = tuple[str, Pair]


def rows(names: Sequence[str]) -> list[Row]:
    """The marked pairs of these files with both parties, each with its sentence."""
    return [(s.text, p) for name in names for s in part_of(name) for p in s.pairs if p.marked and p.source and p.target]


def measure(parts: Sequence[str]) -> dict[str, dict[str, float]]:
    """Macro-F1 over the types, for each peer and part."""
    learned = rows([path.stem for path in sorted(CORPUS.glob("*.jsonl")) if path.stem not in PARTS])
    weighed = _Weighed(learned)
    found: dict[str, dict[str, float]] = {"TF-IDF + logistic regression": {}, "keywords": {}}
    for part in parts:
        told = rows([part])
        wanted = [pair.type for _, pair in told]
        named = sorted({name for name in wanted if name != NONE})
        found["TF-IDF + logistic regression"][part] = macro(wanted, weighed.code(told), named)
        found["keywords"][part] = macro(wanted, keyword_types(told), named)
    return found


class _Weighed:
    """Words and pairs of words, of the sentence and of the stretch from one party to the other."""

    def __init__(self, learned: Sequence[Row]) -> None:
        self._whole = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        self._stretch = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        told = hstack([self._whole.fit_transform(_whole(learned)), self._stretch.fit_transform(_stretches(learned))])
        self._model = LogisticRegression(C=10, max_iter=300, class_weight="balanced")
        self._model.fit(told, [pair.type for _, pair in learned])

    def code(self, asked: Sequence[Row]) -> list[str]:
        """The type of each pair."""
        told = hstack([self._whole.transform(_whole(asked)), self._stretch.transform(_stretches(asked))])
        return [str(name) for name in self._model.predict(told)]


def _whole(told: Sequence[Row]) -> list[str]:
    return [text for text, _ in told]


def _stretches(told: Sequence[Row]) -> list[str]:
    spans = [(pair.source[0], pair.target[0]) for _, pair in told]
    return [text[min(s[0], t[0]) : max(s[1], t[1])] for (text, _), (s, t) in zip(told, spans, strict=True)]


def keyword_types(told: Sequence[Row]) -> list[str]:
    """The type with most words of our own lexicon in the sentence; no event without any."""
    lexicon = load_lexicon()
    types: dict[str, Counter[str]] = {}
    for entries in (lexicon.verbs, lexicon.nouns):
        for word, known in entries.items():
            for words, predicate in known:
                if len(words) == 1:
                    types.setdefault(word, Counter())[predicate.plover] += 1
    found = []
    for text, _ in told:
        votes: Counter[str] = Counter()
        for word in text.lower().replace(",", " ").replace(".", " ").split():
            known_types = next((types[w] for w in (word, word[:-1], word[:-2], word[:-1] + "e") if w in types), None)
            if known_types:
                votes[known_types.most_common(1)[0][0]] += 1
        found.append(votes.most_common(1)[0][0] if votes else NONE)
    return found


if __name__ == "__main__":
    for name, figures in measure([part for part in PARTS if part_of(part)]).items():
        print(name, {part: round(value, 3) for part, value in figures.items()})

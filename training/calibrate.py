"""Makes the exported encoder's confidence mean something: temperatures, and how likely "none" is where somebody asks,
both by the length of the sentence.

    python training/calibrate.py detente/data/encoder corpus/sentences

Fitted on the development parts of the corpus by likelihood, on the int8 encoder as it is shipped; writes
calibration.json beside it. Needs `detente`, not torch. Temperature scaling: Guo et al. 2017.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sentences import Pair as Told
from sentences import Sentence, read_corpus

from detente.codebook.encoder import Encoder, Pair
from detente.model.span import Span

DEVELOPMENT = ("development", "development_plain")
_PLAIN = {"temperature": 1.0, "temperature_longer": 0.0}
_PLAIN |= {f"asked_{name}": value for name, value in _PLAIN.items()} | {"asked_none": 0.0, "asked_none_longer": 0.0}
_USUAL_LENGTH, _LEAST_HEAT = 25, 0.3
# "None" is lowered by so much more than the likelihood asks for: told "no event", somebody looks no further.
_CAUTION = 0.7


@dataclass(frozen=True)
class Scored:
    """Pairs with their log chances (pairs x classes), true classes, and how much longer than usual the sentence is."""

    scores: np.ndarray
    true: np.ndarray
    longer: np.ndarray

    def loss(self, fit: Sequence[float]) -> float:
        """The mean negative log likelihood; `fit` is temperature and its growth, then the same of "none" if asked."""
        heat = np.maximum(_LEAST_HEAT, fit[0] + fit[1] * self.longer)
        scores = self.scores / heat[:, None]
        if len(fit) > 2:
            scores[:, 0] += fit[2] + fit[3] * self.longer
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return float(-scores[np.arange(len(self.true)), self.true].mean())


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args()
    path = options.encoder / "calibration.json"
    path.write_text(json.dumps(_PLAIN) + "\n", encoding="utf-8")
    encoder = Encoder(options.encoder)
    sentences = read_corpus(options.corpus / f"{name}.jsonl" for name in DEVELOPMENT)
    told = minimize(_scored(encoder, sentences, asked=False).loss, [1.0, 0.0], method="Nelder-Mead").x
    asked = minimize(_scored(encoder, sentences, asked=True).loss, [1.0, 0.0, 0.0, 0.0], method="Nelder-Mead").x
    fit = {name: round(float(value), 3) for name, value in zip(_PLAIN, (*told, *asked), strict=True)}
    fit["asked_none"] = round(fit["asked_none"] - _CAUTION, 3)
    path.write_text(json.dumps(fit) + "\n", encoding="utf-8")
    print(f"{path}: {fit}")


def _scored(encoder: Encoder, sentences: Iterable[Sentence], asked: bool) -> Scored:
    """Each pair as users ask (marked, no trigger), or as reports are read (with the words of the deed)."""
    scores, true, longer = [], [], []
    for sentence in sentences:
        (passage,) = encoder.read([sentence.text])
        pairs = [p for p in sentence.pairs if (p.marked and p.first if asked else p.trigger)]
        for pair, judgement in zip(pairs, encoder.judge(passage, [_pair(p, asked) for p in pairs]), strict=True):
            scores.append(np.log(np.maximum(judgement.rows["type"], 1e-9)))
            true.append(encoder.types.index(pair.type))
            longer.append(np.log(len(passage.offsets) / _USUAL_LENGTH))
    return Scored(np.stack(scores).astype(np.float64), np.array(true), np.array(longer))


def _pair(told: Told, asked: bool) -> Pair:
    source, target, trigger = ([Span(*span) for span in spans] for spans in (told.source, told.target, told.trigger))
    return Pair(source, target, () if asked else trigger)


if __name__ == "__main__":
    main()

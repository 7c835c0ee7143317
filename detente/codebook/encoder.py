"""The small encoder: one pass over a sentence, and what it makes of pairs of parties and of words that tell deeds.

MiniLM fine-tuned on our own corpus (corpus/, training/), int8, run by ONNX Runtime on the processor; the heads are a
few matrices. The form of network and its training are told in docs/model-card.md. Offsets are those of the text given.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from detente.codebook.files import DATA, DataError
from detente.codebook.speech_heads import Speech, SpeechHeads
from detente.model.span import Span

Vectors = npt.NDArray[np.float32]

NONE = "NONE"
"""The name of the class "no event between these two"."""

FOLDER = DATA / "encoder"
LONGEST = 256
"""Word pieces of the longest text it reads, the two that stand around every text included; what comes after is not
read. No text it was trained on was longer."""
# Word pieces of a sentence of usual length, and the least by which scores are divided.
_USUAL_LENGTH, _LEAST_HEAT = 25, 0.3
# Texts of one pass: more of them gain nothing on one thread and cost memory.
_TOGETHER = 16


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties of a text, each by the words that name it, and the words of the deed; any of them may be missing."""

    source: Sequence[Span]
    target: Sequence[Span]
    trigger: Sequence[Span] = ()


@dataclass(frozen=True)
class Judgement:
    """How likely each class of each head is, for one pair: a row of probabilities a head (contexts each by itself)."""

    labels: Mapping[str, Sequence[str]]
    rows: Mapping[str, Vectors]

    def chance(self, head: str, name: str) -> float:
        """The probability of one class; 0 where the head does not know it."""
        names = self.labels[head]
        return float(self.rows[head][names.index(name)]) if name in names else 0.0

    def best(self, head: str) -> str:
        """The likeliest class of a head."""
        return self.labels[head][int(self.rows[head].argmax())]

    def chances(self, head: str) -> dict[str, float]:
        """All classes of a head with their probabilities."""
        return dict(zip(self.labels[head], self.rows[head].tolist(), strict=True))


@dataclass(frozen=True)
class Passage:
    """A text as the encoder sees it: a vector for each token (tokens x width), and where the tokens stand."""

    text: str
    vectors: Vectors
    offsets: Sequence[tuple[int, int]]

    @cached_property
    def edges(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Where the tokens begin and end."""
        places = np.array(self.offsets, dtype=np.int64).reshape(-1, 2)
        return places[:, 0], places[:, 1]

    def part(self, span: Span) -> Passage | None:
        """A stretch of the text with the vectors that its surroundings gave it; None where none of it was read."""
        inside = [n for n, (start, end) in enumerate(self.offsets) if span.start <= start and end <= span.end]
        if not inside:
            return None
        offsets = [(a - span.start, b - span.start) for a, b in self.offsets[inside[0] : inside[-1] + 1]]
        return Passage(self.text[span.start : span.end], self.vectors[inside[0] : inside[-1] + 1], offsets)


class Encoder:
    """Reads texts and judges pairs; loaded once. Raises `DataError` where its files are missing or broken."""

    def __init__(self, folder: Path = FOLDER, threads: int = 1) -> None:
        weights = folder / "encoder.onnx"
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._fit: dict[str, float] = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
            with np.load(io.BytesIO((folder / "heads.npz").read_bytes())) as stored:
                self._heads = {name: stored[name].astype(np.float32) for name in stored.files}
            data = weights.read_bytes()
            self._session = onnxruntime.InferenceSession(data, _options(threads), providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime and tokenizers have no common base for "this file is broken"
            raise DataError(f"{folder}: the encoder cannot be loaded ({error}); install detente again") from error
        self._tokenizer.no_padding()
        self._counting = Tokenizer.from_str(self._tokenizer.to_str())
        self._counting.no_truncation()
        self._tokenizer.enable_truncation(LONGEST)
        self._speech = SpeechHeads(self._heads)
        self.version = hashlib.sha256(data).hexdigest()[:12]

    @property
    def types(self) -> Sequence[str]:
        """The classes of events, the first being none."""
        return self._labels["type"]

    def read(self, texts: Sequence[str]) -> list[Passage]:
        """A passage for each text; texts of like length go through together, which is half as fast again.

        The numbers of int8 depend a little on what goes through together: give the same texts to get the same bytes.
        """
        told = [self._tokenizer.encode(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda n: len(told[n].ids))
        found: dict[int, Passage] = {}
        for at in range(0, len(order), _TOGETHER):
            group = order[at : at + _TOGETHER]
            longest = max(len(told[n].ids) for n in group)
            tokens = np.zeros((len(group), longest), dtype=np.int64)
            for row, n in enumerate(group):
                tokens[row, : len(told[n].ids)] = told[n].ids
            (hidden,) = self._session.run(None, {"input_ids": tokens, "attention_mask": (tokens != 0).astype(np.int64)})
            for row, n in enumerate(group):
                # Without the two pieces that stand around every text; a text of no words is the first of them.
                inside = slice(1, len(told[n].ids) - 1) if len(told[n].ids) > 2 else slice(0, 1)
                found[n] = Passage(texts[n], hidden[row, inside], told[n].offsets[inside])
        return [found[n] for n in range(len(texts))]

    def judge(self, passage: Passage, pairs: Sequence[Pair]) -> list[Judgement]:
        """What the first party of each pair does to the second."""
        if not pairs:
            return []
        mixed = self._mixed(passage, pairs)
        rows = {
            name: self._chances(name, self._linear(name, mixed), pairs, len(passage.offsets)) for name in self._labels
        }
        return [Judgement(self._labels, {name: told[n] for name, told in rows.items()}) for n in range(len(pairs))]

    def length(self, text: str) -> int:
        """How many word pieces a text has, the two around it left out; those beyond the longest length count too."""
        return len(self._counting.encode(text).ids) - 2

    def speech(self, passage: Passage) -> Speech:
        """The statements of a passage."""
        return self._speech.read(passage.vectors, passage.offsets, passage.text)

    def find(self, passage: Passage) -> list[tuple[Span, str, float]]:
        """For each token the likeliest type of event whose telling it is part of, and how likely it is."""
        scores = self.telling(passage)
        best = scores[:, 1:].argmax(axis=1) + 1
        return [
            (Span(start, end), self.types[kind], float(row[kind]))
            for (start, end), kind, row in zip(passage.offsets, best, scores, strict=True)
        ]

    def telling(self, passage: Passage) -> Vectors:
        """How likely each token is part of the telling of an event of each type (tokens x types, none first)."""
        return _softmax(self._linear("finding", passage.vectors))

    def _chances(self, name: str, scores: Vectors, pairs: Sequence[Pair], length: int) -> Vectors:
        """Scores as probabilities that mean something (training/calibrate.py).

        They are cooled, the more the longer the sentence; "none" is lowered for pairs that somebody asks about.
        """
        if name == "contexts":
            return _sigmoid(scores)
        if name == "type":
            longer = float(np.log(length / _USUAL_LENGTH))
            asked = np.array([not pair.trigger for pair in pairs])
            heat = np.where(asked, self._heat("asked_", longer), self._heat("", longer))
            scores = np.asarray(scores / heat[:, None], dtype=np.float32)
            scores[:, 0] += np.where(asked, self._fit["asked_none"] + self._fit["asked_none_longer"] * longer, 0.0)
        return _softmax(scores)

    def _heat(self, kind: str, longer: float) -> float:
        return max(_LEAST_HEAT, self._fit[f"{kind}temperature"] + self._fit[f"{kind}temperature_longer"] * longer)

    def _mixed(self, passage: Passage, pairs: Sequence[Pair]) -> Vectors:
        """The vector of each pair that all heads share (pairs x width); training/network.py has the same."""
        vectors, missing = passage.vectors, self._heads["missing"]
        source = _pooled(passage, [p.source for p in pairs], missing[0])
        target = _pooled(passage, [p.target for p in pairs], missing[1])
        trigger = _pooled(passage, [p.trigger for p in pairs], missing[2])
        between = _pooled(passage, [_between(p) for p in pairs], None)
        whole = np.repeat(vectors.mean(axis=0, keepdims=True), len(pairs), axis=0)
        asked = self._linear("asking", np.concatenate([source, target, trigger], axis=1))
        looked = _softmax(asked @ self._linear("answering", vectors).T / asked.shape[1] ** 0.5) @ vectors
        parts = [source, target, trigger, between, whole, source * target, looked]
        return _gelu(self._linear("mixing", np.concatenate(parts, axis=1)))

    def _linear(self, name: str, vectors: Vectors) -> Vectors:
        return np.asarray(vectors @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"], dtype=np.float32)


def _options(threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return options


def _between(pair: Pair) -> Sequence[Span]:
    if not pair.source or not pair.target:
        return ()
    one, two = sorted((pair.source[0], pair.target[0]))
    return (Span(one.end, two.start),) if one.end < two.start else ()


def _pooled(passage: Passage, spans: Sequence[Sequence[Span]], missing: Vectors | None) -> Vectors:
    """The mean vector of the tokens in the spans; `missing`, or nothing, where there are none."""
    starts, ends = passage.edges
    mask = np.zeros((len(spans), len(passage.offsets)), dtype=np.float32)
    for row, told in enumerate(spans):
        for span in told:
            mask[row] = np.maximum(mask[row], (starts < span.end) & (ends > span.start) & (ends > starts))
    count = mask.sum(axis=1, keepdims=True)
    mean = mask @ passage.vectors / np.maximum(count, 1.0)
    return np.asarray(mean if missing is None else np.where(count > 0, mean, missing), dtype=np.float32)


def _softmax(scores: Vectors) -> Vectors:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _sigmoid(scores: Vectors) -> Vectors:
    return np.asarray(1 / (1 + np.exp(-scores)))


def _gelu(x: Vectors) -> Vectors:
    """The smooth ramp of the network, by its usual approximation (difference under 0.001)."""
    return np.asarray(0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3))))

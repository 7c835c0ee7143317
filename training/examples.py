"""Sentences as batches of numbers: tokens, masks of the parts of each pair, and the classes to learn."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from network import Batch, Mask, between, masks
from sentences import NONE, Pair, Sentence, Span
from torch import Tensor

LONGEST = 256
# Heads of a pair and how much each counts in the loss.
WEIGHTS = {"type": 1.0, "mode": 0.4, "status": 0.4, "contexts": 0.5, "cameo": 0.4, "background": 0.2, "reciprocal": 0.2}
# How often a word is hidden, and all words of the parties are.
_HIDDEN, _NAMELESS = 0.06, 0.12
MASK = 103
IGNORED = -100
_NOWHERE = (0, 0)
STATUSES = ("happened", "under_way", "planned", "threatened", "demanded", "denied", "not_happened", "hypothetical")


@dataclass(frozen=True)
class Labels:
    """The classes of each head, in order."""

    type: tuple[str, ...]
    mode: tuple[str, ...]
    status: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: tuple[str, ...]
    background: tuple[str, ...] = ("news", "background")
    reciprocal: tuple[str, ...] = ("directed", "reciprocal")

    @classmethod
    def of_codebook(cls, folder: Path) -> Labels:
        """All classes that the codebook's tables name, so that they do not change with the corpus."""
        modes = [(row["event"], row["mode"] or "-") for row in _rows(folder / "plover.tsv")]
        codes = [row["code"] for row in _rows(folder / "cameo_codes.tsv")]
        return cls(
            (NONE, *sorted({event for event, _ in modes})),
            tuple(f"{event} {mode}" for event, mode in modes),
            STATUSES,
            tuple(row["context"] for row in _rows(folder / "contexts.tsv")),
            tuple(code for code in codes if code > "02"),
        )

    def sizes(self) -> dict[str, int]:
        return {name: len(getattr(self, name)) for name in WEIGHTS}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


@dataclass(frozen=True)
class Encoded:
    """A sentence as tokens, with their places in the text; tokens of other texts around it have the place (0, 0)."""

    sentence: Sentence
    ids: list[int]
    offsets: list[tuple[int, int]]

    def among(self, before: Sequence[int], behind: Sequence[int]) -> Encoded:
        """The sentence with tokens of other texts before and behind it."""
        ids = [self.ids[0], *before, *self.ids[1:-1], *behind, self.ids[-1]]
        offsets = [_NOWHERE, *[_NOWHERE] * len(before), *self.offsets[1:-1], *[_NOWHERE] * len(behind), _NOWHERE]
        return Encoded(self.sentence, ids, offsets)


@dataclass(frozen=True)
class Goals:
    """What is to be learned of a batch: the pairs, their class in each head (IGNORED where there is none to learn),
    their contexts (pairs x contexts), and the type of each token (texts x tokens)."""

    pairs: list[Pair]
    classes: dict[str, Tensor]
    contexts: Tensor
    tokens: Tensor

    @classmethod
    def of(cls, pairs: list[Pair], tokens: Tensor, labels: Labels) -> Goals:
        """The classes of pairs; only events have a mode, a status and so on."""
        rows = {
            name: torch.tensor([_class(pair, name, labels) for pair in pairs]) for name in WEIGHTS if name != "contexts"
        }
        contexts = torch.tensor([[float(c in pair.contexts) for c in labels.contexts] for pair in pairs])
        return cls(pairs, rows, contexts, tokens)

    def to(self, device: str) -> Goals:
        """The same on a device."""
        classes = {name: row.to(device) for name, row in self.classes.items()}
        return Goals(self.pairs, classes, self.contexts.to(device), self.tokens.to(device))


def _class(pair: Pair, name: str, labels: Labels) -> int:
    if name == "type":
        return labels.type.index(pair.type)
    if pair.type == NONE:
        return IGNORED
    match name:
        case "mode":
            return labels.mode.index(f"{pair.type} {pair.mode or '-'}")
        case "status":
            return labels.status.index(pair.status or "happened")
        case "cameo":
            return labels.cameo.index(pair.cameo) if pair.cameo in labels.cameo else IGNORED
        case _:
            return int(getattr(pair, name))


def encode(sentences: Sequence[Sentence], tokenizer: Any) -> list[Encoded]:
    """Sentences with their tokens, cut at the longest length."""
    found = []
    for sentence in sentences:
        told = tokenizer.encode(sentence.text)
        found.append(Encoded(sentence, told.ids[:LONGEST], told.offsets[:LONGEST]))
    return found


def collate(items: Sequence[Encoded], labels: Labels, chance: random.Random | None = None) -> tuple[Batch, Goals]:
    """A batch of sentences with all their pairs; with `chance`, to learn from: words are hidden now and then."""
    longest = max(len(item.ids) for item in items)
    tokens = torch.zeros(len(items), longest, dtype=torch.long)
    types = torch.full((len(items), longest), IGNORED)
    pairs: list[Pair] = []
    texts: list[int] = []
    parts: dict[str, list[Mask]] = {"source": [], "target": [], "trigger": [], "between": []}
    for number, item in enumerate(items):
        ids = item.ids if chance is None else _hidden(item, chance)
        tokens[number, : len(ids)] = torch.tensor(ids)
        types[number, : len(ids)] = torch.tensor(_token_types(item, labels))
        for pair in item.sentence.pairs:
            for trigger in _tellings(pair, chance is not None):
                told = {"source": pair.source, "target": pair.target, "trigger": trigger}
                for name, spans in {**told, "between": between(pair.source, pair.target)}.items():
                    parts[name].append(np.pad(masks(spans, item.offsets), (0, longest - len(item.ids))))
                pairs.append(pair)
                texts.append(number)
    made = {name: torch.tensor(np.array(rows), dtype=torch.float32) for name, rows in parts.items()}
    own = torch.zeros(len(items), longest)
    for number, item in enumerate(items):
        own[number, : len(item.ids)] = torch.tensor([float(end > start) for start, end in item.offsets])
    return Batch(tokens, (tokens != 0).long(), own, torch.tensor(texts), **made), Goals.of(pairs, types, labels)


def _tellings(pair: Pair, learning: bool) -> list[tuple[Span, ...]]:
    """The trigger with which a pair is told: none where its parties have no other event; to learn from, both ways."""
    if not pair.first or (learning and not pair.marked):
        return [pair.trigger]
    return [(), pair.trigger] if learning and pair.trigger else [()]


def _hidden(item: Encoded, chance: random.Random) -> list[int]:
    parties = [span for pair in item.sentence.pairs for span in (*pair.source, *pair.target)]
    nameless = masks(parties if chance.random() < _NAMELESS else (), item.offsets)
    return [
        MASK if end > start and (named or chance.random() < _HIDDEN) else token
        for token, (start, end), named in zip(item.ids, item.offsets, nameless, strict=True)
    ]


def _token_types(item: Encoded, labels: Labels) -> list[int]:
    """The type of the event whose trigger a token is part of; NONE for the others."""
    found = [0 if end > start else IGNORED for start, end in item.offsets]
    for pair in item.sentence.pairs:
        if pair.trigger and pair.type != NONE:
            for place, inside in enumerate(masks(pair.trigger, item.offsets)):
                if inside:
                    found[place] = labels.type.index(pair.type)
    return found

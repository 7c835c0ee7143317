"""One encoder pass a text, and small heads on pooled vectors of a pair: parties, trigger, what lies between, all.

Tokens and token spans in, scores out. The form was chosen by trial: unmarked text with pooled spans did as well as a
pass for each marked pair, and serves every head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

Mask = npt.NDArray[np.float32]

DROPOUT = 0.1
# Source, target, trigger, between, whole, product of the parties, and what the pair itself looks at.
PARTS = 7
# Widths of what a pair asks the tokens with, and of the vector that all heads share.
ASKED, MIXED = 128, 256
# What a token can be part of in a statement (a content inside another one is a layer of its own), and how.
LAYERS = ("source", "cue", "outer", "inner", "addressee", "channel")
OUTSIDE, BEGINS, GOES_ON = range(3)
TAGS = 3
# What a piece of content is linked with; the width of what links; steps of distance.
LINKS = ("source", "cue")
LINKED, DISTANCES = 32, 17


@dataclass(frozen=True)
class Batch:
    """Tokens of some texts, and pairs: which text each is of, and masks (pairs x tokens) of its parts.

    `own` are the tokens (texts x tokens) of the sentence itself; the others are what stands around it.
    """

    tokens: Tensor
    attention: Tensor
    own: Tensor
    text: Tensor
    source: Tensor
    target: Tensor
    trigger: Tensor
    between: Tensor

    def to(self, device: str) -> Batch:
        """The same on a device."""
        return Batch(**{name: part.to(device) for name, part in self.__dict__.items()})


class PairNetwork(nn.Module):
    """The encoder with one linear head for each thing told of a pair, and one that finds triggers among the tokens."""

    def __init__(self, encoder: nn.Module, width: int, heads: Mapping[str, int]) -> None:
        super().__init__()
        self.encoder = encoder
        self.missing = nn.Parameter(torch.zeros(3, width))
        self.asking, self.answering = nn.Linear(3 * width, ASKED), nn.Linear(width, ASKED)
        self.mixing = nn.Sequential(
            nn.Dropout(DROPOUT), nn.Linear(PARTS * width, MIXED), nn.GELU(), nn.Dropout(DROPOUT)
        )
        # "type" is a name that modules keep for themselves.
        self.heads = nn.ModuleDict({f"of_{name}": nn.Linear(MIXED, classes) for name, classes in heads.items()})
        self.finding = nn.Linear(width, heads["type"])
        self.speech = SpeechHeads(width)

    def forward(self, batch: Batch) -> tuple[dict[str, Tensor], Tensor]:
        """Scores of each head, pairs x classes; scores of the tokens, texts x tokens x types."""
        hidden = self.hidden(batch.tokens, batch.attention)
        return self.of_hidden(hidden, batch), self.finding(hidden)

    def hidden(self, tokens: Tensor, attention: Tensor) -> Tensor:
        """The encoder's vectors, texts x tokens x width."""
        return self.encoder(input_ids=tokens, attention_mask=attention).last_hidden_state.float()  # type: ignore[no-any-return]

    def of_hidden(self, hidden: Tensor, batch: Batch) -> dict[str, Tensor]:
        """The scores of the pairs, of the encoder's vectors."""
        vectors = hidden[batch.text]
        own = batch.own[batch.text].to(hidden.dtype)
        source = _pooled(vectors, batch.source, self.missing[0])
        target = _pooled(vectors, batch.target, self.missing[1])
        trigger = _pooled(vectors, batch.trigger, self.missing[2])
        between = _pooled(vectors, batch.between, None)
        whole = _pooled(vectors, own, None)
        asked = self.asking(torch.cat([source, target, trigger], dim=-1))
        weight = torch.einsum("pd,ptd->pt", asked, self.answering(vectors)) / ASKED**0.5
        weight = weight.masked_fill(own == 0, -1e4).softmax(dim=-1)
        looked = torch.einsum("pt,ptd->pd", weight, vectors)
        mixed = self.mixing(torch.cat([source, target, trigger, between, whole, source * target, looked], dim=-1))
        return {name.removeprefix("of_"): head(mixed) for name, head in self.heads.items()}


@dataclass(frozen=True)
class Linking:
    """Pieces of content (window, first and last-but-one token: pieces x 3), and for each the candidates (pieces x
    candidates x 2) with a mask of those that are there."""

    content: Tensor
    candidates: Tensor
    there: Tensor

    def to(self, device: str) -> Linking:
        """The same on a device."""
        return Linking(self.content.to(device), self.candidates.to(device), self.there.to(device))


class SpeechHeads(nn.Module):
    """What part of a statement each token is, and which source and which cue a piece of content belongs to."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.tagging = nn.Linear(width, TAGS * len(LAYERS))
        self.asking = nn.ModuleDict({part: nn.Linear(3 * width, LINKED) for part in LINKS})
        self.answering = nn.ModuleDict({part: nn.Linear(width, LINKED) for part in LINKS})
        # A candidate that is none of the words, and how likely each distance is.
        self.nothing = nn.ParameterDict({part: nn.Parameter(torch.zeros(LINKED)) for part in LINKS})
        self.distance = nn.ParameterDict({part: nn.Parameter(torch.zeros(DISTANCES)) for part in LINKS})

    def tags(self, hidden: Tensor) -> Tensor:
        """Scores, windows x tokens x layers x tags."""
        return self.tagging(hidden).unflatten(-1, (len(LAYERS), TAGS))

    def links(self, part: str, hidden: Tensor, linking: Linking) -> Tensor:
        """Scores, pieces x (candidates and none of them)."""
        window, start, end = linking.content.unbind(-1)
        sums = nn.functional.pad(hidden.cumsum(dim=1), (0, 0, 1, 0))
        mean = (sums[window, end] - sums[window, start]) / (end - start).unsqueeze(-1)
        asked = self.asking[part](torch.cat([hidden[window, start], hidden[window, end - 1], mean], dim=-1))
        first, last = linking.candidates.unbind(-1)
        where = window.unsqueeze(-1)
        held = (sums[where, last] - sums[where, first]) / (last - first).clamp(min=1).unsqueeze(-1)
        scores = torch.einsum("pd,pcd->pc", asked, self.answering[part](held)) / LINKED**0.5
        scores = scores + self.distance[part][distances(start, end, first)]
        scores = scores.masked_fill(~linking.there, -1e4)
        none = (asked @ self.nothing[part] / LINKED**0.5).unsqueeze(-1)
        return torch.cat([scores, none], dim=-1)


def distances(start: Tensor, end: Tensor, first: Tensor) -> Tensor:
    """How far the candidates stand from the content, in powers of two: before, inside (in the middle), behind."""
    before, behind = start.unsqueeze(-1) - first, first - end.unsqueeze(-1)
    half = DISTANCES // 2
    far = torch.where(before > 0, before, behind + 1).clamp(min=1)
    steps = torch.log2(far.float()).long().clamp(max=half - 1) + 1
    return torch.where(before > 0, half - steps, torch.where(behind >= 0, half + steps, torch.full_like(steps, half)))


def _pooled(vectors: Tensor, mask: Tensor, missing: Tensor | None) -> Tensor:
    """The mean of the masked vectors; `missing` (or nothing) where the mask is empty."""
    weight = mask.to(vectors.dtype).unsqueeze(-1)
    count = weight.sum(dim=1)
    mean = (vectors * weight).sum(dim=1) / count.clamp(min=1.0)
    empty = (count == 0).to(vectors.dtype)
    return mean if missing is None else mean + empty * missing


def masks(spans: Sequence[tuple[int, int]], offsets: Sequence[tuple[int, int]]) -> Mask:
    """Which tokens lie in any of the spans, by the tokens' places in the text."""
    starts, ends = np.array(offsets).reshape(-1, 2).T
    found = np.zeros(len(starts), dtype=np.float32)
    for start, end in spans:
        found[(starts < end) & (ends > start) & (ends > starts)] = 1.0
    return found


def between(source: Sequence[tuple[int, int]], target: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretch between two parties; nothing where one is missing."""
    if not source or not target:
        return []
    one, two = sorted((source[0], target[0]))
    return [(one[1], two[0])] if one[1] < two[0] else []


def load_encoder(folder: str) -> tuple[Any, Any]:
    """The base encoder and its tokenizer."""
    from tokenizers import Tokenizer
    from transformers import AutoModel

    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    return AutoModel.from_pretrained(folder, attn_implementation="sdpa").float(), tokenizer

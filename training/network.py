"""One encoder pass a text, and small heads on pooled vectors of a pair: parties, trigger, what lies between, all.

Tokens and token spans in, scores out. The form was chosen by trial: unmarked text with pooled spans did as well as a
pass for each marked pair, and serves every head.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

DROPOUT = 0.1
# Source, target, trigger, between, whole, product of the parties, and what the pair itself looks at.
PARTS = 7
# Widths of what a pair asks the tokens with, and of the vector that all heads share.
ASKED, MIXED = 128, 256


@dataclass(frozen=True)
class Batch:
    """Tokens of some texts, and pairs: which text each is of, and masks (pairs x tokens) of its parts."""

    tokens: Tensor
    attention: Tensor
    text: Tensor
    source: Tensor
    target: Tensor
    trigger: Tensor
    between: Tensor


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

    def forward(self, batch: Batch) -> tuple[dict[str, Tensor], Tensor]:
        """Scores of each head, pairs x classes; scores of the tokens, texts x tokens x types."""
        hidden = self.encoder(input_ids=batch.tokens, attention_mask=batch.attention).last_hidden_state.float()
        return self.of_hidden(hidden, batch), self.finding(hidden)

    def of_hidden(self, hidden: Tensor, batch: Batch) -> dict[str, Tensor]:
        """The scores of the pairs, of the encoder's vectors."""
        vectors = hidden[batch.text]
        attention = batch.attention[batch.text].to(hidden.dtype)
        source = _pooled(vectors, batch.source, self.missing[0])
        target = _pooled(vectors, batch.target, self.missing[1])
        trigger = _pooled(vectors, batch.trigger, self.missing[2])
        between = _pooled(vectors, batch.between, None)
        whole = _pooled(vectors, attention, None)
        asked = self.asking(torch.cat([source, target, trigger], dim=-1))
        weight = torch.einsum("pd,ptd->pt", asked, self.answering(vectors)) / ASKED**0.5
        weight = weight.masked_fill(attention == 0, -1e4).softmax(dim=-1)
        looked = torch.einsum("pt,ptd->pd", weight, vectors)
        mixed = self.mixing(torch.cat([source, target, trigger, between, whole, source * target, looked], dim=-1))
        return {name.removeprefix("of_"): head(mixed) for name, head in self.heads.items()}


def _pooled(vectors: Tensor, mask: Tensor, missing: Tensor | None) -> Tensor:
    """The mean of the masked vectors; `missing` (or nothing) where the mask is empty."""
    weight = mask.to(vectors.dtype).unsqueeze(-1)
    count = weight.sum(dim=1)
    mean = (vectors * weight).sum(dim=1) / count.clamp(min=1.0)
    empty = (count == 0).to(vectors.dtype)
    return mean if missing is None else mean + empty * missing


def masks(spans: Sequence[tuple[int, int]], offsets: Sequence[tuple[int, int]]) -> list[float]:
    """Which tokens lie in any of the spans, by the tokens' places in the text."""
    return [float(any(start < e and s < end for s, e in spans) and end > start) for start, end in offsets]


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
    return AutoModel.from_pretrained(folder, attn_implementation="sdpa"), tokenizer

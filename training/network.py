"""One encoder pass a text, and small heads on pooled vectors: source, target, what lies between, all, and a product.

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


@dataclass(frozen=True)
class Batch:
    """Tokens of some texts, and pairs: which text each is of, and masks (pairs x tokens) of its parts."""

    tokens: Tensor
    attention: Tensor
    text: Tensor
    source: Tensor
    target: Tensor
    between: Tensor


class PairNetwork(nn.Module):
    """The encoder with one linear head for each thing told of a pair."""

    def __init__(self, encoder: nn.Module, width: int, heads: Mapping[str, int]) -> None:
        super().__init__()
        self.encoder = encoder
        self.missing = nn.Parameter(torch.zeros(2, width))
        self.mixing = nn.Sequential(nn.Dropout(DROPOUT), nn.Linear(5 * width, width), nn.GELU(), nn.Dropout(DROPOUT))
        # "type" is a name that modules keep for themselves.
        self.heads = nn.ModuleDict({f"of_{name}": nn.Linear(width, classes) for name, classes in heads.items()})

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Scores of each head, pairs x classes."""
        hidden = self.encoder(input_ids=batch.tokens, attention_mask=batch.attention).last_hidden_state
        return self.of_hidden(hidden, batch)

    def of_hidden(self, hidden: Tensor, batch: Batch) -> dict[str, Tensor]:
        """The same, of the encoder's vectors."""
        vectors = hidden[batch.text]
        attention = batch.attention[batch.text].to(hidden.dtype)
        source = _pooled(vectors, batch.source, self.missing[0])
        target = _pooled(vectors, batch.target, self.missing[1])
        between = _pooled(vectors, batch.between, None)
        whole = _pooled(vectors, attention, None)
        mixed = self.mixing(torch.cat([source, target, between, whole, source * target], dim=-1))
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
    return AutoModel.from_pretrained(folder, attn_implementation="eager"), tokenizer

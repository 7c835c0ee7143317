"""`make train`: fine-tunes the encoder on the corpus and says how it does on the parts kept apart.

    python training/train.py CORPUS_FOLDER BASE_ENCODER_FOLDER --out FOLDER [--epochs 10] [--seed 1]

Seeded; a GPU is used where there is one. Writes model.pt with the labels of each head, and figures.json.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from network import Batch, PairNetwork, between, load_encoder, masks
from torch import Tensor, nn

from corpus import NONE, Pair, Sentence, read_corpus

# Parts kept apart: chosen by one, judged by the other.
DEVELOPMENT, TEST = "development.jsonl", "test.jsonl"
LONGEST = 192
_SENTENCES = 24
_RATE, _HEADS_RATE, _WARMING = 8e-5, 6e-4, 0.06
# How much each head counts in the loss.
_WEIGHTS = {"type": 1.0, "mode": 0.4, "status": 0.4, "contexts": 0.4, "cameo": 0.4}


@dataclass(frozen=True)
class Labels:
    """The classes of each head, in order."""

    type: tuple[str, ...]
    mode: tuple[str, ...]
    status: tuple[str, ...]
    contexts: tuple[str, ...]
    cameo: tuple[str, ...]

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> Labels:
        events = [pair for pair in pairs if pair.type != NONE]
        return cls(
            (NONE, *sorted({p.type for p in events})),
            tuple(sorted({f"{p.type} {p.mode or '-'}" for p in events})),
            tuple(sorted({p.status for p in events if p.status})),
            tuple(sorted({c for p in events for c in p.contexts})),
            tuple(sorted({p.cameo[:2] for p in events if p.cameo})),
        )

    def sizes(self) -> dict[str, int]:
        return {name: len(getattr(self, name)) for name in _WEIGHTS}


@dataclass(frozen=True)
class Encoded:
    """A sentence as tokens, with their places in the text."""

    sentence: Sentence
    ids: list[int]
    offsets: list[tuple[int, int]]


def encode(sentences: Sequence[Sentence], tokenizer: Any) -> list[Encoded]:
    """Sentences with their tokens, cut at the longest length."""
    found = []
    for sentence in sentences:
        told = tokenizer.encode(sentence.text)
        found.append(Encoded(sentence, told.ids[:LONGEST], told.offsets[:LONGEST]))
    return found


def collate(items: Sequence[Encoded], device: str) -> tuple[Batch, list[Pair]]:
    """A batch of sentences with all their pairs."""
    longest = max(len(item.ids) for item in items)
    tokens = torch.zeros(len(items), longest, dtype=torch.long)
    attention = torch.zeros(len(items), longest, dtype=torch.long)
    pairs: list[Pair] = []
    texts: list[int] = []
    parts: dict[str, list[list[float]]] = {"source": [], "target": [], "between": []}
    for number, item in enumerate(items):
        tokens[number, : len(item.ids)] = torch.tensor(item.ids)
        attention[number, : len(item.ids)] = 1
        for pair in item.sentence.pairs:
            pairs.append(pair)
            texts.append(number)
            told = (("source", pair.source), ("target", pair.target), ("between", between(pair.source, pair.target)))
            for name, spans in told:
                mask = masks(spans, item.offsets)
                parts[name].append(mask + [0.0] * (longest - len(mask)))
    made = {name: torch.tensor(rows).to(device) for name, rows in parts.items()}
    batch = Batch(tokens.to(device), attention.to(device), torch.tensor(texts).to(device), **made)
    return batch, pairs


def loss_of(scores: dict[str, Tensor], pairs: Sequence[Pair], labels: Labels, weights: Tensor) -> Tensor:
    """The weighted sum over heads; only events have modes, statuses, contexts and CAMEO roots."""
    device = scores["type"].device
    types = torch.tensor([labels.type.index(pair.type) for pair in pairs], device=device)
    total = nn.functional.cross_entropy(scores["type"], types, weight=weights, label_smoothing=0.05)
    events = [i for i, pair in enumerate(pairs) if pair.type != NONE]
    if not events:
        return total
    told = {
        "mode": [labels.mode.index(f"{pairs[i].type} {pairs[i].mode or '-'}") for i in events],
        "status": [labels.status.index(pairs[i].status or "happened") for i in events],
        "cameo": [_index(labels.cameo, (pairs[i].cameo or "")[:2]) for i in events],
    }
    for name, wanted in told.items():
        goal = torch.tensor(wanted, device=device)
        total = total + _WEIGHTS[name] * nn.functional.cross_entropy(scores[name][events], goal, ignore_index=-100)
    goal = torch.tensor([[float(c in pairs[i].contexts) for c in labels.contexts] for i in events], device=device)
    spread = nn.functional.binary_cross_entropy_with_logits(scores["contexts"][events], goal) * len(labels.contexts) / 8
    return total + _WEIGHTS["contexts"] * spread


def _index(classes: Sequence[str], name: str) -> int:
    return classes.index(name) if name in classes else -100


def batches(items: list[Encoded], chance: random.Random) -> Iterator[list[Encoded]]:
    """Sentences of like length together, in a new order each time."""
    order = sorted(items, key=lambda item: len(item.ids) + chance.random() * 12)
    groups = [order[at : at + _SENTENCES] for at in range(0, len(order), _SENTENCES)]
    chance.shuffle(groups)
    yield from groups


@torch.no_grad()
def judged(
    network: PairNetwork, items: list[Encoded], labels: Labels, device: str
) -> list[tuple[Pair, dict[str, Tensor]]]:
    """Every pair with the scores of all heads."""
    network.eval()
    found: list[tuple[Pair, dict[str, Tensor]]] = []
    for at in range(0, len(items), 32):
        batch, pairs = collate(items[at : at + 32], device)
        scores = {name: told.float().cpu() for name, told in network(batch).items()}
        found += [(pair, {name: told[i] for name, told in scores.items()}) for i, pair in enumerate(pairs)]
    network.train()
    return found


def figures(told: list[tuple[Pair, dict[str, Tensor]]], labels: Labels) -> dict[str, Any]:
    """Macro-F1 of types (without and with no event), accuracy of status, CAMEO root and mode, F1 of contexts."""
    wanted = [pair.type for pair, _ in told]
    given = [labels.type[int(scores["type"].argmax())] for _, scores in told]
    by_type = {name: f1(name, wanted, given) for name in labels.type}
    events = [(pair, scores) for pair, scores in told if pair.type != NONE]
    right = Counter[str]()
    hits = misses = false = 0
    for pair, scores in events:
        right["status"] += labels.status[int(scores["status"].argmax())] == pair.status
        right["cameo"] += labels.cameo[int(scores["cameo"].argmax())] == (pair.cameo or "")[:2]
        right["mode"] += labels.mode[int(scores["mode"].argmax())] == f"{pair.type} {pair.mode or '-'}"
        guessed = {c for c, score in zip(labels.contexts, scores["contexts"], strict=True) if score > 0}
        hits += len(guessed & set(pair.contexts))
        false += len(guessed - set(pair.contexts))
        misses += len(set(pair.contexts) - guessed)
    return {
        "pairs": len(told),
        "events": len(events),
        "type_macro_f1": sum(v for k, v in by_type.items() if k != NONE) / (len(by_type) - 1),
        "type_macro_f1_with_none": sum(by_type.values()) / len(by_type),
        "none_f1": by_type[NONE],
        "contexts_micro_f1": 2 * hits / max(1, 2 * hits + misses + false),
        **{f"{name}_accuracy": count / max(1, len(events)) for name, count in right.items()},
        "by_type": {name: round(value, 3) for name, value in by_type.items()},
    }


def f1(name: str, wanted: Sequence[str], given: Sequence[str]) -> float:
    hits = sum(w == g == name for w, g in zip(wanted, given, strict=True))
    told = sum(w == name for w in wanted) + sum(g == name for g in given)
    return 2 * hits / told if told else 0.0


def main() -> None:
    """Train, judge after each epoch on the development part, and keep the best."""
    options = _options()
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    encoder, tokenizer = load_encoder(options.encoder)
    files = sorted(options.corpus.glob("*.jsonl"))
    parts = {file.name: encode(read_corpus([file]), tokenizer) for file in files}
    learned = [item for name, items in parts.items() if name not in (DEVELOPMENT, TEST) for item in items]
    labels = Labels.of([pair for items in parts.values() for item in items for pair in item.sentence.pairs])
    network = PairNetwork(encoder, encoder.config.hidden_size, labels.sizes()).to(device)
    _train(network, learned, parts, labels, options, device)


def _train(
    network: PairNetwork,
    learned: list[Encoded],
    parts: dict[str, list[Encoded]],
    labels: Labels,
    options: argparse.Namespace,
    device: str,
) -> None:
    counts = Counter(pair.type for item in learned for pair in item.sentence.pairs)
    weights = torch.tensor(
        [(max(counts.values()) / counts[name]) ** 0.4 if counts[name] else 0.0 for name in labels.type]
    )
    weights = (weights / weights.mean()).to(device)
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": network.encoder.parameters(), "lr": _RATE}, {"params": heads, "lr": _HEADS_RATE}], weight_decay=0.01
    )
    steps = options.epochs * (len(learned) // _SENTENCES + 1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [_RATE, _HEADS_RATE], steps, pct_start=_WARMING)
    chance = random.Random(options.seed)
    best, start = 0.0, time.perf_counter()
    options.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(1, options.epochs + 1):
        for group in batches(learned, chance):
            batch, pairs = collate(group, device)
            loss = loss_of(network(batch), pairs, labels, weights)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        told = {
            name: figures(judged(network, parts[name], labels, device), labels)
            for name in (DEVELOPMENT, TEST)
            if name in parts
        }
        reached = told.get(DEVELOPMENT, {}).get("type_macro_f1", float(epoch))
        line = {name: {k: round(v, 3) for k, v in f.items() if isinstance(v, float)} for name, f in told.items()}
        print(f"epoch {epoch} {time.perf_counter() - start:.0f}s loss {loss.item():.3f} {json.dumps(line)}", flush=True)
        if reached >= best:
            best = reached
            torch.save({"network": network.state_dict(), "labels": labels.__dict__}, options.out / "model.pt")
            (options.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("encoder")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()

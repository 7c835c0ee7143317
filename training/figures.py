"""How well pairs are told: macro-F1 of types and modes, accuracy of status, CAMEO root and direction, contexts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import torch
from network import PairNetwork
from sentences import NONE, Pair
from torch import Tensor

from examples import Encoded, Labels, collate

Told = list[tuple[Pair, dict[str, Tensor]]]


@torch.no_grad()
def judged(network: PairNetwork, items: list[Encoded], labels: Labels, device: str) -> Told:
    """Every pair with the scores of all heads."""
    network.eval()
    found: Told = []
    ordered = sorted(items, key=lambda item: len(item.ids))
    for at in range(0, len(ordered), 32):
        batch, goals = collate(ordered[at : at + 32], labels)
        scores = {name: told.float().cpu() for name, told in network(batch.to(device))[0].items()}
        found += [(pair, {name: told[i] for name, told in scores.items()}) for i, pair in enumerate(goals.pairs)]
    network.train()
    return found


def figures(told: Told, labels: Labels) -> dict[str, Any]:
    """All figures of some pairs; only pairs of two parties for types, as users give them."""
    both = [(pair, scores) for pair, scores in told if pair.source and pair.target]
    wanted = [pair.type for pair, _ in both]
    given = [labels.type[int(scores["type"].argmax())] for _, scores in both]
    by_type = {name: f1(name, wanted, given) for name in labels.type}
    events = [(pair, scores) for pair, scores in told if pair.type != NONE]
    right = Counter[str]()
    hits = misses = false = 0
    for pair, scores in events:
        right["status"] += labels.status[int(scores["status"].argmax())] == pair.status
        right["cameo_root"] += labels.cameo[int(scores["cameo"].argmax())][:2] == (pair.cameo or "")[:2]
        right["background"] += bool(scores["background"].argmax()) == pair.background
        right["reciprocal"] += bool(scores["reciprocal"].argmax()) == pair.reciprocal
        guessed = {c for c, score in zip(labels.contexts, scores["contexts"], strict=True) if score > 0}
        hits += len(guessed & set(pair.contexts))
        false += len(guessed - set(pair.contexts))
        misses += len(set(pair.contexts) - guessed)
    modes = [f"{pair.type} {pair.mode or '-'}" for pair, _ in events]
    told_modes = [labels.mode[int(scores["mode"].argmax())] for _, scores in events]
    kinds = sorted({mode for mode in modes if not mode.endswith("-")})
    return {
        "pairs": len(both),
        "events": len(events),
        "type_macro_f1": sum(v for k, v in by_type.items() if k != NONE) / (len(by_type) - 1),
        "type_macro_f1_with_none": sum(by_type.values()) / len(by_type),
        "given_event": events_only(both, labels),
        "mode_macro_f1": sum(f1(mode, modes, told_modes) for mode in kinds) / max(1, len(kinds)),
        "contexts_micro_f1": 2 * hits / max(1, 2 * hits + misses + false),
        **{name: count / max(1, len(events)) for name, count in right.items()},
        "by_type": {name: round(value, 3) for name, value in by_type.items()},
    }


def events_only(told: Told, labels: Labels) -> float:
    """Macro-F1 where it is known that there is an event."""
    events = [(pair, scores) for pair, scores in told if pair.type != NONE]
    wanted = [pair.type for pair, _ in events]
    given = [labels.type[1 + int(scores["type"][1:].argmax())] for _, scores in events]
    return sum(f1(name, wanted, given) for name in labels.type[1:]) / (len(labels.type) - 1)


def f1(name: str, wanted: Sequence[str], given: Sequence[str]) -> float:
    """The harmonic mean of precision and recall of one class; 0 where it never occurs."""
    hits = sum(w == g == name for w, g in zip(wanted, given, strict=True))
    told = sum(w == name for w in wanted) + sum(g == name for g in given)
    return 2 * hits / told if told else 0.0

"""How well statements are marked and linked: exact spans of each layer, right source and cue given the content."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import torch
from network import BEGINS, LAYERS, LINKS, OUTSIDE, PairNetwork
from spoken import Window, collate_spoken

from examples import IGNORED


@torch.no_grad()
def speech_figures(network: PairNetwork, items: Sequence[Window], device: str) -> dict[str, float]:
    """F1 of exact token spans by layer, and the share of right links, over windows."""
    network.eval()
    hits, given, wanted, linked = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for at in range(0, len(items), 32):
        batch = collate_spoken(items[at : at + 32])
        hidden = network.hidden(batch.tokens.to(device), batch.attention.to(device))
        told = network.speech.tags(hidden).argmax(dim=-1).cpu()
        for row, (goals, found) in enumerate(zip(batch.tags, told, strict=True)):
            for n, layer in enumerate(LAYERS):
                gold = {(row, *span) for span in tag_spans(goals[:, n].tolist())}
                mine = {(row, *span) for span in tag_spans(found[: len(goals), n].tolist())}
                hits[layer] += len(gold & mine)
                given[layer] += len(mine)
                wanted[layer] += len(gold)
        for part in LINKS:
            linking, right = batch.links[part]
            if len(right):
                scores = network.speech.links(part, hidden, linking.to(device))
                linked[part] += int((scores.argmax(dim=-1).cpu() == right).sum())
                linked[f"all {part}"] += len(right)
    network.train()
    spans = {layer: 2 * hits[layer] / max(1, given[layer] + wanted[layer]) for layer in LAYERS}
    return spans | {f"link {part}": linked[part] / max(1, linked[f"all {part}"]) for part in LINKS}


def tag_spans(tags: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches that begin and go on; one that only goes on is one too."""
    found: list[tuple[int, int]] = []
    start = None
    for place, tag in enumerate([*tags, OUTSIDE]):
        if start is not None and tag in (OUTSIDE, BEGINS, IGNORED):
            found.append((start, place))
            start = None
        if start is None and tag not in (OUTSIDE, IGNORED):
            start = place
    return found

"""What training makes small: wrong types, modes, statuses and codes of pairs; wrong tags and links of statements."""

from __future__ import annotations

from network import LAYERS, LINKS, PairNetwork
from spoken import Spoken
from torch import Tensor, nn

from examples import IGNORED, WEIGHTS, Goals

_SMOOTHING, _HEADS_SMOOTHING, _TOKENS_WEIGHT = 0.05, 0.03, 0.5
# "No event" is the commonest class by far and counts less.
_NONE_WEIGHT = 0.6
# How much statements count beside events, and their links beside their tags.
_SPEECH_WEIGHT, _LINKS_WEIGHT = 0.7, 0.5
# Contexts are many and mostly absent.
_CONTEXTS_SPREAD = 8


def event_loss(scores: dict[str, Tensor], tokens: Tensor, goals: Goals) -> Tensor:
    """The weighted sum over heads; only events have modes, statuses, contexts and CAMEO codes."""
    weights = scores["type"].new_ones(scores["type"].shape[-1])
    weights[0] = _NONE_WEIGHT
    total = nn.functional.cross_entropy(
        scores["type"], goals.classes["type"], weight=weights, label_smoothing=_SMOOTHING
    )
    total = total + _TOKENS_WEIGHT * nn.functional.cross_entropy(
        tokens.flatten(0, 1), goals.tokens.flatten(), ignore_index=IGNORED
    )
    for name, goal in goals.classes.items():
        if name != "type" and bool((goal != IGNORED).any()):
            loss = nn.functional.cross_entropy(
                scores[name], goal, ignore_index=IGNORED, label_smoothing=_HEADS_SMOOTHING
            )
            total = total + WEIGHTS[name] * loss
    events = goals.classes["type"] != 0
    if not bool(events.any()):
        return total
    wrong = nn.functional.binary_cross_entropy_with_logits(scores["contexts"][events], goals.contexts[events])
    return total + WEIGHTS["contexts"] * wrong * goals.contexts.shape[-1] / _CONTEXTS_SPREAD


def speech_loss(network: PairNetwork, batch: Spoken) -> Tensor:
    """Tags of the tokens, and the links of contents to sources and cues."""
    hidden = network.hidden(batch.tokens, batch.attention)
    tags = network.speech.tags(hidden).float()
    total = tags.new_zeros(())
    for n in range(len(LAYERS)):
        goals = batch.tags[:, :, n].flatten()
        total = total + nn.functional.cross_entropy(tags[:, :, n].flatten(0, 1), goals, ignore_index=IGNORED)
    for part in LINKS:
        linking, right = batch.links[part]
        if len(right):
            scores = network.speech.links(part, hidden, linking).float()
            total = total + _LINKS_WEIGHT * nn.functional.cross_entropy(scores, right)
    return _SPEECH_WEIGHT * total

"""What the lexicon says and what the encoder says of one deed, joined to one type, mode and code.

Both are evidence: the lexicon's type counts as so much more on the scale of the encoder's log chances. The weights were
chosen on the development reports of the bench.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.codebook.encoder import NONE, Judgement

# How much the lexicon's entry counts, told by a verb, told by a noun, or found by the encoder alone.
VERB_ENTRY, NOUN_ENTRY, NO_ENTRY = 9.0, 7.0, 0.0
# A mode or a context is taken from the encoder where it is at least so likely.
_SURE = 0.5
# No chance is taken for smaller than this: the encoder is too sure of itself on short sentences.
_LEAST = 1e-3


@dataclass(frozen=True, slots=True)
class Joined:
    """One type with how likely it is, or NONE."""

    type: str
    chance: float


def join_types(lexical: str, weight: float, judgement: Judgement, none_leads: float = 0.0) -> Joined:
    """The type that lexicon and encoder make likeliest together, with its share among all."""
    scores = {name: math.log(max(chance, _LEAST)) for name, chance in judgement.chances("type").items()}
    scores[lexical] = scores.get(lexical, math.log(_LEAST)) + weight
    scores[NONE] -= none_leads
    total = sum(math.exp(score) for score in scores.values())
    best = max(scores, key=lambda name: scores[name])
    return Joined(best, math.exp(scores[best]) / total)


def mode_of(type_: str, judgement: Judgement) -> str | None:
    """The encoder's mode among those of a type, where it is sure of one."""
    own = {name: chance for name, chance in judgement.chances("mode").items() if name.split()[0] == type_}
    total = sum(own.values())
    best = max(own, key=lambda name: own[name], default=None)
    if best is None or own[best] < _SURE * total:
        return None
    mode = best.split()[1]
    return None if mode == "-" else mode


def contexts_of(judgement: Judgement) -> tuple[str, ...]:
    """The contexts that are likelier than not."""
    return tuple(name for name, chance in judgement.chances("contexts").items() if chance >= _SURE)


def cameo_of(judgement: Judgement) -> str:
    """The CAMEO code: the likeliest root, and as many digits as are likelier than not within it."""
    chances = judgement.chances("cameo")
    by_root: dict[str, float] = {}
    for code, chance in chances.items():
        by_root[code[:2]] = by_root.get(code[:2], 0.0) + chance
    root = max(by_root, key=lambda name: by_root[name])
    code, within = root, by_root[root]
    for digits in (3, 4):
        deeper: dict[str, float] = {}
        for name, chance in chances.items():
            if name.startswith(code) and len(name) >= digits:
                deeper[name[:digits]] = deeper.get(name[:digits], 0.0) + chance
        best = max(deeper, key=lambda name: deeper[name], default=None)
        if best is None or deeper[best] < _SURE * within:
            break
        code = best
    return code if len(code) > 2 else f"{root}0"

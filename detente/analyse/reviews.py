"""What verdicts tell: how far reviewers agree, and how often the machine is right by type, with 95 per cent intervals.

Only verdicts whose item is coded now as it was then are counted; the others are told of. Only importer of krippendorff.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.model.verdict import Traced, Verdict

# The normal quantile of a two-sided interval of 95 per cent.
_Z = 1.959963984540054
_DRAWS, _SEED = 1000, 20240514
# What a reviewer takes an event for who says that it is wrong and not what it is.
_NOT_THAT = "something else"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Krippendorff's alpha (nominal) of one question over the items that two reviewers or more judged.

    None where it is not defined: fewer than two such items, or one answer alone.
    """

    question: str
    items: int
    reviewers: int
    alpha: float | None
    low: float | None
    high: float | None

    def to_dict(self) -> dict[str, object]:
        named = {"question": self.question, "items": self.items, "reviewers": self.reviewers}
        return {**named, "alpha": _short(self.alpha), "low": _short(self.low), "high": _short(self.high)}


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the items of one kind and type that were judged, how many are right, with Wilson's interval.

    `type_right` counts those whose type is right, whatever else was corrected.
    """

    kind: str
    type: str
    judged: int
    right: int
    type_right: int

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.right, self.judged)

    def to_dict(self) -> dict[str, object]:
        low, high = self.interval
        share = {"precision": _short(self.right / self.judged), "low": _short(low), "high": _short(high)}
        counts = {"judged": self.judged, "right": self.right, "type_right": self.type_right}
        return {"kind": self.kind, "type": self.type, **counts, **share}


def precision_by_type(found: Iterable[Traced]) -> list[Precision]:
    """The machine's precision by type. Where reviewers differ on an item, more of them must say right than not."""
    items: dict[tuple[str, str, str], list[Verdict]] = defaultdict(list)
    for verdict in _holding(found):
        items[verdict.mark.kind, verdict.mark.type or "no type", f"{verdict.mark.report}/{verdict.mark.id}"].append(
            verdict
        )
    rows: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    for (kind, type, _), verdicts in items.items():
        rows[kind, type].append((_most(verdicts, _is_right), _most(verdicts, _has_right_type)))
    return [
        Precision(kind, type, len(row), sum(right for right, _ in row), sum(kept for _, kept in row))
        for (kind, type), row in sorted(rows.items())
    ]


def _most(verdicts: Sequence[Verdict], says: Callable[[Verdict], bool]) -> bool:
    return 2 * sum(map(says, verdicts)) > len(verdicts)


def _is_right(verdict: Verdict) -> bool:
    return verdict.judgement == "right"


def _has_right_type(verdict: Verdict) -> bool:
    return verdict.judgement == "right" or (verdict.judgement == "corrected" and verdict.correction.type is None)


def wilson(right: int, judged: int) -> tuple[float, float]:
    """Wilson's score interval of a share."""
    if not judged:
        return 0.0, 1.0
    share, square = right / judged, _Z * _Z / judged
    middle = share + square / 2
    half = _Z * math.sqrt(share * (1 - share) / judged + square / (4 * judged))
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))


def agreement(found: Iterable[Traced]) -> list[Agreement]:
    """How far reviewers agree: whether an item is right, and which type an event is of."""
    verdicts = list(_holding(found))
    events = [v for v in verdicts if v.mark.kind == "event"]
    questions: tuple[tuple[str, Sequence[Verdict], Callable[[Verdict], str]], ...] = (
        ("events: right or not", events, lambda v: str(_is_right(v))),
        ("events: the type", events, _type_meant),
        ("statements: right or not", [v for v in verdicts if v.mark.kind == "statement"], lambda v: str(_is_right(v))),
    )
    return [_agreement(question, asked, answer) for question, asked, answer in questions]


def _type_meant(verdict: Verdict) -> str:
    return verdict.correction.type or (_NOT_THAT if verdict.judgement == "wrong" else verdict.mark.type)


def _agreement(question: str, verdicts: Iterable[Verdict], answer: Callable[[Verdict], str]) -> Agreement:
    answers: dict[str, dict[str, str]] = defaultdict(dict)
    for verdict in verdicts:
        answers[f"{verdict.mark.report}/{verdict.mark.id}"][verdict.by] = answer(verdict)
    shared = [given for _, given in sorted(answers.items()) if len(given) > 1]
    reviewers = len({by for given in shared for by in given})
    alpha, low, high = _alpha(shared)
    return Agreement(question, len(shared), reviewers, alpha, low, high)


def _alpha(items: Sequence[Mapping[str, str]]) -> tuple[float | None, float | None, float | None]:
    """Alpha and its interval from seeded draws over the items."""
    # Late: most commands do without.
    import krippendorff
    import numpy as np

    values = sorted({value for item in items for value in item.values()})
    if len(items) < 2 or len(values) < 2:
        return None, None, None
    counts = np.array([[Counter(item.values())[value] for value in values] for item in items])
    draw = np.random.default_rng(_SEED)
    drawn = []
    for _ in range(_DRAWS):
        some = counts[draw.integers(0, len(items), len(items))]
        # Where one answer alone is drawn, alpha is not defined.
        if (some.sum(axis=0) > 0).sum() > 1:
            drawn.append(krippendorff.alpha(value_counts=some, level_of_measurement="nominal"))
    whole = float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))
    low, high = np.percentile(drawn, [2.5, 97.5]) if drawn else (whole, whole)
    return whole, float(low), float(high)


def _holding(found: Iterable[Traced]) -> Iterable[Verdict]:
    return (traced.verdict for traced in found if traced.fate == "holds")


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 3)

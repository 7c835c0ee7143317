"""How well pairs in sentences are coded: the shipped encoder on the parts of the corpus kept apart, peers beside it.

`python bench/pairs.py` prints the figures as JSON. Only pairs that the writers marked are judged, and not those that
`training/` makes by turning deeds round; a pair is given without its trigger, as users give it.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from readings import ROOT

from detente.codebook import encoder as shipped
from detente.codebook.encoder import Encoder, Judgement
from detente.model.span import Span

sys.path.insert(0, str(ROOT / "training"))
from sentences import NONE, Pair, Sentence, read_corpus

CORPUS = ROOT / "corpus" / "sentences"
PARTS = ("development", "development_plain", "test", "test_plain")
BARS = {
    "root macro-F1": 0.85,
    "mode macro-F1": 0.60,
    "contexts micro-F1": 0.50,
    "CAMEO root": 0.75,
    "direction": 0.95,
    "status": 0.90,
    "no event: precision": 0.90,
    "calibration error": 0.05,
}
_BINS = 10

Item = tuple[Sentence, Pair, Judgement]


def measure(part: str) -> dict[str, float]:
    """The figures of one part of the corpus."""
    items = judged(part)
    wanted = [pair.type for _, pair, _ in items if pair.source and pair.target]
    given = [told.best("type") for _, pair, told in items if pair.source and pair.target]
    events = [(pair, told) for _, pair, told in items if pair.type != NONE]
    named = [name for name in encoder().types if name != NONE]
    modes = [(f"{p.type} {p.mode or '-'}", told.best("mode")) for p, told in events]
    kinds = sorted({mode for mode, _ in modes if not mode.endswith("-")})
    nothing = [want == NONE for want, got in zip(wanted, given, strict=True) if got == NONE]
    return {
        "root macro-F1": macro(wanted, given, named),
        "root macro-F1, none included": macro(wanted, given, [*named, NONE]),
        "mode macro-F1": macro([m for m, _ in modes], [m for _, m in modes], kinds),
        "contexts micro-F1": _contexts(events),
        "CAMEO root": share([_root(told) == (pair.cameo or "")[:2] for pair, told in events]),
        "direction": _direction(part),
        "status": share([told.best("status") == pair.status for pair, told in events]),
        "background": share([(told.best("background") == "background") == pair.background for pair, told in events]),
        "no event: precision": share(nothing),
        "calibration error": calibration_error(
            [(told.chance("type", told.best("type")), told.best("type") == pair.type) for _, pair, told in items]
        ),
        "pairs": float(len(wanted)),
    }


@cache
def encoder() -> Encoder:
    """The shipped encoder, loaded once."""
    return Encoder()


@cache
def part_of(name: str) -> list[Sentence]:
    """The sentences of one file of the corpus; nothing where it is not there."""
    path = CORPUS / f"{name}.jsonl"
    return read_corpus([path]) if path.exists() else []


@cache
def judged(part: str) -> list[Item]:
    """Every marked pair of a part with the encoder's judgement of it."""
    found: list[Item] = []
    sentences = part_of(part)
    for sentence in sentences:
        (passage,) = encoder().read([sentence.text])
        pairs = [pair for pair in sentence.pairs if pair.marked and pair.first]
        asked = [shipped.Pair(_spans(pair.source), _spans(pair.target)) for pair in pairs]
        told = encoder().judge(passage, asked)
        found += [(sentence, pair, judgement) for pair, judgement in zip(pairs, told, strict=True)]
    return found


def _spans(spans: Sequence[tuple[int, int]]) -> list[Span]:
    return [Span(*span) for span in spans]


def _direction(part: str) -> float:
    """Of deeds of one party to another, how often the event is likelier this way round than the other."""
    right = []
    sentences = part_of(part)
    for sentence in sentences:
        (passage,) = encoder().read([sentence.text])
        for pair in sentence.pairs:
            if pair.type == NONE or pair.reciprocal or not (pair.source and pair.target and pair.first):
                continue
            one, two = _spans(pair.source), _spans(pair.target)
            forth, back = encoder().judge(passage, [shipped.Pair(one, two), shipped.Pair(two, one)])
            right.append(forth.chance("type", NONE) < back.chance("type", NONE))
    return share(right)


def _contexts(events: Sequence[tuple[Pair, Judgement]]) -> float:
    hits = told_in_all = 0
    for pair, told in events:
        guessed = {name for name, chance in told.chances("contexts").items() if chance >= 0.5}
        hits += len(guessed & set(pair.contexts))
        told_in_all += len(guessed) + len(pair.contexts)
    return 2 * hits / max(1, told_in_all)


def _root(told: Judgement) -> str:
    roots: Counter[str] = Counter()
    for code, chance in told.chances("cameo").items():
        roots[code[:2]] += chance  # type: ignore[assignment]
    return roots.most_common(1)[0][0]


def macro(wanted: Sequence[str], given: Sequence[str], names: Sequence[str]) -> float:
    """The mean F1 of these classes."""
    return sum(_f1(name, wanted, given) for name in names) / max(1, len(names))


def _f1(name: str, wanted: Sequence[str], given: Sequence[str]) -> float:
    hits = sum(w == g == name for w, g in zip(wanted, given, strict=True))
    told = sum(w == name for w in wanted) + sum(g == name for g in given)
    return 2 * hits / told if told else 0.0


def share(right: Sequence[bool]) -> float:
    """How many of these are true, as a share; 0 of none."""
    return sum(right) / max(1, len(right))


def calibration_error(told: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: the mean distance of confidence and share right over ten bins (Guo et al. 2017)."""
    error = 0.0
    for low in range(_BINS):
        inside = [(c, right) for c, right in told if low <= min(c * _BINS, _BINS - 0.001) < low + 1]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            error += abs(mean - share([right for _, right in inside])) * len(inside) / len(told)
    return error


def pairs_a_second(part: str = "test_plain") -> float:
    """How many pairs the encoder codes in a second of processor time on one thread, sentences read included."""
    asked = [(s.text, p) for s in part_of(part) for p in s.pairs if p.marked]
    start = time.process_time()
    texts = list(dict.fromkeys(text for text, _ in asked))
    passages = {text: encoder().read([text])[0] for text in texts}
    for text, pair in asked:
        encoder().judge(passages[text], [shipped.Pair(_spans(pair.source), _spans(pair.target))])
    return len(asked) / (time.process_time() - start)


@dataclass(frozen=True)
class Peer:
    """Another coder's macro-F1 on the same pairs, and the same where it is known that there is an event."""

    name: str
    figures: dict[str, float]


if __name__ == "__main__":
    for name in PARTS:
        if part_of(name):
            print(name, json.dumps({title: round(value, 3) for title, value in measure(name).items()}))
    print("pairs a second", round(pairs_a_second("test")))

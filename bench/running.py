"""How events of running text are coded, beyond the scorer's own figures: by scope, by confidence, news and background.

Predicted and gold events are paired as the analysts' scorer pairs them (../shared/seed/score_reading.py, protocol 2).
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from quality import SCORER
from readings import GoldSet

_SURE = 0.5
_BINS = 10


@dataclass(frozen=True)
class Told:
    """One predicted event: what of it is right (nothing where no gold event is its partner), and how sure it was."""

    confidence: float
    typed: bool
    whole: bool  # type, both codes and status
    news: bool
    gold_background: bool


@dataclass(frozen=True)
class Tally:
    """Events of one kind of report: predicted, in the gold, and right in type, countries and codes."""

    predicted: int
    gold: int
    typed: int
    both: int
    codes: int

    def f1(self, right: int) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * right / max(1, self.predicted + self.gold)


@dataclass(frozen=True)
class _Report:
    told: list[Told]
    tally: Tally
    domestic: bool


def by_scope(gold: GoldSet, predictions: Path) -> dict[str, Tally]:
    """The tallies of reports on one country's own affairs and of those between states."""
    reports = list(_reports(gold, predictions))
    return {
        "domestic": _summed([r.tally for r in reports if r.domestic]),
        "interstate": _summed([r.tally for r in reports if not r.domestic]),
    }


def told(gold: GoldSet, predictions: Path) -> list[Told]:
    """Every predicted event of a set."""
    return [item for report in _reports(gold, predictions) for item in report.told]


def precision_when_sure(items: Sequence[Told]) -> float:
    """Of events given with confidence 0.5 or more, those right in type."""
    sure = [item for item in items if item.confidence >= _SURE]
    return sum(item.typed for item in sure) / max(1, len(sure))


def background_as_news(items: Sequence[Told]) -> float:
    """Of events given as news that the gold has at all, those that the gold calls background."""
    news = [item for item in items if item.typed and item.news]
    return sum(item.gold_background for item in news) / max(1, len(news))


def reliability(items: Sequence[Told]) -> list[tuple[float, float, int]]:
    """For each tenth of confidence: mean confidence, share right as a whole, how many."""
    rows = []
    for low in range(_BINS):
        inside = [item for item in items if low <= min(item.confidence * _BINS, _BINS - 0.001) < low + 1]
        if inside:
            mean = sum(item.confidence for item in inside) / len(inside)
            rows.append((mean, sum(item.whole for item in inside) / len(inside), len(inside)))
    return rows


def calibration_error(items: Sequence[Told]) -> float:
    """Expected calibration error of the confidence that an event is right as a whole (Guo et al. 2017)."""
    return sum(abs(mean - right) * count for mean, right, count in reliability(items)) / max(1, len(items))


def _reports(gold: GoldSet, predictions: Path) -> Iterator[_Report]:
    scorer = _scorer()
    lines = predictions.read_text(encoding="utf-8").splitlines()
    read = {reading["report"]["text"].rstrip(): reading for reading in map(json.loads, lines)}
    for expected, text, _ in scorer.read_gold(str(gold.folder)):
        found = read.get(text.rstrip(), {"events": [], "participants": []})
        yield _compared(scorer, expected, found)


def _compared(scorer: Any, gold: dict[str, Any], found: dict[str, Any]) -> _Report:
    parts = {p["key"]: p for p in gold["participants"] or []}
    people = {p["id"]: p for p in found["participants"]}
    partner = _partners(scorer, gold, found, parts, people)
    items, both, codes = [], 0, 0
    for number, event in enumerate(found["events"]):
        expected = partner.get(number)
        if expected is None:
            items.append(Told(event["confidence"], False, False, not event["background"], False))
            continue
        coded = bool(scorer.sides(expected, event, parts, people, True)[1])
        both += bool(scorer.sides(expected, event, parts, people)[1])
        codes += coded
        whole = coded and bool(scorer.status_right(expected, event))
        recalled = bool(expected.get("background"))
        items.append(Told(event["confidence"], True, whole, not event["background"], recalled))
    tally = Tally(len(found["events"]), len(gold["events"] or []), len(partner), both, codes)
    return _Report(items, tally, _is_domestic(gold, parts))


def _partners(
    scorer: Any, gold: dict[str, Any], found: dict[str, Any], parts: dict[str, Any], people: dict[str, Any]
) -> dict[int, dict[str, Any]]:
    """The gold event of the right type that each predicted one is paired with."""
    expected, events = gold["events"] or [], found["events"]
    weights = [[0.0] * len(events) for _ in expected]
    for row, one in enumerate(expected):
        triggers = scorer.spans(one.get("trigger_any"))
        around = triggers + scorer.spans(one.get("evidence")) + scorer.spans(one.get("evidence_any"))
        for column, event in enumerate(events):
            words = scorer.spans(event["trigger"])
            if not scorer.touch(around, words + scorer.spans(event["evidence"])):
                continue
            if scorer.plover(event) & set(one.get("plover") or []):
                source, both = scorer.sides(one, event, parts, people)
                weights[row][column] = 100 + 2.0 * scorer.touch(triggers, words) + 0.5 * source + 0.5 * both
    return {column: expected[row] for row, column in scorer.assign(weights)}


def _is_domestic(gold: dict[str, Any], parts: dict[str, Any]) -> bool:
    """Whether most events with parties on both sides have them of one country."""
    votes = []
    for event in gold["events"] or []:
        sides = [{str(parts[key].get("code"))[:3] for key in event.get(side) or []} for side in ("sources", "targets")]
        if all(sides):
            votes.append(len(sides[0] | sides[1]) == 1)
    return bool(votes) and sum(votes) * 2 > len(votes)


def _summed(tallies: Sequence[Tally]) -> Tally:
    return Tally(*(sum(getattr(t, name) for t in tallies) for name in Tally.__dataclass_fields__))


@cache
def _scorer() -> ModuleType:
    """The analysts' script as a module."""
    spec = importlib.util.spec_from_file_location("score_reading", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module

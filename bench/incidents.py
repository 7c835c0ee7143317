"""How well stories, incidents and disagreements are found: corpus/incidents, written for this and hard on purpose.

B-cubed (Bagga and Baldwin 1998) over the marked tellings: with the program's own events, where a telling that it has no
event for stands alone, and with the markings' clause, type and parties, so that faults of reading and of fusing are
told apart. Texts are handed on unseen: nothing here prints one.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from incident_gold import Bundle, load_bundles
from incident_sets import Told, ToldSet, read_reports, stories_of, told_by_markings, told_by_program
from rapidfuzz.fuzz import ratio
from readings import ROOT

from detente.codebook.folding import fold_name
from detente.codebook.fusing import Weights, load_weights
from detente.fuse.gathering import FusingKit, gather
from detente.fuse.memory import MemoryShelf
from detente.fuse.tellers import side_of
from detente.fusing import open_kit
from detente.model.coded import CodedReport
from detente.model.incident import Incident
from detente.model.outlet import Outlets

FOLDER = ROOT / "corpus" / "incidents"
BARS = {"incidents": 0.85, "stories": 0.95, "false": 0.03, "disagreements": 0.80, "baseline": 0.70}


@dataclass(frozen=True)
class BCubed:
    """Precision, recall and their harmonic mean over items."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


@dataclass(frozen=True)
class Figures:
    """What one way of telling gives: B-cubed, how many tellings have an event, and pairs joined falsely."""

    bcubed: BCubed
    found: int
    tellings: int
    found_only: BCubed
    joined: int
    joined_falsely: int
    disagreements: tuple[int, int, int]
    """Gold fields, those found with two or more of their values, and fields given in all."""

    @property
    def false_joins(self) -> float:
        return self.joined_falsely / max(1, self.joined)


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> BCubed:
    """B-cubed of one clustering against another."""
    theirs, ours = _clusters(gold), _clusters(found)
    count = max(1, len(gold))
    both = [len(theirs[gold[n]] & ours[found[n]]) for n in range(len(gold))]
    precision = sum(same / len(ours[found[n]]) for n, same in enumerate(both)) / count
    return BCubed(precision, sum(same / len(theirs[gold[n]]) for n, same in enumerate(both)) / count)


def _clusters(labels: Sequence[Hashable]) -> dict[Hashable, set[int]]:
    found: dict[Hashable, set[int]] = defaultdict(set)
    for place, label in enumerate(labels):
        found[label].add(place)
    return found


def fused(told: ToldSet, kit: FusingKit) -> dict[object, Incident]:
    """The incident of each account, all accounts of the set fused together."""
    shelf = MemoryShelf()
    gather(told.accounts, (), shelf, kit)
    return {key: incident for incident in shelf.incidents for key in (*incident.events, *incident.retold)}


def figures(told: ToldSet, incident_of: Mapping[object, Incident]) -> Figures:
    """All figures of one way of telling."""
    gold: list[Hashable] = [item.happening.id for item in told.found]
    ours: list[Hashable] = [_label(item, incident_of) for item in told.found]
    missed: list[Hashable] = [telling.happening for telling in told.missed]
    joined = [(a, b) for a, b in combinations(range(len(ours)), 2) if ours[a] == ours[b]]
    return Figures(
        bcubed=b_cubed(gold + missed, [*ours, *(("missed", n) for n in range(len(missed)))]),
        found=len(ours),
        tellings=len(ours) + len(missed),
        found_only=b_cubed(gold, ours),
        joined=len(joined),
        joined_falsely=sum(gold[a] != gold[b] for a, b in joined),
        disagreements=disagreements(told.found, incident_of),
    )


def _label(item: Told, incident_of: Mapping[object, Incident]) -> Hashable:
    incident = incident_of.get(item.account.key)
    return incident.id if incident else ("alone", str(item.account.key))


def disagreements(found: Sequence[Told], incident_of: Mapping[object, Incident]) -> tuple[int, int, int]:
    """Fields of disagreement in the gold, those found on the incident that tells most of a happening, and all given."""
    by_happening: dict[str, list[Told]] = defaultdict(list)
    for item in found:
        by_happening[item.happening.id].append(item)
    gold = right = given = 0
    for items in by_happening.values():
        fields = items[0].happening.fields
        gold += len(fields)
        votes = [incident_of[item.account.key] for item in items if item.account.key in incident_of]
        if not votes:
            continue
        incident = max(votes, key=lambda i: (sum(v.id == i.id for v in votes), i.id))
        ours: dict[str, set[str]] = {d.field: {str(value.value) for value in d.values} for d in incident.disagreements}
        given += len(ours)
        right += sum(_agrees(field, {v for v, _ in values}, ours.get(field, set())) for field, values in fields.items())
    return gold, right, given


def _agrees(field: str, gold: set[str], ours: set[str]) -> bool:
    """Whether two of the gold's values are among ours (of denials one); countries decide who it is."""
    if field in ("who", "denied"):
        gold, ours = {_side(value) for value in gold}, {_side(value) for value in ours}
    if field == "place":
        gold = {next((mine for mine in ours if _spelt_alike(mine, value)), value) for value in gold}
    return len(gold & ours) >= min(2 if field != "denied" else 1, len(gold))


def _side(code: str) -> str:
    return side_of(code) or code


def _spelt_alike(one: str, other: str) -> bool:
    return ratio(fold_name(one), fold_name(other)) >= 75


def stories(bundles: Sequence[Bundle], found: Mapping[str, str]) -> BCubed:
    """B-cubed of stories over reports."""
    reports = [report for bundle in bundles for report in bundle.reports]
    origin = {report.id: report.copy_of for report in reports}

    def whole(id: str) -> str:
        return whole(str(origin[id])) if origin.get(id) else id

    return b_cubed([whole(r.id) for r in reports], [found[r.report.id] for r in reports])


def baseline(told: ToldSet) -> BCubed:
    """The same countries on the same true day: what a set must be hard for."""
    by_id = {item.happening.id: item.happening for item in told.found}
    gold = [item.happening.id for item in told.found]
    return b_cubed(gold, [(tuple(sorted(by_id[id].countries)), by_id[id].first) for id in gold])


def usual_kit(weights: Weights | None = None) -> FusingKit:
    """What the program fuses with."""
    return replace(open_kit(Outlets()), weights=weights or load_weights())


def measured(bundles: Sequence[Bundle], readings: Mapping[str, CodedReport], kit: FusingKit) -> dict[str, Figures]:
    """The figures of both ways of telling."""
    found = stories_of(bundles)
    ways: dict[str, Callable[..., ToldSet]] = {"program": told_by_program, "markings": told_by_markings}
    told = {name: make(bundles, readings, found) for name, make in ways.items()}
    return {name: figures(items, fused(items, kit)) for name, items in told.items()}


def crossed(
    bundles: Sequence[Bundle], readings: Mapping[str, CodedReport], folds: int, seed: int
) -> dict[str, Figures]:
    """The same with weights fitted on the other bundles only, fold by fold, the folds' tellings taken together."""
    sys.path.insert(0, str(ROOT / "training"))
    from fusing import fit, fit_bare, fitted_weights, told_happenings

    found = stories_of(bundles)
    ways: dict[str, Callable[..., ToldSet]] = {"program": told_by_program, "markings": told_by_markings}
    told = {name: make(bundles, readings, found) for name, make in ways.items()}
    names = sorted(bundle.name for bundle in bundles)
    random.Random(seed).shuffle(names)
    labels: dict[str, dict[object, Incident]] = {name: {} for name in ways}
    happenings, kit = told_happenings(bundles), usual_kit()
    for fold in (set(names[at::folds]) for at in range(folds)):
        others = {name: [i for i in items.found if i.bundle not in fold] for name, items in told.items()}
        sentences = fit_bare(replace(told["program"], found=others["program"]), happenings, kit)
        weights = fitted_weights(kit.weights, fit(others.values(), kit), sentences)
        for name, items in told.items():
            incidents = fused(items, replace(kit, weights=weights))
            keys = {i.account.key for i in items.found if i.bundle in fold} & incidents.keys()
            labels[name] |= {key: incidents[key] for key in keys}
    return {name: figures(items, labels[name]) for name, items in told.items()}


def line(name: str, took: Figures) -> str:
    """One row of the page."""
    gold, right, given = took.disagreements
    b, only = took.bcubed, took.found_only
    return (
        f"| {name} | {took.found} of {took.tellings} | {b.precision:.3f} | {b.recall:.3f} | {b.f1:.3f} | {only.f1:.3f} "
        f"| {took.false_joins:.1%} of {took.joined} | {right} of {gold} ({given} given) |"
    )


def main() -> None:
    """Print the figures of a folder of bundles; readings are made by the program."""
    folder = Path(sys.argv[1])
    bundles = load_bundles(folder)
    read = read_reports(bundles)
    print(f"stories {stories(bundles, stories_of(bundles)).f1:.3f}")
    print(f"same countries, same day {baseline(told_by_markings(bundles, read, {})).f1:.3f}")
    for name, took in measured(bundles, read, usual_kit()).items():
        print(line(name, took))
    for seed in range(2 if "--cross" in sys.argv else 0):
        for name, took in crossed(bundles, read, 4, seed).items():
            print(line(f"{name}, cross-validated", took))


if __name__ == "__main__":
    main()

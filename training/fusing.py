"""Fits the weights of the signs by which accounts are joined, into detente/data/fusing/weights.yaml.

    python training/fusing.py FOLDER_OF_BUNDLES

Logistic regression on pairs of tellings within a bundle, once with the program's own events and once with the parties
and types that the markings give, so that the weights trust neither a perfect reading nor a poor one. A strong ridge
penalty, for the bundles are few. `bench/incidents.py` has the figures, cross-validated over bundles too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

from incident_gold import Bundle, load_bundles
from incident_sets import Told, ToldSet, read_reports, stories_of, told_by_markings, told_by_program

from detente.codebook.fusing import FILE, Weights
from detente.fuse.gathering import FusingKit
from detente.fusing import open_kit
from detente.model.outlet import Outlets

# The inverse of the ridge penalty: chosen among 0.03, 0.1, 0.3 and 1 by cross-validation over bundles.
STRENGTH = 0.3


Fit = tuple[float, dict[str, float]]


def fit(told: Iterable[Sequence[Told]], kit: FusingKit) -> Fit:
    """The start and the weight of each sign, fitted on all pairs of tellings of different reports of a bundle."""
    rows, same = [], []
    for items in told:
        for one, other in combinations([item for item in items if not item.account.bare], 2):
            if one.bundle == other.bundle and one.account.key.report != other.account.key.report:
                rows.append(kit.signs(one.account, other.account))
                same.append(one.happening == other.happening)
    return _fitted(rows, same)


def fit_bare(told: ToldSet, happenings: Mapping[str, Set[str]], kit: FusingKit) -> Fit:
    """The same for sentences without an event: pairs of one with a telling of another report of its bundle.

    `happenings` are those that a report tells: where it tells one, its unmarked sentences are neither pair nor none.
    """
    marked = {item.account.key: item.happening.id for item in told.found if item.account.bare}
    rows, same = [], []
    for bare in (account for account in told.accounts if account.bare):
        told_here = happenings.get(bare.key.report, set())
        for item in told.found:
            if item.account.bare or item.account.key.report == bare.key.report:
                continue
            if item.bundle not in {id.partition("/")[0] for id in told_here}:
                continue
            right = marked.get(bare.key) == item.happening.id
            if right or item.happening.id not in told_here:
                rows.append(kit.signs(bare, item.account))
                same.append(right)
    return _fitted(rows, same)


def _fitted(rows: Sequence[Mapping[str, float]], same: Sequence[bool]) -> Fit:
    names = sorted({name for row in rows for name in row})
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(table, same)
    return float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True))


def told_happenings(bundles: Iterable[Bundle]) -> dict[str, set[str]]:
    """The happenings that each report tells, by the report's id."""
    return {r.report.id: {t.happening for t in r.tellings} for bundle in bundles for r in bundle.reports}


def fitted_weights(weights: Weights, events: Fit, sentences: Fit) -> Weights:
    """The weights with what was fitted in place of their numbers."""
    return replace(
        weights,
        start=round(1000 * events[0]),
        signs={name: round(1000 * weight) for name, weight in events[1].items()},
        bare_start=round(1000 * sentences[0]),
        bare_signs={name: round(1000 * weight) for name, weight in sentences[1].items()},
    )


def main(folder: Path) -> None:
    """Fit on everything and write."""
    kit = open_kit(Outlets())
    bundles = load_bundles(folder)
    readings = read_reports(bundles)
    stories = stories_of(bundles)
    told = [make(bundles, readings, stories) for make in (told_by_program, told_by_markings)]
    events = fit([items.found for items in told], kit)
    sentences = fit_bare(told[0], told_happenings(bundles), kit)
    write(FILE, events, sentences)
    for name in sorted(events[1], key=lambda name: -abs(events[1][name])):
        print(f"{events[1][name]:+.2f} {sentences[1].get(name, 0.0):+.2f}  {name}")


def write(path: Path, events: Fit, sentences: Fit) -> None:
    """Put the numbers into the file and leave its words as they are."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name = line.strip().partition(":")[0]
        if name in ("start", "bare start"):
            line = f"{name}: {(events if name == 'start' else sentences)[0]:.2f}"
        elif line.startswith("  ") and "weight:" in line and "by: hand" not in line:
            head, _, tail = line.partition("weight:")
            rest = tail.partition("says:")[2]
            numbers = f"{events[1].get(name, 0.0):.2f}, bare: {sentences[1].get(name, 0.0):.2f}"
            line = f"{head}weight: {numbers}, says:{rest}"
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Fits the weights of the signs by which accounts are joined, into detente/data/fusing/weights.yaml.

    python training/fusing.py FOLDER_OF_BUNDLES READINGS.jsonl

Logistic regression on pairs of tellings within a bundle, once with the program's own events and once with the parties
and types that the markings give, so that the weights trust neither a perfect reading nor a poor one. A strong ridge
penalty, for the bundles are few. `bench/incidents.py` has the figures, cross-validated over bundles too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

from incident_gold import load_bundles
from incident_sets import Told, load_readings, stories_of, told_by_markings, told_by_program

from detente.codebook.fusing import FILE, Weights, load_weights
from detente.codebook.rarity import Rarity
from detente.fuse.gathering import FusingKit
from detente.fusing import open_words

# The inverse of the ridge penalty: chosen among 0.03, 0.3 and 1 by cross-validation over bundles.
STRENGTH = 0.03
# A sign that never weighs a twentieth of a log-odd tells nothing.
LEAST = 0.05


def fit(told: Iterable[Sequence[Told]], kit: FusingKit) -> tuple[float, dict[str, float]]:
    """The start and the weight of each sign, fitted on all pairs of tellings of different reports of a bundle."""
    rows, same = [], []
    for items in told:
        for one, other in combinations(items, 2):
            if one.bundle == other.bundle and one.account.key.report != other.account.key.report:
                rows.append(kit.signs(one.account, other.account))
                same.append(one.happening == other.happening)
    names = sorted({name for row in rows for name in row})
    table = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(table, same)
    return float(model.intercept_[0]), dict(zip(names, map(float, model.coef_[0]), strict=True))


def main(folder: Path, readings: Path) -> None:
    """Fit on everything and write."""
    weights = load_weights()
    kit = FusingKit(weights, Rarity(), open_words())
    bundles, read = load_bundles(folder), load_readings(readings)
    stories = stories_of(bundles)
    told = [make(bundles, read, stories).found for make in (told_by_program, told_by_markings)]
    start, signs = fit(told, kit)
    write(FILE, weights, start, {name: weight for name, weight in signs.items() if abs(weight) >= LEAST})
    for name, weight in sorted(signs.items(), key=lambda row: -abs(row[1])):
        print(f"{weight:+.2f}  {name}")


def write(path: Path, weights: Weights, start: float, signs: dict[str, float]) -> None:
    """Put the numbers into the file and leave its words as they are."""
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        name = line.strip().partition(":")[0]
        if line.startswith("start:"):
            line = f"start: {start:.2f}"
        elif line.startswith("  ") and "weight:" in line and "by: hand" not in line:
            head, _, tail = line.partition("weight:")
            line = f"{head}weight: {signs.get(name, 0.0):.2f},{tail.partition(',')[2]}"
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

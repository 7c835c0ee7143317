"""What fusing is weighed by: the signs of agreement with their weights, and which types are told for one another.

From data/fusing/weights.yaml, where the reason for each number stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.codebook.files import DATA, DataError, load_yaml

FILE = DATA / "fusing" / "weights.yaml"


@dataclass(frozen=True)
class Weights:
    """How much each sign counts, where a join begins, and what two accounts count that are never compared.

    `bare_start` and `bare_signs` are those of a sentence without an event, `floor` what no pair counts less than, and
    `retold` where a sentence is taken to retell an incident. All are thousandths of log-odds, whole numbers: sums do
    not depend on the order in which they are made.
    """

    start: int
    join: int
    strangers: int
    retold: int
    signs: Mapping[str, int]
    says: Mapping[str, str]
    kin: frozenset[frozenset[str]]
    floor: int
    bare_start: int
    bare_signs: Mapping[str, int]

    def score(self, signs: Mapping[str, float], bare: bool = False) -> int:
        """How likely two accounts with these signs tell one happening, in thousandths of log-odds.

        `bare`: one of them is a sentence without an event of its own.
        """
        start, weights = (self.bare_start, self.bare_signs) if bare else (self.start, self.signs)
        return max(self.floor, start + sum(round(weights.get(name, 0) * value) for name, value in signs.items()))


def load_weights(path: Path = FILE) -> Weights:
    """The weights; DataError with the file's name where it does not fit."""
    data = load_yaml(path)
    try:
        return Weights(
            start=_whole(data["start"]),
            join=_whole(data["join"]),
            strangers=_whole(data["strangers"]),
            retold=_whole(data["retold"]),
            signs={name: _whole(row["weight"]) for name, row in data["signs"].items()},
            says={name: str(row.get("says", name)) for name, row in data["signs"].items()},
            floor=_whole(data["floor"]),
            kin=frozenset(frozenset(pair.split()) for pair in data["kin"]),
            bare_start=_whole(data["bare start"]),
            bare_signs={name: _whole(row["bare"]) for name, row in data["signs"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path}: does not fit ({error}); install detente again") from error


def _whole(value: Any) -> int:
    return round(1000 * float(value))

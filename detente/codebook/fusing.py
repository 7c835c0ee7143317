"""What fusing is weighed by: the signs of agreement with their weights, and which types are told for one another.

From data/fusing/weights.yaml, where the reason for each number stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from detente.codebook.files import DATA, DataError, load_yaml

FILE = DATA / "fusing" / "weights.yaml"


@dataclass(frozen=True)
class Weights:
    """How much each sign counts, where a join begins, and what two accounts count that are never compared.

    All are thousandths of log-odds, whole numbers: sums do not depend on the order in which they are made.
    """

    start: int
    join: int
    strangers: int
    retold: int
    signs: Mapping[str, int]
    says: Mapping[str, str]
    kin: frozenset[frozenset[str]]
    bare_start: int = 0
    bare_signs: Mapping[str, int] = field(default_factory=dict)

    def score(self, signs: Mapping[str, float], bare: bool = False) -> int:
        """How likely two accounts with these signs tell one happening, in thousandths of log-odds.

        `bare`: one of them is a sentence without an event of its own.
        """
        start, weights = (self.bare_start, self.bare_signs) if bare else (self.start, self.signs)
        return start + sum(round(weights.get(name, 0) * value) for name, value in signs.items())


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
            kin=frozenset(frozenset(pair.split()) for pair in data["kin"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path}: does not fit ({error}); install detente again") from error


def _whole(value: Any) -> int:
    return round(1000 * float(value))

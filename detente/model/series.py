"""How two actors stood to each other day by day: one score a day, negative for conflict.

A day without a row and a day with a score of zero say the same: nothing passed between the two, or nothing was told.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class PairSeries:
    """The scores of one pair. Days are ordinals (`date.toordinal`), each once and in order.

    (A, B) and (B, A) are two series: many data sets keep what A does to B apart from what B does to A.
    """

    a: str
    b: str
    days: Sequence[int]
    scores: Sequence[float]

    def __post_init__(self) -> None:
        if len(self.days) != len(self.scores):
            raise ValueError(f"{self.a},{self.b}: {len(self.days)} days but {len(self.scores)} scores")
        if any(later <= earlier for earlier, later in pairwise(self.days)):
            raise ValueError(f"{self.a},{self.b}: days must be in order, each once")

    def up_to(self, day: date) -> PairSeries:
        """The series as it stood on the evening of that day."""
        end = bisect_right(self.days, day.toordinal())
        return PairSeries(self.a, self.b, self.days[:end], self.scores[:end])

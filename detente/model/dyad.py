"""What passed between two sides in one stretch of days: incidents by quad class, and what they weigh.

Every number opens to the incidents it was made of, by their ids. A stretch of which no report is kept has no numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from detente.model.quads import QUADS


class Unit(StrEnum):
    """How long the stretches of a series are."""

    day = "day"
    week = "week"
    month = "month"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from the first to the last, both included: a day, a week from Monday on, or a month."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was there to be read in a stretch: reports, outlets, and origins (copies of one text are one)."""

    reports: int = 0
    outlets: int = 0
    origins: int = 0
    # The outlets that wrote are others than before, by the rule in `analyse/coverage.py`.
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """Incidents of one direction, or of both: their ids by quad class, and the sums of what they weigh.

    `plover` and `goldstein` are sums over the incidents (negative is conflict); an incident without a score adds none.
    """

    quads: tuple[tuple[str, ...], ...] = ((), (), (), ())
    plover: float = 0.0
    goldstein: float = 0.0

    @property
    def ids(self) -> tuple[str, ...]:
        """All incidents of the flow, those of one class after those of another."""
        return tuple(id for quad in self.quads for id in quad)

    @property
    def conflict_share(self) -> float | None:
        """Material conflict as a share of all incidents; None where there is none."""
        return len(self.quads[3]) / len(self.ids) if self.ids else None

    def to_dict(self) -> dict[str, object]:
        share = self.conflict_share
        return {
            **{f"quad_{quad.number}": list(ids) for quad, ids in zip(QUADS, self.quads, strict=True)},
            "plover": round(self.plover, 3),
            "goldstein": round(self.goldstein, 3),
            "conflict_share": None if share is None else round(share, 4),
        }


@dataclass(frozen=True, slots=True)
class DyadStretch:
    """What passed between side `a` and side `b` in one stretch of days.

    `together` holds each incident once, those of both directions and of none; `calls` are appeals of third parties to
    both, which count as no conflict of theirs.
    """

    a: str
    b: str
    stretch: Stretch
    coverage: Coverage
    a_to_b: Flow
    b_to_a: Flow
    together: Flow
    calls: tuple[str, ...] = ()

    @property
    def per_thousand(self) -> float | None:
        """Incidents of the two per thousand reports of the stretch; None where there are no reports."""
        return 1000 * len(self.together.ids) / self.coverage.reports if self.coverage.reports else None

    def to_dict(self) -> dict[str, object]:
        """All of it; without reports every number is null, which is another thing than zero."""
        known = self.coverage.reports > 0 or bool(self.together.ids)
        rate = self.per_thousand
        return {
            "a": self.a,
            "b": self.b,
            "first": self.stretch.first.isoformat(),
            "last": self.stretch.last.isoformat(),
            "reports": self.coverage.reports,
            "outlets": self.coverage.outlets,
            "origins": self.coverage.origins,
            "mix_changed": self.coverage.changed,
            "a_to_b": self.a_to_b.to_dict() if known else None,
            "b_to_a": self.b_to_a.to_dict() if known else None,
            "together": self.together.to_dict() if known else None,
            "per_1000_reports": None if rate is None else round(rate, 3),
            "calls_of_others": list(self.calls) if known else None,
        }


@dataclass(frozen=True)
class DyadSeries:
    """The stretches of one pair in order, without gaps, and the incidents that could not be put on any day."""

    a: str
    b: str
    unit: Unit
    stretches: tuple[DyadStretch, ...]
    undated: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[DyadStretch]:
        return iter(self.stretches)

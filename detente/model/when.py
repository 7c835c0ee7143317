"""When something happened, with the reason we think so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.model.span import Span

Basis = Literal["stated", "publication", "inferred"]
Precision = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ends included, with its precision and where it was taken from.

    `stated`: the words say it; `publication`: the report's own day; `inferred`: follows from other dates.
    """

    first: date | None
    last: date | None
    basis: Basis
    precision: Precision
    span: Span | None = None

    def overlaps(self, other: When) -> bool:
        """Whether the two intervals share a day; an open end is endless."""
        return (self.first or date.min) <= (other.last or date.max) and (other.first or date.min) <= (
            self.last or date.max
        )

    def to_dict(self) -> dict[str, object]:
        """The `when` object of the JSON contract."""
        return {
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "basis": self.basis,
            "precision": self.precision,
            "span": self.span.to_list() if self.span else None,
        }


@dataclass(frozen=True, slots=True)
class ToldTimes:
    """All the times that a report's words tell, and those among its words up to which something has to be done."""

    times: tuple[When, ...] = ()
    deadlines: tuple[When, ...] = ()

"""Incidents of a country, region, actor or civil conflict by month, zeros told apart from silence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detente.model.dyad import Flow, Stretch


class TallyBy(StrEnum):
    """What incidents are counted by."""

    country = "country"
    region = "region"
    actor = "actor"
    conflict = "conflict"


@dataclass(frozen=True, slots=True)
class Tally:
    """The incidents of one subject in one month; no reports in that month makes them unknown and not zero."""

    by: TallyBy
    subject: str
    stretch: Stretch
    reports: int
    flow: Flow

    def to_dict(self) -> dict[str, object]:
        return {
            "by": self.by.value,
            "subject": self.subject,
            "first": self.stretch.first.isoformat(),
            "last": self.stretch.last.isoformat(),
            "reports": self.reports,
            "incidents": self.flow.to_dict() if self.reports or self.flow.ids else None,
        }

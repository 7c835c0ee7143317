"""A story: reports that carry the same text or wire copy. Copies of one text are one origin, however many print it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Copy:
    """One report of a story: which report it is like, how much of the shorter text both share (0 to 1), and why."""

    report: str
    like: str
    share: float
    why: str

    def to_dict(self) -> dict[str, object]:
        return {"report": self.report, "like": self.like, "share": self.share, "why": self.why}


@dataclass(frozen=True, slots=True)
class Story:
    """Reports that carry the same text: the earliest first (by day of publication, then by id).

    The id is that of its content: the same reports make the same story, in whatever order they came. A report that is
    like no other is a story of its own. `origin` is whose text it is as far as is known: the outlet of the earliest
    report.
    """

    id: str
    reports: tuple[str, ...]
    first: date | None = None
    last: date | None = None
    origin: str | None = None
    copies: tuple[Copy, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The object that `detente story --format json` prints."""
        return {
            "id": self.id,
            "reports": list(self.reports),
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "origin": self.origin,
            "copies": [copy.to_dict() for copy in self.copies],
        }

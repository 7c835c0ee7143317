"""A coded report: the full reading of one report, and its JSON form (the product's contract)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from detente.model.commitment import Commitment
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.reading import OTHER_LANGUAGE, Unresolved
from detente.model.report import Report
from detente.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Versions:
    """What made a reading: the same versions and the same text give the same bytes."""

    detente: str
    parser: str
    knowledge: str

    def to_dict(self) -> dict[str, object]:
        return {"detente": self.detente, "parser": self.parser, "knowledge": self.knowledge}


@dataclass(frozen=True, slots=True)
class CodedReport:
    """Who did what to whom, who said what through which channel, where and when, in one report."""

    report: Report
    participants: tuple[Participant, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    warnings: tuple[str, ...] = ()
    versions: Versions | None = None
    commitments: tuple[Commitment, ...] = ()
    _by_id: dict[str, Participant] = field(default_factory=dict, repr=False, compare=False)

    def participant(self, id: str) -> Participant:
        """The participant with that id; KeyError if there is none."""
        if len(self._by_id) != len(self.participants):
            self._by_id.update({p.id: p for p in self.participants})
        return self._by_id[id]

    @property
    def unread(self) -> str | None:
        """Why the report was not read at all (it is in another language), or None."""
        return next((item.why for item in self.unresolved if item.kind == OTHER_LANGUAGE), None)

    def with_(self, **changes: object) -> CodedReport:
        """A copy with some fields replaced; nothing is overwritten."""
        return replace(self, _by_id={}, **changes)  # type: ignore[arg-type]

    def to_dict(self) -> dict[str, object]:
        """The object that `detente read --format json` prints (one line a report)."""
        return {
            "report": self.report.to_dict(),
            "participants": [p.to_dict() for p in self.participants],
            "places": [p.to_dict() for p in self.places],
            "statements": [s.to_dict() for s in self.statements],
            "events": [e.to_dict() for e in self.events],
            "commitments": [c.to_dict() for c in self.commitments],
            "unresolved": [u.to_dict() for u in self.unresolved],
            "warnings": list(self.warnings),
            "versions": self.versions.to_dict() if self.versions else None,
        }

"""What somebody binds himself or another to: demands, promises, offers, ultimatums, refusals, and agreements.

A commitment is words in one report. Whether it was kept is no part of it: that takes other reports (analyse/ledger.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.model.span import Span
from detente.model.when import When

CommitmentKind = Literal["demand", "promise", "offer", "ultimatum", "refusal", "agreement"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something demanded, promised, offered or refused, or an agreement that the words rely on.

    `who` and `to` are participant ids; of an agreement with several parties every party is in both. `what` is the words
    of the content, one span a telling or part; `statement` the statement it is made or told in, `event` the event that
    it is coded as. `when` is None where the words leave open when it was made, `deadline` the time up to which.
    """

    id: str
    kind: CommitmentKind
    who: tuple[str, ...]
    to: tuple[str, ...]
    what: tuple[Span, ...]
    cue: Span | None = None
    statement: str | None = None
    event: str | None = None
    when: When | None = None
    deadline: When | None = None
    confidence: float = 0.0
    why: str = ""

    def to_dict(self) -> dict[str, object]:
        """The `commitments` object of the JSON contract."""
        return {
            "id": self.id,
            "kind": self.kind,
            "who": list(self.who),
            "to": list(self.to),
            "what": [span.to_list() for span in self.what],
            "cue": self.cue.to_list() if self.cue else None,
            "statement": self.statement,
            "event": self.event,
            "when": self.when.to_dict() if self.when else None,
            "deadline": self.deadline.to_dict() if self.deadline else None,
            "confidence": self.confidence,
            "why": self.why,
        }

"""What stays of a report or person that was deleted: a hash to know them by, why, who and when. No word of theirs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Deleted = Literal["report", "person"]


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A report or person that was deleted; `reports` counts the reports that went with it."""

    kind: Deleted
    hash: str
    reason: str
    by: str
    when: str
    reports: int = 1

    def to_dict(self) -> dict[str, object]:
        """One object of `detente delete list --format json`; a person's hash is left out, for names can be guessed."""
        hash = self.hash if self.kind == "report" else None
        named = {"kind": self.kind, "hash": hash, "reason": self.reason}
        return {**named, "by": self.by, "when": self.when, "reports": self.reports}


def tombstone_hash(kind: Deleted, id: str) -> str:
    """What a deleted thing is known by."""
    return hashlib.sha256(f"detente {kind} {id}".encode("utf-8", "surrogatepass")).hexdigest()

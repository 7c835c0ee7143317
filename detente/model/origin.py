"""Where a report comes from: its format, the hash of its bytes, and what is known of its publication with the reason.

Says nothing about the text. What a report's own fields hold (title, day) is chosen from what was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Field = Literal[
    "title", "outlet", "author", "dateline", "published", "modified", "created", "captured", "language", "url", "id"
]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing known of a report's publication as it was written, and where it stands ("the Date header")."""

    field: Field
    value: str
    how: str

    def to_dict(self) -> dict[str, object]:
        return {"field": self.field, "value": self.value, "how": self.how}


@dataclass(frozen=True, slots=True)
class Origin:
    """The format a report came in, the SHA-256 of its raw bytes, and all that was found, the most trusted first."""

    format: str
    sha256: str
    found: tuple[Found, ...] = ()

    def to_dict(self) -> dict[str, object]:
        return {"format": self.format, "sha256": self.sha256, "found": [item.to_dict() for item in self.found]}


def first_found(found: Iterable[Found], field: Field) -> Found | None:
    """The most trusted finding for that field."""
    return next((item for item in found if item.field == field), None)

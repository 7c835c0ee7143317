"""A report: one published text as we received it. Its text is never altered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from detente.model.origin import Origin

UNDATED = "no publication date: relative dates stay unknown; give --published YYYY-MM-DD"
"""The warning on a report that does not say when it was published."""


@dataclass(frozen=True, slots=True)
class Report:
    """One published text with what is known of its publication.

    The text is kept exactly as it was received; every span of a reading points into it.
    """

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    # Known for what was read from a file of a format that tells more than its text.
    origin: Origin | None = None

    @property
    def id(self) -> str:
        """A hash of text, outlet, address and publication day: the same text from another outlet is another report."""
        parts = (self.text, self.outlet or "", self.url or "", self.published.isoformat() if self.published else "")
        # A separator that cannot occur in the parts keeps ("ab", "c") and ("a", "bc") apart.
        joined = "\x1f".join(part.replace("\x1f", " ") for part in parts)
        return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:20]

    def to_dict(self) -> dict[str, object]:
        """The `report` object of the JSON contract; `origin` stands there only where there is one."""
        origin = {"origin": self.origin.to_dict()} if self.origin else {}
        return {
            "id": self.id,
            "title": self.title,
            "outlet": self.outlet,
            "url": self.url,
            "published": self.published.isoformat() if self.published else None,
            "language": self.language,
            "text": self.text,
            **origin,
        }

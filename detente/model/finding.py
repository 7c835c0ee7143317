"""One thing that was looked at by `detente doctor`: whether it is well, and what to do where it is not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, what was found, and the remedy; without a remedy all is well."""

    what: str
    found: str
    remedy: str | None = None

    @property
    def well(self) -> bool:
        return self.remedy is None

    def to_dict(self) -> dict[str, object]:
        return {"what": self.what, "well": self.well, "found": self.found, "remedy": self.remedy}

"""A sentence with two parties, and what the first does to the second: for researchers who already have pairs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskedPair:
    """A sentence and the words in it that name the two parties."""

    uid: str | int
    sentence: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class PairCoding:
    """The PLOVER type of what the source does to the target, its quad class (1 to 4); both None for no event."""

    uid: str | int
    root: str | None
    quad: int | None
    confidence: float

    def to_dict(self) -> dict[str, str | int | float | None]:
        """The line of the contract."""
        return {"uid": self.uid, "root": self.root, "quad": self.quad, "confidence": self.confidence}

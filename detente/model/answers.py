"""What the knowledge answers when it is asked by hand: who somebody was on a day, where a place lies, when words mean.

An answer is one thing or nothing; what else it might be stands beside it, and always the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from detente.model.when import When


class _Told(Protocol):
    def to_dict(self) -> dict[str, object]: ...


T = TypeVar("T", bound=_Told)


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What was asked, the one answer or None, the others it may be (the likeliest first), and why."""

    query: str
    answer: T | None
    candidates: tuple[T, ...]
    why: str

    def to_dict(self) -> dict[str, object]:
        """The object of the JSON contract."""
        return {
            "query": self.query,
            "answer": self.answer.to_dict() if self.answer is not None else None,
            "candidates": [candidate.to_dict() for candidate in self.candidates],
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor as it stood on a day: country and sectors (PLOVER) by the office or side held then.

    `since` and `until` bound the office or side; `presumed` says that its end was open when last looked up, and that
    the day lies after that.
    """

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    wikidata: str | None = None
    since: date | None = None
    until: date | None = None
    presumed: bool = False
    confidence: float = 0.0

    @property
    def sector(self) -> str | None:
        return self.sectors[0] if self.sectors else None

    @property
    def code(self) -> str | None:
        return " ".join(part for part in (self.country, self.sector) if part) or None

    def to_dict(self) -> dict[str, object]:
        """The object of the JSON contract."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "sector": self.sector,
            "sectors": list(self.sectors),
            "code": self.code,
            "office": self.office,
            "wikidata": self.wikidata,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
            "presumed": self.presumed,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class LocatedPlace:
    """A place of the gazetteer as it stood on a day; degrees are WGS 84."""

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    claimed_by: tuple[str, ...]
    controlled_by: tuple[str, ...]
    resolution: str
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    confidence: float = 0.0

    def to_dict(self) -> dict[str, object]:
        """The object of the JSON contract."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "country": self.country,
            "admin1": self.admin1,
            "claimed_by": list(self.claimed_by),
            "controlled_by": list(self.controlled_by),
            "resolution": self.resolution,
            "geonames_id": self.geonames_id,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class DatedWords:
    """The days that a time expression means."""

    when: When

    def to_dict(self) -> dict[str, object]:
        """The object of the JSON contract."""
        told = self.when.to_dict()
        return {name: told[name] for name in ("first", "last", "basis", "precision")}

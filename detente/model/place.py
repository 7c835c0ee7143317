"""A place named in a report, with all who claim it. `country` is what code lists say, never a judgement."""

from __future__ import annotations

from dataclasses import dataclass

from detente.model.span import Span


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of a place as a place (not of a government that bears a city's name).

    Latitude and longitude are in degrees (WGS 84). `resolution` is country, admin1, admin2, city, below_city, region or
    sea; `claimed_by` and `controlled_by` hold ISO 3166 alpha-3 codes, or a body's name where it has none.
    """

    id: str
    span: Span
    name: str
    kind: str | None = None
    country: str | None = None
    admin1: str | None = None
    claimed_by: tuple[str, ...] = ()
    controlled_by: tuple[str, ...] = ()
    resolution: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    why: str = ""

    def to_dict(self) -> dict[str, object]:
        """The `places` object of the JSON contract."""
        return {
            "id": self.id,
            "span": self.span.to_list(),
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
            "candidates": list(self.candidates),
            "why": self.why,
        }

    def as_where(self) -> dict[str, object]:
        """The `where` object of an event that happened here."""
        return {
            "place": self.id,
            "name": self.name,
            "country": self.country,
            "claimed_by": list(self.claimed_by),
            "resolution": self.resolution,
            "latitude": self.latitude,
            "longitude": self.longitude,
        }

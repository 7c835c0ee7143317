"""Who a report names or refers to, with the actor we take them for, or with none and the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from detente.model.span import Span

Kind = Literal["person", "country", "organisation", "group", "role"]


@dataclass(frozen=True, slots=True)
class Description:
    """What the report itself says somebody is: "the spokesman for the Russian presidency", "former President".

    `role` is the words of the office in lower case ("foreign minister"), `role_class` its class in the language pack
    (head_of_state, foreign_minister, spokesperson ...), `country` and `sector` what the words tell of them.
    """

    span: Span
    role: str
    role_class: str | None = None
    country: str | None = None
    sector: str | None = None
    organisation: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a participant may be, with the reason and a score between 0 and 1."""

    id: str
    name: str
    score: float
    why: str

    def to_dict(self) -> dict[str, object]:
        return {"id": self.id, "name": self.name, "score": self.score, "why": self.why}


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody or something that acts or is acted upon in a report.

    `entity` is the id in the codebook ("country:AZE", "person:Q1"), or None where nobody known fits. `country` is an
    ISO 3166 alpha-3 code (XKX for Kosovo) or IGO, NGO, IMG; `sectors` are PLOVER sectors, the main one first.
    """

    id: str
    name: str
    kind: Kind
    mentions: tuple[Span, ...]
    entity: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    office: str | None = None
    wikidata: str | None = None
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    why: str = ""
    descriptions: tuple[Description, ...] = ()
    gender: str | None = None
    plural: bool = False
    # The participant whose office, troops or family this one is ("the Kremlin" of "the Kremlin spokesman").
    principal: str | None = None

    @property
    def sector(self) -> str | None:
        return self.sectors[0] if self.sectors else None

    @property
    def code(self) -> str | None:
        """Country and sector joined by one space (`RUS GOV`); international organisations are `IGO` alone."""
        if self.country is None:
            return self.sector
        if self.country == "IGO" or self.sector is None:
            return self.country
        return f"{self.country} {self.sector}"

    def mentioned_at(self, span: Span) -> Participant:
        """The same participant with one more mention."""
        return replace(self, mentions=tuple(sorted({*self.mentions, span})))

    def to_dict(self) -> dict[str, object]:
        """The `participants` object of the JSON contract."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "entity": self.entity,
            "country": self.country,
            "sector": self.sector,
            "sectors": list(self.sectors),
            "code": self.code,
            "office": self.office,
            "wikidata": self.wikidata,
            "mentions": [span.to_list() for span in self.mentions],
            "confidence": self.confidence,
            "candidates": [c.to_dict() for c in self.candidates],
            "why": self.why,
        }

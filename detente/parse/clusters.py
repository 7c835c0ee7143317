"""One participant in the making: the mentions that mean the same one, and what their words tell together."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from detente.model.participant import Description, Kind
from detente.parse.find import Find


@dataclass
class Cluster:
    """One participant in the making."""

    number: int
    kind: Kind
    name: str
    entity: str | None = None
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    plural: bool = False
    body: str | None = None
    owner: int | None = None
    family: bool = False
    ground_only: bool = True
    descriptions: list[Description] = field(default_factory=list)
    mentions: list[Find] = field(default_factory=list)
    surnames: set[str] = field(default_factory=set)
    why: list[str] = field(default_factory=list)

    @property
    def last_token(self) -> int:
        return self.mentions[-1].head

    def add(self, find: Find) -> None:
        """Take a mention in, and what its words tell."""
        bisect.insort(self.mentions, find, key=lambda m: m.head)
        self.gender = self.gender or (find.gender if find.gender in ("m", "f") else None)
        self.country = self.country or find.country
        self.sector = (
            self.sector or find.sector or next((d.sector for d in find.descriptions if d.sector and not d.former), None)
        )
        self.ground_only = self.ground_only and find.as_place
        for description in find.descriptions:
            if description not in self.descriptions:
                self.descriptions.append(description)
        if find.kind == "name":
            if len(find.name) > len(self.name) or self.kind == "role":
                self.name = find.name
            self.kind = "person"
            if find.words:
                self.surnames.add(find.words[-1])

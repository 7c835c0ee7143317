"""An incident: what several reports together say happened, with what they disagree on.

An incident is made of events (one per telling), each named by its report and its id there. Nothing of what the reports
say is lost or averaged: where they differ, every value stands with the events that give it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from detente.model.account import AccountPlace, EventKey, SizeField
from detente.model.event import Status

Standing = Literal["reported", "claimed", "confirmed", "denied"]
"""`reported`: outlets tell it in their own voice. `claimed`: all accounts stand on the word of one side. `confirmed`:
sources or speakers of both sides tell it. `denied`: a party is told to dispute it."""

Dated = Literal["stated", "publication", "unknown"]
"""Whether any account states the day of an incident, or the days of publication stand for it."""

DisagreementField = Literal["dead", "injured", "arrested", "displaced", "taking_part", "who", "place", "date", "denied"]


@dataclass(frozen=True, slots=True, order=True)
class IncidentParty:
    """A party of an incident: its code (`RUS MIL`, null where nobody known fits) and the name most accounts give it."""

    code: str | None
    name: str

    @property
    def country(self) -> str | None:
        """The country of the code (`RUS`), or IGO; None where there is no code."""
        return self.code.split()[0] if self.code else None

    def to_dict(self) -> dict[str, object]:
        return {"code": self.code, "name": self.name}


@dataclass(frozen=True, slots=True)
class SizeRange:
    """A number of people over all accounts: the lowest and the highest that any of them gives."""

    field: SizeField
    low: int
    high: int

    def to_dict(self) -> dict[str, object]:
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values that accounts give for a field, with the events that give it and on whose word."""

    value: str | int
    events: tuple[EventKey, ...]
    said_by: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        return {
            "value": self.value,
            "events": [key.to_dict() for key in self.events],
            "said_by": list(self.said_by),
        }


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field on which the accounts differ; for `denied` the values are who denies it."""

    field: DisagreementField
    values: tuple[Value, ...]

    def to_dict(self) -> dict[str, object]:
        return {"field": self.field, "values": [value.to_dict() for value in self.values]}


class Counted(Protocol):
    """What counting needs of an incident; each field is that of `Incident`."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def status(self) -> Status: ...
    @property
    def sources(self) -> tuple[IncidentParty, ...]: ...
    @property
    def targets(self) -> tuple[IncidentParty, ...]: ...
    @property
    def victims(self) -> tuple[IncidentParty, ...]: ...
    @property
    def first(self) -> date | None: ...
    @property
    def last(self) -> date | None: ...
    @property
    def dated(self) -> Dated: ...
    @property
    def background(self) -> bool: ...
    @property
    def score(self) -> float | None: ...
    @property
    def goldstein(self) -> float | None: ...
    @property
    def where(self) -> AccountPlace | None: ...
    @property
    def reporting(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Brief:
    """An incident in brief: what counting and drawing need of it. Of its place only name and coordinates are told."""

    id: str
    type: str
    status: Status
    sources: tuple[IncidentParty, ...]
    targets: tuple[IncidentParty, ...]
    victims: tuple[IncidentParty, ...]
    first: date | None
    last: date | None
    dated: Dated
    background: bool
    score: float | None
    goldstein: float | None
    standing: Standing
    origins: int
    reporting: int
    where: AccountPlace | None


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening as all its accounts together tell it.

    The id is that of its content (a hash over its events): the same events make the same incident. `type`, `mode` and
    `score` are PLOVER's, those that most accounts give; `goldstein` is the median of CAMEO's values. `first` and `last`
    are the days of the happening, None where no account knows; `dated` says whether any account states the day or the
    publication days stand for it. `reports` are all that tell it, `origins` how many independent origins they have.
    `reciprocal`: every party is in sources and in targets, and the incident counts once per pair. `background`: every
    account only recalls it. `events` hold all accounts, `denials` those among them that dispute it; `retold` are
    sentences that tell of it without an event of their own (their reports are among `reports`).
    """

    id: str
    type: str
    mode: str | None
    status: Status
    sources: tuple[IncidentParty, ...]
    targets: tuple[IncidentParty, ...]
    reports: tuple[str, ...]
    origins: int
    events: tuple[EventKey, ...]
    victims: tuple[IncidentParty, ...] = ()
    first: date | None = None
    last: date | None = None
    dated: Dated = "unknown"
    where: AccountPlace | None = None
    score: float | None = None
    goldstein: float | None = None
    reciprocal: bool = False
    background: bool = False
    sizes: tuple[SizeRange, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    standing: Standing = "reported"
    claimed_by: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    denials: tuple[EventKey, ...] = ()
    retold: tuple[EventKey, ...] = ()
    outlets: tuple[str, ...] = ()
    why: str = ""

    @property
    def reporting(self) -> int:
        """How many reports tell it."""
        return len(self.reports)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries and bodies (IGO and the like) that have a part in it, in their order."""
        parties = (*self.sources, *self.targets, *self.victims)
        return tuple(sorted({party.country for party in parties if party.country}))

    def to_dict(self) -> dict[str, object]:
        """The incident of the JSON contract, with more fields."""
        sizes: dict[str, object] = {size.field: size.to_dict() for size in self.sizes}
        return {
            "id": self.id,
            "type": self.type,
            "mode": self.mode,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "dated": self.dated,
            "sources": [party.to_dict() for party in self.sources],
            "targets": [party.to_dict() for party in self.targets],
            "victims": [party.to_dict() for party in self.victims],
            "where": self.where.to_dict() if self.where else None,
            "status": self.status,
            "background": self.background,
            "reciprocal": self.reciprocal,
            "score": self.score,
            "goldstein": self.goldstein,
            "reports": list(self.reports),
            "outlets": list(self.outlets),
            "origins": self.origins,
            "events": [key.to_dict() for key in self.events],
            "sizes": sizes,
            "standing": self.standing,
            "claimed_by": list(self.claimed_by),
            "confirmed_by": list(self.confirmed_by),
            "denied_by": list(self.denied_by),
            "denials": [key.to_dict() for key in self.denials],
            "retold": [key.to_dict() for key in self.retold],
            "disagreements": [item.to_dict() for item in self.disagreements],
            "why": self.why,
        }

"""An account: one event of one report as fusing sees it, apart from the rest of the report.

Accounts are made from readings (fuse/accounts.py); the archive keeps what it needs to make them again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from detente.model.event import COUNTED, Status
from detente.model.span import Span
from detente.model.when import Basis, Precision

SizeField = Literal["dead", "injured", "arrested", "displaced", "taking_part"]
SIZE_FIELDS: tuple[SizeField, ...] = ("dead", "injured", "arrested", "displaced", "taking_part")


@dataclass(frozen=True, slots=True, order=True)
class EventKey:
    """Names one event in an archive: event ids repeat from report to report, so both are needed.

    A sentence that retells a happening without an event of its own is named by where it stands: "120-185".
    """

    report: str
    event: str

    @classmethod
    def of_sentence(cls, report: str, sentence: Span) -> EventKey:
        """The key of a sentence."""
        return cls(report, f"{sentence.start}-{sentence.end}")

    @property
    def sentence(self) -> Span | None:
        """Where the sentence stands, None for an event."""
        start, _, end = self.event.partition("-")
        return Span(int(start), int(end)) if start.isdigit() and end.isdigit() else None

    def __str__(self) -> str:
        return f"{self.report}/{self.event}"

    def to_dict(self) -> dict[str, object]:
        """The report with the event, or with the sentence's `span` in place of one."""
        sentence = self.sentence
        if sentence is not None:
            return {"report": self.report, "span": sentence.to_list()}
        return {"report": self.report, "event": self.event}


@dataclass(frozen=True, slots=True)
class AccountParty:
    """A party of an account: what the report calls it, and what it was taken for (None where nobody known fits)."""

    name: str
    kind: str
    entity: str | None = None
    country: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class AccountPlace:
    """Where an account puts the happening, with all that tells whether two places are one or lie in each other."""

    name: str
    country: str | None = None
    admin1: str | None = None
    resolution: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    claimed_by: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The `where` of an account or incident."""
        return {
            "name": self.name,
            "country": self.country,
            "admin1": self.admin1,
            "claimed_by": list(self.claimed_by),
            "resolution": self.resolution,
            "geonames_id": self.geonames_id,
            "latitude": self.latitude,
            "longitude": self.longitude,
        }


@dataclass(frozen=True, slots=True)
class AccountSize:
    """A number of people as one account gives it, and on whose word (None: the report's own)."""

    field: SizeField
    low: int
    high: int
    who: AccountParty | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One event of one report: who did what to whom, when, where, in which words and on whose word.

    `first` and `last` are the days of the happening (`basis` and `precision` say how well they are known). `speaker` is
    on whose word it stands, None for the report's own voice. `words` is the evidence as the report has it, in order,
    and `context` the sentences it stands in. `deniers` are who the report says disputes it. `story` is the id of the
    story that its report belongs to. `named` are all whom its sentences name, `about` the countries that its report
    names most, `meaning` what its words mean, as codebook/meaning.py keeps it. A `bare` account is a sentence without
    an event of its own: it may retell an incident, and makes none.
    """

    key: EventKey
    published: date | None
    outlet: str | None
    type: str
    mode: str | None
    status: Status
    sources: tuple[AccountParty, ...]
    targets: tuple[AccountParty, ...]
    victims: tuple[AccountParty, ...] = ()
    background: bool = False
    reciprocal: bool = False
    first: date | None = None
    last: date | None = None
    basis: Basis | None = None
    precision: Precision | None = None
    place: AccountPlace | None = None
    sizes: tuple[AccountSize, ...] = ()
    speaker: AccountParty | None = None
    deniers: tuple[AccountParty, ...] = ()
    words: tuple[str, ...] = ()
    context: str = ""
    score: float | None = None
    goldstein: float | None = None
    story: str | None = None
    confidence: float = 0.0
    named: tuple[AccountParty, ...] = ()
    about: tuple[str, ...] = ()
    meaning: bytes = field(default=b"", repr=False)
    bare: bool = False

    @property
    def counts(self) -> bool:
        """Whether it makes an incident: it happened or is under way."""
        return self.status in COUNTED and not self.bare

    @property
    def parties(self) -> tuple[AccountParty, ...]:
        """Everybody in it: who did it, to whom, and who was hit."""
        return tuple(dict.fromkeys((*self.sources, *self.targets, *self.victims)))

"""An event: what one report says was done by someone to someone. Not the happening itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.model.place import Place
from detente.model.span import Span
from detente.model.when import When

Status = Literal["happened", "under_way", "planned", "threatened", "demanded", "denied", "not_happened", "hypothetical"]
COUNTED: frozenset[Status] = frozenset({"happened", "under_way"})
"""Only these statuses count anywhere: incidents, pairs, tension, alerts, exports."""

BUILT_IN = ("PLOVER", "CAMEO")
"""The ontologies that every event is coded by; all others are users' own."""


@dataclass(frozen=True, slots=True)
class Coding:
    """One category of one ontology given to an event, with that ontology's own score.

    The ontology is PLOVER, CAMEO, or one of the user's own by its name.
    """

    ontology: str
    code: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    score: float | None = None

    def to_dict(self) -> dict[str, object]:
        return {
            "ontology": self.ontology,
            "code": self.code,
            "mode": self.mode,
            "contexts": list(self.contexts),
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as a range, with the words that give it and on whose word it stands (participant id)."""

    low: int
    high: int
    words: Span
    who: str | None = None

    def to_dict(self) -> dict[str, object]:
        return {"low": self.low, "high": self.high, "words": self.words.to_list(), "who": self.who}


@dataclass(frozen=True, slots=True)
class Size:
    """How many people were killed, hurt, arrested, displaced or took part, where the report says so."""

    dead: Count | None = None
    injured: Count | None = None
    arrested: Count | None = None
    displaced: Count | None = None
    taking_part: Count | None = None

    def to_dict(self) -> dict[str, object]:
        named = {"dead": self.dead, "injured": self.injured, "arrested": self.arrested}
        named |= {"displaced": self.displaced, "taking_part": self.taking_part}
        return {name: count.to_dict() if count else None for name, count in named.items()}


@dataclass(frozen=True, slots=True)
class Event:
    """What a report says was done by someone to someone.

    `sources` and `targets` are participant ids; in a reciprocal event every party is in both. `trigger` is the clearest
    telling, `evidence` the clause of every telling. `told_in` is the statement on whose word it stands, or None.
    """

    id: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    codings: tuple[Coding, ...]
    status: Status
    trigger: Span
    evidence: tuple[Span, ...]
    victims: tuple[str, ...] = ()
    background: bool = False
    reciprocal: bool = False
    size: Size | None = None
    place: Place | None = None
    when: When | None = None
    told_in: str | None = None
    confidence: float = 0.0
    coder: str = "rules"
    why: str = ""

    def coding(self, ontology: str) -> Coding | None:
        """The event's first coding in that ontology: "PLOVER", "CAMEO" or the name of one of the user's own."""
        return next((c for c in self.codings if c.ontology == ontology), None)

    @property
    def own_codings(self) -> tuple[Coding, ...]:
        """The codings by ontologies of the user's own; an ontology may give several."""
        return tuple(c for c in self.codings if c.ontology not in BUILT_IN)

    @property
    def counts(self) -> bool:
        """Whether the event may be counted: it happened or is under way."""
        return self.status in COUNTED

    def to_dict(self) -> dict[str, object]:
        """The `events` object of the JSON contract."""
        return {
            "id": self.id,
            "sources": list(self.sources),
            "targets": list(self.targets),
            "victims": list(self.victims),
            "codings": [c.to_dict() for c in self.codings],
            "status": self.status,
            "background": self.background,
            "reciprocal": self.reciprocal,
            "size": self.size.to_dict() if self.size else None,
            "trigger": self.trigger.to_list(),
            "evidence": [span.to_list() for span in self.evidence],
            "where": self.place.as_where() if self.place else None,
            "when": self.when.to_dict() if self.when else None,
            "told_in": self.told_in,
            "confidence": self.confidence,
            "coder": self.coder,
            "why": self.why,
        }

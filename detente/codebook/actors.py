"""What the who's who says of actors: who they are, the offices they held, and their codes, each from a day to a day.

Plain values. They are read from the knowledge file in whoswho.py and made from the tables in build.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["ADDED", "Code", "Entity", "Tenure"]

# The source of actors that the user has added.
ADDED = "added"


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor of the codebook. `kind` is person, country, organisation, group, media or platform.

    `country` and `sectors` are the usual ones; where they changed with time, `WhosWho.code_on` knows them for a day.
    `source` names the table the actor comes from (curated, phoenix, ...), or says that the user has added the actor.
    """

    id: str
    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    wikidata: str | None
    gender: str | None
    source: str = "curated"


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office held from a day to a day; `as_of` is the last day on which an open end was known to be open.

    `end_kind` is stated (a source gives the end), derived (from the successor's start) or open; `precision` is that of
    the days (day, month, year); `organisation` is the body of which it is an office, None for offices of a state;
    `checked` says of a row of our own writing whether Wikidata has verified or contradicted it.
    """

    entity: str
    role: str
    role_class: str
    country: str | None
    sector: str | None
    start: date | None
    end: date | None
    end_kind: str
    as_of: date | None
    source: str
    organisation: str | None = None
    precision: str = "day"
    checked: str | None = None

    def held_on(self, day: date) -> bool:
        """Whether the office was held that day; an open end is taken as still held."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def presumed_on(self, day: date) -> bool:
        """Whether the end is open and the day lies after the last one known."""
        return self.end is None and self.as_of is not None and day > self.as_of and self.held_on(day)


@dataclass(frozen=True, slots=True)
class Code:
    """An actor's code by one scheme (PLOVER, CAMEO, COW, ISO2 ...) from a day to a day, both included.

    For PLOVER `country` is ISO 3166 alpha-3 (or IGO, NGO, IMG) and `sectors` the sectors, the main one first; for
    schemes of countries `country` is the code itself.
    """

    entity: str
    scheme: str
    country: str | None
    sectors: tuple[str, ...]
    start: date | None
    end: date | None

    def holds_on(self, day: date | None) -> bool:
        """Whether it is the code of that day; without a day, whether it is the code still."""
        if day is None:
            return self.end is None
        return (self.start or date.min) <= day <= (self.end or date.max)

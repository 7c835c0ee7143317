"""A find: one place of the text that names or refers to somebody, as its own words tell it."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.model.participant import Description
from detente.model.reading import MentionKind
from detente.model.span import Span


@dataclass(frozen=True)
class Find:
    """One place of the text that names or refers to somebody, as its own words tell it."""

    span: Span
    head: int
    kind: MentionKind
    name: str
    entities: tuple[str, ...] = ()
    as_place: bool = False
    country: str | None = None
    sector: str | None = None
    descriptions: tuple[Description, ...] = ()
    gender: str | None = None
    plural: bool = False
    definite: bool = False
    owner: int | None = None  # head token of whoever has this wife, army or spokesman
    family: bool = False
    same_as: int | None = None  # head token of the phrase in apposition to this one
    body: str | None = None
    nations: tuple[str, ...] = ()  # "Chinese and Indian soldiers": one group for each country
    words: tuple[str, ...] = field(default=())

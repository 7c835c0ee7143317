"""A name in a report as parsing carries it: its tokens, its kind, and who the codebook says bears it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.model.span import Span
from detente.parse.phrases import Grammar

NameKind = Literal[
    "person",
    "country",
    "demonym",
    "adjective",
    "capital",
    "metonym",
    "organisation",
    "media",
    "platform",
    "place",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Name:
    """A name's tokens `[first, last]`, the token at its head, its kind and the codebook's entities for it."""

    first: int
    last: int
    head: int
    span: Span
    kind: NameKind
    entities: tuple[str, ...] = ()
    as_place: bool = False


def head_of(first: int, last: int, grammar: Grammar) -> int:
    """The token of the run whose own head lies outside it."""
    for index in range(last, first - 1, -1):
        head = grammar.tokens[index].head
        if (head < first or head > last or head == index) and grammar.tokens[index].dep not in ("punct", "case"):
            return index
    return last

"""The four quad classes of PLOVER's sixteen event types, as the codebook heads its sections, with a word for each.

The types are the ontology's closed vocabulary; a type that is not listed has no class. Scores live with the ontology.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.model.event import Event


@dataclass(frozen=True, slots=True)
class Quad:
    """One of the four classes: its number, its words and the event types in it."""

    number: int
    words: str
    types: frozenset[str]


QUADS = (
    Quad(1, "verbal cooperation", frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE"})),
    Quad(2, "material cooperation", frozenset({"COOPERATE", "AID", "RETREAT"})),
    Quad(3, "verbal conflict", frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})),
    Quad(4, "material conflict", frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})),
)
NO_QUAD = Quad(0, "unclassified", frozenset())


def quad_of(event: Event) -> Quad:
    """The quad class of the event's PLOVER type."""
    coding = event.coding("PLOVER")
    return quad_of_type(coding.code) if coding else NO_QUAD


@cache
def quad_of_type(type: str) -> Quad:
    """The quad class of a PLOVER type."""
    return next((quad for quad in QUADS if type in quad.types), NO_QUAD)

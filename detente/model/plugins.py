"""The plug points: what a class must have to read a format. It is found through the entry point `detente.reader`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from detente.model.inputs import Given, Outcome


class Reader(Protocol):
    """Reads one format. Made without arguments; keeps nothing from one input to the next."""

    @property
    def name(self) -> str:
        """What people call the format ("PDF")."""

    def fits(self, given: Given) -> float:
        """How sure it is that these bytes are of its format, 0 for not at all to 1. Looks at the beginning."""

    def read(self, given: Given) -> Iterator[Outcome | Given]:
        """The reports, what had to be set aside, and bytes that lay inside and are to be read in turn.

        What it raises sets aside the rest of this input; what it gave before is kept.
        """

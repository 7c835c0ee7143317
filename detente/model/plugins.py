"""The plug points: what a class must have to read or write a format.

It is found through the entry points `detente.reader` and `detente.exporter`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written
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


class Exporter(Protocol):
    """Writes one format. Made without arguments; the same readings give the same bytes."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        """Write into a path that is not there yet; ExportError where a row does not fit the format.

        The readings go by once; they need not fit into memory.
        """

"""What the archive answers with, as plain values: what became of a reading, a row of the list, a hit of a search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a reading: whether its report was new, and whether the reading was.

    `deleted` is why it was not taken in: its report, or somebody whom it names, was deleted before.
    """

    report_id: str
    new: bool
    reading_new: bool
    deleted: str | None = None


@dataclass(frozen=True, slots=True)
class StoredReading:
    """One reading of a report in the archive: its number there, what made it, and whether it is the current one."""

    number: int
    report_id: str
    detente: str | None
    parser: str | None
    knowledge: str | None
    digest: str
    current: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One report of the archive in a line, counted by its current reading."""

    id: str
    published: date | None
    outlet: str | None
    title: str | None
    first_words: str
    events: int
    statements: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a snippet, and whether it is one of the words that were looked for."""

    words: str
    found: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that holds the words, with the words in their surroundings."""

    id: str
    published: date | None
    outlet: str | None
    title: str | None
    pieces: tuple[Piece, ...]

    @property
    def snippet(self) -> str:
        """The surroundings as one string."""
        return "".join(piece.words for piece in self.pieces)


def starts_with(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether a text begins with these words, asked in a way that an index can answer."""
    return and_(column >= words, column < words + "\U0010ffff")

"""Readings go in and come out again: the archive, a file or a database. Nothing here reads reports."""

from __future__ import annotations

from detente.store.archive import Archive
from detente.store.database import BUSY_SECONDS
from detente.store.errors import ArchiveError, ArchivePlace, ServerAddress, place_of
from detente.store.found import Hit, Listed, Piece, Stored, StoredReading

__all__ = [
    "BUSY_SECONDS",
    "Archive",
    "ArchiveError",
    "ArchivePlace",
    "Hit",
    "Listed",
    "Piece",
    "ServerAddress",
    "Stored",
    "StoredReading",
    "place_of",
]

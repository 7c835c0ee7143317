"""Readings go in and come out again: the archive, one SQLite file. Nothing here reads reports or changes a reading."""

from __future__ import annotations

from detente.store.archive import Archive
from detente.store.database import BUSY_SECONDS, ArchiveError
from detente.store.found import Hit, Listed, Piece, Stored, StoredReading

__all__ = ["BUSY_SECONDS", "Archive", "ArchiveError", "Hit", "Listed", "Piece", "Stored", "StoredReading"]

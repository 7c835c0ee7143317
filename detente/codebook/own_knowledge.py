"""The user's own knowledge: a folder with rows added by hand and snapshots of Wikidata, and the file built with them.

Whoever opens the knowledge asks here which file is in force. Everything is written beside and moved into place, so a
broken run leaves the old state.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

logger = logging.getLogger(__name__)

PACKAGED = Path(__file__).resolve().parent.parent / "data" / "knowledge.sqlite"
ENVIRONMENT = "DETENTE_KNOWLEDGE"


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """Where a user's rows, snapshots and the file built with them lie."""

    path: Path

    @classmethod
    def usual(cls) -> OwnFolder:
        """The folder that DETENTE_KNOWLEDGE names, else the user's data folder of the system."""
        return cls(Path(os.environ.get(ENVIRONMENT) or user_data_path("detente")))

    @property
    def rows(self) -> Path:
        return self.path / "rows"

    @property
    def snapshots(self) -> Path:
        return self.path / "snapshots"

    @property
    def knowledge(self) -> Path:
        return self.path / "knowledge.sqlite"

    def row_files(self) -> list[Path]:
        """The files of rows added, in the order of their names."""
        return sorted(self.rows.glob("*.csv"))

    def snapshot(self) -> Path | None:
        """The snapshot in force: the newest."""
        return max(self.snapshots.glob("wikidata-*.csv"), default=None)

    def is_empty(self) -> bool:
        """Whether nothing has been added."""
        return not self.row_files() and self.snapshot() is None


def knowledge_in_force() -> Path:
    """The file to read: the user's own where it was built from the packaged one of this version, else the packaged."""
    own = OwnFolder.usual().knowledge
    if not own.is_file():
        return PACKAGED
    if base_version(own) != version_of(PACKAGED):
        logger.warning(
            "%s was built for another version of detente and is not used; run: detente knowledge rebuild", own
        )
        return PACKAGED
    return own


def version_of(path: Path) -> str | None:
    """The version of a knowledge file."""
    return _meta(path, "whoswho.version")


def base_version(path: Path) -> str | None:
    """The version of the packaged file that a user's file was built from."""
    return _meta(path, "own.base")


def _meta(path: Path, key: str) -> str | None:
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to that takes the place of `path` when all went well, and is gone when it did not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield fresh
        with fresh.open("rb") as handle:
            os.fsync(handle.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def keep(source: Path, target: Path) -> None:
    """Copies a file into the folder."""
    with replacing(target) as fresh:
        shutil.copyfile(source, fresh)

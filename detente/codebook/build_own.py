"""The knowledge file with a user's own rows and snapshots: the packaged one, with its who's who built anew.

The gazetteer is taken over as it is, and own places added. The new file takes the place of the old when it is whole.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from detente.codebook.build import DATA, TABLES, VIEWS, Summary, build_whoswho
from detente.codebook.folding import fold_name, slug
from detente.codebook.own_knowledge import PACKAGED, OwnFolder, replacing, version_of
from detente.codebook.own_rows import OwnRow
from detente.codebook.sources import Sources
from detente.codebook.whoswho import KnowledgeMissing

# Own places are numbered far below those of the packaged tables.
_FIRST_NUMBER = -1_000_000


def build_own(folder: OwnFolder, base: Path = PACKAGED) -> Summary:
    """Builds the user's knowledge file out of the packaged one, their rows and the snapshot in force."""
    if not base.is_file():
        raise KnowledgeMissing(
            f"{base}: the knowledge file is missing; build it with: python -m detente.codebook.build"
        )
    with replacing(folder.knowledge) as fresh:
        shutil.copyfile(base, fresh)
        with closing(sqlite3.connect(fresh)) as connection:
            for view in VIEWS:
                connection.execute(f"DROP VIEW IF EXISTS {view}")
            for table in TABLES:
                connection.execute(f"DROP TABLE IF EXISTS {table}")
            sources = Sources(DATA / "whoswho", own=folder)
            summary = build_whoswho(connection, sources)
            _add_places(connection, (row for row in sources.own_rows() if row.kind == "place"))
            connection.execute("INSERT INTO meta VALUES ('own.base', ?)", (version_of(base) or "",))
            connection.commit()
    return summary


def _add_places(connection: sqlite3.Connection, rows: Iterable[OwnRow]) -> None:
    for number, row in enumerate(rows):
        at = _FIRST_NUMBER - number
        point = (row.latitude, row.longitude)
        place = (at, f"place:own-{slug(row.name)}-{number}", row.name, "own place", row.country, None, *point, 0, None)
        connection.execute("INSERT INTO gazetteer_place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'below_city')", place)
        for name in {fold_name(name) for name in (row.name, *row.aliases)} - {""}:
            connection.execute("INSERT OR IGNORE INTO gazetteer_name VALUES (?, ?, 1)", (name, at))

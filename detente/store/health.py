"""Looks at an archive without changing it: is it whole, is all that it says there, is there room for more?"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from detente.model.finding import Finding
from detente.store.archive import digest_of
from detente.store.database import BUSY_SECONDS, NEWEST, plain_errors
from detente.store.errors import ArchiveError, ArchivePlace, ServerAddress
from detente.store.sqlite import APPLICATION_ID, check_file

_BODIES = "SELECT report.id, reading.body, reading.digest FROM reading JOIN report ON report.number = reading.report"
_BACKUP = "restore a backup: detente restore FILE DB"
# Below this an archive of some size cannot be upgraded or backed up on the same disk.
_ROOM = 200 * (1 << 20)
_LARGE_WAL = 256 * (1 << 20)


# Asks the database for rows; each kind has its own way.
_Ask = Callable[[str], Iterable[Any]]


def examine(place: ArchivePlace) -> Iterator[Finding]:
    """What is well and what is not, from the outside in; stops where going on makes no sense."""
    try:
        if isinstance(place, ServerAddress):
            yield from _server(place)
        else:
            check_file(place, create=False)
            yield from _file(place)
    except ArchiveError as problem:
        reason, _, remedy = str(problem).removeprefix(f"archive {place}: ").partition("; ")
        yield Finding("archive", reason, remedy)


def _server(place: ServerAddress) -> Iterator[Finding]:
    from detente.store import postgres

    engine = postgres.open_engine(place, create=False, busy_seconds=BUSY_SECONDS)
    try:
        with plain_errors(place), engine.connect().execution_options(yield_per=50) as connection:
            version = postgres.version_of(connection, place)
            yield _schema(version)
            if version == NEWEST:
                yield from _contents(connection.exec_driver_sql, "SELECT count(DISTINCT report) FROM report_words")
    finally:
        engine.dispose()


def _file(path: Path) -> Iterator[Finding]:
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error as problem:
        yield Finding("archive", f"cannot be opened ({problem})", "check the permissions of the file and its folder")
        return
    try:
        yield from _inside(connection)
    except sqlite3.Error as problem:
        yield Finding("archive", f"cannot be read ({problem})", _BACKUP)
    finally:
        connection.close()
    yield from _room(path)


def _inside(connection: sqlite3.Connection) -> Iterator[Finding]:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    if mark != APPLICATION_ID:
        yield Finding("archive", "a database of another application", "give another file with --archive")
        return
    said = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    yield Finding("file", "whole" if said == ["ok"] else "; ".join(said), None if said == ["ok"] else _BACKUP)
    loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    yield Finding(
        "links", f"{len(loose)} rows point nowhere" if loose else "all rows hang together", _BACKUP if loose else None
    )
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    yield _schema(row[0] if row else None)
    if said == ["ok"]:
        yield from _contents(connection.execute, "SELECT count(*) FROM report_words_docsize")


def _schema(version: str | None) -> Finding:
    found = f"version {version or 'none'}" + ("" if version == NEWEST else f", the newest is {NEWEST}")
    return Finding("schema", found, "update detente to open it" if (version or "") > NEWEST else None)


def _contents(ask: _Ask, count_indexed: str) -> Iterator[Finding]:
    ((reports,),) = ask("SELECT count(*) FROM report")
    ((unread,),) = ask(
        "SELECT count(*) FROM report WHERE NOT EXISTS (SELECT 1 FROM reading WHERE reading.report = report.number)"
    )
    yield Finding(
        "reports", f"{reports} kept" + (f", {unread} without a reading" if unread else ""), _BACKUP if unread else None
    )
    broken = [id for id, body, digest in ask(_BODIES) if not _is_as_stored(body, digest)]
    shown = ", ".join(broken[:3]) + (" ..." if len(broken) > 3 else "")
    yield Finding(
        "readings",
        f"{len(broken)} are not as they were stored: {shown}" if broken else "each as it was stored",
        _BACKUP if broken else None,
    )
    ((indexed,),) = ask(count_indexed)
    yield Finding(
        "search",
        f"{indexed} of {reports} reports can be found by their words"
        if indexed != reports
        else "every report can be found",
        _BACKUP if indexed != reports else None,
    )


def _is_as_stored(body: str, digest: str) -> bool:
    try:
        return digest_of(json.loads(body)) == digest
    except (ValueError, KeyError, TypeError):
        return False


def _room(path: Path) -> Iterator[Finding]:
    free, size = shutil.disk_usage(path.parent).free, path.stat().st_size
    enough = free > max(_ROOM, size)
    found = f"{free >> 20:,} MB free for an archive of {size >> 20:,} MB"
    yield Finding("disk", found, None if enough else "free some space: a backup or an upgrade needs as much again")
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size > _LARGE_WAL:
        found = f"{wal.stat().st_size >> 20:,} MB wait to be written into the archive"
        yield Finding("log", found, "end programs that hold the archive open, then read a report")

"""What is special to an archive in a file: SQLite with a write-ahead log, marked as ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from detente.store.errors import archive_error

# Marks the file as ours ("DTNT"), so that another application's database is never touched.
APPLICATION_ID = 0x44544E54
HEADER = b"SQLite format 3\x00"
ERRORS = (DBAPIError, sqlite3.Error)
# What SQLite says, what it means, and what to do.
MEANINGS = (
    ("locked", "another program is writing to it", "wait until that one is done and try again"),
    ("readonly", "it cannot be written to", "ask for permission to write, or give another --archive"),
    ("read-only", "it cannot be written to", "ask for permission to write, or give another --archive"),
    ("malformed", "it is damaged", "restore it from a backup, or move it away and read the reports again"),
    ("not a database", "it is damaged", "restore it from a backup, or move it away and read the reports again"),
    ("disk is full", "the disk is full", "free some space and try again"),
    ("unable to open", "it cannot be opened", "check the folder and its permissions"),
)


def open_engine(path: Path, create: bool, busy_seconds: float) -> Engine:
    """The engine of a file that may be an archive."""
    check_file(path, create)
    # No pool: a connection kept open would keep the file's locks and the -wal file alive between two calls.
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(path, timeout=busy_seconds, check_same_thread=False),
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def check_file(path: Path, create: bool) -> None:
    """Refuses what is certainly no archive before the database opens it."""
    try:
        if not path.exists():
            if not create:
                raise archive_error(path, "no such file", "read a report first, or give --archive DB")
            if not path.parent.is_dir():
                raise archive_error(path, "its folder does not exist", f"make the folder {path.parent}")
            return
        if not path.is_file():
            raise archive_error(path, "not a file", "give the name of an archive file")
        with path.open("rb") as file:
            head = file.read(len(HEADER))
    except OSError as problem:
        raise archive_error(path, f"not readable ({problem.strerror})", "check its permissions") from problem
    if head and head != HEADER:
        raise archive_error(path, "not a detente archive", "give another file with --archive")


def version_of(connection: Connection, path: Path) -> str | None:
    """The schema's version, None for a file that is still empty; refuses what is not ours."""
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if not tables:
        return None
    if mark != APPLICATION_ID:
        raise archive_error(path, "a database of another application", "give another file with --archive")
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return None if version is None else str(version)


def prepare(engine: Engine) -> None:
    """Readers do not wait for writers; kept by the file once set. Cannot be set inside a transaction."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode=WAL").fetchone()
    finally:
        raw.close()


def mark(connection: Connection) -> None:
    """Say that the file is ours."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


@contextmanager
def only_watch(path: Path, _: Engine) -> Iterator[bool]:
    """Whether no other watch works on the archive, by a lock on a file beside it."""
    try:
        import fcntl
    except ImportError:  # Windows has none; there two watches are the user's to avoid.
        yield True
        return
    with path.with_name(f"{path.name}-watch").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    # Transactions are begun by `_begin`: Python's own rules would leave schema changes outside of them.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("detente_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

"""The archive's file: opens it safely, brings its schema up to date, and says in plain words what is wrong with it.

Knows SQLite and Alembic, and nothing of reports.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

MIGRATIONS = Path(__file__).parent / "migrations"
# The newest version under migrations/versions; a test keeps the two together.
NEWEST = "0005"
# Marks the file as ours ("DTNT"), so that another application's database is never touched.
APPLICATION_ID = 0x44544E54
HEADER = b"SQLite format 3\x00"
# How long to wait for another process that is writing.
BUSY_SECONDS = 10.0
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


class ArchiveError(Exception):
    """The archive cannot do what was asked; the message is one line and says what to do."""


def archive_error(path: Path, reason: str, remedy: str) -> ArchiveError:
    return ArchiveError(f"archive {path}: {reason}; {remedy}")


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Turns what the database says into an ArchiveError with a remedy."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as problem:
        said = str(getattr(problem, "orig", problem))
        for words, reason, remedy in MEANINGS:
            if words in said:
                raise archive_error(path, reason, remedy) from problem
        raise archive_error(path, f"the database says: {said}", "check it, or restore a backup") from problem


def open_engine(path: Path, create: bool, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """The engine of an archive whose schema is the newest."""
    check_file(path, create)
    engine = _engine(path, busy_seconds)
    try:
        with plain_errors(path):
            _bring_up_to_date(engine, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that owns the right to write from its start, so that it cannot fail half-way for a rival."""
    with engine.connect().execution_options(detente_write=True) as connection, connection.begin():
        yield connection


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


def _engine(path: Path, busy_seconds: float) -> Engine:
    # No pool: a connection kept open would keep the file's locks and the -wal file alive between two calls.
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(path, timeout=busy_seconds, check_same_thread=False),
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    # Transactions are begun by `_begin`: Python's own rules would leave schema changes outside of them.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("detente_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _bring_up_to_date(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        version = _version(connection, path)
    if version == NEWEST:
        return
    if version is not None and version > NEWEST:
        raise archive_error(path, f"made by a newer detente (schema {version})", "update detente to open it")
    _write_ahead(engine)
    with writing(engine) as connection:
        # Another process may have done it since.
        if _version(connection, path) != NEWEST:
            _upgrade(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def _version(connection: Connection, path: Path) -> str | None:
    """The schema's version, None for a file that is still empty; refuses what is not ours."""
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if not tables:
        return None
    if mark != APPLICATION_ID:
        raise archive_error(path, "a database of another application", "give another file with --archive")
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return None if version is None else str(version)


def _write_ahead(engine: Engine) -> None:
    """Readers do not wait for writers; kept by the file once set. Cannot be set inside a transaction."""
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode=WAL").fetchone()
    finally:
        raw.close()


def _upgrade(connection: Connection) -> None:
    # Late, because an archive that is up to date, as nearly all are, needs none of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

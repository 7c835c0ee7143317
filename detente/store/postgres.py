"""What is special to an archive in a PostgreSQL database: its address, one writer at a time, its words for errors.

Works within the schema that the address's `search_path` names first. Texts are compared by their bytes, as in a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from detente.store.errors import ServerAddress, archive_error

try:
    from psycopg import Error as DriverError
except ImportError:
    # Told when an archive is opened: most people need no server.
    DriverError = DBAPIError  # type: ignore[misc, assignment]

ERRORS = (DBAPIError, DriverError, PoolTimeout)
# As many as the server of the desk has threads.
_POOL = 40

# The locks by which writers and watches know each other ("DTNT" and the next); they are the database's, not ours alone.
_WRITER, _WATCH = 0x44544E54, 0x44544E55
_WAIT = "wait until that one is done and try again"
_CHECK_ADDRESS = "check host and port in the address, and that the server runs"
# What the server or its driver says, what it means, and what to do.
MEANINGS = (
    ("lock timeout", "another program is writing to it", _WAIT),
    ("Connection refused", "no server answers there", _CHECK_ADDRESS),
    ("could not translate host name", "no server answers there", _CHECK_ADDRESS),
    ("failed to resolve host", "no server answers there", _CHECK_ADDRESS),
    ("No such file or directory", "no server answers there", _CHECK_ADDRESS),
    ("timeout expired", "no server answers there", _CHECK_ADDRESS),
    (
        "password authentication failed",
        "it does not let this user in",
        "check name and password (PGPASSWORD and ~/.pgpass are heeded)",
    ),
    ("authentication failed", "it does not let this user in", "check name and password"),
    ("No space left", "the server's disk is full", "free some space there and try again"),
    ("permission denied", "this user may not do that", "ask for the right to use and create tables in the schema"),
    ("read-only", "it cannot be written to", "connect to the server that takes writes"),
    (
        "cannot contain NUL",
        "the text holds NUL characters, which PostgreSQL does not keep",
        "take them out, or use an archive file",
    ),
    ("server closed the connection", "the server went away", "try again when it runs"),
    ("terminating connection", "the server went away", "try again when it runs"),
    ('database "', "no such database there", "make it first: createdb NAME"),
    ('role "', "no such user there", "give another user in the address: postgresql://USER@..."),
    ("QueuePool limit", "too many ask at once", "try again in a moment"),
)


def open_engine(place: ServerAddress, create: bool, busy_seconds: float) -> Engine:
    """The engine of a database on a server. `create` makes the tables of an archive, never the database."""
    try:
        url = make_url(place.url).set(drivername="postgresql+psycopg")
        engine = create_engine(
            url, pool_pre_ping=True, pool_size=_POOL, connect_args={"connect_timeout": max(2, int(busy_seconds))}
        )
    except (ArgumentError, ValueError) as problem:
        remedy = "write postgresql://USER@HOST:PORT/DATABASE"
        raise archive_error(place, "not the address of a database", remedy) from problem
    except ImportError as problem:
        remedy = "install it: pip install 'detente[postgres]'"
        raise archive_error(place, "the driver for PostgreSQL is not installed", remedy) from problem
    milliseconds = max(1, int(busy_seconds * 1000))
    event.listen(engine, "begin", lambda connection: _begin(connection, milliseconds))
    return engine


def version_of(connection: Connection, place: ServerAddress) -> str | None:
    """The schema's version, None where there are no tables yet; refuses what is not ours."""
    query = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    names = set(connection.scalars(query))
    if not names:
        return None
    if not {"alembic_version", "report", "report_words"} <= names:
        remedy = "give an empty database, or an empty schema by ?options=-csearch_path%3DNAME"
        raise archive_error(place, "a database of another application", remedy)
    version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()
    return None if version is None else str(version)


def prepare(_: Engine) -> None:
    """Nothing: readers never wait for writers there."""


def mark(_: Connection) -> None:
    """Nothing: the tables themselves say that they are ours."""


@contextmanager
def only_watch(_: ServerAddress, engine: Engine) -> Iterator[bool]:
    """Whether no other watch works on the archive; the right to lasts as long as the connection."""
    # Outside of any transaction: one that stays open for months keeps the server from tidying up.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        query = text("SELECT pg_try_advisory_lock(:watch, hashtext(current_schema()))")
        try:
            yield bool(connection.scalar(query, {"watch": _WATCH}))
        finally:
            # The right goes with the connection, also where the server is gone.
            connection.invalidate()


def _begin(connection: Connection, milliseconds: int) -> None:
    """One writer at a time, as in a file; whoever reads sees the archive as it is at one moment."""
    # Past SQLAlchemy, which would have a question that is answered in parts begin with these.
    driver: Any = connection.connection.driver_connection
    if driver.autocommit:
        return
    if connection.get_execution_options().get("detente_write"):
        driver.execute(f"SET LOCAL lock_timeout = {milliseconds}")
        driver.execute(f"SELECT pg_advisory_xact_lock({_WRITER}, hashtext(current_schema()))")
    else:
        driver.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

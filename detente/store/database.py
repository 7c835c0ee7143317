"""Opens an archive's database and brings its schema up to date; says in plain words what is wrong with it.

Knows Alembic and what both kinds of database have in common, and nothing of reports. What is special to each is in
`sqlite` and `postgres`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import ModuleType

from sqlalchemy import Connection, Engine

from detente.store import sqlite
from detente.store.errors import ArchivePlace, ServerAddress, archive_error

MIGRATIONS = Path(__file__).parent / "migrations"
# The newest version under migrations/versions; a test keeps the two together.
NEWEST = "0006"
# How long to wait for another process that is writing.
BUSY_SECONDS = 10.0


@contextmanager
def plain_errors(place: ArchivePlace) -> Iterator[None]:
    """Turns what the database says into an ArchiveError with a remedy."""
    special = _special_to(place)
    try:
        yield
    except special.ERRORS as problem:
        said = " ".join(str(getattr(problem, "orig", problem)).split())
        for words, reason, remedy in special.MEANINGS:
            if words in said:
                raise archive_error(place, reason, remedy) from problem
        raise archive_error(place, f"the database says: {said}", "check it, or restore a backup") from problem


def open_engine(place: ArchivePlace, create: bool, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """The engine of an archive whose schema is the newest; with `create`, of one that is made if it is not there."""
    special = _special_to(place)
    engine: Engine = special.open_engine(place, create, busy_seconds)
    try:
        with plain_errors(place):
            _bring_up_to_date(engine, place, create)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that owns the right to write from its start, so that it cannot fail half-way for a rival."""
    with engine.connect().execution_options(detente_write=True) as connection, connection.begin():
        yield connection


def only_watch(place: ArchivePlace, engine: Engine) -> AbstractContextManager[bool]:
    """Whether no other watch works on the archive; the right to ends with the process, however it ends."""
    watch: AbstractContextManager[bool] = _special_to(place).only_watch(place, engine)
    return watch


def _special_to(place: ArchivePlace) -> ModuleType:
    if isinstance(place, ServerAddress):
        # Late, because hardly anybody needs the driver.
        from detente.store import postgres

        return postgres
    return sqlite


def _bring_up_to_date(engine: Engine, place: ArchivePlace, create: bool) -> None:
    special = _special_to(place)
    with engine.connect() as connection:
        version = special.version_of(connection, place)
    if version == NEWEST:
        return
    if version is not None and version > NEWEST:
        raise archive_error(place, f"made by a newer detente (schema {version})", "update detente to open it")
    if version is None and not create and isinstance(place, ServerAddress):
        raise archive_error(place, "no archive there", "read a report into it first, or give another --archive")
    special.prepare(engine)
    with writing(engine) as connection:
        # Another process may have done it since.
        if special.version_of(connection, place) != NEWEST:
            _upgrade(connection)
            special.mark(connection)


def _upgrade(connection: Connection) -> None:
    # Late, because an archive that is up to date, as nearly all are, needs none of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

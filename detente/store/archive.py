"""The archive: takes coded reports in, one transaction each, and gives them back as they were given.

Readings are append-only: a reading that says anything else than the current one becomes the current one, and the older
stay. What is stored never hangs on a clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from types import TracebackType

from sqlalchemy import Connection, Engine, RowMapping, Select, exists, func, insert, select

from detente.model.coded import CodedReport
from detente.model.contract import coded_from_dict
from detente.model.tombstone import Tombstone
from detente.store import rows, tables
from detente.store.database import BUSY_SECONDS, only_watch, open_engine, plain_errors, writing
from detente.store.desk_rows import DeskRows
from detente.store.errors import ArchivePlace, archive_error, place_of
from detente.store.found import Hit, Listed, Stored, StoredReading, starts_with
from detente.store.fused_rows import FusedRows
from detente.store.pages import ArchivePages
from detente.store.shelf import ArchiveShelf
from detente.store.snippets import LOOKED_AT, pieces
from detente.store.stakes import stake_rows
from detente.store.tombstones import TombstoneRows, scrub
from detente.store.verdict_tables import stake
from detente.store.verdicts import VerdictRows
from detente.store.words import best, put_words

FIRST_WORDS = 160
# Readings that are held in memory at once.
_AT_A_TIME = 50


class Archive:
    """Reports and their readings, in an SQLite file or a PostgreSQL database. `Archive.open` opens it; close it."""

    def __init__(self, path: ArchivePlace, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: ArchivePlace | str, create: bool = True, busy_seconds: float = BUSY_SECONDS) -> Archive:
        """The archive in this file or at this address (`postgresql://USER@HOST/DATABASE`).

        It is made if it is not there, and its schema brought up to date. ArchiveError where that cannot be.
        """
        path = place_of(path)
        return cls(path, open_engine(path, create, busy_seconds))

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, coded: CodedReport) -> Stored:
        """Store a reading, wholly or not at all; what is there already is not stored twice."""
        whole = _without_text(coded)
        body, digest = _json(whole), digest_of(whole)
        try:
            coded.report.text.encode("utf-8")
            body.encode("utf-8")
        except UnicodeEncodeError as problem:
            raise archive_error(self.path, "the text holds broken characters", "repair its encoding") from problem
        with plain_errors(self.path), writing(self._engine) as connection:
            deleted = TombstoneRows(connection).refusal(coded)
            if deleted is not None:
                return Stored(coded.report.id, new=False, reading_new=False, deleted=deleted)
            number, new = self._report_number(connection, coded)
            if not new and _current_digest(connection, number) == digest:
                return Stored(coded.report.id, new=False, reading_new=False)
            _add_reading(connection, coded, number, body, digest)
        return Stored(coded.report.id, new=new, reading_new=True)

    def _report_number(self, connection: Connection, coded: CodedReport) -> tuple[int, bool]:
        """The report's number in the archive, and whether it was stored just now."""
        report = coded.report
        known = connection.scalar(select(tables.report.c.number).where(tables.report.c.id == report.id))
        if known is not None:
            return int(known), False
        kept = insert(tables.report).returning(tables.report.c.number)
        number = connection.scalars(kept, rows.report_row(report)).one()
        put_words(connection, number, report.title, report.text)
        return number, True

    def get(self, id: str, reading: int | None = None) -> CodedReport:
        """The current reading of the report with this id, or with an id that starts so; or an older one by number."""
        with self._reading() as connection:
            report = self._find(connection, id)
            query = select(tables.reading.c.body).where(tables.reading.c.report == report["number"])
            if reading is not None:
                query = query.where(tables.reading.c.number == reading)
            body = connection.scalar(query.order_by(tables.reading.c.number.desc()).limit(1))
        if body is None:
            raise archive_error(
                self.path, f"report {report['id']} has no such reading", "detente list shows what there is"
            )
        return self._coded(report["id"], body, report["text"])

    def _coded(self, id: str, body: str, words: str) -> CodedReport:
        try:
            return coded_from_dict(_with_text(body, words))
        except ValueError as problem:
            remedy = "restore a backup, or read the report again"
            raise archive_error(self.path, f"the reading of {id} is damaged ({problem})", remedy) from problem

    def each(self, since: date | None = None, until: date | None = None) -> Iterator[CodedReport]:
        """The current reading of every report in the order they were stored; with days, of those published then."""
        report, query = tables.report.c, _current_readings()
        if since is not None:
            query = query.where(report.published >= since.isoformat())
        if until is not None:
            query = query.where(report.published <= until.isoformat())
        with self._reading() as connection:
            rows = connection.execution_options(yield_per=_AT_A_TIME).execute(query.order_by(report.number))
            for row in rows:
                yield self._coded(row.id, row.body, row.text)

    def some(self, ids: Collection[str]) -> Iterator[CodedReport]:
        """The current readings of these reports in the order they were stored; ids that are not there are passed by."""
        wanted = sorted(ids)
        with self._reading() as connection:
            for at in range(0, len(wanted), _AT_A_TIME):
                query = _current_readings().where(tables.report.c.id.in_(wanted[at : at + _AT_A_TIME]))
                for row in connection.execute(query.order_by(tables.report.c.number)).all():
                    yield self._coded(row.id, row.body, row.text)

    def readings(self, id: str) -> tuple[StoredReading, ...]:
        """All readings of a report, oldest first; the last is the current one."""
        with self._reading() as connection:
            report = self._find(connection, id)
            query = select(tables.reading).where(tables.reading.c.report == report["number"])
            found = connection.execute(query.order_by(tables.reading.c.number)).mappings().all()
        return tuple(
            StoredReading(
                number=row["number"],
                report_id=report["id"],
                detente=row["detente"],
                parser=row["parser"],
                knowledge=row["knowledge"],
                digest=row["digest"],
                current=row is found[-1],
            )
            for row in found
        )

    def list(self, limit: int | None = None) -> tuple[Listed, ...]:
        """The reports in the order they were stored; with a limit, the last ones."""
        report, reading = tables.report.c, tables.reading.c
        current = select(func.max(reading.number)).where(reading.report == report.number).scalar_subquery()
        columns = (report.id, report.published, report.outlet, report.title, report.number)
        first_words = func.substr(report.text, 1, 4 * FIRST_WORDS).label("first_words")
        now = current.correlate(tables.report)
        counts = (
            select(func.count()).where(table.c.reading == now).scalar_subquery().label(table.name)
            for table in (tables.event, tables.statement)
        )
        query = select(*columns, first_words, *counts)
        with self._reading() as connection:
            found = connection.execute(query.order_by(report.number.desc()).limit(limit)).mappings().all()
        return tuple(_listed(row) for row in reversed(found))

    def search(self, words: str, limit: int = 20) -> tuple[Hit, ...]:
        """The reports that hold all the words, best first. Words are only words: nothing in them is a command."""
        with self._reading() as connection:
            found = best(connection, words, limit, LOOKED_AT)
        return tuple(
            Hit(row["id"], _day(row["published"]), row["outlet"], row["title"], pieces(row["words"], words))
            for row in found
        )

    def count(self) -> int:
        """How many reports there are."""
        with self._reading() as connection:
            return int(connection.scalar(select(func.count()).select_from(tables.report)) or 0)

    @contextmanager
    def fusing(self) -> Iterator[ArchiveShelf]:
        """The shelf that fusing works on: all of its changes are kept, or none."""
        with plain_errors(self.path), writing(self._engine) as connection:
            yield ArchiveShelf(connection)

    @contextmanager
    def looking(self) -> Iterator[FusedRows]:
        """The stories and incidents as they are now, to look at."""
        with self._reading() as connection:
            yield FusedRows(connection, self.path)

    @contextmanager
    def paging(self) -> Iterator[ArchivePages]:
        """The archive page by page, as it is at one moment."""
        with self._reading() as connection:
            yield ArchivePages(connection)

    @contextmanager
    def asking(self) -> Iterator[DeskRows]:
        """What the desk's pages ask."""
        with self._reading() as connection:
            yield DeskRows(connection)

    @contextmanager
    def reviewing(self) -> Iterator[VerdictRows]:
        """The verdicts, to add to: all that is added is kept, or none."""
        with plain_errors(self.path), writing(self._engine) as connection:
            yield VerdictRows(connection)

    @contextmanager
    def verdicts(self) -> Iterator[VerdictRows]:
        """The verdicts as they are now, to look at."""
        with self._reading() as connection:
            yield VerdictRows(connection)

    @contextmanager
    def deleting(self) -> Iterator[TombstoneRows]:
        """Reports, to take out of the archive: all that is asked for goes, or nothing. `scrub` afterwards."""
        with plain_errors(self.path), writing(self._engine) as connection:
            yield TombstoneRows(connection)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """What was deleted, the oldest first."""
        with self._reading() as connection:
            return TombstoneRows(connection).each()

    @contextmanager
    def only_watch(self) -> Iterator[bool]:
        """Whether no other watch works on the archive; holds the right to, until this process ends, however it ends."""
        with only_watch(self.path, self._engine) as alone:
            yield alone

    def scrub(self) -> None:
        """Write the file anew, so that no word of what was deleted is left in it."""
        with plain_errors(self.path):
            scrub(self._engine)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection to read from, with errors in plain words."""
        with plain_errors(self.path), self._engine.connect() as connection:
            yield connection

    def _find(self, connection: Connection, id: str) -> RowMapping:
        """The one report with this id, or whose id starts so."""
        columns = tables.report.c
        query = select(columns.number, columns.id, columns.text)
        exact = connection.execute(query.where(columns.id == id)).mappings().first()
        if exact:
            return exact
        starting = query.where(starts_with(columns.id, id)).order_by(columns.number).limit(4)
        found = connection.execute(starting).mappings().all() if id else []
        if not found:
            raise archive_error(self.path, f"no report {id!r}", "detente list shows the ids")
        if len(found) > 1:
            some = ", ".join(row["id"][: len(id) + 6] for row in found[:3])
            raise archive_error(self.path, f"several reports start with {id!r} ({some} ...)", "give more letters")
        return found[0]


def _add_reading(connection: Connection, coded: CodedReport, report: int, body: str, digest: str) -> None:
    """The reading, whole and as rows."""
    versions = coded.versions
    given = {
        "report": report,
        "detente": versions.detente if versions else None,
        "parser": versions.parser if versions else None,
        "knowledge": versions.knowledge if versions else None,
        "digest": digest,
        "body": body,
    }
    older = select(tables.reading.c.number).where(tables.reading.c.report == report)
    older = older.where(~exists().where(tables.superseded.c.reading == tables.reading.c.number))
    connection.execute(insert(tables.superseded).from_select(["reading"], older))
    number = connection.scalars(insert(tables.reading).returning(tables.reading.c.number), given).one()
    for table, values in (
        (tables.event, rows.event_rows(coded, number)),
        (tables.event_party, rows.party_rows(coded, number)),
        (tables.statement, rows.statement_rows(coded, number)),
        (tables.participant, rows.participant_rows(coded, number)),
        (tables.place, rows.place_rows(coded, number)),
        (stake, stake_rows(coded, number)),
    ):
        if values:
            connection.execute(insert(table), values)


def _current_readings() -> Select[tuple[str, str, str]]:
    """The id, the text and the reading of every report; no older readings."""
    report, reading = tables.report.c, tables.reading.c
    query = select(report.id, report.text, reading.body).join(tables.reading, reading.report == report.number)
    return query.where(~exists().where(tables.superseded.c.reading == reading.number))


def _current_digest(connection: Connection, report: int) -> str | None:
    query = select(tables.reading.c.digest).where(tables.reading.c.report == report)
    return connection.scalar(query.order_by(tables.reading.c.number.desc()).limit(1))


def _without_text(coded: CodedReport) -> dict[str, object]:
    """The contract's object without the report's text: that is stored once, however often it is read."""
    report = {key: value for key, value in coded.report.to_dict().items() if key != "text"}
    return coded.to_dict() | {"report": report}


def _json(whole: dict[str, object]) -> str:
    return json.dumps(whole, ensure_ascii=False, sort_keys=True)


def digest_of(whole: dict[str, object]) -> str:
    """What tells whether a reading says anything new.

    Where the report came from does not: a feed is another file an hour later, and its entries are the same.
    """
    report = whole["report"]
    told = {key: value for key, value in report.items() if key != "origin"} if isinstance(report, dict) else report
    return hashlib.sha256(_json(whole | {"report": told}).encode("utf-8", "surrogatepass")).hexdigest()


def _with_text(body: str, words: str) -> dict[str, object]:
    whole = json.loads(body)
    if not isinstance(whole, dict) or not isinstance(whole.get("report"), dict):
        raise ValueError("report: is missing")
    return whole | {"report": whole["report"] | {"text": words}}


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _listed(row: RowMapping) -> Listed:
    words = " ".join(row["first_words"].split())[:FIRST_WORDS]
    day = _day(row["published"])
    return Listed(row["id"], day, row["outlet"], row["title"], words, row["event"], row["statement"])

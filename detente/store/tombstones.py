"""Takes reports out of an archive for good and leaves tombstones, by which they are known when they are offered again.

All that was made of a report goes with it: every reading, its rows, its words in the index, verdicts and decisions.
What is fused of several reports is made anew by whoever asks for the deletion.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import cast

from sqlalchemy import Connection, Engine, delete, insert, or_, select, text, update

from detente.codebook.folding import fold_name
from detente.model.coded import CodedReport
from detente.model.tombstone import Deleted, Tombstone, tombstone_hash
from detente.store import tables
from detente.store.shelf import ArchiveShelf
from detente.store.verdict_tables import stake, tombstone, verdict
from detente.store.words import drop_words

# The watch goes on knowing the address, or it would fetch the page again.
_UNTITLE = text("UPDATE watch_item SET title = NULL WHERE report = :report")
# Without it the index keeps the words of what was deleted until it happens to be merged.
_MERGE_INDEX = "INSERT INTO report_words (report_words) VALUES ('optimize')"
_OF_READINGS = (tables.event, tables.event_party, tables.statement, tables.participant, tables.place, stake)
_GONE = "(deleted)"


class TombstoneRows:
    """Deletes and remembers over one connection whose transaction somebody else owns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.shelf = ArchiveShelf(connection)

    def each(self) -> tuple[Tombstone, ...]:
        """What was deleted, the oldest first; further names of one person are not listed."""
        query = select(tombstone).where(tombstone.c.reports > 0).order_by(tombstone.c.number)
        return tuple(
            Tombstone(cast(Deleted, row.kind), row.hash, row.reason, row.deleter, row.deleted, row.reports)
            for row in self._connection.execute(query)
        )

    def put(self, stone: Tombstone) -> None:
        """Leave a tombstone; an older one of the same thing stays as it is."""
        if self.reason([stone.hash]) is None:
            row = {"kind": stone.kind, "hash": stone.hash, "reason": stone.reason, "reports": stone.reports}
            self._connection.execute(insert(tombstone), {**row, "deleter": stone.by, "deleted": stone.when})

    def reason(self, hashes: Collection[str]) -> str | None:
        """Why one of these was deleted, None where none was."""
        query = select(tombstone.c.reason).where(tombstone.c.hash.in_(hashes)).order_by(tombstone.c.number).limit(1)
        found = self._connection.scalar(query)
        return None if found is None else str(found)

    def refusal(self, coded: CodedReport) -> str | None:
        """Why this reading may not come in: its report was deleted, or somebody whom it names."""
        return self.reason([tombstone_hash("report", coded.report.id), *person_hashes(coded)])

    def people(self, asked: str) -> tuple[set[str], set[str]]:
        """The ids and the whole names by which the archive knows a person, asked for by either.

        A surname alone is a name of others too, and is none of these unless it is what was asked for.
        """
        person, wanted = tables.participant.c, fold_name(asked)
        query = select(person.name, person.entity, person.wikidata).where(person.kind == "person").distinct()
        rows = self._connection.execute(query).all()
        ids = {
            id
            for row in rows
            if asked in (row.entity, row.wikidata) or fold_name(row.name) == wanted
            for id in (row.entity, row.wikidata)
            if id
        }
        whole = {row.name for row in rows if row.entity in ids and len(row.name.split()) > 1}
        names = whole | {row.name for row in rows if fold_name(row.name) == wanted}
        return ids, names

    def reports_of(self, ids: Collection[str], names: Collection[str]) -> list[str]:
        """The reports that name a person, in any of their readings or in words that no reading took for the person."""
        person, reading, report = tables.participant.c, tables.reading.c, tables.report.c
        query = select(report.id).join(tables.reading, reading.report == report.number)
        query = query.join(tables.participant, person.reading == reading.number)
        is_one = or_(person.entity.in_(ids), person.wikidata.in_(ids), person.name.in_(names))
        found = set(self._connection.scalars(query.where(is_one)))
        ways = [re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name.split()) > 1]
        if ways:
            written = re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE)
            query = select(report.id, report.title, report.text)
            rows = self._connection.execute(query, execution_options={"yield_per": 50})
            found |= {row.id for row in rows if written.search(row.text) or written.search(row.title or "")}
        return sorted(found)

    def take_out(self, id: str) -> None:
        """Take a report out with all that was made of it alone; its stories are then to be told again."""
        report = self._connection.execute(select(tables.report).where(tables.report.c.id == id)).one()
        drop_words(self._connection, report.number, report.title, report.text)
        readings = select(tables.reading.c.number).where(tables.reading.c.report == report.number)
        self._connection.execute(delete(tables.superseded).where(tables.superseded.c.reading.in_(readings)))
        for table in _OF_READINGS:
            self._connection.execute(delete(table).where(table.c.reading.in_(readings)))
        self._take_out_of_story(id)
        fused, decision = tables.fused, tables.decision
        self._connection.execute(delete(fused).where(fused.c.report == report.number))
        named = or_(decision.c.one_report == id, decision.c.other_report == id)
        self._connection.execute(delete(decision).where(named))
        self._connection.execute(delete(verdict).where(verdict.c.report == id))
        self._connection.execute(_UNTITLE, {"report": id})
        self._connection.execute(delete(tables.reading).where(tables.reading.c.report == report.number))
        self._connection.execute(delete(tables.report).where(tables.report.c.number == report.number))

    def _take_out_of_story(self, id: str) -> None:
        """Forget the story that the report belongs to; the other reports of it are marked as not fused."""
        link, fused, report = tables.story_report, tables.fused, tables.report.c
        story = self._connection.scalar(select(link.c.story).where(link.c.report == id))
        mates = list(self._connection.scalars(select(link.c.report).where(link.c.story == story)))
        numbers = list(self._connection.scalars(select(report.number).where(report.id.in_(mates))))
        self._connection.execute(delete(fused).where(fused.c.report.in_(numbers)))
        self._connection.execute(delete(link).where(link.c.story == story))
        self._connection.execute(delete(tables.story).where(tables.story.c.id == story))
        self._connection.execute(delete(tables.story_key).where(tables.story_key.c.report == id))

    def blot_out(self, names: Iterable[str]) -> None:
        """Take a person's names out of what reviewers wrote about other reports."""
        ways = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        written = re.compile(rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE) if ways else None
        if written is None:
            return
        for row in self._connection.execute(select(verdict.c.number, verdict.c.note, verdict.c.correction)).all():
            told = {"note": written.sub(_GONE, row.note), "correction": written.sub(_GONE, row.correction)}
            if told != {"note": row.note, "correction": row.correction}:
                self._connection.execute(update(verdict).where(verdict.c.number == row.number).values(told))


def person_hashes(coded: CodedReport) -> Iterator[str]:
    """What the tombstones of the persons in a reading would be known by."""
    for party in coded.participants:
        if party.kind == "person":
            yield from hashes_of([id for id in (party.entity, party.wikidata) if id], [party.name])


def hashes_of(ids: Iterable[str], names: Iterable[str]) -> Iterator[str]:
    """What a person's tombstones are known by: the ids, and the names without accents and capitals."""
    yield from (tombstone_hash("person", key) for key in (*sorted(ids), *sorted({fold_name(n) for n in names})))


def scrub(engine: Engine) -> None:
    """Write the file anew, so that nothing of what was deleted is left in free pages, in the index or in the log."""
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute(_MERGE_INDEX)
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.fetchall()
    finally:
        raw.close()

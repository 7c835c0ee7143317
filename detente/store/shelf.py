"""Where fusing keeps what it knows between two runs: the archive's side of model/shelf.py, within one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal, TypeVar, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Row,
    Table,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from detente.model.account import Account, EventKey
from detente.model.coded import CodedReport
from detente.model.contract import coded_from_dict
from detente.model.fused_contract import account_from_dict, account_to_dict, story_from_dict
from detente.model.incident import Incident
from detente.model.report import Report
from detente.model.shelf import Decision
from detente.model.story import Story
from detente.store import tables
from detente.store.briefs import brief_of, pair_rows

T = TypeVar("T")
# SQLite takes only so many values in one question.
_AT_A_TIME = 400


class ArchiveShelf:
    """The shelf in an archive, over one connection whose transaction somebody else owns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- what is to be fused

    def unfused(self, at_a_time: int = 100) -> Iterator[list[CodedReport]]:
        """The readings that are new since the last run, or made anew, some at a time; each is then marked as fused."""
        report, reading, fused = tables.report.c, tables.reading.c, tables.fused.c
        newest = select(reading.report, func.max(reading.number).label("number")).group_by(reading.report).subquery()
        query = (
            select(report.number, report.text, reading.number.label("reading"), reading.body)
            .join(newest, newest.c.report == report.number)
            .join(tables.reading, reading.number == newest.c.number)
            .outerjoin(tables.fused, fused.report == report.number)
            .where(or_(fused.reading.is_(None), fused.reading != reading.number))
            .order_by(report.number)
            .limit(at_a_time)
        )
        while rows := self._connection.execute(query).all():
            yield [coded_from_dict(_whole(row.body, row.text)) for row in rows]
            numbers = [row.number for row in rows]
            self._connection.execute(delete(tables.fused).where(fused.report.in_(numbers)))
            marks = [{"report": row.number, "reading": row.reading} for row in rows]
            self._connection.execute(insert(tables.fused), marks)

    def forget(self) -> None:
        """Forget everything that was made, decisions excepted: all reports are then to be fused again."""
        for table in (tables.fused, tables.story, tables.story_report, tables.story_key, tables.account):
            self._connection.execute(delete(table))
        for table in (tables.account_key, tables.incident, tables.incident_event, tables.incident_pair):
            self._connection.execute(delete(table))

    # --- stories

    def reports_at(self, keys: Collection[str]) -> set[str]:
        column = tables.story_key.c
        found: set[str] = set()
        for some in _some(keys):
            found.update(self._connection.scalars(select(column.report).where(column.key.in_(some))))
        return found

    def put_report(self, report: Report, keys: Collection[str]) -> None:
        rows = [{"key": key, "report": report.id} for key in sorted(keys)]
        if rows:
            self._connection.execute(_insert_new(self._connection, tables.story_key), rows)

    def reports(self, ids: Collection[str]) -> Mapping[str, Report]:
        found: dict[str, Report] = {}
        for some in _some(ids):
            for row in self._connection.execute(select(tables.report).where(tables.report.c.id.in_(some))):
                day = date.fromisoformat(row.published) if row.published else None
                found[row.id] = Report(row.text, row.title, row.outlet, row.url, day, row.language)
        return found

    def story_of(self, report: str) -> Story | None:
        column = tables.story_report.c
        query = select(tables.story.c.body).join(tables.story_report, column.story == tables.story.c.id)
        body = self._connection.scalar(query.where(column.report == report))
        return story_from_dict(json.loads(body)) if body else None

    def put_story(self, story: Story) -> None:
        column = tables.story_report.c
        for some in _some(story.reports):
            old = set(self._connection.scalars(select(column.story).where(column.report.in_(some))))
            self._connection.execute(delete(tables.story).where(tables.story.c.id.in_(old)))
            self._connection.execute(delete(tables.story_report).where(column.report.in_(some)))
        days = {"first": _iso(story.first), "last": _iso(story.last)}
        self._connection.execute(insert(tables.story), {"id": story.id, **days, "body": _json(story.to_dict())})
        rows = [{"report": report, "story": story.id} for report in story.reports]
        self._connection.execute(insert(tables.story_report), rows)

    # --- accounts

    def accounts_at(self, keys: Collection[str]) -> set[EventKey]:
        column = tables.account_key.c
        found: set[EventKey] = set()
        for some in _some(keys):
            rows = self._connection.execute(select(column.report, column.event).where(column.key.in_(some)))
            found.update(EventKey(row.report, row.event) for row in rows)
        return found

    def put_account(self, account: Account, keys: Collection[str]) -> None:
        name = {"report": account.key.report, "event": account.key.event}
        self._unfile(account.key)
        self._connection.execute(delete(tables.account).where(_is(tables.account, account.key)))
        self._connection.execute(insert(tables.account), {**name, "body": _json(account_to_dict(account))})
        if keys:
            self._connection.execute(insert(tables.account_key), [{"key": key, **name} for key in sorted(keys)])

    def drop_account(self, key: EventKey) -> None:
        self._unfile(key)
        self._drop_incidents([key])
        self._connection.execute(delete(tables.account).where(_is(tables.account, key)))

    def _unfile(self, key: EventKey) -> None:
        self._connection.execute(delete(tables.account_key).where(_is(tables.account_key, key)))

    def accounts(self, keys: Collection[EventKey]) -> Mapping[EventKey, Account]:
        found: dict[EventKey, Account] = {}
        column = tables.account.c
        for some in _some(keys):
            asked = tuple_(column.report, column.event).in_([(key.report, key.event) for key in some])
            for body in self._connection.scalars(select(column.body).where(asked)):
                account = account_from_dict(json.loads(body))
                found[account.key] = account
        return found

    def told_by(self, report: str) -> set[EventKey]:
        column = tables.account.c
        rows = self._connection.scalars(select(column.event).where(column.report == report))
        return {EventKey(report, event) for event in rows}

    def groups_of(self, keys: Collection[EventKey]) -> set[EventKey]:
        column = tables.account.c
        assemblies: set[str] = set()
        for some in _some(keys):
            asked = tuple_(column.report, column.event).in_([(key.report, key.event) for key in some])
            known = select(column.assembly).distinct().where(asked, column.assembly.is_not(None))
            assemblies.update(self._connection.scalars(known))
        found = set(keys)
        for some_names in _some(assemblies):
            query = select(column.report, column.event).where(column.assembly.in_(some_names))
            found.update(EventKey(row.report, row.event) for row in self._connection.execute(query))
        return found

    def put_group(self, group: Collection[EventKey], incidents: Iterable[Incident]) -> None:
        name = str(min(group))
        column = tables.account.c
        for some in _some(group):
            asked = tuple_(column.report, column.event).in_([(key.report, key.event) for key in some])
            self._connection.execute(update(tables.account).where(asked).values(assembly=name))
        self._drop_incidents(group)
        for incident in incidents:
            self._connection.execute(insert(tables.incident), incident_row(incident))
            rows = [{"report": k.report, "event": k.event, "incident": incident.id} for k in incident.events]
            self._connection.execute(insert(tables.incident_event), rows)
            pairs = pair_rows(incident)
            if pairs:
                self._connection.execute(insert(tables.incident_pair), pairs)

    def _drop_incidents(self, keys: Collection[EventKey]) -> None:
        """Forget the incidents of these events, with all their rows."""
        column = tables.incident_event.c
        for some in _some(keys):
            asked = tuple_(column.report, column.event).in_([(key.report, key.event) for key in some])
            ids = set(self._connection.scalars(select(column.incident).where(asked)))
            self._connection.execute(delete(tables.incident).where(tables.incident.c.id.in_(ids)))
            self._connection.execute(delete(tables.incident_event).where(column.incident.in_(ids)))
            self._connection.execute(delete(tables.incident_pair).where(tables.incident_pair.c.incident.in_(ids)))

    # --- decisions

    def decisions(self, keys: Collection[EventKey]) -> set[Decision]:
        column = tables.decision.c
        found: set[Decision] = set()
        for some in _some(keys):
            names = [(key.report, key.event) for key in some]
            one = tuple_(column.one_report, column.one_event).in_(names)
            other = tuple_(column.other_report, column.other_event).in_(names)
            found.update(map(_decision, self._connection.execute(select(tables.decision).where(or_(one, other)))))
        return found

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Keep decisions; the newest about two events is the one that holds."""
        for decision in decisions:
            self.undecide([decision])
            row = {"verdict": decision.verdict, "one_report": decision.one.report, "one_event": decision.one.event}
            row |= {"other_report": decision.other.report, "other_event": decision.other.event}
            self._connection.execute(insert(tables.decision), row)

    def undecide(self, decisions: Iterable[Decision]) -> None:
        """Forget what was decided about these two events."""
        column = tables.decision.c
        for decision in decisions:
            one, other = sorted((decision.one, decision.other))
            self._connection.execute(
                delete(tables.decision).where(
                    and_(column.one_report == one.report, column.one_event == one.event),
                    and_(column.other_report == other.report, column.other_event == other.event),
                )
            )

    def all_decisions(self) -> list[Decision]:
        """Every decision, the oldest first."""
        query = select(tables.decision).order_by(tables.decision.c.number)
        return [_decision(row) for row in self._connection.execute(query)]


def incident_row(incident: Incident) -> dict[str, object]:
    """The columns of an incident: those that are asked by, and the whole."""
    return {
        "id": incident.id,
        "type": incident.type,
        "first": _iso(incident.first),
        "last": _iso(incident.last),
        "place": incident.where.name if incident.where else None,
        "standing": incident.standing,
        "origins": incident.origins,
        "body": _json(incident.to_dict()),
        "brief": brief_of(incident),
    }


def _decision(row: Row[Any]) -> Decision:
    values = row._mapping
    verdict = cast(Literal["together", "apart"], values["verdict"])
    one = EventKey(values["one_report"], values["one_event"])
    return Decision(verdict, one, EventKey(values["other_report"], values["other_event"]))


def _is(table: Table, key: EventKey) -> ColumnElement[bool]:
    return and_(table.c.report == key.report, table.c.event == key.event)


def _insert_new(connection: Connection, table: Table) -> Insert:
    """An insert that passes by rows that are there already."""
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def _some(values: Collection[T]) -> Iterator[Sequence[T]]:
    listed = list(values)
    for at in range(0, len(listed), _AT_A_TIME):
        yield listed[at : at + _AT_A_TIME]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _whole(body: str, words: str) -> dict[str, object]:
    whole = json.loads(body)
    return {**whole, "report": {**whole["report"], "text": words}}

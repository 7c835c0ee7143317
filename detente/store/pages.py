"""An archive page by page: reports, events and statements in the order they were stored, as the contract's objects.

Pages go by keys and not by numbers of rows, so that the thousandth costs what the first does and nothing is told twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, func, or_, select, tuple_

from detente.store import tables

Item = dict[str, object]
# How many readings are held in memory at once.
_AT_A_TIME = 50


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a page ended: the number of the report, and the place of the last item within it."""

    report: int = 0
    position: int = -1


@dataclass(frozen=True)
class Page:
    """Items and where they ended; None where there are no more."""

    items: tuple[Item, ...]
    last: Place | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What items must be like; None asks for nothing.

    Days are of publication for reports and statements, of the happening for events. `party` is a code or its beginning
    (`RUS`, `RUS MIL`): somebody on either part of an event, or the speaker of a statement.
    """

    report: str | None = None
    since: date | None = None
    until: date | None = None
    outlet: str | None = None
    type: str | None = None
    status: str | None = None
    party: str | None = None
    country: str | None = None


class ArchivePages:
    """Reads an archive over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def reports(self, after: Place, limit: int, asked: Asked) -> Page:
        """Reports without their texts, with how much was found in each."""
        report, reading = tables.report.c, tables.reading.c
        counts = [
            select(func.count()).where(table.c.reading == reading.number).scalar_subquery().label(name)
            for name, table in (("events", tables.event), ("statements", tables.statement))
        ]
        columns = (report.id, report.title, report.outlet, report.url, report.published, report.language)
        query = self._newest(select(report.number, *columns, *counts)).where(report.number > after.report)
        rows = self._connection.execute(_published(query, asked).order_by(report.number).limit(limit + 1)).mappings()
        found = [dict(row) for row in rows]
        shown = found[:limit]
        last = Place(shown[-1]["number"]) if len(found) > limit else None
        return Page(tuple({key: value for key, value in row.items() if key != "number"} for row in shown), last)

    def events(self, after: Place, limit: int, asked: Asked) -> Page:
        """Events with the id of their report and the names and codes of their parties."""
        event = tables.event.c
        wanted: list[ColumnElement[bool]] = []
        wanted += [event.plover == asked.type] if asked.type else []
        wanted += [event.status == asked.status] if asked.status else []
        wanted += [event.country == asked.country] if asked.country else []
        wanted += [func.coalesce(event.last, event.first) >= asked.since.isoformat()] if asked.since else []
        wanted += [event.first <= asked.until.isoformat()] if asked.until else []
        if asked.party:
            link, person = tables.event_party.c, tables.participant.c
            of_event = and_(link.reading == event.reading, link.event == event.position, person.reading == link.reading)
            wanted.append(exists().where(and_(of_event, person.id == link.participant, _is_code(person.code, asked))))
        return self._items(tables.event, "events", after, limit, wanted, asked)

    def statements(self, after: Place, limit: int, asked: Asked) -> Page:
        """Statements with the id of their report and the names and codes of whoever they name."""
        said = tables.statement.c
        wanted: list[ColumnElement[bool]] = []
        if asked.party:
            person = tables.participant.c
            spoke = and_(person.reading == said.reading, person.id == said.speaker, _is_code(person.code, asked))
            wanted.append(exists().where(spoke))
        report = tables.report.c
        wanted += [report.published >= asked.since.isoformat()] if asked.since else []
        wanted += [report.published <= asked.until.isoformat()] if asked.until else []
        return self._items(tables.statement, "statements", after, limit, wanted, asked)

    def _items(
        self, table: Table, name: str, after: Place, limit: int, wanted: Iterable[ColumnElement[bool]], asked: Asked
    ) -> Page:
        report = tables.report.c
        query = self._newest(select(report.number, table.c.position, table.c.reading))
        query = query.join(table, table.c.reading == tables.reading.c.number)
        query = query.where(tuple_(report.number, table.c.position) > tuple_(after.report, after.position), *wanted)
        if asked.report:
            query = query.where(report.id == asked.report)
        if asked.outlet:
            query = query.where(report.outlet == asked.outlet)
        keys = self._connection.execute(query.order_by(report.number, table.c.position).limit(limit + 1)).all()
        shown = keys[:limit]
        bodies = self._bodies({key.reading for key in shown})
        items = tuple(_item(bodies[key.reading], name, key.position) for key in shown)
        return Page(items, Place(shown[-1].number, shown[-1].position) if len(keys) > limit else None)

    def _newest(self, query: Select[Any]) -> Select[Any]:
        """Only the current reading of each report."""
        reading = tables.reading.c
        newest = select(func.max(reading.number)).where(reading.report == tables.report.c.number).scalar_subquery()
        joined = tables.report.join(tables.reading, reading.number == newest.correlate(tables.report))
        return query.select_from(joined)

    def _bodies(self, readings: set[int]) -> Mapping[int, Item]:
        reading, report = tables.reading.c, tables.report.c
        found: dict[int, Item] = {}
        numbers = sorted(readings)
        for at in range(0, len(numbers), _AT_A_TIME):
            query = select(reading.number, report.id, reading.body).join(tables.report, report.number == reading.report)
            for row in self._connection.execute(query.where(reading.number.in_(numbers[at : at + _AT_A_TIME]))):
                found[row.number] = {**json.loads(row.body), "report_id": row.id}
        return found


def _published(query: Select[Any], asked: Asked) -> Select[Any]:
    report = tables.report.c
    if asked.since:
        query = query.where(report.published >= asked.since.isoformat())
    if asked.until:
        query = query.where(report.published <= asked.until.isoformat())
    return query.where(report.outlet == asked.outlet) if asked.outlet else query


def _is_code(column: ColumnElement[str | None], asked: Asked) -> ColumnElement[bool]:
    code = asked.party or ""
    return or_(column == code, column.startswith(f"{code} ", autoescape=True))


def _item(body: Item, name: str, position: int) -> Item:
    """One event or statement with its report's id and its parties by name and code."""
    item: Item = list(_list(body[name]))[position]
    people = {str(person["id"]): person for person in _list(body["participants"])}
    named = [*_ids(item, "sources"), *_ids(item, "targets"), *_ids(item, "victims"), *_ids(item, "about")]
    named += [str(item["speaker"])] if item.get("speaker") else []
    parties = [
        {"id": id, "name": people[id]["name"], "code": people[id]["code"]}
        for id in dict.fromkeys(named)
        if id in people
    ]
    return {"report": body["report_id"], **item, "parties": parties}


def _list(value: object) -> Sequence[Item]:
    return value if isinstance(value, list) else []


def _ids(item: Item, name: str) -> list[str]:
    value = item.get(name)
    return [str(id) for id in value] if isinstance(value, list) else []

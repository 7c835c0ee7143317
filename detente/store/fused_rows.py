"""Looks up what fusing made: incidents by type, day and place, stories, and the accounts behind an incident."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, Select, func, literal_column, or_, select, tuple_

from detente.model.account import Account
from detente.model.fused_contract import incident_from_dict, story_from_dict
from detente.model.incident import Incident
from detente.model.shelf import Decision
from detente.model.story import Story
from detente.store import tables
from detente.store.errors import ArchivePlace, archive_error
from detente.store.found import starts_with
from detente.store.shelf import ArchiveShelf

UNDATED = "9999"
"""Stands for the day of incidents without one, behind all days."""


class FusedRows:
    """Reads stories and incidents over one connection."""

    def __init__(self, connection: Connection, path: ArchivePlace) -> None:
        self._connection = connection
        self._path = path

    def incidents(
        self, since: date | None = None, until: date | None = None, type: str | None = None
    ) -> Iterator[Incident]:
        """Incidents by their first day, undated ones last; with days, those that touch the period."""
        column = tables.incident.c
        query = select(column.body).order_by(column.first.is_(None), column.first, column.id)
        if type is not None:
            query = query.where(column.type == type)
        if since is not None:
            query = query.where(func.coalesce(column.last, column.first) >= since.isoformat())
        if until is not None:
            query = query.where(column.first <= until.isoformat())
        for body in self._connection.execution_options(yield_per=200).scalars(query):
            yield incident_from_dict(json.loads(body))

    def incidents_after(self, after: tuple[str, str], limit: int, type: str | None = None) -> list[Incident]:
        """So many incidents behind a first day and an id, undated ones last ("9999")."""
        column = tables.incident.c
        # Written out, or no database would find its index by it.
        day = func.coalesce(column.first, literal_column(f"'{UNDATED}'"))
        behind = tuple_(day, column.id) > tuple_(*after)
        query = select(column.body).where(behind).order_by(day, column.id).limit(limit)
        query = query.where(column.type == type) if type else query
        return [incident_from_dict(json.loads(body)) for body in self._connection.scalars(query)]

    def incident(self, id: str) -> Incident:
        """The one incident with this id, or whose id starts so."""
        column = tables.incident.c
        exact = self._connection.scalar(select(column.body).where(column.id == id))
        if exact is not None:
            return incident_from_dict(json.loads(exact))
        query = select(column.body).where(starts_with(column.id, id)).limit(3)
        return incident_from_dict(json.loads(self._one(query, "incident", id, "detente incidents shows the ids")))

    def stories(self, several_only: bool = False) -> Iterator[Story]:
        """Stories by their first day; those of several reports only, where that is asked for."""
        column = tables.story.c
        for body in self._connection.scalars(
            select(column.body).order_by(column.first.is_(None), column.first, column.id)
        ):
            story = story_from_dict(json.loads(body))
            if len(story.reports) > 1 or not several_only:
                yield story

    def story(self, id: str) -> Story:
        """The story with this id, or that of the report with this id; the beginning of an id is enough."""
        story, link = tables.story.c, tables.story_report.c
        starts = or_(starts_with(story.id, id), starts_with(link.report, id))
        query = select(story.body).join(tables.story_report, link.story == story.id).where(starts).distinct().limit(3)
        return story_from_dict(json.loads(self._one(query, "report or story", id, "detente list shows the ids")))

    def accounts(self, incident: Incident) -> list[Account]:
        """The accounts that an incident is made of."""
        found = ArchiveShelf(self._connection).accounts(incident.events)
        return [found[key] for key in incident.events if key in found]

    def published(self, after: int = 0) -> Iterator[tuple[str, date | None, str | None, str | None]]:
        """Each report behind a number with its day, its outlet and its story, in the order they came."""
        report, link = tables.report.c, tables.story_report.c
        joined = tables.report.outerjoin(tables.story_report, link.report == report.id)
        query = select(report.id, report.published, report.outlet, link.story).select_from(joined)
        for id, day, outlet, story in self._connection.execute(
            query.where(report.number > after).order_by(report.number)
        ):
            yield id, date.fromisoformat(day) if day else None, outlet, story

    def last_report(self) -> int:
        """The number of the report that came last; 0 where there is none."""
        return int(self._connection.scalar(select(func.max(tables.report.c.number))) or 0)

    def decisions(self) -> list[Decision]:
        """Every decision, the oldest first."""
        return ArchiveShelf(self._connection).all_decisions()

    def _one(self, query: Select[tuple[str]], what: str, id: str, remedy: str) -> str:
        found = self._connection.scalars(query).all() if id else []
        if not found:
            raise archive_error(self._path, f"no {what} {id!r}", remedy)
        if len(found) > 1:
            raise archive_error(self._path, f"several start with {id!r}", "give more letters")
        return str(found[0])

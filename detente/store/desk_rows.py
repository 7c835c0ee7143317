"""What the desk's pages ask of an archive: who is named, who spoke, what happened where, and reports by many filters.

Every answer is bounded: pages show the newest rows and say how many they looked at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, and_, cast, exists, func, or_, select

from detente.model.fused_contract import incident_from_dict
from detente.model.incident import Brief, Incident
from detente.store import tables
from detente.store.briefs import read_brief
from detente.store.words import holding

# Mentions of an actor, and statements, that a page looks at, the newest first.
LOOKED_AT = 2000
# SQLite takes only so many values in one question.
LEFT_AT_A_TIME = 400
# Readings of which it is counted who is named.
COUNTED = 5000
# More events no reading has: a reading and a place in it make one number.
_MOST_EVENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What reports must be like; None asks for nothing. `party` is a code (`RUS`, `RUS MIL`), `country` of a place."""

    words: str = ""
    party: str | None = None
    other: str | None = None
    type: str | None = None
    status: str | None = None
    country: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_empty(self) -> bool:
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class FoundReport:
    """A report that fits, with the first words of its text."""

    id: str
    published: str | None
    outlet: str | None
    title: str | None
    first_words: str


@dataclass(frozen=True, slots=True)
class NamedActor:
    """Somebody named in readings: the key of the page, and in how many readings."""

    key: str
    name: str
    kind: str
    code: str | None
    readings: int


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office that reports give somebody, with the first and last publication day on which they do."""

    office: str
    first: str | None
    last: str | None
    readings: int


@dataclass(frozen=True, slots=True)
class Passed:
    """What somebody did with another: events that happened by PLOVER type and direction."""

    other: str
    type: str
    did: bool
    events: int


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with who spoke, through which channel, and its words."""

    report: str
    published: str | None
    outlet: str | None
    title: str | None
    speaker: str | None
    code: str | None
    key: str | None
    channel: str | None
    manner: str
    words: str
    stances: tuple[tuple[str, int], ...] = ()
    about: tuple[str, ...] = ()
    about_codes: tuple[str, ...] = ()


class DeskRows:
    """Reads an archive over one connection, for the desk."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def actors(self, limit: int) -> list[NamedActor]:
        """Those who are named in most of the newest readings."""
        who = tables.participant.c
        newest = select(func.max(tables.reading.c.number)).scalar_subquery()
        key, count = func.coalesce(who.entity, who.code), func.count(func.distinct(who.reading))
        query = select(key, func.max(who.name), func.max(who.kind), func.max(who.code), count).where(key.is_not(None))
        query = query.where(who.reading > newest - COUNTED, _is_current(who.reading))
        rows = self._connection.execute(query.group_by(key).order_by(count.desc(), key).limit(limit)).all()
        return [NamedActor(*row) for row in rows]

    def actor(self, key: str) -> NamedActor | None:
        """One actor by the key of its page: an entity, or a code."""
        who = tables.participant.c
        query = select(
            func.max(who.name), func.max(who.kind), func.max(who.code), func.count(func.distinct(who.reading))
        )
        row = self._connection.execute(query.where(self._is_actor(key))).one()
        return NamedActor(key, row[0], row[1], row[2], row[3]) if row[3] else None

    def _is_actor(self, key: str) -> ColumnElement[bool]:
        """Rows of the actor in current readings."""
        return and_(_is_current(tables.participant.c.reading), self._has_key(key))

    def _has_key(self, key: str) -> ColumnElement[bool]:
        """An entity's id, or the code of those who are no known entity; told apart first, so that an index serves."""
        who = tables.participant.c
        if self._connection.scalar(select(who.reading).where(who.entity == key).limit(1)) is not None:
            return who.entity == key
        return and_(who.code == key, who.entity.is_(None))

    def offices(self, key: str) -> list[HeldOffice]:
        """The offices that reports give the actor, in the order of their days."""
        who, report, reading = tables.participant.c, tables.report.c, tables.reading.c
        joined = tables.participant.join(tables.reading, reading.number == who.reading)
        joined = joined.join(tables.report, report.number == reading.report)
        first, last = func.min(report.published), func.max(report.published)
        query = select(who.office, first, last, func.count(func.distinct(who.reading))).select_from(joined)
        query = (
            query.where(self._is_actor(key), who.office.is_not(None)).group_by(who.office).order_by(first, who.office)
        )
        return [HeldOffice(*row) for row in self._connection.execute(query)]

    def passed(self, key: str, limit: int) -> list[Passed]:
        """With whom the actor had most to do in its newest mentions, by type and direction."""
        event, party, other = tables.event.c, tables.event_party.alias(), tables.event_party.alias()
        them = tables.participant.alias()
        mentions = select(tables.participant.c.reading, tables.participant.c.id).where(self._is_actor(key))
        newest = mentions.order_by(tables.participant.c.reading.desc()).limit(LOOKED_AT).subquery()
        joined = (
            tables.event.join(party, and_(party.c.reading == event.reading, party.c.event == event.position))
            .join(newest, and_(newest.c.reading == party.c.reading, newest.c.id == party.c.participant))
            .join(other, and_(other.c.reading == event.reading, other.c.event == event.position))
            .join(them, and_(them.c.reading == other.c.reading, them.c.id == other.c.participant))
        )
        name = func.coalesce(them.c.code, them.c.name)
        # Whoever is hit and addressed has two parts in one event.
        count = func.count(func.distinct(cast(event.reading, BigInteger) * _MOST_EVENTS + event.position))
        did = party.c.part == "source"
        query = select(name, event.plover, did, count).select_from(joined)
        query = query.where(
            event.status.in_(("happened", "under_way")),
            or_(party.c.part == "source", other.c.part == "source"),
            other.c.part != party.c.part,
            event.plover.is_not(None),
            func.coalesce(them.c.entity, them.c.code, them.c.name) != key,
        )
        query = query.group_by(name, event.plover, did).order_by(count.desc(), name).limit(limit)
        return [Passed(row[0], row[1], bool(row[2]), row[3]) for row in self._connection.execute(query)]

    def statements(
        self,
        limit: int,
        key: str | None = None,
        code: str | None = None,
        channel: str | None = None,
        outlet: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Said]:
        """Statements, the newest reports first: of one actor's newest mentions, by a code, through a channel."""
        said, who, report, reading = tables.statement.c, tables.participant.c, tables.report.c, tables.reading.c
        joined = tables.statement.join(tables.reading, reading.number == said.reading)
        joined = joined.join(tables.report, report.number == reading.report)
        speaks = and_(who.reading == said.reading, who.id == said.speaker)
        joined = joined.join(tables.participant, speaks, isouter=key is None and code is None)
        query = select(
            report.id,
            report.published,
            report.outlet,
            report.title,
            who.name,
            who.code,
            func.coalesce(who.entity, who.code).label("key"),
            said.channel,
            said.manner,
            said.position,
            reading.body,
            report.text,
        ).select_from(joined)
        query = query.where(_is_current(said.reading))
        if key:
            mine = select(who.reading).where(self._has_key(key)).order_by(who.reading.desc()).limit(LOOKED_AT)
            query = query.where(self._has_key(key), said.reading.in_(mine))
        query = query.where(_is_code(who.code, code)) if code else query
        query = query.where(said.channel == channel) if channel else query
        query = query.where(report.outlet == outlet) if outlet else query
        query = _of_days(query, since, until).order_by(report.number.desc(), said.position).limit(limit)
        return [_said(*row) for row in self._connection.execute(query)]

    def channels(self, limit: int) -> list[tuple[str, str | None, int]]:
        """The channels that carried most statements, with their kind."""
        said, count = tables.statement.c, func.count()
        query = select(said.channel, func.max(said.channel_kind), count).where(said.channel.is_not(None))
        rows = self._connection.execute(query.group_by(said.channel).order_by(count.desc(), said.channel).limit(limit))
        return [(row[0], row[1], row[2]) for row in rows]

    def newest_day(self) -> date | None:
        """The last day on which an incident is known to have been."""
        day = self._connection.scalar(select(func.max(tables.incident.c.first)))
        return date.fromisoformat(day) if day else None

    def first_and_last(self) -> tuple[date | None, date | None]:
        """The first and the last day of any report or incident."""
        incident, report = tables.incident.c, tables.report.c
        first = [self._connection.scalar(select(func.min(column))) for column in (incident.first, report.published)]
        last = [self._connection.scalar(select(func.max(column))) for column in (incident.first, report.published)]
        known = min((day for day in first if day), default=None), max((day for day in last if day), default=None)
        return (date.fromisoformat(known[0]) if known[0] else None, date.fromisoformat(known[1]) if known[1] else None)

    def incidents(self, since: date, until: date, limit: int, type: str | None = None) -> list[Brief]:
        """Incidents that began in the period, the newest first."""
        column = tables.incident.c
        query = select(column.id, column.brief).where(
            column.first >= since.isoformat(), column.first <= until.isoformat()
        )
        query = query.where(column.type == type) if type else query
        return self._briefs(query.order_by(column.first.desc(), column.id).limit(limit))

    def pairs(self) -> list[tuple[str, str]]:
        """Each two countries or bodies that have a part in one incident, in order."""
        pair = tables.incident_pair.c
        query = select(pair.a, pair.b).where(pair.a != pair.b).distinct()
        rows = self._connection.execute(query.order_by(pair.a, pair.b))
        return [(row.a, row.b) for row in rows]

    def between(self, one: Sequence[str], other: Sequence[str]) -> list[Brief]:
        """Incidents in which both of two sides, each told by its countries, have a part, by their first day."""
        pair = tables.incident_pair.c
        either = or_(and_(pair.a.in_(one), pair.b.in_(other)), and_(pair.a.in_(other), pair.b.in_(one)))
        told = {
            row.incident: row.brief for row in self._connection.execute(select(pair.incident, pair.brief).where(either))
        }
        found = {id: read_brief(id, brief) for id, brief in told.items() if brief}
        column, left = tables.incident.c, [id for id, brief in told.items() if not brief]
        for at in range(0, len(left), LEFT_AT_A_TIME):
            query = select(column.id, column.brief).where(column.id.in_(left[at : at + LEFT_AT_A_TIME]))
            found |= {brief.id: brief for brief in self._briefs(query)}
        return sorted(found.values(), key=lambda brief: (brief.first or date.max, brief.id))

    def _briefs(self, query: Select[Any]) -> list[Brief]:
        rows = self._connection.execute(query).all()
        return [read_brief(row[0], row[1]) for row in rows if row[1]]

    def has_few_incidents(self, limit: int) -> bool:
        """Whether there are no more than so many."""
        ids = select(tables.incident.c.id).limit(limit + 1).subquery()
        return int(self._connection.scalar(select(func.count()).select_from(ids)) or 0) <= limit

    def told_most(self, limit: int) -> list[Incident]:
        """The incidents with most independent origins."""
        column = tables.incident.c
        query = select(column.body).order_by(column.origins.desc(), column.first.desc(), column.id).limit(limit)
        return [incident_from_dict(json.loads(body)) for body in self._connection.scalars(query)]

    def reports(self, wanted: Wanted, limit: int) -> list[FoundReport]:
        """Reports that fit, the newest first; with words, those that hold all of them."""
        report = tables.report.c
        query = self._fitting(wanted, select(report.id, report.published, report.outlet, report.title, report.text))
        rows = self._connection.execute(query.order_by(report.number.desc()).limit(limit))
        return [FoundReport(row[0], row[1], row[2], row[3], row[4][:400]) for row in rows]

    def facets(self, wanted: Wanted, limit: int) -> dict[str, list[tuple[str, int]]]:
        """Of the newest reports that fit: how many are of each outlet, and tell events of each type and country."""
        report, reading, event = tables.report.c, tables.reading.c, tables.event.c
        fitting = self._fitting(wanted, select(report.number)).order_by(report.number.desc()).limit(limit)
        within = report.number.in_(list(self._connection.scalars(fitting)))
        count, current = func.count(func.distinct(report.number)), _is_current(reading.number)
        told = tables.report.join(tables.reading, reading.report == report.number)
        told = told.join(tables.event, event.reading == reading.number)
        asked = {
            "outlet": select(report.outlet, count).where(within, report.outlet.is_not(None)).group_by(report.outlet),
            "type": select(event.plover, count).select_from(told).where(within, current).group_by(event.plover),
            "country": select(event.country, count).select_from(told).where(within, current).group_by(event.country),
        }
        found = {}
        for name, query in asked.items():
            rows = self._connection.execute(query.order_by(count.desc()).limit(12)).all()
            found[name] = [(str(value), number) for value, number in rows if value]
        return found

    def _fitting(self, wanted: Wanted, query: Select[Any]) -> Select[Any]:
        report, reading, event = tables.report.c, tables.reading.c, tables.event.c
        holds = holding(self._connection, wanted.words)
        query = query if holds is None else query.where(holds)
        query = query.where(report.outlet == wanted.outlet) if wanted.outlet else query
        query = _of_days(query, wanted.since, wanted.until)
        of_event: list[ColumnElement[bool]] = []
        of_event += [event.plover == wanted.type] if wanted.type else []
        of_event += [event.status == wanted.status] if wanted.status else []
        of_event += [event.country == wanted.country] if wanted.country else []
        of_event += [_has_party(code) for code in (wanted.party, wanted.other) if code]
        if of_event:
            told = tables.reading.join(tables.event, event.reading == reading.number)
            of_event.append(_is_current(reading.number))
            fits = select(1).select_from(told).where(reading.report == report.number, *of_event)
            query = query.where(fits.correlate(tables.report).exists())
        return query


def _has_party(code: str) -> ColumnElement[bool]:
    event, link, who = tables.event.c, tables.event_party.c, tables.participant.c
    of_event = and_(link.reading == event.reading, link.event == event.position)
    return exists().where(of_event, who.reading == link.reading, who.id == link.participant, _is_code(who.code, code))


def _is_current(number: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether no newer reading of the same report is there: what was read before is kept, but not shown."""
    return ~exists().where(tables.superseded.c.reading == number)


def _is_code(column: ColumnElement[str | None], code: str) -> ColumnElement[bool]:
    return or_(column == code, column.startswith(f"{code} ", autoescape=True))


def _of_days(query: Select[Any], since: date | None, until: date | None) -> Select[Any]:
    report = tables.report.c
    query = query.where(report.published >= since.isoformat()) if since else query
    return query.where(report.published <= until.isoformat()) if until else query


def _said(
    id: str,
    published: str | None,
    outlet: str | None,
    title: str | None,
    speaker: str | None,
    code: str | None,
    key: str | None,
    channel: str | None,
    manner: str,
    position: int,
    body: str,
    words: str,
) -> Said:
    whole = json.loads(body)
    item = whole["statements"][position]
    names = {person["id"]: str(person["name"]) for person in whole["participants"]}
    stances = tuple((names.get(s["toward"], s["toward"]), int(s["value"])) for s in item["stance"])
    told = " … ".join(words[start:end] for start, end in item["content"])
    about = tuple(names.get(id, id) for id in item["about"])
    codes = {person["id"]: person["code"] for person in whole["participants"] if person["code"]}
    about_codes = tuple(codes[id] for id in item["about"] if id in codes)
    return Said(id, published, outlet, title, speaker, code, key, channel, manner, told, stances, about, about_codes)


def days_before(day: date, days: int) -> date:
    """So many days before, and never before the calendar begins."""
    return date.fromordinal(max(1, day.toordinal() - days))

"""What the watch remembers, kept in the archive: each change is one transaction, so that it can stop at any moment.

Knows no network and no clock: times are given. What they mean is said in `model/watched.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Integer,
    RowMapping,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from detente.model.watched import CountedFault, Delivery, Fault, Item, KeptAlert, Link, Run, SourceState
from detente.store.archive import Archive
from detente.store.database import plain_errors, writing
from detente.store.tables import metadata, report

_ITEM = (
    "url",
    "source",
    "title",
    "published",
    "state",
    "due",
    "tries",
    "report",
    "digest",
    "etag",
    "modified",
)

watch_source = Table(
    "watch_source",
    metadata,
    Column("name", Text, primary_key=True),
    Column("told", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("due", Float, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("polled", Float),
    Column("succeeded", Float),
    Column("polls", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("why", Text),
    Column("stopped", Boolean, nullable=False),
)
watch_item = Table(
    "watch_item",
    metadata,
    Column("url", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("title", Text),
    Column("published", Text),
    Column("mark", Text),
    Column("state", Text, nullable=False),
    Column("due", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("report", Text),
    Column("digest", Text, index=True),
    Column("etag", Text),
    Column("modified", Text),
    Column("seen", Float, nullable=False, index=True),
)
watch_hold = Table(
    "watch_hold", metadata, Column("host", Text, primary_key=True), Column("until", Float, nullable=False)
)
watch_fault = Table(
    "watch_fault",
    metadata,
    Column("source", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last", Float, nullable=False),
    Column("words", Text, nullable=False),
)
watch_alert = Table(
    "watch_alert",
    metadata,
    Column("id", Text, primary_key=True),
    Column("raised", Float, nullable=False, index=True),
    Column("body", Text, nullable=False),
)
watch_delivery = Table(
    "watch_delivery",
    metadata,
    Column("alert", Text, ForeignKey("watch_alert.id"), primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("due", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("why", Text),
)
watch_run = Table(
    "watch_run",
    metadata,
    Column("pid", Integer, primary_key=True, autoincrement=False),
    Column("started", Float, nullable=False),
    Column("beat", Float, nullable=False),
    Column("ended", Float),
    Column("sources", Text, nullable=False),
)


class WatchLog:
    """The watch's memory in an archive."""

    def __init__(self, archive: Archive) -> None:
        self._path, self._engine = archive.path, archive._engine

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with plain_errors(self._path), writing(self._engine) as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with plain_errors(self._path), self._engine.connect() as connection:
            yield connection

    # --- sources and articles

    def states(self) -> dict[str, SourceState]:
        """How the sources stand, by their names."""
        with self._reading() as connection:
            rows = connection.execute(select(watch_source)).mappings().all()
        return {row["name"]: SourceState(**row) for row in rows}

    def keep_poll(
        self, state: SourceState, links: Iterable[Link], now: float, fault: Fault | None = None
    ) -> tuple[int, int]:
        """Keeps how a source stands now and what it names; gives how many articles are new and how many changed."""
        new = changed = 0
        with self._writing() as connection:
            connection.execute(delete(watch_source).where(watch_source.c.name == state.name))
            connection.execute(insert(watch_source), asdict(state))
            _count(connection, fault, now)
            for link in links:
                known = connection.execute(
                    select(watch_item.c.mark, watch_item.c.state).where(watch_item.c.url == link.url)
                ).first()
                if known is None:
                    connection.execute(insert(watch_item), _new_item(link, state.name, now))
                    new += 1
                    continue
                seen: dict[str, object] = {"seen": now}
                if known.mark != link.mark and known.state != "reading":
                    seen |= {"mark": link.mark, "state": "waiting", "due": now, "tries": 0}
                    changed += known.state != "waiting"
                connection.execute(update(watch_item).where(watch_item.c.url == link.url).values(seen))
        return new, changed

    def drop_sources(self, names: Iterable[str]) -> None:
        """Forgets sources that are followed no longer; their articles stay known."""
        with self._writing() as connection:
            connection.execute(delete(watch_source).where(watch_source.c.name.in_(list(names))))

    def due_items(self, now: float, of_each: int, most: int) -> list[Item]:
        """Articles whose turn has come, so many of each source, so that none keeps the others waiting."""
        place = func.row_number().over(partition_by=watch_item.c.source, order_by=(watch_item.c.due, watch_item.c.url))
        columns = [watch_item.c[name] for name in _ITEM]
        due = select(*columns, place.label("place")).where(watch_item.c.state == "waiting", watch_item.c.due <= now)
        inner = due.subquery()
        query = (
            select(inner).where(inner.c.place <= of_each).order_by(inner.c.place, inner.c.due, inner.c.url).limit(most)
        )
        with self._reading() as connection:
            return [_item(row) for row in connection.execute(query).mappings()]

    def next_item(self) -> float | None:
        """When the next article's turn comes; None where none waits."""
        with self._reading() as connection:
            found = connection.scalar(select(func.min(watch_item.c.due)).where(watch_item.c.state == "waiting"))
        return None if found is None else float(found)

    def begun(self) -> list[Item]:
        """Articles whose reading was begun when the watch last ended."""
        query = select(*(watch_item.c[name] for name in _ITEM)).where(watch_item.c.state == "reading")
        with self._reading() as connection:
            return [_item(row) for row in connection.execute(query).mappings()]

    def keep_item(self, item: Item, now: float, fault: Fault | None = None) -> None:
        """Keeps how an article stands."""
        values = {name: getattr(item, name) for name in _ITEM if name not in ("url", "source")}
        with self._writing() as connection:
            connection.execute(update(watch_item).where(watch_item.c.url == item.url).values(values))
            _count(connection, fault, now)

    def read_before(self, digest: str) -> str | None:
        """The report that was made of the same words by the same outlet, if there is one."""
        query = select(watch_item.c.report).where(watch_item.c.digest == digest, watch_item.c.state == "done")
        with self._reading() as connection:
            found = connection.scalar(query.limit(1))
        return None if found is None else str(found)

    def has_report(self, id: str) -> bool:
        """Whether the archive holds this report."""
        with self._reading() as connection:
            return connection.scalar(select(report.c.number).where(report.c.id == id)) is not None

    def forget_before(self, seen: float) -> int:
        """Forgets articles that no source has named since; gives how many."""
        with self._writing() as connection:
            old = (watch_item.c.seen < seen) & watch_item.c.state.in_(("done", "left"))
            return int(connection.execute(delete(watch_item).where(old)).rowcount)

    # --- hosts

    def hold(self, host: str, until: float) -> None:
        """Keeps until when a host asked to be left alone."""
        with self._writing() as connection:
            connection.execute(delete(watch_hold).where(watch_hold.c.host == host))
            connection.execute(insert(watch_hold), {"host": host, "until": until})

    def holds(self, now: float) -> dict[str, float]:
        """The hosts that asked to be left alone, and until when; what is over is forgotten."""
        with self._writing() as connection:
            connection.execute(delete(watch_hold).where(watch_hold.c.until <= now))
            return {row.host: row.until for row in connection.execute(select(watch_hold))}

    # --- alerts

    def raise_alerts(self, alerts: Iterable[KeptAlert], channels: Iterable[str]) -> list[KeptAlert]:
        """Keeps alerts that are not known yet, each to be given to the channels; gives those that are new."""
        new: list[KeptAlert] = []
        with self._writing() as connection:
            for alert in alerts:
                if connection.scalar(select(watch_alert.c.id).where(watch_alert.c.id == alert.id)) is not None:
                    continue
                body = json.dumps(alert.body, ensure_ascii=False, sort_keys=True)
                connection.execute(insert(watch_alert), {"id": alert.id, "raised": alert.raised, "body": body})
                for channel in channels:
                    row = {"alert": alert.id, "channel": channel, "state": "waiting", "due": alert.raised, "tries": 0}
                    connection.execute(insert(watch_delivery), row)
                new.append(alert)
        return new

    def alerts(self, limit: int) -> list[KeptAlert]:
        """The alerts that were raised last, the newest first."""
        query = select(watch_alert).order_by(watch_alert.c.raised.desc(), watch_alert.c.id).limit(limit)
        with self._reading() as connection:
            return [_alert(row) for row in connection.execute(query).mappings()]

    def due_deliveries(self, channel: str, now: float) -> list[Delivery]:
        """The alerts that a channel is still to be given, the oldest first."""
        joined = watch_delivery.join(watch_alert, watch_alert.c.id == watch_delivery.c.alert)
        query = select(watch_alert, watch_delivery.c.tries).select_from(joined)
        waits = (watch_delivery.c.channel == channel, watch_delivery.c.state == "waiting", watch_delivery.c.due <= now)
        with self._reading() as connection:
            rows = connection.execute(query.where(*waits).order_by(watch_alert.c.raised, watch_alert.c.id)).mappings()
            return [Delivery(_alert(row), channel, row["tries"]) for row in rows]

    def keep_delivery(
        self, delivery: Delivery, state: str, due: float, why: str | None, now: float, fault: Fault | None = None
    ) -> None:
        """Keeps that an alert was delivered ("done"), is to be tried again ("waiting") or given up ("left")."""
        key = (watch_delivery.c.alert == delivery.alert.id) & (watch_delivery.c.channel == delivery.channel)
        values = {"state": state, "due": due, "tries": delivery.tries + 1, "why": why}
        with self._writing() as connection:
            connection.execute(update(watch_delivery).where(key).values(values))
            _count(connection, fault, now)

    # --- how it stands

    def begin(self, pid: int, now: float, sources: str) -> None:
        """Keeps that a watch began."""
        with self._writing() as connection:
            row = {"pid": pid, "started": now, "beat": now, "ended": None, "sources": sources}
            connection.execute(delete(watch_run))
            connection.execute(insert(watch_run), row)

    def beat(self, pid: int, now: float, ended: bool = False) -> None:
        """Keeps that the watch lives, or that it ended as it should."""
        values: dict[str, Any] = {"beat": now} | ({"ended": now} if ended else {})
        with self._writing() as connection:
            connection.execute(update(watch_run).where(watch_run.c.pid == pid).values(values))

    def run(self) -> Run | None:
        """The watch that works on this archive, or worked on it last."""
        with self._reading() as connection:
            row = connection.execute(select(watch_run).limit(1)).mappings().first()
        return Run(row["pid"], row["started"], row["beat"], row["ended"], row["sources"]) if row else None

    def keep_fault(self, fault: Fault, now: float) -> None:
        """Counts something that failed."""
        with self._writing() as connection:
            _count(connection, fault, now)

    def faults(self) -> list[CountedFault]:
        """What failed how often, by source and kind."""
        query = select(watch_fault).order_by(watch_fault.c.source, watch_fault.c.kind)
        with self._reading() as connection:
            return [CountedFault(**row) for row in connection.execute(query).mappings()]

    def item_counts(self) -> dict[tuple[str, str], int]:
        """How many articles of each source are in each state."""
        query = select(watch_item.c.source, watch_item.c.state, func.count().label("number"))
        with self._reading() as connection:
            rows = connection.execute(query.group_by(watch_item.c.source, watch_item.c.state)).all()
        return {(row.source, row.state): int(row.number) for row in rows}

    def delivery_counts(self) -> dict[tuple[str, str], int]:
        """How many alerts are delivered, waiting and given up, by channel."""
        query = select(watch_delivery.c.channel, watch_delivery.c.state, func.count().label("number"))
        with self._reading() as connection:
            rows = connection.execute(query.group_by(watch_delivery.c.channel, watch_delivery.c.state)).all()
        return {(row.channel, row.state): int(row.number) for row in rows}


def _count(connection: Connection, fault: Fault | None, now: float) -> None:
    if fault is None:
        return
    key = (watch_fault.c.source == fault.source) & (watch_fault.c.kind == fault.kind)
    times = connection.scalar(select(watch_fault.c.times).where(key))
    values = {"times": (times or 0) + 1, "last": now, "words": fault.words}
    if times is None:
        connection.execute(insert(watch_fault), {"source": fault.source, "kind": fault.kind, **values})
    else:
        connection.execute(update(watch_fault).where(key).values(values))


def _new_item(link: Link, source: str, now: float) -> Mapping[str, object]:
    told = {"url": link.url, "title": link.title, "published": link.published, "mark": link.mark}
    return {**told, "source": source, "state": "waiting", "due": now, "tries": 0, "seen": now}


def _item(row: RowMapping) -> Item:
    return Item(**{name: row[name] for name in _ITEM})


def _alert(row: RowMapping) -> KeptAlert:
    return KeptAlert(row["id"], row["raised"], json.loads(row["body"]))

"""Keeps verdicts beside the machine's coding: rows are added and never changed, and an undo is a row too.

Says which items are most worth a look. What a verdict means for a newer reading is told by model/verdict.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, cast, get_args

from sqlalchemy import Connection, Row, Select, exists, func, insert, select

from detente.model.event import Status
from detente.model.fields import Fields
from detente.model.span import Span
from detente.model.verdict import Correction, ItemKind, Judgement, Mark, Verdict, undone
from detente.store import tables
from detente.store.verdict_tables import stake, verdict

Order = Literal["consequence", "doubt"]


class VerdictRows:
    """The verdicts of an archive, over one connection whose transaction somebody else owns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, given: Verdict) -> Verdict:
        """Keep a verdict; gives it with its number."""
        number = self._connection.scalar(insert(verdict).returning(verdict.c.number), _row(given))
        return replace(given, number=number)

    def of_report(self, report: str) -> tuple[Verdict, ...]:
        """All verdicts on a report's items, the undone ones and the undoings too, the oldest first."""
        return tuple(self._asked(select(verdict).where(verdict.c.report == report)))

    def each(self) -> Iterator[Verdict]:
        """All verdicts, the oldest first."""
        return self._asked(select(verdict))

    def by_report(self) -> Mapping[str, tuple[Verdict, ...]]:
        """All verdicts by the ids of their reports."""
        found: dict[str, tuple[Verdict, ...]] = {}
        for one in self.each():
            found[one.mark.report] = (*found.get(one.mark.report, ()), one)
        return found

    def one(self, number: int) -> Verdict | None:
        """The verdict with this number."""
        return next(self._asked(select(verdict).where(verdict.c.number == number)), None)

    def is_undone(self, number: int) -> bool:
        """Whether somebody took it back."""
        return number in undone(self._asked(select(verdict).where(verdict.c.undoes == number)))

    def _asked(self, query: Select[Any]) -> Iterator[Verdict]:
        return map(_verdict, self._connection.execute(query.order_by(verdict.c.number)).all())

    def worth_a_look(self, order: Order, skip: int, limit: int) -> list[tuple[str, ItemKind, int]]:
        """So many items of current readings by what hangs on them: report, kind, and place in the reading."""
        measure = stake.c.weight if order == "consequence" else stake.c.doubt
        current = ~exists().where(tables.superseded.c.reading == stake.c.reading)
        heaviest = select(stake.c.reading, stake.c.kind, stake.c.position).where(current)
        heaviest = heaviest.order_by(measure.desc(), stake.c.reading, stake.c.kind, stake.c.position)
        # Without their reports at first: joined to them, a database would look at every reading.
        found = self._connection.execute(heaviest.offset(skip).limit(limit)).all()
        report, reading = tables.report.c, tables.reading.c
        query = select(reading.number, report.id).join(tables.report, report.number == reading.report)
        query = query.where(reading.number.in_({row.reading for row in found}))
        ids = {row.number: row.id for row in self._connection.execute(query)}
        return [(ids[row.reading], cast(ItemKind, row.kind), row.position) for row in found]

    def count(self) -> int:
        """How many rows there are."""
        return int(self._connection.scalar(select(func.count()).select_from(verdict)) or 0)


def _row(given: Verdict) -> dict[str, object]:
    mark = given.mark
    return {
        "kind": mark.kind,
        "report": mark.report,
        "item": mark.id,
        "type": mark.type,
        "spans": json.dumps([span.to_list() for span in mark.spans]),
        "seen": mark.seen,
        "judgement": given.judgement,
        "correction": json.dumps(given.correction.to_dict(), ensure_ascii=False, sort_keys=True),
        "note": given.note,
        "reviewer": given.by,
        "marked": given.when,
        "undoes": given.undoes,
    }


def _verdict(row: Row[Any]) -> Verdict:
    values = row._mapping
    spans = tuple(Span(*pair) for pair in json.loads(values["spans"]))
    kind = cast(ItemKind, values["kind"])
    mark = Mark(kind, values["report"], values["item"], spans, values["type"], values["seen"])
    return Verdict(
        mark,
        cast(Judgement, values["judgement"]),
        values["reviewer"],
        values["marked"],
        correction_from_dict(json.loads(values["correction"])),
        values["note"],
        values["undoes"],
        values["number"],
    )


def correction_from_dict(data: object) -> Correction:
    """The inverse of `Correction.to_dict()`; ValueError where a field does not fit."""
    told = Fields.of(data, "correction")
    told = Fields(told.data)
    given = told.data.keys()
    first, last = told.maybe_day("first"), told.maybe_day("last")
    status = cast(Status, told.choice("status", get_args(Status))) if "status" in given else None
    return Correction(
        type=told.maybe_text("type"),
        sources=told.texts("sources") if "sources" in given else None,
        targets=told.texts("targets") if "targets" in given else None,
        first=date.fromisoformat(str(first)) if first else None,
        last=date.fromisoformat(str(last)) if last else None,
        place=told.maybe_text("place"),
        status=status,
        speaker=told.maybe_text("speaker"),
        channel=told.maybe_text("channel"),
        content=told.spans("content") if "content" in given else None,
    )

"""The core that every engine drives: a record batch of reports in, one row a report out, with its reading or its error.

Keeps nothing between batches, so that the rows are the same whatever the order, the size of batches, or the engine.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pyarrow as pa

from detente.bulk.columns import items_of, words_of
from detente.bulk.schema import READINGS
from detente.ingest import SetAside, Taken, read_item
from detente.ingest.outcome import Given, one_line
from detente.model.coded import CodedReport, Versions
from detente.model.event import Event
from detente.model.report import Report

log = logging.getLogger(__name__)
_Row = dict[str, object]


class Coder:
    """Reads record batches of reports with one reader; loaded once a worker."""

    def __init__(self, read: Callable[[Report], CodedReport], versions: Versions) -> None:
        self._read = read
        self.versions = versions

    def code(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """A row for each report, in their order; ColumnsMissing where the batch lacks the columns of a report."""
        ids = words_of(batch.column("id")) if "id" in batch.schema.names else []
        rows = [self._row(id, outcome) for id, outcome in zip(ids, _outcomes(batch), strict=True)]
        return pa.concat_batches(rows) if rows else pa.RecordBatch.from_pylist([], schema=READINGS)

    def _row(self, id: str | None, outcome: Taken | SetAside) -> pa.RecordBatch:
        if isinstance(outcome, SetAside):
            return _error(id, outcome)
        try:
            return _one_row(_reading(id, self._read(outcome.report), outcome.warnings))
        # The last fence: whatever goes wrong in one report, the others are done and this one does not vanish.
        except Exception as problem:
            log.debug("reading %s failed", id, exc_info=True)
            reason = f"reading failed ({type(problem).__name__}: {problem})"
            return _error(id, SetAside(id or "", one_line(reason), "please report this text"))


def code_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Read the reports of a record batch (columns `id`, `text`, `published`); models are loaded once a process.

    The answer has the schema `detente.bulk.schema.READINGS` and as many rows, in the same order.
    """
    return open_coder().code(batch)


def code_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same for a stream of batches, as engines hand them over (Spark's `mapInArrow` takes this function)."""
    for batch in batches:
        yield code_batch(batch)


@cache
def open_coder() -> Coder:
    """This process's coder. Kept, because engines call a bare function and loading takes seconds."""
    return new_coder()


def new_coder() -> Coder:
    """A coder with models of its own."""
    # Late, because it loads the parser, and processes that only hand rows about come by here too.
    from detente.pipeline import open_reader

    reader = open_reader()
    return Coder(reader.read, reader.versions)


def _outcomes(batch: pa.RecordBatch) -> Iterator[Taken | SetAside]:
    """The report of each row, or why it has none. Pages, warnings and errors come from the bulk run's own door."""
    extra = [batch.column(n).to_pylist() if n in batch.schema.names else None for n in ("page", "warnings", "error")]
    for number, item in enumerate(items_of(batch)):
        page, warnings, error = (column[number] if column is not None else None for column in extra)
        name = str(item["id"])
        if error is not None:
            yield SetAside(name, error["reason"], error["remedy"])
            continue
        outcome = _of_page(name, item, page) if page is not None else read_item(name, item, Given(name, b""))
        if isinstance(outcome, Taken) and warnings:
            outcome = Taken(name, outcome.report, tuple(dict.fromkeys((*warnings, *outcome.warnings))))
        yield outcome


def _of_page(name: str, item: dict[str, object], page: bytes) -> Taken | SetAside:
    # Late, because the library takes a third of a second to load and most inputs are no web pages.
    from detente.ingest.webpage import read_webpage

    outcome = read_webpage(name, page, None)
    if isinstance(outcome, SetAside) or outcome.report.url:
        return outcome
    return replace(outcome, report=replace(outcome.report, url=str(item["url"]) if item.get("url") else None))


def _reading(id: str | None, coded: CodedReport, known: Iterable[str]) -> _Row:
    row: dict[str, Any] = coded.to_dict()
    about = row.pop("report")
    row |= {name: about[name] for name in ("title", "outlet", "url", "language")}
    for told, event in zip(row["events"], coded.events, strict=True):
        told["parties"] = _parties(coded, event)
    for told in (*row["events"], *row["statements"], *row["commitments"]):
        for when in filter(None, (told["when"], told.get("deadline"))):
            when.update({end: date.fromisoformat(when[end]) for end in ("first", "last") if when[end]})
    warnings = list(dict.fromkeys((*known, *coded.warnings)))
    key = {"input_id": id, "report": about["id"], "published": coded.report.published}
    return {**row, **key, "warnings": warnings, "error": None}


def _parties(coded: CodedReport, event: Event) -> list[_Row]:
    """Those who take part, with name and code, so that events can be read without the other tables."""
    found = (coded.participant(p) for p in dict.fromkeys((*event.sources, *event.targets, *event.victims)))
    return [{"id": p.id, "name": p.name, "code": p.code} for p in found]


def _error(id: str | None, aside: SetAside) -> pa.RecordBatch:
    return _one_row({"input_id": id, "error": {"reason": aside.reason, "remedy": aside.remedy}})


def _one_row(row: _Row) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist([row], schema=READINGS)

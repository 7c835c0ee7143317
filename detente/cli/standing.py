"""`detente status`: how the watch on an archive stands: its sources, what waits, what fails, which alerts it raised."""

from __future__ import annotations

import json
import sys
import time
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.formats import BREAKS
from detente.model.watched import Run
from detente.serve.wording import clean
from detente.store.watching import WatchLog
from detente.watch.addresses import shown
from detente.watch.clock import stamp

# A report in hand, or the joining of many, may keep a living watch from saying so for a while.
_LIVES_FOR = 900.0
_ALERTS = 10
_TIMES = ("last_poll", "next_poll", "last", "raised")


class StatusFormat(StrEnum):
    """The forms the status can be asked in."""

    table = "table"
    json = "json"


def status(
    archive: ArchiveOption = None,
    form: Annotated[StatusFormat, typer.Option("--format", help="Tables for people, or one JSON object.")] = (
        StatusFormat.table
    ),
) -> None:
    """Say how the watch on an archive stands: sources, backlog, failures by kind, alerts and their delivery."""
    with opened(archive, create=False) as store, answering():
        told = standing(WatchLog(store), time.time())
    if form is StatusFormat.json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False).translate(BREAKS) + "\n")
        return
    _print(told)


def standing(log: WatchLog, now: float) -> dict[str, object]:
    """All that is known of how a watch stands, as it is printed."""
    counts = log.item_counts()
    states = sorted(log.states().values(), key=lambda state: state.name)
    return {
        "watch": _run(log.run(), now),
        "sources": [
            {
                "name": state.name,
                "url": shown(state.url),
                "last_poll": _at(state.polled),
                "last_success": _at(state.succeeded),
                "next_poll": None if state.stopped else _at(state.due),
                "polls": state.polls,
                "failures": state.failures,
                "why": state.why,
                **{name: counts.get((state.name, name), 0) for name in ("waiting", "done", "left")},
            }
            for state in states
        ],
        "backlog": sum(number for (_, state), number in counts.items() if state in ("waiting", "reading")),
        "failures": [
            {"source": f.source, "kind": f.kind, "times": f.times, "last": _at(f.last), "words": f.words}
            for f in log.faults()
        ],
        "alerts": [{"raised": _at(alert.raised), **alert.body} for alert in log.alerts(_ALERTS)],
        "deliveries": [
            {"channel": channel, "state": state, "number": number}
            for (channel, state), number in sorted(log.delivery_counts().items())
        ],
    }


def _run(run: Run | None, now: float) -> dict[str, object] | None:
    if run is None:
        return None
    lives = run.ended is None and now - run.beat < _LIVES_FOR
    state = "running" if lives else "ended" if run.ended is not None else "broken off"
    return {
        "state": state,
        "pid": run.pid,
        "started": _at(run.started),
        "last_sign": _at(run.beat),
        "ended": _at(run.ended),
        "sources": run.sources,
    }


def _at(seconds: float | None) -> str | None:
    return None if seconds is None else stamp(seconds)


def _print(told: dict[str, object]) -> None:
    console = Console(highlight=False, emoji=False, soft_wrap=True)
    run = told["watch"]
    if isinstance(run, dict):
        words = f"watch {run['state']}: process {run['pid']}, since {run['started']}, last sign {run['last_sign']}"
        console.print(Text(words))
    else:
        console.print(Text("nobody watches into this archive: detente watch SOURCES"))
    for name, columns in (
        ("sources", ("name", "last_poll", "next_poll", "waiting", "done", "left", "failures", "why")),
        ("failures", ("source", "kind", "times", "last", "words")),
        ("alerts", ("raised", "a", "b", "date", "level")),
        ("deliveries", ("channel", "state", "number")),
    ):
        rows = told[name]
        if isinstance(rows, list) and rows:
            console.print(_table(name, columns, rows))
    console.print(Text(f"{told['backlog']} articles wait"))


def _table(name: str, columns: tuple[str, ...], rows: list[dict[str, object]]) -> Table:
    table = Table(title=name, title_justify="left", box=None)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold", no_wrap=column not in ("why", "words"))
    for row in rows:
        table.add_row(*(Text(_cell(column, row.get(column))) for column in columns))
    return table


def _cell(column: str, value: object) -> str:
    """A value as a table shows it: of a time its day and minute, in UTC."""
    words = "" if value is None else clean(str(value))
    return words[:16].replace("T", " ") if column in _TIMES else words

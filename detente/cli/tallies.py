"""`detente tally --by country|region|actor|conflict`: incidents by month of places, actors, and civil conflicts."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from detente.analyse.tallies import tally as tallied
from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import check_options
from detente.cli.days import day_of
from detente.cli.formats import BREAKS
from detente.cli.fusing import fused
from detente.cli.messages import say
from detente.cli.quote_forms import guarded
from detente.cli.tension import look
from detente.model.quads import QUADS
from detente.model.tally import Tally, TallyBy


class TallyFormat(StrEnum):
    """The forms tallies can be asked in."""

    csv = "csv"
    json = "json"


def tally(
    archive: ArchiveOption = None,
    by: Annotated[TallyBy, typer.Option("--by", help="What incidents are counted by.")] = TallyBy.conflict,
    since: Annotated[
        date | None, typer.Option("--since", parser=day_of, metavar="DAY", help="Coverage begins: YYYY-MM-DD.")
    ] = None,
    until: Annotated[date | None, typer.Option("--until", parser=day_of, metavar="DAY", help="Coverage ends.")] = None,
    form: Annotated[TallyFormat, typer.Option("--format", help="CSV, or JSON Lines with the incidents.")] = (
        TallyFormat.csv
    ),
) -> None:
    """Count incidents by month: of countries, regions, actors, or of governments, rebels and civilians in a country."""
    check_options(None, archive, None, since, until)
    with opened(archive, create=False) as store, answering():
        fused(store)
        incidents, reports = look(store)
    rows = list(tallied(incidents.values(), reports, by, since, until))
    _print(rows, form)
    if not rows:
        say(f"no incident of this archive and period can be counted by {by.value}")


def _print(rows: list[Tally], form: TallyFormat) -> None:
    if form is TallyFormat.json:
        for row in rows:
            sys.stdout.write(json.dumps(row.to_dict(), ensure_ascii=False).translate(BREAKS) + "\n")
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    quads = [f"quad_{quad.number}" for quad in QUADS]
    writer.writerow(["by", "subject", "first", "last", "reports", *quads, "plover", "goldstein"])
    for row in rows:
        known = row.reports or row.flow.ids
        counts = [len(ids) if known else "" for ids in row.flow.quads]
        sums = [round(row.flow.plover, 3), round(row.flow.goldstein, 3)] if known else ["", ""]
        days = [row.stretch.first.isoformat(), row.stretch.last.isoformat()]
        writer.writerow([row.by.value, guarded(row.subject), *days, row.reports, *counts, *sums])

"""How the series of a pair leaves the program: a table with a line of blocks for people, CSV, JSON Lines or Parquet.

CSV and Parquet have one row a stretch with counts; JSON names the incidents behind every count.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.analyse.flat_series import flat_rows
from detente.cli.formats import BREAKS
from detente.cli.listing import SHORT_ID
from detente.model.dyad import DyadSeries, DyadStretch, Flow
from detente.model.incident import Incident, IncidentParty
from detente.model.quads import QUADS, quad_of_type
from detente.serve.wording import clean

_BLOCKS = "▁▂▃▄▅▆▇█"
MAIN_SHOWN = 5
ROWS_SHOWN = 60


class TensionFormat(StrEnum):
    """The forms a series can be asked in."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


def print_series(series: DyadSeries, alerts: Sequence[date], form: TensionFormat) -> None:
    """CSV or JSON Lines on standard output."""
    if form is TensionFormat.json:
        for stretch in series:
            days = [d.isoformat() for d in alerts if stretch.stretch.first <= d <= stretch.stretch.last]
            told = json.dumps(stretch.to_dict() | {"alerts": days}, ensure_ascii=False)
            sys.stdout.write(told.translate(BREAKS) + "\n")
        return
    rows = flat_rows(series, alerts)
    writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["a", "b", "first", "last"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def print_table(series: DyadSeries, alerts: Sequence[date], incidents: Mapping[str, Incident]) -> None:
    """A table of the stretches in which something passed, the line of blocks, and the main incidents."""
    console = Console(highlight=False, emoji=False)
    told = [s for s in series if s.together.ids or s.calls or _has_alert(s, alerts)]
    if not told:
        return
    console.print(Text(f"conflict of {series.a} and {series.b} by {series.unit}", "bold"))
    console.print(Text(f"{sparkline(series)}  {told[0].stretch.first} to {told[-1].stretch.last}\n"))
    console.print(_table(series, told[-ROWS_SHOWN:], alerts))
    ids = {id for s in told for id in s.together.ids}
    console.print(Text("\nMain incidents", "bold"))
    for incident in main_incidents([incidents[id] for id in ids]):
        console.print(Text.assemble((f"  {incident.id[:SHORT_ID]}", "cyan"), f"  {told_of(incident)}"))


def _has_alert(part: DyadStretch, alerts: Iterable[date]) -> bool:
    return any(part.stretch.first <= day <= part.stretch.last for day in alerts)


def _table(series: DyadSeries, told: Sequence[DyadStretch], alerts: Sequence[date]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column(str(series.unit).capitalize(), no_wrap=True, style="cyan")
    table.add_column("Reports", justify="right")
    for name in (f"{series.a} to {series.b}", f"{series.b} to {series.a}", "Together"):
        table.add_column(name, justify="right")
    table.add_column("PLOVER", justify="right")
    table.add_column("Goldstein", justify="right")
    table.add_column("Per 1,000", justify="right")
    table.add_column("")
    for part in told:
        rate = part.per_thousand
        notes = ["ALERT"] if _has_alert(part, alerts) else []
        notes += ["other outlets than before"] if part.coverage.changed else []
        notes += [f"calls of others {len(part.calls)}"] if part.calls else []
        table.add_row(
            part.stretch.first.isoformat(),
            str(part.coverage.reports),
            *(_counts(flow) for flow in (part.a_to_b, part.b_to_a, part.together)),
            f"{part.together.plover:+.1f}",
            f"{part.together.goldstein:+.1f}",
            "-" if rate is None else f"{rate:.0f}",
            ", ".join(notes),
        )
    table.caption = "incidents: " + ", ".join(quad.words for quad in QUADS)
    return table


def _counts(flow: Flow) -> str:
    return " ".join(str(len(ids)) for ids in flow.quads)


def sparkline(series: DyadSeries) -> str:
    """A block a stretch, the higher the more conflict; a blank where there are no reports."""
    weights = [max(0.0, -s.together.plover) for s in series]
    highest = max(weights, default=0.0)
    return "".join(
        " "
        if not s.coverage.reports and not s.together.ids
        else _BLOCKS[int(w / highest * (len(_BLOCKS) - 1)) if highest else 0]
        for s, w in zip(series, weights, strict=True)
    )


def main_incidents(incidents: Iterable[Incident]) -> list[Incident]:
    """The incidents that weigh and are told most, the heaviest first."""
    return sorted(incidents, key=lambda i: (-abs(i.score or 0.0) * (1 + len(i.reports)), i.id))[:MAIN_SHOWN]


def told_of(incident: Incident) -> str:
    """Day, type, who to whom, where, in one line."""
    where = f", {clean(incident.where.name)}" if incident.where else ""
    parties = _names(incident.sources) or "?"
    if not incident.reciprocal:
        parties = f"{parties} to {_names(incident.targets) or '?'}"
    reports = f"{len(incident.reports)} report{'' if len(incident.reports) == 1 else 's'}"
    return f"{incident.first} {incident.type} ({quad_of_type(incident.type).words}), {parties}{where}: {reports}"


def _names(parties: Sequence[IncidentParty]) -> str:
    return ", ".join(clean(party.code or party.name) for party in parties)

"""`detente tension A B`: what passed between two sides over time, and whether it grew worse.

New reports are fused first. Numbers come from incidents, each counted once, and open to them: `detente incidents
--explain ID` shows the words.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from detente.analyse.coverage import Published
from detente.analyse.dyads import Side, dyad_series, score_series
from detente.analyse.flat_series import flat_rows
from detente.analyse.outbreaks import find_alerts
from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import check_options, refusing
from detente.cli.days import day_of
from detente.cli.fusing import fused
from detente.cli.messages import say
from detente.cli.parquet import write_parquet
from detente.cli.plots import FORMS, PlottingMissing, draw
from detente.cli.sides import sides_meant
from detente.cli.tension_forms import TensionFormat, main_incidents, print_series, print_table
from detente.model.dyad import DyadSeries, Unit
from detente.model.incident import Incident
from detente.store import Archive

_UNSURE = "alerts: the rate of false ones is not established for the sources of this archive"


def tension(
    a: Annotated[str, typer.Argument(metavar="A", help='A side: ARM, Armenia, "RUS MIL", or a group by its name.')],
    b: Annotated[str, typer.Argument(metavar="B", help="The other side.")],
    archive: ArchiveOption = None,
    since: Annotated[
        date | None, typer.Option("--since", parser=day_of, metavar="DAY", help="From that day on: YYYY-MM-DD.")
    ] = None,
    until: Annotated[date | None, typer.Option("--until", parser=day_of, metavar="DAY", help="Up to that day.")] = None,
    by: Annotated[Unit, typer.Option("--by", help="How long the stretches are.")] = Unit.month,
    form: Annotated[
        TensionFormat, typer.Option("--format", help="A table, CSV, JSON Lines, or Parquet (with --out).")
    ] = TensionFormat.table,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where Parquet goes.")] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE", help="Draw it too: .svg or .png (extra: detente[plot]).")
    ] = None,
) -> None:
    """Show what passed between two sides day by day, week by week or month by month, with alerts."""
    check_options(None, archive, None, since, until)
    _check_files(form, out, plot)
    with opened(archive, create=False) as store, answering():
        fused(store)
        incidents, reports = look(store)
    sides = sides_meant("A B", (a, b), incidents.values())
    series = dyad_series(incidents.values(), reports, sides, by, since, until)
    alerts = _alerts(incidents.values(), sides, since, until)
    _give(series, alerts, incidents, form, out)
    if plot is not None:
        _draw(series, alerts, incidents, plot)
    _say_about(series, alerts)


def look(store: Archive) -> tuple[dict[str, Incident], list[Published]]:
    """All incidents by their ids, and when and by whom the reports were published."""
    with store.looking() as rows:
        incidents = {incident.id: incident for incident in rows.incidents()}
        reports = [Published(*row) for row in rows.published()]
    return incidents, reports


def _check_files(form: TensionFormat, out: Path | None, plot: Path | None) -> None:
    with refusing("--out"):
        if (form is TensionFormat.parquet) != (out is not None):
            raise ValueError("Parquet goes into a file: --format parquet --out FILE")
    with refusing("--plot"):
        if plot is not None and plot.suffix not in FORMS:
            raise ValueError(f"{plot}: the name ends in {' or '.join(FORMS)}")


def _alerts(incidents: object, sides: tuple[Side, Side], since: date | None, until: date | None) -> list[date]:
    series = score_series(incidents, sides)  # type: ignore[arg-type]
    days = [alert.day for alert in find_alerts(series)]
    return [day for day in days if (since is None or day >= since) and (until is None or day <= until)]


def _give(
    series: DyadSeries, alerts: list[date], incidents: dict[str, Incident], form: TensionFormat, out: Path | None
) -> None:
    if out is not None:
        try:
            write_parquet(flat_rows(series, alerts), out)
        except OSError as problem:
            say(f"{out}: cannot be written: {problem.strerror or problem}")
            raise typer.Exit(1) from problem
    elif form is TensionFormat.table:
        print_table(series, alerts, incidents)
    else:
        print_series(series, alerts, form)


def _draw(series: DyadSeries, alerts: list[date], incidents: dict[str, Incident], plot: Path) -> None:
    ids = {id for stretch in series for id in stretch.together.ids}
    try:
        draw(series, alerts, main_incidents(incidents[id] for id in ids), plot)
    except (PlottingMissing, OSError) as problem:
        say(f"{plot}: {problem}")
        raise typer.Exit(1) from problem


def _say_about(series: DyadSeries, alerts: list[date]) -> None:
    if not any(stretch.together.ids or stretch.calls for stretch in series):
        say(f"nothing passed between {series.a} and {series.b} in the incidents of this archive and period")
    if series.undated:
        say(f"{len(series.undated)} incidents between them are on no known day and counted nowhere")
    if alerts:
        say(_UNSURE)

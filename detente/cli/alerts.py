"""`detente alerts [FILE.csv]`: the days on which an outbreak between two actors seems to have begun.

The series come from a file or from the incidents of an archive. A row of a file that will not do is set aside with its
reason and the others are done; what was set aside makes exit status 1.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, cast

import typer

from detente.alerting import Drivers, fields_of
from detente.analyse.false_alarms import MEASURED_ON, false_alarms_at
from detente.analyse.outbreaks import Alert, Sensitivity, find_alerts
from detente.analyse.unusual import MIN_DAYS, MIN_EVENT_DAYS, is_long_enough
from detente.cli.archive_alerts import asked_alerts
from detente.cli.archives import ArchiveOption
from detente.cli.asked import refusing
from detente.cli.formats import BREAKS
from detente.cli.messages import say
from detente.cli.quote_forms import BETWEEN
from detente.ingest import SetAside, read_series_source
from detente.model.series import PairSeries

COLUMNS = ("a", "b", "date")
EXPLAINED = (
    *COLUMNS,
    *("score", "driver", "usual", "fall", "size", "level", "escalation", "false_alarms"),
    *("sensitivity", "false_alarms_of_setting", "measured_on", "why", "incidents"),
)
NAMES_SHOWN = 5
Write = Callable[[Alert, Drivers], object]


class AlertFormat(StrEnum):
    """The forms alerts can be asked in."""

    csv = "csv"
    json = "json"


def alerts(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE.csv]", help="CSV with the columns date,a,b,score; - for standard input. Else the archive."
        ),
    ] = None,
    archive: ArchiveOption = None,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="A B", help="Of an archive: one pair only, as `detente tension` takes them."),
    ] = None,
    sensitivity: Annotated[
        Sensitivity, typer.Option("--sensitivity", help="How readily an alert is raised.")
    ] = Sensitivity.normal,
    form: Annotated[AlertFormat, typer.Option("--format", help="CSV, or JSON Lines with what drove each.")] = (
        AlertFormat.csv
    ),
    explain: Annotated[
        bool, typer.Option("--explain", help="With CSV: what drove each alert, in more columns.")
    ] = False,
) -> None:
    """Say when an outbreak of conflict between two actors has begun, from a daily score of each pair.

    Each row: a day, two actors and their score, negative for conflict. An alert stands on its day and days before.
    """
    write = _writer(form, explain, sensitivity)
    if file is None:
        _of_archive(archive, between, sensitivity, write)
        return
    with refusing("FILE.csv"):
        if archive is not None or between is not None:
            raise ValueError("--archive and --between go without a file")
    told = _Told()
    for series in told.sorted_out(read_series_source(file)):
        for alert in find_alerts(series, sensitivity):
            write(alert, [])
    told.say_all(sensitivity)
    if told.set_aside:
        raise typer.Exit(1)


def _of_archive(archive: str | None, between: tuple[str, str] | None, sensitivity: Sensitivity, write: Write) -> None:
    for driven in asked_alerts(archive, between, sensitivity):
        write(driven.alert, driven.drivers)
    _say_rate(sensitivity)


def _writer(form: AlertFormat, explain: bool, sensitivity: Sensitivity) -> Write:
    """What prints one alert; the header of CSV is printed at once."""
    if form is AlertFormat.json:
        return lambda alert, drivers: sys.stdout.write(
            json.dumps(fields_of(alert, sensitivity, drivers), ensure_ascii=False).translate(BREAKS) + "\n"
        )
    writer = csv.writer(sys.stdout, lineterminator="\n")
    columns = EXPLAINED if explain else COLUMNS
    writer.writerow(columns)
    return lambda alert, drivers: writer.writerow(_cells(fields_of(alert, sensitivity, drivers), columns))


def _cells(told: dict[str, object], columns: Sequence[str]) -> list[object]:
    """The columns of one row; of incidents the ids."""
    ids = BETWEEN.join(str(item["id"]) for item in cast(Drivers, told["incidents"]))
    return [ids if name == "incidents" else told[name] for name in columns]


class _Told:
    """Keeps what a person must be told beside the alerts."""

    def __init__(self) -> None:
        self.set_aside = False
        self.pairs: set[tuple[str, str]] = set()
        self.short: list[tuple[str, str]] = []

    def sorted_out(self, items: Iterator[PairSeries | SetAside]) -> Iterator[PairSeries]:
        """The series; what was set aside is said at once."""
        for item in items:
            if isinstance(item, SetAside):
                say(item.line)
                self.set_aside = True
                continue
            self.pairs.add((item.a, item.b))
            if is_long_enough(item):
                yield item
            else:
                self.short.append((item.a, item.b))

    def say_all(self, sensitivity: Sensitivity) -> None:
        """Which pairs could not be judged, which stand both ways round, and how often an alert is false."""
        if self.short:
            past = f"before a day, {MIN_DAYS} days with {MIN_EVENT_DAYS} scores other than zero are needed"
            say(f"no alert can be raised for {_listed(self.short)}: {past}")
        both = sorted((a, b) for a, b in self.pairs if a < b and (b, a) in self.pairs)
        if both:
            say(f"{_listed(both)}: also there the other way round, taken as series of their own")
        if len(self.short) < len(self.pairs):
            _say_rate(sensitivity)


def _say_rate(sensitivity: Sensitivity) -> None:
    rate = f"{false_alarms_at(sensitivity.level):.2g} false alarms per pair-year"
    where = f"measured on {MEASURED_ON}; for other sources the rate is not established"
    say(f"sensitivity {sensitivity.value}: {rate}, {where}")


def _listed(pairs: list[tuple[str, str]]) -> str:
    names = "; ".join(",".join(pair) for pair in pairs[:NAMES_SHOWN])
    return names + (f" and {len(pairs) - NAMES_SHOWN} more pairs" if len(pairs) > NAMES_SHOWN else "")

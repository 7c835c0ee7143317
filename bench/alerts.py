"""Alerts on daily series of pairs: onsets caught, false alarms per pair-year, precision, lead.

    python bench/alerts.py

The given series lie in ../shared/data/series with their scorer, whose rules are kept here: an onset is caught by an
alert from 7 days before to the day after it; an alert is false where no onset lies within 30 days of it. The first 90
days of a pair do not count. The made series are those of bench/made_series.py.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import made_series
import numpy as np
from readings import ROOT

from detente.analyse.false_alarms import MEASURED
from detente.analyse.outbreaks import Sensitivity, find_alerts, find_alerts_from
from detente.ingest import SetAside, read_series_source
from detente.model.series import PairSeries

GIVEN = ROOT.parent / "shared" / "data" / "series"
BARS = ((10, 0.45), (9, 0.25))
DRAWS = 1000
# The robust z-score that alerts are measured beside: days with rows, threshold, days without a second alert.
Z_ROWS, Z_LEVEL, Z_CALM, Z_LEAST = 90, 8.0, 14, 60
# Steps in which a level is chosen on the other pairs, and the false alarms that it may have there.
STEPS, AIM = [3.5 + 0.5 * step for step in range(12)], 0.2

# How often each given series is thinned: the luck of one drawing moves the catches by two or three.
THINNED = 3

Finder = Callable[[PairSeries], Sequence[int]]


@dataclass(frozen=True)
class Watched:
    """A pair's series and the days on which outbreaks are known to have begun."""

    series: PairSeries
    onsets: tuple[int, ...]

    @property
    def start(self) -> int:
        return self.series.days[0] + 90


@dataclass(frozen=True)
class Tally:
    """What the alerts of one pair come to."""

    caught: int = 0
    onsets: int = 0
    false: int = 0
    alerts: int = 0
    years: float = 0.0
    leads: tuple[int, ...] = ()


def tally(watched: Watched, alerts: Sequence[int]) -> Tally:
    """The count for one pair, by the scorer's rules."""
    onsets = [day for day in watched.onsets if day >= watched.start]
    kept = [day for day in alerts if day >= watched.start]
    firsts = [min(near) for onset in onsets if (near := [day for day in kept if -7 <= day - onset <= 1])]
    hit = [onset for onset in onsets if any(-7 <= day - onset <= 1 for day in kept)]
    leads = tuple(onset - first for onset, first in zip(hit, firsts, strict=True))
    false = sum(not any(-30 <= day - onset <= 30 for onset in watched.onsets) for day in kept)
    years = (watched.series.days[-1] - watched.start) / 365.25
    return Tally(len(hit), len(onsets), false, len(kept), years, leads)


def added(tallies: Sequence[Tally]) -> Tally:
    """All pairs together."""
    leads = tuple(lead for one in tallies for lead in one.leads)
    caught, onsets, false, alerts = (
        sum(getattr(one, name) for one in tallies) for name in ("caught", "onsets", "false", "alerts")
    )
    return Tally(caught, onsets, false, alerts, sum(one.years for one in tallies), leads)


def ours(sensitivity: Sensitivity = Sensitivity.normal) -> Finder:
    """The days of our alerts."""
    return lambda series: [alert.day.toordinal() for alert in find_alerts(series, sensitivity)]


def by_level(level: float) -> Finder:
    """The days of our alerts at a level that is no setting."""
    return lambda series: [alert.day.toordinal() for alert in find_alerts_from(series, level)]


def z_score(series: PairSeries) -> list[int]:
    """The days on which the score lies 8 robust spreads below the median of the 90 rows before."""
    found: list[int] = []
    scores = np.asarray(series.scores)
    for at in range(Z_LEAST, len(scores)):
        past = scores[max(0, at - Z_ROWS) : at]
        usual = np.median(past)
        spread = 1.4826 * np.median(np.abs(past - usual)) or 1.0
        if (scores[at] - usual) / spread < -Z_LEVEL and (not found or series.days[at] - found[-1] > Z_CALM):
            found.append(int(series.days[at]))
    return found


def given() -> list[Watched]:
    """The given series with their onsets; nothing where they do not lie beside the project."""
    if not (GIVEN / "onsets.csv").exists():
        return []
    onsets: dict[tuple[str, str], list[int]] = {}
    with (GIVEN / "onsets.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            onsets.setdefault((row["a"], row["b"]), []).append(date.fromisoformat(row["date"]).toordinal())
    found = []
    for item in read_series_source(str(GIVEN / "dyads_daily.csv")):
        if isinstance(item, SetAside):
            raise ValueError(item.line)
        found.append(Watched(item, tuple(onsets.get((item.a, item.b), ()))))
    return found


def thinned(watched: Watched, share: float, seed: list[int]) -> Watched:
    """The series as if only so much news were known that events stand on this share of days; the others are zero.

    Whole events of -7 or 4 are drawn (Poisson) with the size of each day's score as their rate.
    """
    series, first = watched.series, watched.series.days[0]
    scores = np.zeros(series.days[-1] - first + 1)
    scores[np.asarray(series.days) - first] = series.scores
    low, high = 1e-3, 1e7
    while high / low > 1.0001:
        unit = (low * high) ** 0.5
        low, high = (unit, high) if np.mean(1 - np.exp(-np.abs(scores) / unit)) > share else (low, unit)
    events = np.random.default_rng(seed).poisson(np.abs(scores) / high)
    sparse = np.where(scores < 0, -7.0, 4.0) * events
    days = range(first, first + len(sparse))
    return Watched(PairSeries(series.a, series.b, days, sparse.tolist()), watched.onsets)


def made(family: str) -> list[Watched]:
    """The series of a generated family."""
    found = []
    for number, one in enumerate(made_series.make(family)):
        rows = np.flatnonzero(~np.isnan(one.scores))
        series = PairSeries(f"A{number}", "B", (made_series.FIRST_DAY + rows).tolist(), one.scores[rows].tolist())
        found.append(Watched(series, tuple(made_series.FIRST_DAY + onset for onset in one.onsets)))
    return found


def left_out(pairs: Sequence[Watched]) -> tuple[Tally, list[float]]:
    """Each pair judged at the level that was chosen on the others: the lowest with at most 0.2 false alarms a year."""
    counted = {level: [tally(one, by_level(level)(one.series)) for one in pairs] for level in STEPS}
    judged, chosen = [], []
    for at in range(len(pairs)):
        others = {level: added(rows[:at] + rows[at + 1 :]) for level, rows in counted.items()}
        level = next((level for level in STEPS if others[level].false <= AIM * others[level].years), STEPS[-1])
        chosen.append(level)
        judged.append(counted[level][at])
    return added(judged), chosen


def interval(tallies: Sequence[Tally], figure: Callable[[Tally], float]) -> tuple[float, float]:
    """The 95 % interval of a figure, from draws of whole pairs."""
    rng = np.random.default_rng(1)
    draws = rng.integers(0, len(tallies), (DRAWS, len(tallies)))
    values = [figure(added([tallies[at] for at in draw])) for draw in draws]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def _row(name: str, pairs: Sequence[Watched], finder: Finder) -> str:
    by_pair: dict[tuple[str, str], list[Tally]] = {}
    for one in pairs:
        by_pair.setdefault((one.series.a, one.series.b), []).append(tally(one, finder(one.series)))
    tallies = [added(several) for several in by_pair.values()]
    total = added(tallies)
    recall = interval(tallies, lambda one: one.caught / max(1, one.onsets))
    rate = interval(tallies, lambda one: one.false / one.years)
    cells = (
        f"{total.caught} of {total.onsets}",
        f"{recall[0]:.0%} to {recall[1]:.0%}",
        f"{total.false / total.years:.2f}",
        f"{rate[0]:.2f} to {rate[1]:.2f}",
        f"{1 - total.false / max(1, total.alerts):.2f}",
        f"{median(total.leads):.0f}" if total.leads else "",
    )
    return f"| {name} | {' | '.join(cells)} |"


_HEAD = (
    "| series and method | caught | 95 % | false alarms per pair-year | 95 % | precision | median lead, days |",
    "|---|---:|---:|---:|---:|---:|---:|",
)
ABOUT = """\
`detente alerts`, one setting for all pairs, beside a robust z-score (90 rows, K = 8). Rules of
`../shared/data/series/score_alerts.py`: caught is an onset with an alert from 7 days before to the day after it; false
is an alert with no onset within 30 days. Precision is the share of alerts that are not false. Intervals: 1,000 draws of
whole pairs. The method was made with these series in view: none of
the figures is from unseen data, and leaving out a pair chooses only the level anew.
An alert says that an outbreak has begun; the lead shows that it does not foresee."""
ABOUT_THIN = (
    "### The same pairs, thinned\n\nEvents on a half, a fifth and a tenth of days, the other days zero; three drawings."
)
ABOUT_MADE = (
    "### Made series\n\nTwenty series a family with three planted outbreaks each (`bench/made_series.py`, seeded). "
    "Generated by our own hand: they show what breaks, not how good it is."
)


def section() -> list[str]:
    """The tables for the page of results."""
    pairs = given()
    lines = [ABOUT, ""]
    if pairs:
        lines += [*_HEAD, *_given_rows(pairs), "", *_left_out_lines(pairs), "", ABOUT_THIN, "", *_HEAD]
        for share in (0.5, 0.2, 0.1):
            thin = [thinned(one, share, [draw, at]) for draw in range(THINNED) for at, one in enumerate(pairs)]
            lines += _beside(f"{share:.0%} of days", thin)
    else:
        lines += ["Not measured on given series: `../shared/data/series` does not lie beside the project."]
    lines += ["", ABOUT_MADE, "", *_HEAD]
    for family in made_series.FAMILIES:
        lines += _beside(family, made(family))
    return [*lines, ""]


def _beside(name: str, pairs: Sequence[Watched]) -> list[str]:
    return [_row(name, pairs, ours()), _row(f"{name}: z-score", pairs, z_score)]


def _given_rows(pairs: Sequence[Watched]) -> list[str]:
    rows = [_row(f"given, sensitivity {name}", pairs, ours(name)) for name in Sensitivity]
    return [*rows, _row("given: z-score", pairs, z_score)]


def _left_out_lines(pairs: Sequence[Watched]) -> list[str]:
    total, chosen = left_out(pairs)
    bars = " or ".join(f"{caught} of 14 at {rate:.2f}" for caught, rate in BARS)
    levels = ", ".join(f"{level:g}" for level in sorted(set(chosen)))
    return [
        f"Bar: {bars}. Each pair at the level chosen on the others (at most {AIM} false alarms; chosen: {levels}): "
        f"{total.caught} of {total.onsets} at {total.false / total.years:.2f}.",
        "",
        "False alarms per pair-year from a level on: "
        + ", ".join(f"{level:g}: {rate:.2f}" for level, rate in measured(pairs))
        + ".",
    ]


def measured(pairs: Sequence[Watched]) -> list[tuple[float, float]]:
    """The false alarms at the levels of detente/analyse/false_alarms.py."""
    found = []
    for level, _ in MEASURED:
        total = added([tally(one, by_level(level)(one.series)) for one in pairs])
        found.append((level, round(total.false / total.years, 2)))
    return found


def main() -> None:
    """Print the tables."""
    print("\n".join(section()))


if __name__ == "__main__":
    main()

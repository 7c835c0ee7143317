"""How unusual each day of a pair's series is, from that day and the days before it; raises no alert by itself.

A day counts by how far it falls below the median of the 90 days before, measured in the usual size of the pair's own
days with events over five years (their 80 % quantile, which a crisis of some months does not move). The same is done
for the sum of seven days, which a build-up moves and the rhythm of the week does not. Sources: judging the tail only
after the scale was taken out follows McNeil and Frey (2000, J. Empirical Finance 7); that past outbreaks must not
count in the baseline, Farrington et al. (1996, JRSS A 159) and Noufaily et al. (2013, Statistics in Medicine 32); the
power of the share of days is the return level of a Pareto tail (Coles 2001, Extreme Values, chapter 4).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from detente.model.series import PairSeries

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

# A season: long enough for a steady median, short enough to follow a drift.
BASELINE_DAYS = 90
WEEK = 7
# Five years of a pair's own past: three cost catches on most sets tried, all of the past was no better.
HISTORY_DAYS = 1826
YEAR = 365
# Four days with events in five are smaller. From 80 to 90 % little changes; at 95 % one crisis spoils it.
USUAL_SHARE = 0.8
# A steady pair whose swings grew lately: its day must be twice the robust spread of the season at the least.
DAY_SPREADS = 2.0
# About the square root of seven, for a sum of seven days.
WEEK_SPREADS = 3.0
# A shift of a week counts a little less than a day: it is slower and would double the alarms of every spike.
WEEK_WEIGHT = 0.8
# One over the tail index: how often a size is reached falls with its power of 2.5. So a pair with events on one day in
# ten has its worst day of a year at two fifths of the level of one with events daily.
TAIL = 0.4
# Makes the median absolute deviation of normal noise its standard deviation.
NORMAL_SPREAD = 1.4826
# With fewer nothing can be called usual.
MIN_EVENT_DAYS = 10
MIN_DAYS = 60
# Rows of windows that are sorted at once: 3 MB.
_CHUNK = 4096
# Six digits: a series and the same series in other units agree to the last one that is compared.
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Levels:
    """The days with events of a pair, all arrays side by side.

    `day` and `week` are how far the day, and the seven days up to it, fall below the usual, in usual sizes and
    allowing for how rare days with events are: 1 is ordinary, 0 is also said where the past is too short. What is
    called an outbreak is said elsewhere.
    """

    days: Whole
    scores: Floats
    usual: Floats
    day_size: Floats
    week_falls: Floats
    week_size: Floats
    day: Floats
    week: Floats


def measure_days(series: PairSeries) -> Levels | None:
    """The level of every day with events; None where the series is too short for any."""
    all_scores = np.asarray(series.scores, dtype=np.float64)
    events = np.flatnonzero(all_scores)
    days, scores = np.asarray(series.days, dtype=np.int64)[events], all_scores[events]
    if not _long_enough(days):
        return None
    median, spread = _season(days - days[0], scores)
    # Friends who cool off to nothing are no outbreak: only what lies below zero counts, and below the usual.
    usual = np.minimum(median, 0.0)
    week_falls = _week_sums(days, usual - scores)
    past_day = _running_quantile(days, np.abs(median - scores))
    past_week = _running_quantile(days, np.abs(week_falls))
    day_size = np.maximum(past_day, DAY_SPREADS * spread)
    if not day_size.all():
        # Four days in five were the same: then the scores themselves say what is large.
        day_size = np.where(day_size > 0, day_size, _running_quantile(days, np.abs(scores)))
    week_size = np.maximum(np.maximum(past_week, day_size), WEEK_SPREADS * spread)
    known = (np.arange(len(days)) >= MIN_EVENT_DAYS) & (days - days[0] >= MIN_DAYS) & (day_size > 0)
    # A day of quiet or of good news starts no outbreak, whatever lies in the week before it.
    hostile = known & (scores < 0)
    rarity = np.where(known, _share(days) ** TAIL, 1.0)
    day = _ratio(usual - scores, day_size * rarity, hostile)
    week = WEEK_WEIGHT * _ratio(week_falls, week_size * rarity, hostile & (_week_sums(days, scores) < 0))
    return Levels(days, scores, usual, day_size, week_falls, week_size, day.round(_DIGITS), week.round(_DIGITS))


def is_long_enough(series: PairSeries) -> bool:
    """Whether any day of the series has enough past to be judged."""
    scores = np.asarray(series.scores, dtype=np.float64)
    return _long_enough(np.asarray(series.days, dtype=np.int64)[np.flatnonzero(scores)])


def _long_enough(days: Whole) -> bool:
    return len(days) > MIN_EVENT_DAYS and bool(days[-1] - days[0] >= MIN_DAYS)


def _ratio(over: Floats, under: Floats, where: npt.NDArray[np.bool_]) -> Floats:
    return np.divide(over, under, out=np.zeros_like(over), where=where)


def _season(days: Whole, scores: Floats) -> tuple[Floats, Floats]:
    """Median of the 90 days before each day with events, and the robust spread of those among them with events.

    A quiet day counts as zero for the median. It does not count for the spread: where most days are quiet the spread
    would be nothing, and weeks without news would make the days after them look rare.
    """
    calendar = np.full(BASELINE_DAYS + int(days[-1]), np.inf)
    calendar[BASELINE_DAYS:] = 0.0
    calendar[BASELINE_DAYS + days[:-1]] = scores[:-1]
    windows = sliding_window_view(calendar, BASELINE_DAYS)
    median, spread = np.zeros(len(days)), np.zeros(len(days))
    for start in range(1, len(days), _CHUNK):
        part = slice(start, start + _CHUNK)
        window = windows[days[part]]
        median[part] = _median(window)
        events = np.where(window == 0, np.inf, window)
        spread[part] = NORMAL_SPREAD * _median(np.abs(events - _median(events)[:, None]))
    return median, spread


def _median(rows: Floats) -> Floats:
    """The median of the finite items of each row, which sorting puts first; zero where there are none."""
    counts = np.isfinite(rows).sum(axis=1)
    ordered = np.sort(rows, axis=1)
    at = np.arange(len(rows))
    middle: Floats = (ordered[at, np.maximum(counts - 1, 0) // 2] + ordered[at, counts // 2]) / 2
    return np.where(counts > 0, middle, 0.0)


def _week_sums(days: Whole, values: Floats) -> Floats:
    """The sum over the seven days up to each day with events."""
    sums = values.copy()
    for back in range(1, min(WEEK, len(days))):
        sums[back:] += np.where(days[back:] - days[:-back] < WEEK, values[:-back], 0.0)
    return sums


def _share(days: Whole) -> Floats:
    """The share of days with events before each day: of the history, the year or the season, whichever is highest.

    The highest, because where news gets denser the rarer past would make ordinary days look rare.
    """
    before, shares = np.arange(len(days)), []
    for length in (HISTORY_DAYS, YEAR, BASELINE_DAYS):
        known = np.clip(days - days[0], 1, length)
        shares.append((before - np.searchsorted(days, days - length)) / known)
    highest: Floats = np.maximum.reduce(shares)
    return highest


def _running_quantile(days: Whole, sizes: Floats) -> Floats:
    """The quantile of the sizes of past days, kept in a sorted list: far cheaper than sorting five years each day."""
    past: list[float] = []
    found, oldest, listed, dates = np.zeros(len(days)), 0, sizes.tolist(), days.tolist()
    for now, day in enumerate(dates):
        while dates[oldest] < day - HISTORY_DAYS:
            del past[bisect_left(past, listed[oldest])]
            oldest += 1
        if past:
            found[now] = past[int(USUAL_SHARE * (len(past) - 1))]
        insort(past, listed[now])
    return found

"""Series made by a seeded generator, with planted outbreaks, to see where alerts hold and where they break.

What is planted is known, so catches and false alarms can be counted; that real series are like these is not claimed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

DAYS = 2192
PAIRS = 20
FIRST_DAY = 728294  # 1995-01-01
_SEED = 20240601
# The first outbreak lies behind the first half year; two of them lie at least 200 days apart.
_ONSETS = (range(200, 700), range(900, 1400), range(1600, 2100))


@dataclass(frozen=True)
class Made:
    """A series of one score a day, not a number where a row is missing, and the days on which outbreaks begin."""

    scores: Floats
    onsets: tuple[int, ...]


def make(family: str) -> list[Made]:
    """The twenty series of a family, the same each time."""
    return [_made(FAMILIES[family], np.random.default_rng([_SEED, pair])) for pair in range(PAIRS)]


Family = Callable[[np.random.Generator, Floats], Floats]


def _made(family: Family, rng: np.random.Generator) -> Made:
    onsets = tuple(int(rng.choice(days)) for days in _ONSETS)
    force = np.zeros(DAYS)
    for onset in onsets:
        # From a sharp clash of some days to a war of two months, strongest at its beginning.
        length, height = int(rng.integers(4, 60)), rng.uniform(6, 20)
        span = np.arange(min(length, DAYS - onset))
        force[onset : onset + length] += height * np.exp(-2 * span / length) * rng.lognormal(0, 0.4, len(span))
    return Made(family(rng, force), onsets)


def _dense(rng: np.random.Generator, force: Floats) -> Floats:
    """News daily: heavy tails, flare-ups of a day, a weekly rhythm, a drift, and a volume that grows fourfold."""
    day = np.arange(DAYS)
    week = np.where(day % 7 < 5, 1.2, 0.5)
    volume = 4 ** (day / DAYS) * week
    drift = 0.5 * np.sin(2 * np.pi * day / rng.uniform(700, 1500) + rng.uniform(0, 6))
    flares = np.where(rng.random(DAYS) < 0.01, rng.pareto(2.5, DAYS) + 1, 0)
    return np.asarray(40 * volume * (rng.standard_t(3, DAYS) + drift - 2 * flares - force), dtype=np.float64)


def _sparse(rng: np.random.Generator, force: Floats, rate: float = 0.2) -> Floats:
    """Events on one day in five, in negative-binomial clusters; outbreaks bring many at once."""
    events = rng.negative_binomial(0.5, 0.5 / (0.5 + rate * (1 + 0.8 * np.sin(np.arange(DAYS) / 90) + 2 * force)))
    return _summed(rng, events, force)


def _eighties(rng: np.random.Generator, force: Floats) -> Floats:
    """A score of zero on nine days in ten, as in the archives of the 1980s."""
    return _summed(rng, rng.poisson(0.105 * (1 + 6 * force)), force)


def _summed(rng: np.random.Generator, events: npt.NDArray[np.int64], force: Floats) -> Floats:
    """Goldstein-like weights added up: mostly hostile in an outbreak, either way elsewhere."""
    hostile = np.where(force > 0, 0.9, 0.5)
    sizes = np.array([-10.0, -7.0, -4.0, -2.0]), np.array([1.0, 2.5, 3.5, 6.0])
    scores = np.zeros(len(events))
    for day in events.nonzero()[0]:
        bad = int(rng.binomial(events[day], hostile[day]))
        scores[day] = rng.choice(sizes[0], bad).sum() + rng.choice(sizes[1], int(events[day]) - bad).sum()
    return scores


def _gaps(rng: np.random.Generator, force: Floats) -> Floats:
    """The dense family with single days and whole weeks missing."""
    scores = _dense(rng, force)
    scores[rng.random(DAYS) < 0.1] = np.nan
    for start in rng.integers(0, DAYS, 8):
        if not force[start : start + 30].any():
            scores[start : start + int(rng.integers(7, 30))] = np.nan
    return scores


def _events_only(rng: np.random.Generator, force: Floats) -> Floats:
    """The sparse family with no row where nothing happened."""
    scores = _sparse(rng, force)
    return np.where(scores == 0, np.nan, scores)


def _quiet(rng: np.random.Generator, force: Floats) -> Floats:
    """Friends whose score is far above zero and hardly moves; an outbreak is a fall below zero."""
    return 300 + 60 * rng.standard_t(4, DAYS) - 60 * force


FAMILIES: dict[str, Family] = {
    "daily news, growing, with weekends and drift": _dense,
    "the same with days and weeks missing": _gaps,
    "events on one day in five, clustered": _sparse,
    "the same, days without events missing": _events_only,
    "zero on nine days in ten": _eighties,
    "friends far above zero": _quiet,
}

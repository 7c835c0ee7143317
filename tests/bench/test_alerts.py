"""How alerts are counted: the scorer's rules by hand, and that what is printed beside alerts was measured."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from detente.analyse.false_alarms import MEASURED
from detente.model.series import PairSeries

ROOT = Path(__file__).parents[2]


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module("alerts")


@pytest.fixture
def watched(bench: Any) -> Any:
    """Five years and 90 days of a pair with one onset, on day 1000."""
    days = range(1, 1 + 90 + 5 * 365)
    return bench.Watched(PairSeries("A", "B", days, [1.0] * len(days)), (1000,))


@pytest.mark.parametrize(
    ("alerts", "caught", "false"),
    [
        ([1000], 1, 0),
        ([993], 1, 0),
        ([992], 0, 0),
        ([1001], 1, 0),
        ([1002], 0, 0),
        ([969], 0, 1),
        ([970, 1030], 0, 0),
        ([1031], 0, 1),
        ([50], 0, 0),
        ([200, 300, 995, 996], 1, 2),
    ],
)
def test_an_alert_catches_or_is_false_by_its_distance(
    bench: Any, watched: Any, alerts: list[int], caught: int, false: int
) -> None:
    counted = bench.tally(watched, alerts)
    assert (counted.caught, counted.false, counted.onsets) == (caught, false, 1)


def test_the_lead_is_that_of_the_first_alert(bench: Any, watched: Any) -> None:
    assert bench.tally(watched, [995, 1000]).leads == (5,)
    assert bench.tally(watched, [1001]).leads == (-1,)


def test_thinned_series_have_the_share_of_days_that_was_asked_for(bench: Any) -> None:
    scores = np.random.default_rng(0).normal(-10, 50, 3000).tolist()
    series = bench.Watched(PairSeries("A", "B", range(1, 3001), scores), ())
    thin = bench.thinned(series, 0.2, [0, 1])
    assert np.count_nonzero(thin.series.scores) / 3000 == pytest.approx(0.2, abs=0.02)
    assert thin == bench.thinned(series, 0.2, [0, 1])


def test_made_series_are_the_same_each_time(bench: Any) -> None:
    first, again = bench.made("zero on nine days in ten"), bench.made("zero on nine days in ten")
    assert first == again
    zero = np.mean([np.mean(np.asarray(one.series.scores) == 0) for one in first])
    assert 0.8 < zero < 0.92


def test_the_rates_beside_alerts_are_those_measured(bench: Any) -> None:
    pairs = bench.given()
    if not pairs:
        pytest.skip("../shared/data/series does not lie beside the project")
    assert tuple(bench.measured(pairs)) == MEASURED

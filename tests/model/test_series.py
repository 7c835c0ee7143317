"""A pair's series keeps its days in order."""

from __future__ import annotations

from datetime import date

import pytest

from detente.model.series import PairSeries


def test_a_series_is_cut_after_a_day() -> None:
    series = PairSeries("A", "B", [10, 11, 15], [1.0, 2.0, 3.0])
    assert series.up_to(date.fromordinal(14)) == PairSeries("A", "B", [10, 11], [1.0, 2.0])
    assert series.up_to(date.fromordinal(15)) == series


@pytest.mark.parametrize(("days", "scores"), [([2, 1], [0.0, 0.0]), ([1, 1], [0.0, 0.0]), ([1], [])])
def test_days_stand_in_order_each_once(days: list[int], scores: list[float]) -> None:
    with pytest.raises(ValueError, match="A,B"):
        PairSeries("A", "B", days, scores)

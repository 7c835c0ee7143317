"""The rate beside an alert falls with its level and ends at what was measured."""

from __future__ import annotations

import pytest

from detente.analyse.false_alarms import MEASURED, false_alarms_at


def test_measured_levels_give_what_was_measured() -> None:
    assert [false_alarms_at(level) for level, _ in MEASURED] == pytest.approx([rate for _, rate in MEASURED])


def test_the_rate_falls_with_the_level_and_promises_nothing_beyond() -> None:
    rates = [false_alarms_at(level / 4) for level in range(8, 80)]
    assert rates == sorted(rates, reverse=True)
    assert false_alarms_at(1000) == MEASURED[-1][1]

"""Alerts: what raises one, what does not, and the laws that hold for any series."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.analyse.outbreaks import Alert, Driver, Sensitivity, find_alerts
from detente.analyse.unusual import MIN_EVENT_DAYS, is_long_enough
from detente.model.series import PairSeries

START = date(1985, 1, 1).toordinal()


def series(scores: list[float] | np.ndarray[tuple[int], np.dtype[np.float64]], first: int = START) -> PairSeries:
    return PairSeries("A", "B", range(first, first + len(scores)), [float(score) for score in scores])


def days(alerts: list[Alert]) -> list[int]:
    return [alert.day.toordinal() - START for alert in alerts]


def noise(length: int = 400, seed: int = 1) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.random.default_rng(seed).normal(0, 20, length)


def test_a_clash_out_of_the_ordinary_is_told_on_its_day_with_what_drove_it() -> None:
    scores = noise()
    scores[300] = -500
    (alert,) = find_alerts(series(scores))
    assert (days([alert]), alert.driver, alert.score) == ([300], Driver.day, -500)
    assert alert.fall == pytest.approx(alert.usual + 500)
    assert alert.level > Sensitivity.normal.level
    assert "the score of -500 lies" in alert.why
    assert 0 < alert.false_alarms < 0.2


def test_ordinary_noise_and_good_news_raise_none() -> None:
    scores = noise()
    assert find_alerts(series(scores)) == []
    scores[300] = 900
    assert find_alerts(series(scores)) == []


def test_a_week_of_hard_days_is_told_though_no_day_of_it_stands_out() -> None:
    scores = noise()
    scores[300:312] = -160
    (alert,) = find_alerts(series(scores))
    assert alert.driver is Driver.week
    assert 300 < days([alert])[0] <= 307
    assert "seven days" in alert.why


def test_friends_who_cool_off_to_nothing_are_no_outbreak() -> None:
    scores = noise() + 400
    scores[300:] -= 390
    assert find_alerts(series(scores)) == []


def test_the_weekly_rhythm_and_a_slow_drift_raise_none() -> None:
    day = np.arange(1500)
    scores = noise(1500) * np.where(day % 7 < 5, 1.5, 0.4) - day / 10
    assert find_alerts(series(scores)) == []


def test_a_level_that_stays_is_one_alert_until_it_is_twice_as_bad() -> None:
    scores = noise(500)
    scores[300:330] = -500
    scores[320] = -20000
    first, second = find_alerts(series(scores))
    assert (days([first, second]), first.escalation, second.escalation) == ([300, 320], False, True)
    assert "twice the worst" in second.why


def test_after_three_calm_weeks_a_new_outbreak_is_news() -> None:
    scores = noise(600)
    scores[300], scores[315], scores[350] = -500, -500, -500
    assert days(find_alerts(series(scores))) == [300, 350]


def test_where_nearly_all_days_are_zero_a_single_event_is_no_alert_and_a_burst_is_one() -> None:
    scores = np.zeros(2000)
    scores[::11] = np.random.default_rng(4).choice([-10.0, -4.0, 2.0, 6.0], len(scores[::11]))
    assert find_alerts(series(scores)) == []
    scores[1500:1506] = [-40, -60, -30, 0, -50, -20]
    assert days(find_alerts(series(scores)))[0] in (1500, 1501)


def test_the_end_of_weeks_without_news_is_no_alert() -> None:
    scores = noise(800) - 60
    scores[500:530] = 0
    assert find_alerts(series(scores)) == []


def test_without_enough_past_nothing_is_said() -> None:
    short = [0.0] * 70 + [-900.0]
    assert not is_long_enough(series(short))
    assert find_alerts(series(short)) == []
    assert find_alerts(series([-5.0])) == []
    assert find_alerts(series([])) == []
    few = [0.0] * 400
    for at in range(MIN_EVENT_DAYS):
        few[at * 20] = -2.0
    assert find_alerts(series([*few, -900.0])) != []
    assert find_alerts(series([*few[20:], -900.0])) == []


def test_a_pair_that_never_changed_is_judged_by_the_scores_themselves() -> None:
    assert find_alerts(series([-5.0] * 300)) == []
    assert days(find_alerts(series([-5.0] * 300 + [-90.0]))) == [300]


def test_more_sensitivity_loses_no_first_alert() -> None:
    scores = noise()
    scores[200], scores[300] = -330, -200
    low, normal, high = (find_alerts(series(scores), sensitivity) for sensitivity in Sensitivity)
    assert len(low) <= len(normal) <= len(high)
    assert set(days(low)) <= set(days(normal)) <= set(days(high))


# Heavy tails and many zeros, as in news; whole numbers, so that ties are tried too.
score = st.one_of(st.just(0.0), st.integers(-20, 20).map(float), st.integers(-900, 300).map(float))
histories = st.lists(score, min_size=90, max_size=400)


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(61, 400))
def test_law_an_alert_stands_on_its_day_and_those_before(scores: list[float], day: int) -> None:
    whole, end = series(scores), date.fromordinal(START + day)
    assert find_alerts(whole.up_to(end)) == [alert for alert in find_alerts(whole) if alert.day <= end]


@settings(max_examples=60, deadline=None)
@given(histories, st.sampled_from([1000.0, 0.001, 1024.0, 3.7]))
def test_law_units_do_not_matter(scores: list[float], unit: float) -> None:
    scaled = [score * unit for score in scores]
    assert days(find_alerts(series(scaled))) == days(find_alerts(series(scores)))


@settings(max_examples=60, deadline=None)
@given(histories)
def test_law_a_day_of_zero_and_a_day_without_a_row_are_the_same(scores: list[float]) -> None:
    whole = series(scores)
    kept = [at for at, score in enumerate(scores) if score]
    rows = PairSeries("A", "B", [START + at for at in kept], [scores[at] for at in kept])
    assert find_alerts(rows) == find_alerts(whole)


@settings(max_examples=60, deadline=None)
@given(histories, st.integers(-3000, 30000))
def test_law_the_date_itself_does_not_matter(scores: list[float], shift: int) -> None:
    moved = find_alerts(series(scores, START + shift))
    assert [day - shift for day in days(moved)] == days(find_alerts(series(scores)))

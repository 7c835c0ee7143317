"""What passed between two sides: what counts, in which direction, on which day, and that every number opens."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from incident_samples import DAY, incident, reports

from detente.analyse.coverage import stretch_of
from detente.analyse.dyads import Side, dyad_series, pairs_of, passed_between, score_series
from detente.model.dyad import DyadSeries, Flow, Unit
from detente.model.incident import Incident

ARM, AZE, RUS = (Side(code, frozenset({code})) for code in ("ARM", "AZE", "RUS"))


def series(*incidents: Incident, sides: tuple[Side, Side] = (ARM, AZE), unit: Unit = Unit.day) -> DyadSeries:
    return dyad_series(incidents, reports(DAY), sides, unit)


def test_a_strike_goes_one_way_and_counts_once_together() -> None:
    (day,) = series(incident())
    assert (day.a_to_b.ids, day.b_to_a.ids, day.together.ids) == ((), ("i1",), ("i1",))
    assert day.b_to_a.quads == ((), (), (), ("i1",))
    assert (day.together.plover, day.together.goldstein, day.together.conflict_share) == (-9.0, -10.0, 1.0)


def test_talks_of_both_count_in_both_directions_and_once_together() -> None:
    talks = incident("i2", "CONSULT", "ARM GOV,AZE GOV,RUS GOV", "ARM GOV,AZE GOV,RUS GOV", reciprocal=True, score=3.0)
    (day,) = series(talks)
    assert day.a_to_b.ids == day.b_to_a.ids == day.together.ids == ("i2",)


def test_a_coalition_counts_once_for_a_pair() -> None:
    (day,) = series(incident(sources="AZE MIL,AZE GOV,TUR MIL"))
    assert day.together.ids == ("i1",)


def test_what_is_only_demanded_or_denied_counts_nowhere() -> None:
    (day,) = series(incident(status="demanded"), incident("i2", status="denied"))
    assert day.together == Flow()


def test_a_call_of_a_third_party_on_both_is_no_conflict_of_theirs() -> None:
    call = incident("i3", "REQUEST", "RUS GOV", "ARM GOV,AZE GOV", score=-1.0)
    (day,) = series(call)
    assert day.calls == ("i3",) and day.together.ids == ()
    assert score_series([call], (ARM, AZE)).days == []


def test_what_is_recalled_counts_on_its_own_stated_day_or_not_at_all() -> None:
    past = DAY - timedelta(days=300)
    told = incident(background=True, first=past, last=past)
    vague = incident("i2", background=True, dated="publication")
    found = series(told, vague)
    assert [s.stretch.first for s in found if s.together.ids] == [past]
    assert found.undated == ("i2",)


def test_what_happened_some_time_in_a_year_is_on_no_day() -> None:
    found = series(incident(first=date(2019, 1, 1), last=date(2019, 12, 31)))
    assert found.undated == ("i1",) and not any(s.together.ids for s in found)


def test_parts_of_a_country_are_sides() -> None:
    army, rebels = (
        Side("SYR MIL", frozenset({"SYR"}), frozenset({"MIL"})),
        Side("SYR REB", frozenset({"SYR"}), frozenset({"REB"})),
    )
    (day,) = series(incident(sources="SYR MIL", targets="SYR REB"), sides=(army, rebels))
    assert day.a_to_b.ids == ("i1",) and day.b_to_a.ids == ()


def test_no_reports_is_another_thing_than_nothing_told() -> None:
    found = dyad_series([], reports(DAY, DAY + timedelta(days=2)), (ARM, AZE), Unit.day)
    told = [s.to_dict() for s in found]
    assert [row["together"] is None for row in told] == [False, True, False]
    assert [row["per_1000_reports"] for row in told] == [0.0, None, 0.0]


def test_an_empty_archive_and_a_pair_that_never_met_have_no_numbers() -> None:
    assert list(dyad_series([], [], (ARM, AZE), Unit.month)) == []
    (day,) = series(incident(), sides=(ARM, RUS))
    assert day.together == Flow() and day.together.conflict_share is None


def test_days_at_the_ends_of_time_have_their_stretches() -> None:
    for day in (date.min, date.max):
        for unit in Unit:
            stretch = stretch_of(day, unit)
            assert stretch.first <= day <= stretch.last
            assert list(dyad_series([incident(first=day, last=day)], [], (ARM, AZE), unit))


def test_pairs_are_those_between_which_something_passed() -> None:
    assert pairs_of(
        [incident(), incident("i2", sources="RUS GOV", targets="IGO"), incident("i3", status="planned")]
    ) == [("ARM", "AZE")]


CODES = ("ARM GOV", "ARM MIL", "AZE MIL", "AZE GOV", "RUS GOV", "IGO")
INCIDENTS = st.lists(
    st.builds(
        lambda n, type, a, b, days, score: incident(
            f"i{n}", type, a, b, first=DAY + timedelta(days), last=DAY + timedelta(days), score=score
        ),
        st.integers(0, 10**6),
        st.sampled_from(["ASSAULT", "CONSULT", "AGREE", "REQUEST", "AID", "SANCTION"]),
        st.sampled_from(CODES),
        st.sampled_from(CODES),
        st.integers(-70, 70),
        st.sampled_from([-9.0, -4.5, 2.0, 6.5]),
    ),
    unique_by=lambda i: i.id,
    max_size=25,
)


@given(INCIDENTS, st.randoms())
def test_the_order_of_incidents_changes_nothing(incidents: list[Incident], chance: object) -> None:
    mixed = incidents[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert series(*incidents, unit=Unit.week) == series(*mixed, unit=Unit.week)


@given(INCIDENTS)
def test_days_sum_up_to_months_and_every_number_opens(incidents: list[Incident]) -> None:
    days, months = (series(*incidents, unit=unit) for unit in (Unit.day, Unit.month))
    by_month: Counter[date] = Counter()
    for day in days:
        by_month[stretch_of(day.stretch.first, Unit.month).first] += len(day.together.ids)
    assert {s.stretch.first: len(s.together.ids) for s in months} == by_month
    told = [id for s in months for id in s.together.ids]
    known = {i.id for i in incidents if (p := passed_between(i, ARM, AZE)) and not p.call}
    assert sorted(told) == sorted(known)


@given(INCIDENTS)
def test_the_other_way_round_is_the_mirror(incidents: list[Incident]) -> None:
    one, other = series(*incidents), series(*incidents, sides=(AZE, ARM))
    for a, b in zip(one, other, strict=True):
        assert (a.a_to_b, a.b_to_a, a.together, a.calls) == (b.b_to_a, b.a_to_b, b.together, b.calls)

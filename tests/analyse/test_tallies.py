"""Incidents by month of countries, regions, actors and civil conflicts."""

from __future__ import annotations

from datetime import date

from incident_samples import incident, reports

from detente.analyse.tallies import tally
from detente.model.account import AccountPlace
from detente.model.tally import TallyBy

THERE = AccountPlace("Goris", "ARM", "Syunik", "city")
DAYS = reports(date(2024, 2, 1), date(2024, 3, 4), date(2024, 4, 30))


def counted(by: TallyBy, *incidents: object) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in tally(incidents, DAYS, by):  # type: ignore[arg-type]
        found.setdefault(row.subject, []).append(len(row.flow.ids))
    return found


def test_zeros_stand_within_the_coverage_only() -> None:
    assert counted(TallyBy.country, incident(where=THERE)) == {"ARM": [0, 1, 0]}
    assert counted(TallyBy.region, incident(where=THERE)) == {"ARM Syunik": [0, 1, 0]}
    assert counted(TallyBy.actor, incident()) == {"AZE MIL": [0, 1, 0]}


def test_governments_rebels_and_civilians() -> None:
    fight = incident("i1", sources="SYR REB", targets="SYR MIL")
    raid = incident("i2", sources="SYR REB", targets="SYR CVL")
    abroad = incident("i3", sources="SYR REB", targets="TUR MIL")
    assert counted(TallyBy.conflict, fight, raid, abroad) == {
        "SYR government and rebels": [0, 1, 0],
        "SYR rebels and civilians": [0, 1, 0],
    }


def test_a_month_without_reports_is_unknown() -> None:
    rows = list(tally([incident(where=THERE)], reports(date(2024, 2, 1), date(2024, 5, 1)), TallyBy.country))
    assert [row.to_dict()["incidents"] is None for row in rows] == [False, False, True, False]

"""Tellings of one happening are one event; tellings of two are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from factory import sample

from detente.coding.happenings import unite_events
from detente.model.coded import CodedReport
from detente.model.event import Coding, Count, Event, Size
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Statement
from detente.model.when import When

PEOPLE = (
    Participant("a1", "Peru", "country", (), "country:PER", "PER", ("GOV",)),
    Participant("a2", "Chile", "country", (), "country:CHL", "CHL", ("GOV",)),
    Participant("a3", "the Peruvian government", "organisation", (), None, "PER", ("GOV",)),
    Participant("a4", "farmers", "group", (), None, None, ("CVL",)),
)
MONDAY, TUESDAY = (When(day, day, "stated", "day") for day in (date(2024, 5, 13), date(2024, 5, 14)))
PUBLISHED = When(date(2024, 5, 15), date(2024, 5, 15), "publication", "day")
LIMA = Place("p1", Span(0, 4), "Lima", country="PER", resolution="city")
CUSCO = Place("p2", Span(0, 4), "Cusco", country="PER", resolution="city")
PERU = Place("p3", Span(0, 4), "Peru", country="PER", resolution="country")


def telling(number: int, plover: str = "ASSAULT", **changes: object) -> Event:
    """Peru attacks Chile, as the event with this number tells it, with some fields replaced."""
    at = Span(number * 10, number * 10 + 5)
    event = Event(f"e{number}", ("a1",), ("a2",), (Coding("PLOVER", plover),), "happened", at, (at,), confidence=0.5)
    return replace(event, **changes)  # type: ignore[arg-type]


def united(*events: Event, statements: tuple[Statement, ...] = ()) -> CodedReport:
    return unite_events(CodedReport(Report("x" * 200), PEOPLE, events=events, statements=statements))


def ids(*events: Event) -> list[str]:
    return [event.id for event in united(*events).events]


# -- what is one


def test_two_tellings_of_one_deed_are_one_with_both_clauses() -> None:
    (event,) = united(telling(1), telling(2)).events
    assert [span.start for span in event.evidence] == [10, 20]


def test_a_telling_without_a_party_joins_one_that_names_it() -> None:
    assert ids(telling(1), telling(2, sources=())) == ["e1"]
    assert ids(telling(1, sources=(), targets=()), telling(2)) == ["e2"]


def test_parties_of_one_country_and_sector_fit() -> None:
    assert ids(telling(1), telling(2, sources=("a3",))) == ["e1"]


def test_happened_and_under_way_fit() -> None:
    assert ids(telling(1), telling(2, status="under_way")) == ["e1"]


def test_a_day_of_publication_gives_way_to_a_stated_day() -> None:
    (event,) = united(telling(1, when=PUBLISHED), telling(2, when=TUESDAY)).events
    assert event.when == TUESDAY


def test_a_city_and_its_country_fit() -> None:
    assert ids(telling(1, place=LIMA), telling(2, place=PERU)) == ["e1"]


# -- what is two


@pytest.mark.parametrize(
    "changes",
    [
        {"plover": "ACCUSE"},
        {"status": "planned"},
        {"background": True},
        {"sources": ("a2",), "targets": ("a1",)},
        {"targets": ("a4",)},
    ],
    ids=["type", "status", "background", "the other way round", "target"],
)
def test_tellings_that_differ_are_two(changes: dict[str, object]) -> None:
    assert ids(telling(1), telling(2, **changes)) == ["e1", "e2"]  # type: ignore[arg-type]


def test_two_stated_days_are_two_happenings() -> None:
    assert ids(telling(1, when=MONDAY), telling(2, when=TUESDAY)) == ["e1", "e2"]


def test_two_cities_are_two_happenings() -> None:
    assert ids(telling(1, place=LIMA), telling(2, place=CUSCO)) == ["e1", "e2"]


def test_a_speech_act_needs_its_speaker() -> None:
    assert ids(telling(1, "ACCUSE"), telling(2, "ACCUSE", sources=())) == ["e1", "e2"]


def test_tellings_that_share_neither_party_nor_place_are_two() -> None:
    one = telling(1, sources=("a1",), targets=())
    other = telling(2, sources=(), targets=("a2",))
    assert ids(one, other) == ["e1", "e2"]
    assert len(ids(replace(one, place=LIMA), replace(other, place=LIMA))) == 1


# -- what is kept of each


def test_the_clearest_telling_stays_and_learns_from_the_other() -> None:
    size = Size(dead=Count(3, 3, Span(1, 2)))
    vague = telling(1, sources=(), place=LIMA, size=size, victims=("a4",))
    (event,) = united(vague, telling(2)).events
    assert (event.id, event.sources, event.place, event.size, event.victims) == ("e2", ("a1",), LIMA, size, ("a4",))


def test_what_the_report_itself_tells_stands_on_nobodys_word() -> None:
    (event,) = united(telling(1, told_in="s1"), telling(2)).events
    assert event.told_in is None


def test_in_a_clash_everybody_is_on_both_sides() -> None:
    clash = telling(1, sources=("a1", "a2"), targets=("a1", "a2"), reciprocal=True)
    (event,) = united(clash, telling(2, sources=("a2",), targets=("a1",))).events
    assert event.reciprocal
    assert set(event.sources) == set(event.targets) == {"a1", "a2"}


def test_statements_follow_to_the_event_that_stays() -> None:
    said = Statement("s1", "a1", (Span(0, 3),), "indirect", events=("e1", "e2"), acts=("e1",))
    first, second = telling(1, sources=()), telling(2)
    (statement,) = united(replace(first, told_in="s1"), replace(second, told_in="s1"), statements=(said,)).statements
    assert (statement.events, statement.acts) == (("e2",), ("e2",))


def test_an_event_that_the_report_also_tells_itself_stands_on_nobodys_word() -> None:
    said = Statement("s1", "a1", (Span(0, 3),), "indirect", events=("e1",))
    (statement,) = united(replace(telling(1), told_in="s1"), telling(2), statements=(said,)).statements
    assert statement.events == ()


# -- laws


def test_events_stand_in_text_order() -> None:
    assert ids(telling(3, "AID"), telling(1), telling(2, "ACCUSE")) == ["e1", "e2", "e3"]


def test_what_is_united_stays_as_it_is() -> None:
    once = united(telling(1), telling(2, sources=()), telling(3, "AID"), telling(4, status="planned"))
    assert unite_events(once) == once
    assert unite_events(unite_events(sample())) == unite_events(sample())


def test_no_clause_is_lost() -> None:
    events = (telling(1), telling(2, targets=()), telling(3, "AID"), telling(4, status="planned"))
    before = {span for event in events for span in event.evidence}
    assert {span for event in united(*events).events for span in event.evidence} == before


def test_nothing_to_unite() -> None:
    assert united().events == ()

"""The country of people, bodies and places that nobody knows, and where and when deeds were that do not say it."""

from __future__ import annotations

from datetime import date

from case_files import Reader

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.report import Report

DAY = date(2023, 9, 19)


def read(reader: Reader, text: str) -> CodedReport:
    return reader.read(Report(text, published=DAY))


def called(coded: CodedReport, name: str) -> Participant:
    return next(p for p in coded.participants if name in p.name)


def deed(coded: CodedReport, words: str) -> Event:
    return next(e for e in coded.events if words in e.trigger.words(coded.report.text))


def test_a_private_person_belongs_where_he_is_told_of(reader: Reader) -> None:
    person = called(read(reader, "“We fled,” said Almaz Ombra, 54, who slept in a school in Nairobi."), "Almaz Ombra")
    assert person.code == "KEN CVL"
    assert "inferred" in person.why and person.confidence <= 0.7


def test_a_coordinator_of_the_un_is_of_no_country(reader: Reader) -> None:
    text = "“Let the trucks through,” said Almaz Ombra, the UN humanitarian coordinator in Sudan."
    assert called(read(reader, text), "Almaz Ombra").code == "IGO"


def test_an_envoy_to_a_body_of_states_is_his_countrys(reader: Reader) -> None:
    text = "“We disagree,” said Almaz Ombra, the Turkish envoy to NATO."
    assert called(read(reader, text), "Almaz Ombra").country == "TUR"


def test_a_medium_is_of_the_country_of_who_speaks_to_it(reader: Reader) -> None:
    text = "Greek Prime Minister Kyriakos Mitsotakis told Ombra TV that talks had failed."
    assert called(read(reader, text), "Ombra TV").code == "GRC JRN"


def test_platforms_are_companies(reader: Reader) -> None:
    coded = read(reader, "“We will not yield,” Ukrainian President Volodymyr Zelensky wrote on Facebook.")
    assert called(coded, "Facebook").code == "USA BUS"


def test_an_unknown_village_lies_in_the_country_that_names_it(reader: Reader) -> None:
    text = "Rockets fell near the Lebanese village of Bel Ombra on Monday."
    (place,) = (p for p in read(reader, text).places if "Ombra" in p.name)
    assert (place.country, place.resolution) == ("LBN", "below_city")
    assert "inferred" in place.why


def test_an_arrest_without_a_place_is_at_home(reader: Reader) -> None:
    event = deed(read(reader, "Kenya expelled two Sudanese diplomats on Monday."), "expelled")
    assert event.place is not None and event.place.country == "KEN"
    assert "inferred" in event.why


def test_what_is_only_said_has_no_place(reader: Reader) -> None:
    assert deed(read(reader, "Kenya condemned Sudan on Monday."), "condemned").place is None


def test_a_clause_with_a_measure_is_dated_from_the_main_clause(reader: Reader) -> None:
    text = "India expelled two Pakistani diplomats on Friday, two days after gunmen killed nine soldiers in Kashmir."
    coded = read(reader, text)
    killed, expelled = deed(coded, "killed").when, deed(coded, "expelled").when
    assert expelled is not None and expelled.first == date(2023, 9, 15)
    assert killed is not None and (killed.first, killed.basis) == (date(2023, 9, 13), "inferred")


def test_a_deed_since_is_not_the_deed_of_that_month(reader: Reader) -> None:
    text = "It was the worst crisis since February 2022, when Russian troops invaded Ukraine."
    invaded = deed(read(reader, text), "invaded").when
    assert invaded is not None and invaded.last == date(2022, 2, 28)

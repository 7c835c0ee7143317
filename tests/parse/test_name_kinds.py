"""What kind of thing an unknown name is, by the words around it."""

from __future__ import annotations

from datetime import date

from case_files import Reader

from detente.model.coded import CodedReport
from detente.model.report import Report


def read(reader: Reader, text: str) -> CodedReport:
    return reader.read(Report(text, published=date(2023, 9, 19)))


def places(reader: Reader, text: str) -> dict[str, str | None]:
    coded = read(reader, text)
    return {p.span.words(text): p.country for p in coded.places}


def kinds(reader: Reader, text: str) -> dict[str, str]:
    return {p.name: p.kind for p in read(reader, text).participants}


def test_a_name_behind_a_noun_for_ground_is_a_place(reader: Reader) -> None:
    assert "Bel Ombra" in places(reader, "Soldiers shelled the village of Bel Ombra on Monday.")


def test_a_name_before_a_noun_for_ground_is_a_place(reader: Reader) -> None:
    assert any("Ombra" in name for name in places(reader, "Patrols along the Ombra river were fired at."))


def test_a_place_told_once_is_that_place_everywhere(reader: Reader) -> None:
    text = "Gunmen attacked a convoy near Ombrasund on Monday. The raid on Ombrasund killed two soldiers."
    spans = [p.span.words(text) for p in read(reader, text).places]
    assert spans.count("Ombrasund") == 2


def test_words_of_its_name_tell_a_medium(reader: Reader) -> None:
    found = kinds(reader, "Greek Prime Minister Kyriakos Mitsotakis told Ombra TV that talks had failed.")
    assert found["Ombra TV"] == "organisation"


def test_a_sea_with_a_country_in_its_name_is_no_country(reader: Reader) -> None:
    assert places(reader, "A tanker was seized in the Taiwan Strait.") == {"Taiwan Strait": None}


def test_a_state_of_america_is_no_country(reader: Reader) -> None:
    coded = read(reader, "Police in Atlanta, Georgia, arrested two demonstrators.")
    assert "GEO" not in {p.country for p in (*coded.places, *coded.participants)}

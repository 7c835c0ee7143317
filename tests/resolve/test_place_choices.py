"""What stands around a name decides between its bearers: holders, regions, neighbours, words of one country."""

from __future__ import annotations

from datetime import date

import pytest
from read_texts import parsed

from detente.model.coded import CodedReport
from detente.model.place import Place
from detente.pipeline import Kit
from detente.resolve.where import resolve_places


def places(text: str, kit: Kit) -> dict[str, Place]:
    reading = parsed(text, kit)
    coded = CodedReport(reading.report, participants=reading.participants)
    found = resolve_places(coded, reading, kit.gazetteer, date(2023, 5, 12)).places
    return {place.span.words(text): place for place in found}


@pytest.mark.parametrize(
    ("text", "name", "country", "region"),
    [
        ("A mill in Springfield, Ill., burned down.", "Springfield", "USA", "Illinois"),
        ("The museum in Athens, Georgia reopened.", "Athens", "USA", "Georgia"),
        ("She grew up in Moscow, Idaho.", "Moscow", "USA", "Idaho"),
        ("Police in London, Ontario, made an arrest.", "London", "CAN", "Ontario"),
        ("Snow fell in Buffalo, New York, and in Rochester.", "Rochester", "USA", "New York"),
        ("A quake struck off Vancouver Island and shook Victoria.", "Victoria", "CAN", "British Columbia"),
        ("Fires burned in Cordoba, an Andalusian mayor said.", "Cordoba", "ESP", "Andalusia"),
    ],
)
def test_what_stands_around_a_name_chooses(text: str, name: str, country: str, region: str, kit: Kit) -> None:
    place = places(text, kit)[name]
    assert (place.country, place.admin1) == (country, region)


def test_a_list_of_places_holds_nothing(kit: Kit) -> None:
    assert places("Protests were held in Paris, Georgia and Armenia.", kit)["Paris"].country == "FRA"


def test_counties_share_the_word_behind_them(kit: Kit) -> None:
    found = places("Roads were closed in Broward and Miami-Dade counties.", kit)
    assert {place.resolution for place in found.values()} == {"admin2"}


def test_a_town_across_the_border_is_believed(kit: Kit) -> None:
    assert places("Ukraine's army said that its troops held on in Sudzha.", kit)["Sudzha"].country == "RUS"


def test_a_spelling_that_nobody_listed_is_found_by_its_sound(kit: Kit) -> None:
    place = places("Syria's army shelled the outskirts of Tel Rifat.", kit)["Tel Rifat"]
    assert place.country == "SYR" and place.latitude is not None


def test_the_article_tells_the_river_from_the_city(kit: Kit) -> None:
    assert places("Shells flew across the Dnipro.", kit)["Dnipro"].kind == "river"
    assert places("Shells fell in Dnipro.", kit)["Dnipro"].kind == "city"

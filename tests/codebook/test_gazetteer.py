"""The gazetteer: names of conflict news find their places, with claimants and holders by date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from gazetteer_built import built_gazetteer

from detente.codebook import gazetteer_sources, geonames
from detente.codebook.build_gazetteer import build_gazetteer
from detente.codebook.folding import fold_name
from detente.codebook.gazetteer import Control, Gazetteer, GazetteerMissing

SEPTEMBER_2023 = date(2023, 9, 19)


@pytest.fixture(scope="module")
def built() -> Path:
    return built_gazetteer()


@pytest.fixture(scope="module")
def gazetteer(built: Path) -> Iterator[Gazetteer]:
    with Gazetteer.open(built) as opened:
        yield opened


def test_names_are_compared_without_case_marks_and_hyphens() -> None:
    assert fold_name("Nagorno-Karabakh") == fold_name("NAGORNO KARABAKH")
    assert fold_name("Sana’a") == fold_name("Sanaa") == "sanaa"
    assert fold_name("Łódź") == "lodz"
    assert fold_name("the Gulf of Aden") == "gulf of aden"


def test_nagorno_karabakh_in_september_2023(gazetteer: Gazetteer) -> None:
    (place,) = gazetteer.lookup("Nagorno Karabakh")
    assert place.country == "AZE"
    assert place.claimed_by(SEPTEMBER_2023) == ("AZE", "Republic of Artsakh")
    assert place.controlled_by(SEPTEMBER_2023) == ("Republic of Artsakh", "AZE")
    assert place.controlled_by(date(2005, 1, 1)) == ("Republic of Artsakh",)
    assert place.controlled_by(date(2024, 6, 1)) == ("AZE",)
    assert place.claimed_by(date(2024, 6, 1)) == ("AZE",)
    assert (place.latitude, place.longitude) == (39.82, 46.75)


@pytest.mark.parametrize(
    ("name", "usual", "country"),
    [
        ("Kiev", "Kyiv", "UKR"),
        ("Kharkov", "Kharkiv", "UKR"),
        ("Odessa", "Odesa", "UKR"),
        ("Lvov", "Lviv", "UKR"),
        ("Avdeevka", "Avdiivka", "UKR"),
        ("Rangoon", "Yangon", "MMR"),
        ("Calcutta", "Kolkata", "IND"),
        ("Stepanakert", "Khankendi", "AZE"),
        ("Shushi", "Shusha", "AZE"),
        ("Deir Ezzor", "Deir ez-Zor", "SYR"),
        ("Khan Yunis", "Khan Younis", "PSE"),
        ("Al-Fashir", "El Fasher", "SDN"),
        ("Tskhinvali", "Tskhinvali", "GEO"),
        ("Bunagana", "Bunagana", "COD"),
    ],
)
def test_other_names_find_the_place(gazetteer: Gazetteer, name: str, usual: str, country: str) -> None:
    assert any(p.name == usual and p.country == country for p in gazetteer.lookup(name))


def test_a_country_is_a_place_with_a_point(gazetteer: Gazetteer) -> None:
    place = next(p for p in gazetteer.lookup("Ukraine") if p.resolution == "country")
    assert (place.id, place.country, place.latitude, place.longitude) == ("country:UKR", "UKR", 49.0, 32.0)
    assert all(gazetteer.lookup(name)[0].id == "country:GBR" for name in ("Britain", "UK", "U.K."))


def test_every_country_with_towns_has_a_point(built: Path) -> None:
    with sqlite3.connect(built) as connection:
        query = """SELECT name FROM gazetteer_place p WHERE resolution = 'country' AND latitude IS NULL
                      AND EXISTS (SELECT 1 FROM gazetteer_city c WHERE c.country = p.country)"""
        assert connection.execute(query).fetchall() == []


def test_a_town_in_a_disputed_region_has_its_claimants(gazetteer: Gazetteer) -> None:
    place = gazetteer.lookup("Simferopol")[0]
    assert (place.country, place.admin1) == ("UKR", "Crimea")
    assert place.claimed_by(SEPTEMBER_2023) == ("UKR", "RUS")
    assert place.controlled_by(SEPTEMBER_2023) == ("RUS",)
    assert place.controlled_by(date(2013, 1, 1)) == ("UKR",)


def test_who_holds_a_town_of_a_divided_region_is_not_said(gazetteer: Gazetteer) -> None:
    place = gazetteer.lookup("Kostiantynivka")[0]
    assert place.claimed_by(SEPTEMBER_2023) == ("UKR", "RUS")
    assert place.claimed_by(date(2020, 1, 1)) == ("UKR",)
    assert place.controlled_by(SEPTEMBER_2023) == ()


def test_region_words_ask_for_the_region(gazetteer: Gazetteer) -> None:
    assert [p.resolution for p in gazetteer.lookup("Idlib province")] == ["admin1"]
    assert {p.resolution for p in gazetteer.lookup("Idlib")} == {"admin1", "city"}


def test_seas_and_continents_have_no_country(gazetteer: Gazetteer) -> None:
    sea = next(p for p in gazetteer.lookup("Red Sea") if p.resolution == "sea")
    assert sea.country is None
    region = next(p for p in gazetteer.lookup("the Middle East") if p.resolution == "region")
    assert (region.id, region.country) == ("place:middle-east", None)


def test_an_unknown_name_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Qwertzuiopolis") == ()
    assert gazetteer.lookup("") == ()
    assert gazetteer.lookup("Kyivv") == ()


def test_all_places_of_a_name_come_by_population(gazetteer: Gazetteer) -> None:
    cities = [p for p in gazetteer.lookup("Tripoli") if p.resolution == "city"]
    assert [p.country for p in cities[:2]] == ["LBY", "LBN"]


def test_control_without_a_day_is_what_has_not_ended() -> None:
    assert Control("RUS", date(2014, 3, 18), None).on(None)
    assert not Control("UKR", None, date(2014, 3, 17)).on(None)


def test_opening_and_looking_up_are_fast(built: Path) -> None:
    start = time.perf_counter()
    with Gazetteer.open(built) as opened:
        assert time.perf_counter() - start < 0.05
        start = time.perf_counter()
        for name in ("Kyiv", "San Jose", "Donetsk", "Nowhereville"):
            opened.lookup(name)
        assert time.perf_counter() - start < 0.1


def test_the_file_stays_small(built: Path) -> None:
    assert built.stat().st_size < 25_000_000


def test_a_missing_or_empty_knowledge_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GazetteerMissing, match=r"detente\.codebook\.build"):
        Gazetteer.open(tmp_path / "none.sqlite")
    sqlite3.connect(tmp_path / "empty.sqlite").close()
    with pytest.raises(GazetteerMissing, match=r"detente\.codebook\.build"):
        Gazetteer.open(tmp_path / "empty.sqlite")


def test_building_twice_gives_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The larger towns are enough to see it, and quicker.
    monkeypatch.setattr(geonames, "SMALLEST_TOWN", 15_000)
    dumps = []
    for name in ("first.sqlite", "second.sqlite"):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            build_gazetteer(connection)
            dumps.append(list(connection.iterdump()))
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 30_000


def test_malformed_rows_are_set_aside_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "control.psv").write_text(
        "# head\nCrimea|RUS|2014-03-18|\nCrimea|RUS\nCrimea|RUS|soon|\n", encoding="utf-8"
    )
    monkeypatch.setattr(gazetteer_sources, "SOURCES", tmp_path)
    assert [p.holder for p in gazetteer_sources.control_periods()] == ["RUS"]
    assert "control.psv, line 3" in caplog.text
    assert "control.psv, line 4" in caplog.text


def test_a_town_that_changed_hands_is_held_by_the_day(gazetteer: Gazetteer) -> None:
    kherson = next(p for p in gazetteer.lookup("Kherson") if p.resolution == "city")
    assert kherson.controlled_by(date(2022, 1, 1)) == ("UKR",)
    assert kherson.controlled_by(date(2022, 6, 1)) == ("RUS",)
    assert kherson.controlled_by(date(2023, 1, 1)) == ("UKR",)
    assert kherson.country == "UKR"


def test_short_forms_are_no_names(gazetteer: Gazetteer) -> None:
    assert [p.name for p in gazetteer.short("Ill.")] == ["Illinois"]
    assert not any(p.name == "Illinois" for p in gazetteer.lookup("Ill"))


def test_names_are_found_by_their_sound(gazetteer: Gazetteer) -> None:
    assert {p.country for p in gazetteer.similar("Ajdabia")} == {"LBY"}
    assert gazetteer.similar("Nowheresville") == ()


def test_counties_and_natural_features_are_places(gazetteer: Gazetteer) -> None:
    assert {p.resolution for p in gazetteer.lookup("Travis County")} == {"admin2"}
    assert gazetteer.knows("Vancouver Island") and not gazetteer.knows("Nowheresville")


def test_towns_of_a_whole_disputed_country_inherit_its_claims(gazetteer: Gazetteer) -> None:
    assert "MAR" in gazetteer.lookup("Laayoune")[0].claims

"""The build of the who's who: cleaning, joining, and the same result every time."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detente.codebook.build import DATA, build_whoswho
from detente.codebook.build_names import Draft
from detente.codebook.build_tenures import OfficeRow, close_with_successors, merge_tenures, office_rows
from detente.codebook.folding import fold_name, fold_text, lower_text, singulars, slug
from detente.codebook.sources import Sources
from detente.codebook.spelling import Sounds

HEAD = "person,qid,aliases,country,role,role_class,sector,start,end,end_kind,source\n"
ROW = OfficeRow(
    person="Ada Brown",
    qid="Q1",
    aliases=(),
    country="XXA",
    role="Prime Minister",
    role_class="head_of_government",
    sector="GOV",
    start=date(2018, 5, 8),
    end=None,
    end_kind="open",
    as_of=date(2022, 7, 1),
    source="wikidata/xxa",
)


def offices(tmp_path: Path, rows: str) -> tuple[list[OfficeRow], Sources]:
    (tmp_path / "offices.csv").write_text(HEAD + rows, encoding="utf-8")
    (tmp_path / "offices_europe.psv").write_text("", encoding="utf-8")
    fixes = (DATA / "whoswho" / "role_fixes.tsv").read_text(encoding="utf-8")
    (tmp_path / "role_fixes.tsv").write_text(fixes, encoding="utf-8")
    sources = Sources(tmp_path)
    return office_rows(sources), sources


def test_malformed_rows_are_set_aside_with_their_line(tmp_path: Path) -> None:
    rows = (
        "A B,,,XXA,Minister of Defence,defence_minister,MIL,2014s,,stated,curated\n"
        "C D,,,XXA,President,head_of_state,GOV,2015,2014,stated,curated\n"
        "E F,,,XXA,President\n"
        "G H,,,XXA,President,head_of_state,GOV,2015,2016,stated,curated\n"
    )
    kept, sources = offices(tmp_path, rows)
    assert [row.person for row in kept] == ["G H"]
    assert len(sources.aside) == 3
    assert any(note.startswith("offices.csv:2: not a date") for note in sources.aside)


def test_known_faults_of_classes_are_mended(tmp_path: Path) -> None:
    rows = (
        "A B,,,XXA,Minister of Defence,defence_minister,MIL,2014,2015,stated,curated\n"
        "C D,,,XXA,Minister of Foreign Trade,foreign_minister,GOV,2014,2015,stated,curated\n"
        "E F,,,XXA,Foreign Ministry Spokeperson,foreign_minister,GOV,2014,2015,stated,curated\n"
        "G H (acting),,,XXA,president of the Province of Lecco,head_of_state,GOV,2014,2015,stated,curated\n"
    )
    kept, _ = offices(tmp_path, rows)
    assert [(row.role_class, row.sector) for row in kept] == [
        ("defence_minister", "GOV"),
        ("minister", "GOV"),
        ("spokesperson", "GOV"),
        ("subnational", "GOV"),
    ]
    assert kept[3].person == "G H"
    assert (kept[0].start, kept[0].end) == (date(2014, 1, 1), date(2015, 12, 31))


def test_equal_tenures_of_several_sources_become_one() -> None:
    yearbook = replace(ROW, source="factbook", as_of=date(2026, 1, 22), start=date(2018, 5, 20))
    term = replace(ROW, end=date(2021, 4, 25), end_kind="stated", as_of=None)
    (merged,) = merge_tenures([ROW, yearbook, term])
    assert (merged.start, merged.end, merged.as_of) == (date(2018, 5, 8), None, date(2026, 1, 22))


def test_two_separate_terms_stay_two() -> None:
    first = replace(ROW, start=date(2009, 1, 1), end=date(2012, 1, 1), end_kind="stated", as_of=None)
    assert len(merge_tenures([first, ROW])) == 2


def test_a_stated_end_is_better_than_a_late_derived_one() -> None:
    stated = replace(ROW, end=date(2021, 4, 25), end_kind="stated", as_of=None)
    derived = replace(ROW, source="factbook", end=date(2021, 5, 23), end_kind="derived", as_of=None)
    (merged,) = merge_tenures([derived, stated])
    assert (merged.end, merged.end_kind) == (date(2021, 4, 25), "stated")


def test_a_successor_ends_an_open_tenure() -> None:
    successor = replace(ROW, person="C D", qid="Q2", start=date(2023, 3, 1))
    closed = close_with_successors({"Q1": [ROW], "Q2": [successor]})
    assert (closed["Q1"][0].end, closed["Q1"][0].end_kind) == (date(2023, 3, 1), "derived")
    assert closed["Q2"][0].end is None


def test_an_overlap_that_was_seen_is_no_succession() -> None:
    earlier = replace(ROW, person="C D", qid="Q2", start=date(2020, 1, 1))
    assert close_with_successors({"Q1": [ROW], "Q2": [earlier]})["Q1"][0].end is None


def test_remarks_in_names_are_dropped() -> None:
    draft = Draft("country:XXA", "Xanadu", "country")
    draft.add("Republic of Xanadu (prior to 15 August 2021)", "name")
    draft.add("Al-Xana", "alias")
    assert list(draft.names) == ["Republic of Xanadu", "Al-Xana", "al-Xana"]


def test_folding_keeps_the_length() -> None:
    text = "Çavuşoğlu\u2019s Łódź \u2013 İzmir, straße 🙂"
    assert len(lower_text(fold_text(text))) == len(text)
    assert fold_text("Erdoğan\u2019s") == "Erdogan's"
    assert fold_name("the  Abdel-Fattah al-Burhan") == "abdel fattah al burhan"
    assert slug("Médecins Sans Frontières") == "medecins-sans-frontieres"
    assert "policeman" in singulars("policemen") and "party" in singulars("parties")


def test_sounds() -> None:
    sounds = Sounds([("sh", "s"), ("ya", "a"), ("ia", "a"), ("yy", "i"), ("y", "i")])
    assert sounds.spelled("pashynian") == sounds.spelled("pashinyan")
    assert sounds.likeness("petrov", "pavlov") < 0.8


@pytest.fixture(scope="module")
def built() -> list[str]:
    with sqlite3.connect(":memory:") as connection:
        build_whoswho(connection, Sources(DATA / "whoswho"))
        return list(connection.iterdump())


def test_the_same_sources_give_the_same_rows(built: list[str]) -> None:
    with sqlite3.connect(":memory:") as connection:
        build_whoswho(connection, Sources(DATA / "whoswho"))
        assert list(connection.iterdump()) == built


def test_no_city_is_a_name_of_its_country(built: list[str]) -> None:
    assert not any("'Herat'" in line or "'Kandahar'" in line for line in built if '"name"' in line)


def test_every_row_of_our_own_tables_is_read(built: list[str]) -> None:
    sources = Sources(DATA / "whoswho")
    ours = [(path.name, 7) for path in (DATA / "whoswho").glob("actors_*.psv")]
    for file, columns in (*ours, ("curated_media.psv", 4), ("bodies.psv", 5), ("genders.psv", 2)):
        sources.psv_rows(file, columns)
    sources.psv_rows("role_fixes.tsv", 4, "\t")
    office_rows(sources)
    assert not [note for note in sources.aside if not note.startswith("offices.csv")]

"""Names, offices and role nouns of the built knowledge file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from detente.codebook.whoswho import KnowledgeMissing, NameMatch, WhosWho

DAY = date(2023, 9, 19)


@pytest.fixture(scope="module")
def whoswho() -> Iterator[WhosWho]:
    with WhosWho.open() as opened:
        yield opened


def found(whoswho: WhosWho, text: str) -> list[tuple[str, str]]:
    return [(text[match.start : match.end], match.how) for match in whoswho.find_names(text)]


def test_names_capitals_adjectives_and_peoples(whoswho: WhosWho) -> None:
    text = "Baku and Yerevan: Armenian troops, Armenians, Azerbaijan\u2019s army and the Kremlin."
    assert found(whoswho, text) == [
        ("Baku", "capital"),
        ("Yerevan", "capital"),
        ("Armenian", "adjective"),
        ("Armenians", "demonym"),
        ("Azerbaijan", "name"),
        ("Kremlin", "metonym"),
    ]


def test_longest_name_wins(whoswho: WhosWho) -> None:
    assert found(whoswho, "South Sudan and the Democratic Republic of the Congo")[0] == ("South Sudan", "name")
    assert found(whoswho, "the Democratic Republic of the Congo") == [("Democratic Republic of the Congo", "name")]


def test_small_letters_are_no_acronyms_or_countries(whoswho: WhosWho) -> None:
    assert found(whoswho, "He told us who is in. It was a turkey; the jordan almond, the march of may.") == []


def test_ordinary_english_names_nobody(whoswho: WhosWho) -> None:
    text = (
        "The committee met again on Monday. Nobody had expected so many questions, but the chair was patient and "
        "answered each in turn. Will Grace come in May? Perhaps. The bill passed its second reading; the signal was "
        "weak, the memorial was closed, and the nation slept. Congress adjourned. The standard was high."
    )
    assert found(whoswho, text) == []


def test_headings_in_capitals(whoswho: WhosWho) -> None:
    assert found(whoswho, "TO THE ARMENIAN PRIME MINISTER") == [("ARMENIAN", "adjective")]
    assert found(whoswho, "THE MAN WHO IS KING") == []
    assert found(whoswho, "the WHO said") == [("WHO", "alias")]


def test_marks_may_be_missing_but_are_not_added(whoswho: WhosWho) -> None:
    assert found(whoswho, "Recep Tayyip Erdoğan") == [("Recep Tayyip Erdoğan", "name")]
    assert found(whoswho, "the Elysee and the Élysée") == [("Elysee", "metonym"), ("Élysée", "metonym")]
    assert found(whoswho, "Germán spoke") == []


def test_offsets_hold_in_text_with_odd_letters(whoswho: WhosWho) -> None:
    text = "İstanbul\u2019da — Ğ 🙂 Ukraine\u2019s"
    match = whoswho.find_names(text)[-1]
    assert text[match.start : match.end] == "Ukraine"
    assert match == NameMatch(match.start, match.end, ("country:UKR",), "name")


def test_a_country_is_asked_by_its_names_only(whoswho: WhosWho) -> None:
    assert whoswho.countries_named("cote d'ivoire") == whoswho.countries_named("Ivory Coast") == ("CIV",)
    for words in ("Moscow", "Russian", "Russians", "Nowhere", ""):
        assert whoswho.countries_named(words) == ()


def test_two_bearers_of_one_name(whoswho: WhosWho) -> None:
    assert set(whoswho.find_names("Congo")[0].entities) == {"country:COD", "country:COG"}


@pytest.mark.parametrize(
    ("name", "office", "country", "sector"),
    [
        ("Vladimir Putin", "head_of_state", "RUS", "GOV"),
        ("Ilham Aliyev", "head_of_state", "AZE", "GOV"),
        ("Nikol Pashinyan", "head_of_government", "ARM", "GOV"),
        ("Dmitry Medvedev", "security_council", "RUS", "GOV"),
        ("Maria Zakharova", "spokesperson", "RUS", "GOV"),
        ("Dmitry Peskov", "spokesperson", "RUS", "GOV"),
        ("Anna Hakobyan", "spouse", "ARM", "ELI"),
        ("Sergei Shoigu", "defence_minister", "RUS", "GOV"),
        ("Antonio Guterres", "io_head", "IGO", None),
    ],
)
def test_offices_held_on_a_day(whoswho: WhosWho, name: str, office: str, country: str, sector: str | None) -> None:
    (person,) = whoswho.lookup(name)
    held = [tenure for tenure in whoswho.tenures(person) if tenure.held_on(DAY)]
    assert (office, country, sector) in [(t.role_class, t.country, t.sector) for t in held]


def test_a_person_is_known_once_over_all_sources(whoswho: WhosWho) -> None:
    for name in ("Benjamin Netanyahu", "Binyamin Netanyahu", "Donald Trump", "Bashar al-Assad", "Bashar al-Asad"):
        assert len(whoswho.lookup(name)) == 1, name


def test_media_and_bodies(whoswho: WhosWho) -> None:
    cnn, nato = whoswho.entity(whoswho.lookup("CNN")[0]), whoswho.entity(whoswho.lookup("NATO")[0])
    assert (cnn.kind, cnn.country, cnn.sectors) == ("media", "USA", ("JRN",))
    assert (nato.kind, nato.country, nato.sectors) == ("organisation", "IGO", ())
    assert (
        whoswho.entity(whoswho.body("the Foreign Ministry", "RUS") or "").name
        == "Ministry of Foreign Affairs of Russia"
    )
    assert whoswho.body("the cheese", "RUS") is None


@pytest.mark.parametrize(
    ("surname", "country", "name"),
    [
        ("Pashynian", "ARM", "Nikol Pashinyan"),
        ("Zelenskiy", "UKR", "Volodymyr Zelensky"),
        ("Zelensky", None, "Volodymyr Zelensky"),
        ("Qaddafi", "LBY", "Muammar Gaddafi"),
        ("Xi", "CHN", "Xi Jinping"),
    ],
)
def test_surnames_over_transliterations(whoswho: WhosWho, surname: str, country: str | None, name: str) -> None:
    (wanted,) = whoswho.lookup(name)
    assert whoswho.similar_people(surname, country)[0][0] == wanted


def test_other_surnames_are_not_similar(whoswho: WhosWho) -> None:
    assert whoswho.similar_people("Miller", "ARM") == []
    assert whoswho.similar_people("", "ARM") == []


def test_holders_of_an_office(whoswho: WhosWho) -> None:
    names = [entity.name for entity, _ in whoswho.holders("ARM", "head_of_government", DAY)]
    assert names == ["Nikol Pashinyan"]
    assert [e.name for e, _ in whoswho.holders("GBR", "head_of_government", date(2022, 10, 1))] == ["Liz Truss"]
    assert "Arayik Harutyunyan" not in [e.name for e, _ in whoswho.holders("AZE", "head_of_state", DAY)]


def test_an_open_end_is_presumed_after_it_was_last_seen(whoswho: WhosWho) -> None:
    (aliyev,) = whoswho.lookup("Ilham Aliyev")
    (office,) = [t for t in whoswho.tenures(aliyev) if t.role_class == "head_of_state"]
    assert office.as_of is not None and office.end is None
    assert not office.presumed_on(office.as_of)
    assert office.presumed_on(date(office.as_of.year + 1, 1, 1))


@pytest.mark.parametrize(
    ("words", "sector"),
    [
        ("soldiers", "MIL"),
        ("police", "COP"),
        ("protesters", "CVL"),
        ("rebels", "REB"),
        ("gunmen", "UAF"),
        ("journalists", "JRN"),
        ("doctors", "MED"),
        ("Refugee", "REF"),
        ("spokesman", None),
        ("unicorns", None),
    ],
)
def test_role_nouns(whoswho: WhosWho, words: str, sector: str | None) -> None:
    assert whoswho.role_noun(words) == sector


def test_countries(whoswho: WhosWho) -> None:
    codes = {country.country for country in whoswho.countries()}
    assert {"AZE", "XKX", "TWN", "PSE"} <= codes and len(codes) > 230


def test_missing_and_broken_files_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeMissing, match=r"detente\.codebook\.build"):
        WhosWho.open(tmp_path / "none.sqlite")
    (tmp_path / "broken.sqlite").write_text("no database")
    with pytest.raises(KnowledgeMissing, match="not a knowledge file"):
        WhosWho.open(tmp_path / "broken.sqlite")


def test_unknown_id(whoswho: WhosWho) -> None:
    with pytest.raises(KeyError):
        whoswho.entity("person:nobody")

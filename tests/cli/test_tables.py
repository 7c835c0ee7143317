"""The reading in the terminal: everything is told, nothing from a report moves the terminal, 80 columns are enough."""

from __future__ import annotations

import io
from dataclasses import replace

from factory import TEXT, sample, small, with_own_coding
from rich.console import Console

from detente.cli.tables import reading_table
from detente.model.coded import CodedReport
from detente.model.origin import Found, Origin
from detente.model.reading import OTHER_LANGUAGE, Unresolved


def shown(coded: CodedReport, width: int = 80, colour: bool = False) -> str:
    console = Console(file=io.StringIO(), width=width, force_terminal=colour, highlight=False, emoji=False)
    console.print(reading_table(coded))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_events_tell_date_parties_type_status_place_and_words() -> None:
    words = " ".join(shown(sample()).split())
    assert "2024-05-14 Ruritania → Graustark ASSAULT, heavy-weapons (CAMEO 194)" in words
    assert "material conflict · happened · in Aldova (claimed by GRA, RUR) · 3 dead shelled" in words
    assert "denied by a party · told by Marta Velik, not confirmed hit: Marta Velik attacked us first" in words
    assert "2011 Ruritania ↔ Graustark ASSAULT · material conflict · happened · background" in words
    assert "CONSULT · verbal cooperation · only possible" in words


def test_statements_tell_speaker_channel_words_and_nesting() -> None:
    text = shown(sample())
    assert "Marta Velik, in quotation, through Telegram" in text
    assert "about Graustark, the Regent · to Ruritania" in text
    assert "\n  inside it: an unknown speaker, perhaps the Regent, partly in quotation" in text


def test_actors_and_open_questions_are_told() -> None:
    words = " ".join(shown(sample()).split())
    assert "Marta Velik Minister of Foreign Affairs RUR GOV" in words
    assert "the Regent role unknown" in words
    assert "“the Regent” participant: two people fit (perhaps Konrad Ulm or Graustark)" in words


def test_background_is_dimmed_in_colour() -> None:
    lines = shown(sample(), colour=True).splitlines()
    assert any("\x1b[2;3mclashed" in line for line in lines)
    assert any("\x1b[3mshelled" in line for line in lines)


def test_no_line_is_wider_than_the_terminal() -> None:
    for width in (60, 80, 120):
        assert max(map(len, shown(sample(), width).splitlines())) <= width


def test_terminal_escapes_and_markup_in_a_report_do_nothing() -> None:
    evil = "\x1b]0;title\x07\x1b[2J[bold red]:bomb: [/]\u202e"
    coded = sample()
    report = replace(coded.report, title=evil, outlet=evil, text=(evil * 20)[: len(TEXT)])
    people = tuple(replace(p, name=evil, office=evil) for p in coded.participants)
    places = tuple(replace(p, name=evil) for p in coded.places)
    text = shown(coded.with_(report=report, participants=people, places=places))
    assert "\x1b" not in text and "\x07" not in text and "\u202e" not in text
    assert "[bold red]:bomb: [/]" in text


def test_an_empty_reading_says_so() -> None:
    text = shown(small("Only words."))
    assert "Only words." in text and "undated" in text
    assert "No event was found." in text and "Nobody is quoted." in text


def test_codings_by_ontologies_of_ones_own_stand_beside_the_type() -> None:
    words = " ".join(shown(with_own_coding(sample())).split())
    assert "ASSAULT, heavy-weapons (CAMEO 194) · MINE VILLAGE-SHELLED · material conflict" in words


def test_an_unread_report_shows_why_and_no_empty_sections() -> None:
    left = (Unresolved(None, OTHER_LANGUAGE, "in another language (de)"),)
    text = shown(small("Nur Worte.").with_(unresolved=left))
    assert "Not read" in text and "in another language (de)" in text
    assert "No event was found." not in text


def test_the_author_is_shown_where_one_is_known() -> None:
    coded = small("Only words.")
    origin = Origin("mail", "0" * 64, (Found("author", "Marta\x1b[31m Velik", "the From header"),))
    text = shown(coded.with_(report=replace(coded.report, origin=origin)))
    assert "Marta" in text and "Velik · undated" in text and "\x1b" not in text

"""The language of a report: by its words where they are plain, else by what the input says, else unknown."""

from __future__ import annotations

import pytest
from input_samples import TEXT

from detente.codebook.languages import Languages
from detente.ingest.language import find_language
from detente.model.origin import Found, Origin
from detente.model.report import Report

GERMAN = "Die Außenminister der beiden Staaten trafen sich am Dienstag in der Grenzstadt und vereinbarten Gespräche."
RUSSIAN = "Министры двух стран встретились во вторник и обсудили границу."
CHINESE = "两国外交部长星期二在边境城市会晤。"
SHORT = "Aldova, Strelsau."


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages()


def test_the_words_tell_the_language(languages: Languages) -> None:
    for text, code in ((TEXT, "en"), (GERMAN, "de"), (RUSSIAN, "ru"), (CHINESE, "zh")):
        found = find_language(Report(text), languages)
        assert found.report.language == code
        assert (found.unread is None) == (code == "en")
    assert find_language(Report(GERMAN), languages).unread == (
        "in another language (de): kept unread for want of a language pack"
    )


def test_the_report_itself_stays_the_same(languages: Languages) -> None:
    report = Report(GERMAN, "title", "outlet")
    found = find_language(report, languages).report
    assert (found.id, found.text, found.title) == (report.id, report.text, report.title)


def test_the_words_win_over_the_input_with_a_warning(languages: Languages) -> None:
    found = find_language(Report(GERMAN, language="en"), languages)
    assert found.report.language == "de" and found.unread
    assert found.warnings == ("the input says that its language is en, but its words are in de",)
    english = find_language(Report(TEXT, language="de"), languages)
    assert english.report.language == "en" and english.unread is None


def test_too_few_words_leave_it_to_the_input(languages: Languages) -> None:
    assert find_language(Report(SHORT), languages).report.language is None
    assert find_language(Report(SHORT), languages).unread is None
    assert find_language(Report(SHORT, language="en"), languages).unread is None
    assert find_language(Report(SHORT, language="fr"), languages).unread


def test_a_text_without_letters_is_left_to_be_read(languages: Languages) -> None:
    for text in ("", "12:30 - 14:45", "..."):
        assert find_language(Report(text), languages).unread is None


def test_english_with_foreign_words_is_english(languages: Languages) -> None:
    assert find_language(Report(f"{TEXT} \u201c{RUSSIAN}\u201d, he said."), languages).report.language == "en"


def test_how_it_was_found_is_kept_with_the_rest(languages: Languages) -> None:
    origin = Origin("mail", "0" * 64, (Found("language", "en", "the Content-Language header"),))
    found = find_language(Report(GERMAN, language="en", origin=origin), languages).report.origin
    assert found and [(item.value, item.how) for item in found.found] == [
        ("de", "the words"),
        ("en", "the Content-Language header"),
    ]

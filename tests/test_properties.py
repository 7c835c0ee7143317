"""Laws that hold for every text, tried with Hypothesis on news fragments mixed with arbitrary characters and marks.

Says nothing of what a reading should find; only that what it finds stands in the text, holds together and is
repeatable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import pairwise

import pytest
from case_files import Reader
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook.language import load_language
from detente.model.coded import CodedReport
from detente.model.report import Report
from detente.model.span import Span
from detente.parse.paragraphs import find_paragraphs
from detente.parse.quotations import find_quotations

# Own writing; halves and wholes of sentences as news has them: a chance text still gives the reader something to find.
FRAGMENTS = (
    "Kenya accused Somalia of shelling Mandera on Tuesday.",
    "The foreign ministry said",
    "“We will answer,” President Emmanuel Macron told reporters",
    "he added.",
    "according to Reuters",
    "‘Don’t come back’",
    "DAMASCUS, March 4 -",
    "Moscow and Minsk signed the treaty in 1999",
    "Two soldiers were killed near Goma",
    "if the talks in Doha fail",
    "The spokeswoman denied that",
    "his wife, Ana,",
    "Police arrested 12 protesters and",
    "on September 7th",
    "A MESSAGE TO THE GENERALS",
    "Nagorno-Karabakh, Crimea and the Golan Heights",
    "wrote on Telegram: “He said: ‘Never’.”",
    "the former prime minister and current secretary general of NATO",
    "will meet on Friday",
    "last week",
)
JOINTS = (" ", "\n", "\n\n", "\r\n", "", ", ", " “", "” ", "‘", "’", '"', " «", "»", "\u00a0", "\t")
PIECES = st.one_of(st.sampled_from(FRAGMENTS), st.sampled_from(FRAGMENTS), st.text(max_size=12))
PUBLISHED = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2026, 12, 31)))
MARKS = st.text(alphabet="“”„«»‘’'\" ab.sS\n7", max_size=60)

few = settings(max_examples=25, deadline=None, derandomize=True)
many = settings(max_examples=300, deadline=None, derandomize=True)


@pytest.fixture(scope="module")
def marks() -> dict[str, str]:
    return dict(load_language("en").quotation_marks)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """News fragments and stray characters, joined by blanks, line breaks and quotation marks."""
    pieces = draw(st.lists(PIECES, max_size=7))
    return "".join(piece + draw(st.sampled_from(JOINTS)) for piece in pieces)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    return Report(draw(texts()), published=draw(PUBLISHED))


def spans_of(value: object) -> Iterator[Span]:
    """Every span anywhere in a value."""
    if isinstance(value, Span):
        yield value
    elif is_dataclass(value):
        for part in fields(value):
            if not part.name.startswith("_"):
                yield from spans_of(getattr(value, part.name))
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from spans_of(one)


def assert_unique(ids: list[str]) -> None:
    assert len(ids) == len(set(ids))
    assert all(ids)


def assert_people_resolve(reading: CodedReport) -> None:
    people = {person.id for person in reading.participants}
    for event in reading.events:
        assert people >= {*event.sources, *event.targets, *event.victims}
        if event.reciprocal:
            assert set(event.sources) == set(event.targets)
    for statement in reading.statements:
        assert people >= {*statement.about, *statement.addressees, *(stance.toward for stance in statement.stance)}
        assert statement.speaker is None or statement.speaker in people


def assert_tellings_resolve(reading: CodedReport) -> None:
    statements = {statement.id: statement for statement in reading.statements}
    events = {event.id for event in reading.events}
    for event in reading.events:
        assert event.told_in is None or event.id in statements[event.told_in].events
    for statement in reading.statements:
        assert events >= {*statement.events, *statement.acts}
        seen = {statement.id}
        while statement.inside is not None:
            assert statement.inside not in seen, "statements stand inside each other in a circle"
            seen.add(statement.inside)
            statement = statements[statement.inside]


@few
@given(report=reports())
def test_spans_lie_within_the_text_and_hold_words(report: Report, reader: Reader) -> None:
    reading = reader.read(report)
    assert reading.report.text == report.text
    for span in spans_of(
        [reading.participants, reading.places, reading.statements, reading.events, reading.unresolved]
    ):
        assert 0 <= span.start < span.end <= len(report.text)
        assert span.words(report.text).strip()


@few
@given(report=reports())
def test_contents_are_in_order_and_never_empty(report: Report, reader: Reader) -> None:
    for statement in reader.read(report).statements:
        assert statement.content
        ends = [0]
        for span in statement.content:
            assert span.start >= ends[-1], "the spans of a content overlap or stand out of order"
            ends.append(span.end)


@few
@given(report=reports())
def test_the_same_text_gives_the_same_reading_and_ids(report: Report, reader: Reader) -> None:
    first, second = (reader.read(report).to_dict() for _ in range(2))
    assert json.dumps(first, ensure_ascii=False) == json.dumps(second, ensure_ascii=False)


@few
@given(report=reports())
def test_ids_are_unique_and_references_resolve(report: Report, reader: Reader) -> None:
    reading = reader.read(report)
    for items in (reading.participants, reading.places, reading.statements, reading.events):
        assert_unique([item.id for item in items])
    assert_people_resolve(reading)
    assert_tellings_resolve(reading)


@few
@given(report=reports())
def test_every_event_has_one_code_of_each_ontology_and_its_own_words(report: Report, reader: Reader) -> None:
    for event in reader.read(report).events:
        assert sorted(coding.ontology for coding in event.codings) == ["CAMEO", "PLOVER"]
        assert any(span.overlaps(event.trigger) for span in event.evidence)
        assert 0 <= event.confidence <= 1


@few
@given(text=texts())
def test_without_a_publication_day_no_date_comes_from_the_clock(text: str, reader: Reader) -> None:
    reading = reader.read(Report(text))
    for event in reading.events:
        if event.when is not None:
            assert event.when.basis != "publication"
            for day in (event.when.first, event.when.last):
                assert day is None or str(day.year) in text


@many
@given(text=st.one_of(texts(), MARKS, st.text(max_size=80)))
def test_quotations_are_properly_nested(text: str, marks: dict[str, str]) -> None:
    paragraphs = find_paragraphs(text)
    found = find_quotations(text, paragraphs, marks)
    for number, quotation in enumerate(found):
        assert any(paragraph.span.contains(quotation.span) for paragraph in paragraphs)
        outer = None if quotation.inside is None else found[quotation.inside]
        assert quotation.depth == (0 if outer is None else outer.depth + 1)
        assert outer is None or (outer.span.contains(quotation.span) and found.index(outer) < number)
        assert quotation.continues is None or quotation.continues < number
        for other in found[:number]:
            apart = not other.span.overlaps(quotation.span)
            assert apart or other.span.contains(quotation.span), "two quotations cross each other"


@many
@given(text=st.one_of(texts(), MARKS))
def test_quotations_begin_with_a_mark_and_are_none_without_one(text: str, marks: dict[str, str]) -> None:
    for quotation in find_quotations(text, find_paragraphs(text), marks):
        words = quotation.span.words(text)
        assert words[0] in marks
        assert len(words) > 1, "a mark alone quotes nothing"
    bare = "".join(c for c in text if c not in marks)
    assert find_quotations(bare, find_paragraphs(bare), marks) == ()


@many
@given(text=st.one_of(texts(), st.text(max_size=80)))
def test_paragraphs_hold_all_words_in_order(text: str) -> None:
    found = [paragraph.span for paragraph in find_paragraphs(text)]
    assert all(a.end <= b.start for a, b in pairwise(found))
    outside = list(text)
    for span in found:
        outside[span.start : span.end] = " " * len(span)
    assert not "".join(outside).strip()


@pytest.mark.parametrize("text", ["", " ", "\n", "“", "”", "'", "‘’", "\ufeff", "\x00", "🙂" * 5])
def test_texts_without_news_give_an_empty_reading(text: str, reader: Reader) -> None:
    reading = reader.read(Report(text))
    assert (reading.events, reading.statements, reading.places) == ((), (), ())

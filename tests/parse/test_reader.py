"""The reading of a report as a whole: ids, quotations that are speech, open questions, and what was not read."""

from __future__ import annotations

from read_texts import mention_of, named, parsed

from detente.model.report import Report
from detente.model.span import Span
from detente.parse.reader import LONGEST_TEXT, ParseKit, parse_report, unread_part
from detente.pipeline import Kit

NEWS = "Kenyan President Omar Sule met Lena Sturm in Oslo. “We agree,” he said. She wrote “no comment”."


def test_ids_begin_with_the_reports_and_count_from_one(kit: Kit) -> None:
    reading = parsed(NEWS, kit)
    prefix = Report(NEWS).id
    assert [p.id for p in reading.participants] == [f"{prefix}-a{n}" for n in range(1, len(reading.participants) + 1)]


def test_every_reference_is_to_a_participant_that_is_there(kit: Kit) -> None:
    reading = parsed(NEWS, kit)
    ids = {p.id for p in reading.participants}
    assert {id for m in reading.mentions for id in m.refers_to} <= ids
    assert {p.principal for p in reading.participants} - {None} <= ids


def test_a_participants_mentions_are_those_that_refer_to_it(kit: Kit) -> None:
    reading = parsed(NEWS, kit)
    for participant in reading.participants:
        mine = {m.span for m in reading.mentions if participant.id in m.refers_to}
        assert set(participant.mentions) <= mine
        assert list(participant.mentions) == sorted(participant.mentions)


def test_a_countrys_adjectives_are_no_mentions_of_it_where_it_is_named(kit: Kit) -> None:
    reading = parsed("The Peruvian army left. Peru waited.", kit)
    (peru,) = [p for p in reading.participants if p.kind == "country"]
    assert [reading.words(m) for m in peru.mentions] == ["Peru"]


def test_a_country_told_by_adjectives_only_keeps_them(kit: Kit) -> None:
    reading = parsed("The Peruvian army left.", kit)
    (peru,) = [p for p in reading.participants if p.kind == "country"]
    assert [reading.words(m) for m in peru.mentions] == ["Peruvian"]


def test_one_name_for_two_countries_keeps_both_as_candidates(kit: Kit) -> None:
    reading = parsed("Korean officials met.", kit)
    (korean,) = [p for p in reading.participants if p.candidates]
    assert korean.entity is None
    assert {c.id for c in korean.candidates} == {"country:KOR", "country:PRK"}


def test_speech_is_told_from_scare_quotes_and_titles(kit: Kit) -> None:
    text = (
        "“We left,” he said. It was a “special operation”. They sang “The Long Road”. His answer: “Never”. "
        "He spoke of “a road without an end and a night without a morning and a house without a door”."
    )
    reading = parsed(text, kit)
    speech = {reading.words(q.span): q.speech for q in reading.quotations}
    assert speech["“We left,”"]
    assert speech["“Never”"], "a colon stands before it"
    assert not speech["“special operation”"]
    assert not speech["“The Long Road”"]
    assert next(told for words, told in speech.items() if words.startswith("“a road")), "too long for a title"


def test_a_quotation_that_is_never_closed_is_an_open_question(kit: Kit) -> None:
    reading = parsed("He said: “We left", kit)
    assert [(u.kind, u.span and reading.words(u.span)) for u in reading.unresolved] == [("quotation", "“We left")]


def test_a_pronoun_of_a_quotation_is_no_question(kit: Kit) -> None:
    assert not [u for u in parsed("Ivan Horak said: “We left.”", kit).unresolved if u.kind == "pronoun"]


def test_families_wait_for_the_pronoun_that_owns_them(kit: Kit) -> None:
    reading = parsed("Ivan Horak waited. His wife came.", kit)
    (wife,) = [p for p in reading.participants if p.name == "His wife"]
    assert named(reading, [wife.principal or ""]) == ["Ivan Horak"]
    assert mention_of(reading, "His wife").refers_to == (wife.id,)


def test_the_parser_is_named(kit: Kit) -> None:
    assert parsed("Peru waited.", kit).parser == kit.grammar.version


def test_an_empty_report_has_an_empty_reading(kit: Kit) -> None:
    reading = parsed("", kit)
    assert (reading.paragraphs, reading.tokens, reading.mentions, reading.participants) == ((), (), (), ())


def test_what_is_too_long_is_left_unread_to_its_end() -> None:
    assert unread_part(Report("x" * LONGEST_TEXT)) is None
    assert unread_part(Report("x" * (LONGEST_TEXT + 5))) == Span(LONGEST_TEXT, LONGEST_TEXT + 5)


def test_the_reading_keeps_the_whole_report(kit: Kit) -> None:
    report = Report("Peru waited.", title="A title", outlet="The Courier")
    kits = ParseKit(kit.grammar, kit.whoswho, kit.gazetteer, kit.language)
    assert parse_report(report, kits).report == report

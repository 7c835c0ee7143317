"""How a reading is worded: dates, parties, claims, nesting, and nothing that could move a terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from factory import sample, with_own_coding
from hypothesis import given
from hypothesis import strategies as st

from detente.model.statement import Statement
from detente.model.when import When
from detente.serve import wording


@given(st.text())
def test_clean_text_is_one_line_without_controls(text: str) -> None:
    shown = wording.clean(text)
    assert "\x1b" not in shown and "\u202e" not in shown
    assert len(shown.splitlines()) <= 1


def test_clean_keeps_the_words() -> None:
    assert wording.clean("a\x1b[31m red\r\n\tline \u202eb\x07") == "a[31m red line b"


def test_parties_show_direction_and_reciprocity() -> None:
    shelled, claim, clashed, *_ = sample().events
    assert wording.parties(sample(), shelled) == "Ruritania → Graustark"
    assert wording.parties(sample(), clashed) == "Ruritania ↔ Graustark"
    assert wording.parties(sample(), replace(claim, sources=(), targets=("a2",))) == "somebody not named → Graustark"


def test_a_claim_names_who_tells_it() -> None:
    shelled, claim, *_ = sample().events
    assert wording.told_by(sample(), shelled) == ""
    assert wording.told_by(sample(), claim) == "told by Marta Velik, not confirmed"


def test_dates_are_as_precise_as_they_are_known() -> None:
    day, other = date(2020, 3, 1), date(2020, 12, 31)
    assert wording.date_words(None) == "no date"
    assert wording.date_words(When(day, day, "stated", "day")) == "2020-03-01"
    assert wording.date_words(When(day, other, "stated", "year")) == "2020"
    assert wording.date_words(When(day, other, "stated", "month")) == "2020-03 to 2020-12"
    assert wording.date_words(When(day, None, "stated", "day")) == "since 2020-03-01"


def test_an_open_speaker_gives_the_candidates() -> None:
    assert wording.speaker_words(sample(), sample().statements[1]) == "an unknown speaker, perhaps the Regent"


def test_statements_stand_inside_their_parents_and_none_is_lost() -> None:
    def said(id: str, inside: str | None) -> Statement:
        return Statement(id, None, (), "direct", inside=inside)

    statements = (
        said("s2", "s1"),
        said("s1", None),
        said("s3", "s2"),
        said("x", "y"),
        said("y", "x"),
        said("z", "none"),
    )
    flat = [(told.statement.id, told.depth) for tree in wording.nested(statements) for told in tree.walk()]
    assert flat == [("s1", 0), ("s2", 1), ("s3", 2), ("z", 0), ("x", 0), ("y", 0)]


def test_codings_by_ontologies_of_ones_own_are_named() -> None:
    shelled, claim, *_ = with_own_coding(sample()).events
    assert wording.own_words(shelled) == "MINE VILLAGE-SHELLED"
    assert wording.own_words(claim) == ""
    assert wording.type_words(shelled) == wording.type_words(sample().events[0])

"""Where noun phrases begin and end, and which office or body stands in them."""

from __future__ import annotations

import pytest
from read_texts import parsed, token_of

from detente.model.reading import Reading
from detente.parse.phrases import (
    NO_SECTOR,
    Grammar,
    body_sector,
    children_of,
    find_office,
    left_edge,
    owner_phrase_end,
    phrase_span,
    role_noun,
    subtree,
)
from detente.pipeline import Kit


def grammar_of(reading: Reading) -> Grammar:
    return Grammar(reading.tokens, children_of(reading.tokens))


def phrase(text: str, head: str, kit: Kit) -> str:
    """The phrase around a head word: left edge to the end of its owner."""
    reading = parsed(text, kit)
    grammar, index = grammar_of(reading), token_of(reading, head)
    return phrase_span(grammar, left_edge(grammar, index), owner_phrase_end(grammar, index)).words(text)


def test_a_phrase_takes_article_adjectives_and_possessor(kit: Kit) -> None:
    assert phrase("The three old Kenyan soldiers left.", "soldiers", kit) == "The three old Kenyan soldiers"
    assert phrase("Then Kenya's new minister left.", "minister", kit) == "Kenya's new minister"


def test_a_phrase_takes_the_body_an_office_belongs_to(kit: Kit) -> None:
    text = "The spokesman for the Kenyan army left."
    assert phrase(text, "spokesman", kit) == "The spokesman for the Kenyan army"


def test_a_phrase_leaves_out_what_only_explains_it(kit: Kit) -> None:
    text = "The minister of trade, a lawyer who reads, left."
    assert phrase(text, "minister", kit) == "The minister of trade"


def test_a_phrase_does_not_take_where_something_was_done(kit: Kit) -> None:
    assert phrase("The soldiers stayed near the river.", "soldiers", kit) == "The soldiers"


def test_children_stand_below_their_head_and_roots_below_none(kit: Kit) -> None:
    reading = parsed("The army left.", kit)
    grammar = grammar_of(reading)
    assert grammar.children[token_of(reading, "army")] == (0,)
    assert subtree(grammar, token_of(reading, "left")) == [0, 1, 2, 3]
    assert subtree(grammar, token_of(reading, "left"), frozenset({"nsubj"})) == [2, 3]


def office(text: str, head: str, kit: Kit) -> tuple[str, str, bool] | None:
    reading = parsed(text, kit)
    grammar, index = grammar_of(reading), token_of(reading, head)
    found = find_office(grammar, index, left_edge(grammar, index), owner_phrase_end(grammar, index), kit.language)
    return None if found is None else (found.noun.words, found.noun.role_class, found.former)


def test_the_longest_office_wins(kit: Kit) -> None:
    assert office("The deputy foreign minister left.", "minister", kit) == (
        "deputy foreign minister", "deputy_minister", False,
    )  # fmt: skip
    assert office("The foreign minister left.", "minister", kit) == ("foreign minister", "foreign_minister", False)


def test_an_office_may_reach_to_the_right_of_its_head(kit: Kit) -> None:
    found = office("The minister of defence left.", "minister", kit)
    assert found == ("minister of defence", "defence_minister", False)


def test_a_word_before_an_office_makes_it_past(kit: Kit) -> None:
    assert office("The former Kenyan president left.", "president", kit) == ("president", "head_of_state", True)
    assert office("The current Kenyan president left.", "president", kit) == ("president", "head_of_state", False)


def test_a_word_after_an_office_does_not_make_it_past(kit: Kit) -> None:
    found = office("The president of the former colony left.", "president", kit)
    assert found == ("president", "head_of_state", False)


def test_a_thing_is_no_office(kit: Kit) -> None:
    assert office("The old bridge fell.", "bridge", kit) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("president", "head_of_state"),
        ("presidents", "head_of_state"),
        ("spokesmen", "spokesperson"),
        ("ministers of defence", "defence_minister"),
        ("vice - president", "deputy_head"),
        pytest.param(
            "secretaries of state",
            "foreign_minister",
            marks=pytest.mark.xfail(
                strict=True,
                raises=AssertionError,
                reason="a plural in -ies is made single only at the end of the words",
            ),
        ),
    ],
)
def test_a_role_noun_is_known_in_plural_and_with_hyphens(words: str, expected: str, kit: Kit) -> None:
    found = role_noun(words.split(), kit.language)
    assert found is not None, words
    assert found.role_class == expected


def test_an_unknown_word_is_no_role_noun(kit: Kit) -> None:
    assert role_noun(["bridge"], kit.language) is None


def test_the_longest_ending_tells_a_bodys_sector(kit: Kit) -> None:
    assert body_sector(["the", "Foreign", "Ministry"], kit.language) == "GOV"
    assert body_sector(["Kenyan", "troops"], kit.language) == "MIL"
    assert body_sector(["two", "armies"], kit.language) == "MIL"


def test_some_bodies_tell_no_sector_and_things_are_no_bodies(kit: Kit) -> None:
    assert body_sector(["the", "mission"], kit.language) == NO_SECTOR
    assert body_sector(["the", "bridge"], kit.language) is None
    assert body_sector([], kit.language) is None

"""Names are found, known ones and strange ones, with the right kind and reach."""

from __future__ import annotations

from itertools import pairwise

import pytest
from read_texts import parsed

from detente.parse.names import Known, Name, find_names
from detente.parse.phrases import Grammar, children_of
from detente.pipeline import Kit


def names(text: str, kit: Kit) -> list[Name]:
    tokens = parsed(text, kit).tokens
    known = Known(kit.whoswho, kit.gazetteer, kit.language)
    return list(find_names(text, Grammar(tokens, children_of(tokens)), known))


def told(text: str, kit: Kit) -> list[tuple[str, str]]:
    """The words and the kind of each name."""
    return [(name.span.words(text), name.kind) for name in names(text, kit)]


def test_known_names_have_their_kind(kit: Kit) -> None:
    assert told("Peru and NATO met the Kremlin and Emmanuel Macron.", kit) == [
        ("Peru", "country"),
        ("NATO", "organisation"),
        ("Kremlin", "metonym"),
        ("Emmanuel Macron", "person"),
    ]


def test_a_known_name_brings_its_entity(kit: Kit) -> None:
    peru, chilean = names("Peru freed a Chilean sailor.", kit)
    assert peru.entities == ("country:PER",)
    assert (chilean.kind, chilean.entities) == ("adjective", ("country:CHL",))


def test_one_word_may_name_several_countries(kit: Kit) -> None:
    (korean,) = names("Korean officials met.", kit)
    assert set(korean.entities) == {"country:KOR", "country:PRK"}


def test_a_strange_persons_name_is_found_without_title(kit: Kit) -> None:
    assert told("President Ivan Horak met Dr Lena Sturm.", kit) == [
        ("Ivan Horak", "person"),
        ("Lena Sturm", "person"),
    ]


def test_more_of_a_name_than_the_codebook_knows_is_taken_in(kit: Kit) -> None:
    (name,) = names("Moussa Faki Mahamat spoke.", kit)
    assert name.entities
    assert (name.first, name.last) == (0, 2)


def test_a_countrys_name_within_a_persons_is_none(kit: Kit) -> None:
    assert told("Michael Jordan played.", kit) == [("Michael Jordan", "person")]


def test_the_head_of_a_name_is_the_word_the_sentence_hangs_on(kit: Kit) -> None:
    (name,) = names("Ivan Horak left.", kit)
    assert (name.first, name.head, name.last) == (0, 1, 1)


def test_a_surname_alone_is_the_person_named_in_full(kit: Kit) -> None:
    text = "Ivan Horak left. Reporters followed Horak to Brno."
    assert told(text, kit)[1] == ("Horak", "person")


def test_nobody_stands_near_a_person(kit: Kit) -> None:
    assert told("Troops fired near Dhar Bala.", kit) == [("Dhar Bala", "place")]


def test_a_name_does_not_begin_with_a_preposition(kit: Kit) -> None:
    assert told("Near Dhar Bala, troops fired.", kit) == [("Dhar Bala", "place")]


def test_offices_and_bodies_written_large_are_no_names(kit: Kit) -> None:
    assert told("The Foreign Ministry and the Prime Minister spoke.", kit) == []


def test_dates_written_large_are_no_names(kit: Kit) -> None:
    assert told("They met on Monday, 3 March.", kit) == []


def test_names_do_not_overlap_and_stand_in_order(kit: Kit) -> None:
    text = "South African President Cyril Ramaphosa met European Union envoys in New York and Port-au-Prince."
    found = names(text, kit)
    assert len(found) >= 5
    assert all(a.last < b.first for a, b in pairwise(found))
    assert all(a.first <= a.head <= a.last for a in found)


def test_a_text_without_names(kit: Kit) -> None:
    assert names("the rain fell on the hills", kit) == []


def test_the_first_word_of_a_full_name_is_the_person_too(kit: Kit) -> None:
    assert told("Abiy Ahmed met reporters. Kenya praised Abiy.", kit)[-1] == ("Abiy", "person")


@pytest.mark.parametrize("text", ["Peru, Chile and Brazil left.", "Peru, which was late, signed the treaty."])
def test_a_country_that_opens_a_list_or_a_relative_clause_is_no_ground(text: str, kit: Kit) -> None:
    assert not names(text, kit)[0].as_place


def test_the_keyword_of_a_headline_is_ground(kit: Kit) -> None:
    assert names("Kosovo: barricades return", kit)[0].as_place

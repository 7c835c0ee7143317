"""Deeds are found by verb or noun, with the entry that fits best, and noise is left alone."""

from __future__ import annotations

import pytest
from read_texts import deeds_of, parsed

from detente.coding.deeds import Deed
from detente.pipeline import Kit


def deeds(text: str, kit: Kit) -> list[tuple[str, str]]:
    """The trigger and the type with mode of each deed."""
    return [
        (d.span.words(text), f"{d.predicate.plover}.{d.predicate.mode}" if d.predicate.mode else d.predicate.plover)
        for d in deeds_of(text, kit)
    ]


def only(text: str, kit: Kit) -> Deed:
    (deed,) = deeds_of(text, kit)
    return deed


def slot(text: str, name: str, kit: Kit) -> list[str]:
    """The words in one slot of a text's only deed."""
    tokens = parsed(text, kit).tokens
    return [tokens[i].text for i in only(text, kit).slots.get(name, ())]


def test_a_verb_tells_a_deed(kit: Kit) -> None:
    assert deeds("Peru attacked Chile.", kit) == [("attacked", "ASSAULT")]


def test_a_noun_tells_a_deed(kit: Kit) -> None:
    deed = only("The attack on Chile lasted days.", kit)
    assert deed.is_noun
    assert deed.light is None
    assert deed.predicate.plover == "ASSAULT"


def test_a_light_verb_carries_the_noun(kit: Kit) -> None:
    text = "Peru launched an attack on Chile."
    deed = only(text, kit)
    assert deed.is_noun
    assert deed.light == 1
    assert (slot(text, "subject", kit), slot(text, "on", kit)) == (["Peru"], ["Chile"])


def test_a_light_verb_carries_the_noun_through_a_frame(kit: Kit) -> None:
    text = "Peru launched a series of attacks."
    assert only(text, kit).light == 1
    assert slot(text, "subject", kit) == ["Peru"]


@pytest.mark.xfail(
    strict=True, reason="the preposition hangs on the frame noun, which is not asked for the deed's slots"
)
def test_the_target_of_a_noun_in_a_frame(kit: Kit) -> None:
    assert slot("Peru carried out a series of raids on Chile.", "on", kit) == ["Chile"]


def test_the_words_of_a_longer_entry_go_first(kit: Kit) -> None:
    assert deeds("Police fired tear gas at protesters.", kit) == [("fired tear gas", "ASSAULT.crowd-control")]
    assert deeds("Peru cut ties with Chile.", kit) == [("cut ties", "SANCTION.discontinue")]


def test_a_noun_that_belongs_to_a_found_verb_is_not_told_again(kit: Kit) -> None:
    assert len(deeds("Peru held talks with Chile.", kit)) == 1


def test_the_phrase_that_hangs_on_a_verbs_noun_is_the_deeds(kit: Kit) -> None:
    assert slot("Peru cut ties with Chile.", "with", kit) == ["Chile"]


def test_a_need_that_is_met_makes_the_code_finer(kit: Kit) -> None:
    assert deeds("Rebels attacked a village.", kit) == [("attacked", "ASSAULT")]
    assert only("Rebels attacked a village.", kit).predicate.cameo == "180"
    assert only("Peru attacked a village.", kit).predicate.cameo == "190"


def test_a_drone_makes_a_strike_one_by_drone(kit: Kit) -> None:
    assert deeds("A drone hit Chile.", kit) == [("hit", "ASSAULT.drone")]


def test_a_drone_that_hits_a_village_is_a_drone(kit: Kit) -> None:
    assert deeds("A drone hit the village.", kit) == [("hit", "ASSAULT.drone")]


@pytest.mark.parametrize(
    "text",
    [
        "There was a price war.",
        "He suffered a heart attack.",
        "Peru struck a deal with Chile.",
        "They attacked the problem.",
        "The workers began a lightning strike.",
        "On 3 March he walked home.",
    ],
)
def test_what_only_sounds_like_force_is_none(text: str, kit: Kit) -> None:
    assert [kind for _, kind in deeds(text, kit) if kind.startswith("ASSAULT")] == []


def test_deeds_stand_in_text_order(kit: Kit) -> None:
    text = "After the attack Peru accused Chile, and Brazil sent aid."
    found = [words for words, _ in deeds(text, kit)]
    assert found == sorted(found, key=text.index)
    assert found[:2] == ["attack", "accused"]


def test_the_owner_of_a_noun_is_found_by_name_and_by_nationality(kit: Kit) -> None:
    assert slot("Peru's attack shocked Chile.", "owner", kit) == ["Peru"]
    assert slot("The Peruvian attack shocked Chile.", "owner", kit) == ["Peruvian"]


def test_a_trigger_keeps_near_its_head_word(kit: Kit) -> None:
    text = "Peru severed all of its old and cherished diplomatic relations with Chile."
    (deed,) = deeds_of(text, kit)
    assert deed.span.words(text) == "severed"
    assert len(deed.used) > 1


def test_nothing_is_found_where_nothing_is_done(kit: Kit) -> None:
    assert deeds("The rain fell on the hills.", kit) == []


def test_fighting_between_two_is_a_deed(kit: Kit) -> None:
    assert "ASSAULT" in [kind for words, kind in deeds("Fighting between Peru and Chile went on.", kit)]

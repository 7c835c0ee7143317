"""Which side a phrase without a name tells by its own words."""

from __future__ import annotations

import pytest
from read_texts import mention_of, parsed

from detente.pipeline import Kit

_SIDES = [
    ("prison guards", "GOV"),
    ("the state border committee", "GOV"),
    ("deputy high commissioners", "GOV"),
    ("the northern command", "MIL"),
    ("military police", "MIL"),
    ("officers", "COP"),
    ("intelligence officers", "SPY"),
    ("court officials", "JUD"),
    ("parliament officials", "LEG"),
    ("party workers", "PTY"),
    ("opposition supporters", "OPP"),
    ("guerrilla commanders", "REB"),
    ("militia commanders", "PRM"),
    ("armed youths", "UAF"),
    ("armed herders", "UAF"),
    ("masked men", "UAF"),
    ("cattle raiders", "CRM"),
    ("gang members", "CRM"),
    ("commuters", "CVL"),
    ("displaced families", "REF"),
    ("migrant women", "REF"),
    ("human rights defenders", "SOC"),
    ("camera crews", "JRN"),
    ("health workers", "MED"),
    ("hospital staff", "MED"),
    ("shop owners", "BUS"),
    ("union members", "LAB"),
    ("dockers", "LAB"),
    ("farm workers", "AGR"),
    ("herders", "AGR"),
    ("schoolgirls", "EDU"),
    ("seminarians", "REL"),
    ("former ministers", "ELI"),
    ("retired generals", "ELI"),
]


@pytest.mark.parametrize(("words", "sector"), _SIDES)
def test_the_words_of_a_phrase_tell_the_side(words: str, sector: str, kit: Kit) -> None:
    assert mention_of(parsed(f"Soldiers met {words} near the river.", kit), words).sector == sector


def test_a_word_in_front_changes_only_whom_it_can(kit: Kit) -> None:
    assert mention_of(parsed("Soldiers met armed police.", kit), "armed police").sector == "COP"
    assert mention_of(parsed("Soldiers met migrant workers.", kit), "migrant workers").sector == "LAB"


def test_who_works_for_a_company_is_no_company(kit: Kit) -> None:
    assert mention_of(parsed("Soldiers met company workers.", kit), "company workers").sector == "LAB"


@pytest.mark.parametrize(
    ("words", "sector"),
    [("the chamber of commerce", "BUS"), ("the court of appeal", "JUD"), ("the house of lords", "LEG")],
)
def test_a_body_may_open_its_own_name(words: str, sector: str, kit: Kit) -> None:
    noun = " ".join(words.split()[:2])
    assert mention_of(parsed(f"Soldiers searched {words} on Monday.", kit), noun).sector == sector


def test_members_of_a_named_body_wait_for_its_side(kit: Kit) -> None:
    assert mention_of(parsed("Police met workers of Hezbollah.", kit), "workers of Hezbollah").sector is None


def test_supporters_of_a_named_body_are_civilians(kit: Kit) -> None:
    assert mention_of(parsed("Police met supporters of Hezbollah.", kit), "supporters of Hezbollah").sector == "CVL"

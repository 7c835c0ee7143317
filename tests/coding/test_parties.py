"""Whom the words of a slot stand for."""

from __future__ import annotations

import pytest
from read_texts import named, parsed, token_of

from detente.coding.clauses import Clauses
from detente.coding.parties import Parties
from detente.coding.statements import code_statements
from detente.coding.voices import Voices
from detente.pipeline import Kit


def stands_for(text: str, word: str, kit: Kit, nth: int = 1) -> list[str]:
    reading = parsed(text, kit)
    statements = code_statements(reading, kit.language, kit.whoswho).statements
    parties = Parties(Clauses(reading, kit.language), Voices(reading), statements)
    return named(reading, parties.of(token_of(reading, word, nth)))


def test_a_name_stands_for_itself(kit: Kit) -> None:
    assert stands_for("Peru waited.", "Peru", kit) == ["Peru"]


def test_ground_stands_for_nobody(kit: Kit) -> None:
    assert stands_for("Shots fell in Peru.", "Peru", kit) == []
    assert stands_for("Shots fell on the Black Sea.", "Sea", kit) == []


def test_things_stand_for_nobody(kit: Kit) -> None:
    assert stands_for("The bridge fell.", "bridge", kit) == []


def test_ships_of_a_nation_stand_for_it(kit: Kit) -> None:
    assert stands_for("A Peruvian vessel sank.", "vessel", kit) == ["Peru"]


def test_what_is_owned_stands_for_its_owner(kit: Kit) -> None:
    assert stands_for("Peru's vessel sank.", "vessel", kit) == ["Peru"]


def test_a_container_stands_for_whom_it_holds(kit: Kit) -> None:
    assert stands_for("Dozens of rebels fled.", "rebels", kit) == ["rebels"]
    assert stands_for("A convoy of the Peruvian army fled.", "convoy", kit) == ["the Peruvian army"]


def test_both_are_both(kit: Kit) -> None:
    assert stands_for("Peru and Chile talked. Both countries are poor.", "countries", kit) == ["Peru", "Chile"]


def test_we_in_a_quotation_is_its_speaker(kit: Kit) -> None:
    text = "“We waited for you,” Ivan Horak told Lena Sturm."
    assert stands_for(text, "We", kit) == ["Ivan Horak"]


def test_you_in_a_quotation_is_the_one_addressed(kit: Kit) -> None:
    assert stands_for("“We waited for you,” Ivan Horak told Lena Sturm.", "you", kit) == ["Lena Sturm"]


def test_we_in_the_reports_own_voice_is_nobody(kit: Kit) -> None:
    assert stands_for("We waited for Ivan Horak.", "We", kit) == []


def test_our_ship_in_a_quotation_is_the_speakers(kit: Kit) -> None:
    assert stands_for("“They sank our vessel,” Ivan Horak said.", "vessel", kit) == ["Ivan Horak"]


def test_each_comes_once(kit: Kit) -> None:
    reading = parsed("Peru waited. Peru slept.", kit)
    parties = Parties(Clauses(reading, kit.language), Voices(reading), ())
    heads = [token_of(reading, "Peru", nth) for nth in (1, 2)]
    assert named(reading, parties.of_tokens(heads)) == ["Peru"]


@pytest.mark.parametrize(("party", "expected"), [("its fighters", True), ("Chile", False)])
def test_owned(party: str, expected: bool, kit: Kit) -> None:
    reading = parsed("Peru left its fighters in Chile. Chile waited.", kit)
    by_name = {p.name: p.id for p in reading.participants}
    parties = Parties(Clauses(reading, kit.language), Voices(reading), ())
    assert parties.owned_by(by_name[party], [by_name["Peru"]]) is expected

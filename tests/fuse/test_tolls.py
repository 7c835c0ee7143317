"""Numbers of people in the words of an account: whose number it is, and what counts nobody."""

from __future__ import annotations

import pytest

from detente.codebook.language import load_language
from detente.codebook.tolls import load_tolls
from detente.fuse.tolls import tolls_of
from detente.model.account import SizeField


def read(text: str, type: str = "ASSAULT") -> dict[SizeField, int]:
    return tolls_of(text, type, load_language().numbers, load_tolls())


def test_each_number_goes_to_the_word_of_its_own_part_of_the_sentence() -> None:
    assert read("A sailor was killed and four others were taken into custody.") == {"dead": 1, "arrested": 4}
    assert read("Gunmen killed twelve villagers and wounded five at Torvane.") == {"dead": 12, "injured": 5}


def test_somebody_told_of_by_a_noun_alone_is_one_unless_a_number_stands_there() -> None:
    assert read("The shepherd was killed near the well.") == {"dead": 1}
    assert read("A farmer and two sons were wounded.")["injured"] == 2
    assert read("The coast guard seized nets.", "COERCE") == {}
    assert read("A policeman arrested smugglers.", "COERCE") == {}
    assert read("They dragged marchers into vans and beat a photographer.") == {}
    assert read("A smuggler was arrested.", "COERCE") == {"arrested": 1}


def test_nobody_is_nought() -> None:
    assert read("Nobody was hurt in the shelling.") == {"injured": 0}


@pytest.mark.parametrize(
    "text, dead",
    [
        ("Six herders, among them a girl of fourteen, died at the ford.", 6),
        ("At nine he was dead.", None),
        ("The raid left a death toll of 43 in the town.", 43),
        ("The killing of twelve was denied.", 12),
        ("The raid killed three traders, not two.", 3),
        ("Gunmen killed eight day labourers.", 8),
        ("In 2019 shells killed them.", None),
        ("The shells killed 40 sheep.", None),
    ],
)
def test_hours_ages_years_things_and_parts_of_a_number_are_no_number_of_dead(text: str, dead: int | None) -> None:
    assert read(text).get("dead") == dead


@pytest.mark.parametrize(
    "text",
    [
        "No one has claimed responsibility for the attack that killed dozens.",
        "A doctor said many people were killed in the strike.",
        "The minister met 12 fellow ministers in Geneva.",
        "killed " + "1" * 5000,
    ],
)
def test_nobody_and_single_people_of_another_clause_are_no_number(text: str) -> None:
    assert read(text) == {}


def test_without_a_word_for_it_a_number_of_people_belongs_to_the_deed() -> None:
    assert read("They led nine men over the bridge.", "COERCE") == {"arrested": 9}
    assert read("They led nine men over the bridge.", "AID") == {}

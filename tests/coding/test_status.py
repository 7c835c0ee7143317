"""Whether a deed happened, by the words around it."""

from __future__ import annotations

import pytest
from read_texts import clauses_of

from detente.coding.deeds import find_deeds
from detente.coding.status import status_of
from detente.pipeline import Kit


def status(text: str, trigger: str, kit: Kit) -> str:
    """The status of the one deed with that trigger."""
    clauses = clauses_of(text, kit)
    (found,) = [d for d in find_deeds(clauses, kit.lexicon) if d.span.words(text) == trigger]
    return status_of(found, clauses)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru attacked Chile.", "happened"),
        ("Peru has attacked Chile.", "happened"),
        ("Peru confirmed that it attacked Chile.", "happened"),
        ("Chile, attacked by Peru, asked for help.", "happened"),
        ("Peru announced that its army attacked Chile.", "happened"),
    ],
)
def test_happened(text: str, expected: str, kit: Kit) -> None:
    assert status(text, "attacked", kit) == expected


@pytest.mark.parametrize("text", ["Peru is attacking Chile.", "Peru keeps attacking Chile."])
def test_under_way(text: str, kit: Kit) -> None:
    assert status(text, "attacking", kit) == "under_way"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru did not attack Chile.", "not_happened"),
        ("Peru will not attack Chile.", "not_happened"),
        ("Peru never meant to attack Chile.", "planned"),
        ("Peru refused to attack Chile.", "not_happened"),
        ("Peru failed to attack Chile.", "not_happened"),
        ("Peru will attack Chile.", "planned"),
        ("Peru said it would attack Chile.", "planned"),
        ("Peru planned to attack Chile.", "planned"),
        ("Peru agreed to attack Chile.", "planned"),
        ("Peru may attack Chile.", "hypothetical"),
        ("Peru could attack Chile.", "hypothetical"),
        ("Peru would attack Chile.", "hypothetical"),
        ("Peru considered how to attack Chile.", "hypothetical"),
        ("Peru tried to attack Chile.", "hypothetical"),
        ("Peru threatened to attack Chile.", "threatened"),
        ("Peru should attack Chile.", "demanded"),
        ("Brazil urged Peru to attack Chile.", "demanded"),
        ("Brazil called on Peru to attack Chile.", "demanded"),
    ],
)
def test_what_has_not_happened(text: str, expected: str, kit: Kit) -> None:
    assert status(text, "attack", kit) == expected


def test_a_condition_is_hypothetical(kit: Kit) -> None:
    assert status("If Peru attacks Chile, Brazil will help.", "attacks", kit) == "hypothetical"
    assert status("Unless Peru attacks Chile, Brazil will wait.", "attacks", kit) == "hypothetical"


def test_denial(kit: Kit) -> None:
    assert status("Peru denied attacking Chile.", "attacking", kit) == "denied"
    assert status("Peru denied that it attacked Chile.", "attacked", kit) == "denied"


def test_what_is_listed_shares_negation_and_modal(kit: Kit) -> None:
    assert status("Peru will leave and attack Chile.", "attack", kit) == "planned"
    assert status("Peru did not leave or attack Chile.", "attack", kit) == "not_happened"


def test_what_is_listed_with_a_tense_of_its_own_shares_nothing(kit: Kit) -> None:
    assert status("Peru will leave Brazil and attacked Chile.", "attacked", kit) == "happened"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The attack on Chile lasted days.", "happened"),
        ("Peru launched an attack on Chile.", "happened"),
        ("No attack on Chile followed.", "not_happened"),
        ("The planned attack on Chile worried Brazil.", "planned"),
        ("A possible attack on Chile worried Brazil.", "hypothetical"),
        ("The alleged attack on Chile worried Brazil.", "denied"),
        ("The threat of an attack on Chile grew.", "threatened"),
        ("A call for an attack on Chile was heard.", "demanded"),
        ("The plan for an attack on Chile was heard.", "planned"),
        ("Peru postponed an attack on Chile.", "not_happened"),
        ("Peru discussed an attack on Chile.", "hypothetical"),
        ("Peru will launch an attack on Chile.", "planned"),
        ("Peru did not launch an attack on Chile.", "not_happened"),
        ("Peru ended its attack on Chile.", "happened"),
        ("Brazil condemned the attack on Chile.", "happened"),
    ],
)
def test_a_noun_takes_its_status_from_what_it_hangs_on(text: str, expected: str, kit: Kit) -> None:
    assert status(text, "attack", kit) == expected


def test_what_is_to_end_is_going_on(kit: Kit) -> None:
    assert status("Brazil called for an end to the shelling of Chile.", "shelling", kit) == "happened"


def test_an_imperative_is_a_demand(kit: Kit) -> None:
    assert status("Release the hostages.", "Release", kit) == "demanded"


def test_a_decision_to_blame_is_the_blame(kit: Kit) -> None:
    assert status("Peru decided to blame Chile.", "blame", kit) == "happened"


def test_the_beginning_of_a_deed_is_the_deed(kit: Kit) -> None:
    assert status("Peru began shelling Chile.", "shelling", kit) == "happened"


def test_a_warning_of_what_was_done_tells_it(kit: Kit) -> None:
    assert status("Peru warned that Chile had attacked it.", "attacked", kit) == "happened"


@pytest.mark.parametrize("text", ["Nobody was killed in the village.", "The attack killed nobody."])
def test_nobody_was_killed(text: str, kit: Kit) -> None:
    assert status(text, "killed", kit) == "not_happened"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Russia denied the claim and expelled two British diplomats.", "expelled"),
        ("Iran threatened Israel and seized a tanker.", "seized"),
        ("Ethiopia cancelled the talks and shelled Eritrea.", "shelled"),
        ("China demanded an apology and expelled two Dutch diplomats.", "expelled"),
    ],
)
def test_a_frame_does_not_reach_the_deed_beside_it(coded, text: str, words: str) -> None:
    report = coded(text)
    told = {e.trigger.words(text): e.status for e in report.events}
    assert {status for trigger, status in told.items() if words in trigger} == {"happened"}, told

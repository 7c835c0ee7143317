"""What is only recalled is told from what is reported, by its own words."""

from __future__ import annotations

import pytest
from read_texts import clauses_of

from detente.coding.backdrop import is_backdrop
from detente.coding.deeds import find_deeds
from detente.pipeline import Kit


def recalled(text: str, trigger: str, kit: Kit) -> bool:
    clauses = clauses_of(text, kit)
    (found,) = [d for d in find_deeds(clauses, kit.lexicon) if d.span.words(text) == trigger]
    return is_backdrop(found, clauses)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The 2011 clashes with Peru were short.", "clashes"),
        ("Previous attacks on Chile were worse.", "attacks"),
        ("Peru attacked Chile years ago.", "attacked"),
        ("Peru had previously attacked Chile.", "attacked"),
        ("Recalling the attack on Chile, Peru asked for talks.", "attack"),
        ("Peru left, referring to the clashes with Chile.", "clashes"),
    ],
)
def test_recalled(text: str, trigger: str, kit: Kit) -> None:
    assert recalled(text, trigger, kit)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The clashes with Peru were short.", "clashes"),
        ("The latest attacks on Chile were worse.", "attacks"),
        ("Peru attacked Chile.", "attacked"),
        ("Peru recalled its ambassador after the attack on Chile.", "attack"),
        ("The 40 attacks on Chile were worse.", "attacks"),
        ("Two soldiers who once lived in Chile were arrested.", "arrested"),
    ],
)
def test_reported(text: str, trigger: str, kit: Kit) -> None:
    assert not recalled(text, trigger, kit)


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="a verb's whole subtree is searched, clauses about other deeds included",
)
def test_what_another_clause_recalls_does_not_date_the_verb(kit: Kit) -> None:
    text = "Peru attacked Chile because its army had previously left."
    assert not recalled(text, "attacked", kit)

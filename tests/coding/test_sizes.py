"""How many: the figure, its range, the word it belongs to, and the words that say so."""

from __future__ import annotations

import pytest
from read_texts import clauses_of

from detente.coding.deeds import find_deeds
from detente.coding.sizes import size_of
from detente.model.event import Size
from detente.pipeline import Kit


def size(text: str, kit: Kit) -> Size | None:
    """The numbers told in the sentence of the text's first deed."""
    clauses = clauses_of(text, kit)
    deed = find_deeds(clauses, kit.lexicon)[0]
    return size_of(deed, deed.predicate.plover, clauses.reading.sentence_of(deed.token).span, clauses)


def dead(text: str, kit: Kit) -> tuple[int, int, str] | None:
    found = size(text, kit)
    if found is None or found.dead is None:
        return None
    return found.dead.low, found.dead.high, found.dead.words.words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The attack killed 12 people.", (12, 12, "12")),
        ("The attack killed three people.", (3, 3, "three")),
        ("Three soldiers were killed in the attack.", (3, 3, "Three")),
        ("The attack killed 1,200 people.", (1200, 1200, "1,200")),
        ("Two hundred people were killed in the attack.", (200, 200, "Two hundred")),
        ("The attack killed 3 million people.", (3_000_000, 3_000_000, "3 million")),
        ("The attack killed dozens.", (24, 99, "dozens")),
        ("The attack killed hundreds of people.", (200, 999, "hundreds")),
    ],
)
def test_the_dead(text: str, expected: tuple[int, int, str], kit: Kit) -> None:
    assert dead(text, kit) == expected


def test_a_lower_figure_alone_is_a_range(kit: Kit) -> None:
    assert dead("At least 20 people were killed in the attack.", kit) == (20, 30, "20")
    low, high, _ = dead("More than 300 people were killed in the attack.", kit) or (0, 0, "")
    assert (low, high) == (300, 450)
    assert (dead("At least one man was killed in the attack.", kit) or (0, 0, ""))[:2] == (1, 2)


def test_each_figure_stands_under_its_own_word(kit: Kit) -> None:
    text = "The attack killed 12 people and wounded 30 others."
    found = size(text, kit)
    assert found is not None
    assert (found.dead and found.dead.low, found.injured and found.injured.low) == (12, 30)
    assert (found.arrested, found.displaced, found.taking_part) == (None, None, None)


def test_the_arrested_and_those_who_march(kit: Kit) -> None:
    arrested = size("Police arrested 40 protesters.", kit)
    marched = size("Thousands marched against Peru.", kit)
    assert arrested is not None and arrested.arrested is not None and arrested.arrested.low == 40
    assert marched is not None and marched.taking_part is not None and marched.taking_part.low == 2000


def test_a_figure_of_things_counts_no_people(kit: Kit) -> None:
    assert size("Peru attacked 12 villages.", kit) is None


def test_without_figures_there_is_no_size(kit: Kit) -> None:
    assert size("Peru attacked Chile.", kit) is None


def test_a_figure_of_another_sentence_does_not_count(kit: Kit) -> None:
    assert size("Peru attacked Chile. The plague killed 12 people.", kit) is None


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="of `between 20 and 30` only the first figure is read")
def test_a_range_keeps_both_figures(kit: Kit) -> None:
    found = dead("The attack killed between 20 and 30 people.", kit)
    assert found is not None
    assert found[:2] == (20, 30)


def test_a_figure_with_a_decimal_point(kit: Kit) -> None:
    assert dead("The attack killed 2.5 million people.", kit) == (2_500_000, 2_500_000, "2.5 million")


def test_a_figure_in_two_words(kit: Kit) -> None:
    assert dead("The attack killed twenty-five people.", kit) == (25, 25, "twenty-five")


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="`dead` hangs on `left` beside the people, not on the people themselves"
)
def test_left_so_many_dead(kit: Kit) -> None:
    assert dead("The attack left 7 people dead.", kit) == (7, 7, "7")


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="of the words before a figure only `than` is taken in")
def test_the_words_of_a_lower_figure_are_whole(kit: Kit) -> None:
    found = dead("More than 300 people were killed in the attack.", kit)
    assert found is not None
    assert found[2] in ("More than 300", "300")

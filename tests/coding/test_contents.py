"""What is asked, refused, threatened or promised decides the code of a speech act."""

from __future__ import annotations

import pytest
from read_texts import clauses_of, coded, type_of

from detente.coding.contents import content_tokens, outcome_of
from detente.coding.deeds import find_deeds
from detente.model.event import Event
from detente.pipeline import Kit


def act(text: str, kit: Kit) -> Event:
    """The first event of a text: the speech act itself."""
    return coded(text, kit).events[0]


def content(text: str, kit: Kit) -> str:
    """The words of what the text's first deed is about."""
    clauses = clauses_of(text, kit)
    deed = find_deeds(clauses, kit.lexicon)[0]
    return " ".join(clauses.tokens[i].text for i in content_tokens(deed, clauses))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru urged Chile to withdraw its troops.", ("REQUEST.yield", "0256")),
        ("Peru demanded that Chile withdraw its troops.", ("REQUEST.yield", "1056")),
        ("Peru called on Chile to release the prisoners.", ("REQUEST.yield", "0253")),
        ("Peru asked for talks.", ("REQUEST.meet", "026")),
        ("Peru refused to hold talks with Chile.", ("REJECT.meet", "125")),
        ("Peru refused to lift sanctions on Chile.", ("REJECT.yield", "1244")),
        ("Peru promised to send aid to Chile.", ("AGREE", "033")),
        ("Peru promised to lift sanctions on Chile.", ("CONCEDE", "0354")),
    ],
)
def test_type_and_cameo_code(text: str, expected: tuple[str, str], kit: Kit) -> None:
    event = act(text, kit)
    assert (type_of(event), event.codings[1].code) == expected


def test_the_content_is_what_hangs_on_the_act_without_its_subject(kit: Kit) -> None:
    assert content("On Monday Peru urged Chile to leave the hills.", kit).endswith("Chile to leave the hills")
    assert "Peru" not in content("Peru urged Chile to leave.", kit)


def test_a_second_act_is_no_content_of_the_first(kit: Kit) -> None:
    assert "attacked" not in content("Peru demanded talks and attacked Brazil.", kit)


def test_what_was_done_meanwhile_is_no_content(kit: Kit) -> None:
    assert "fell" not in content("When the bridge fell, Peru urged Chile to leave.", kit)


def test_a_deed_of_no_family_has_no_outcome(kit: Kit) -> None:
    clauses = clauses_of("Peru attacked Chile.", kit)
    (deed,) = find_deeds(clauses, kit.lexicon)
    assert outcome_of(deed, content_tokens(deed, clauses), [], clauses, kit.lexicon) is None


def test_where_no_content_class_has_the_family_the_verbs_own_code_stays(kit: Kit) -> None:
    event = act("Peru accused Chile of shelling a village.", kit)
    assert (type_of(event), event.codings[1].code) == ("ACCUSE.allege", "1123")

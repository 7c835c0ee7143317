"""A quotation that heaps blame on one third party is an ACCUSE by its speaker; less than that is not."""

from __future__ import annotations

import pytest
from read_texts import coded, named, type_of

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.pipeline import Kit

BLAME = "Pavel Novak resigned. “Novak is a coward. Novak lied to us and betrayed us,” Ivan Horak said."


def reproaches(reading: CodedReport) -> list[Event]:
    return [e for e in reading.events if type_of(e) == "ACCUSE.disapprove"]


def test_two_words_of_blame_on_one_person_are_a_reproach(kit: Kit) -> None:
    reading = coded(BLAME, kit)
    (event,) = reproaches(reading)
    assert (named(reading, event.sources), named(reading, event.targets)) == (["Ivan Horak"], ["Pavel Novak"])
    assert event.status == "happened"
    assert event.told_in is None, "the report itself tells that he said it"
    assert event.codings[1].code == "111"


def test_its_trigger_is_a_word_of_blame_and_its_evidence_the_quotation(kit: Kit) -> None:
    (event,) = reproaches(coded(BLAME, kit))
    assert event.trigger.words(BLAME) == "coward"
    assert [span.words(BLAME)[:6] for span in event.evidence] == ["“Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "Pavel Novak resigned. “Novak is a coward,” Ivan Horak said.",
        "Pavel Novak resigned. “Novak never lied and he did not betray us,” Ivan Horak said.",
        "Pavel Novak resigned. Novak is a coward. Novak lied to us and betrayed us.",
        "“I am a coward. I lied to you and betrayed you,” Ivan Horak said.",
        "Pavel Novak resigned. “Novak sang and Novak danced,” Ivan Horak said.",
    ],
    ids=["one word", "denied", "the report's own voice", "of himself", "no blame"],
)
def test_no_reproach(text: str, kit: Kit) -> None:
    assert reproaches(coded(text, kit)) == []


def test_two_words_in_a_long_speech_are_too_thin(kit: Kit) -> None:
    calm = "Novak came to the city in the spring and bought a house near the old bridge by the river. " * 4
    text = f"Pavel Novak resigned. “{calm}Novak is a coward. Novak betrayed us,” Ivan Horak said."
    assert reproaches(coded(text, kit)) == []


def test_what_is_accused_in_plain_words_is_not_told_twice(kit: Kit) -> None:
    text = "Ivan Horak condemned Pavel Novak. “Novak is a coward. Novak lied to us and betrayed us,” Horak said."
    reading = coded(text, kit)
    assert [e.trigger.words(text) for e in reproaches(reading)] == ["condemned"]


def test_blame_in_words_quoted_within_is_the_inner_speakers(kit: Kit) -> None:
    text = "Pavel Novak resigned. “Lena Sturm told me: ‘Novak is a coward and Novak is a traitor’,” Ivan Horak said."
    reading = coded(text, kit)
    assert ["Ivan Horak"] not in [named(reading, e.sources) for e in reproaches(reading)]


@pytest.mark.xfail(
    strict=True,
    raises=AssertionError,
    reason="negation is looked for below the word of blame; `not` hangs on `is` above it",
)
def test_not_a_coward_is_no_reproach(kit: Kit) -> None:
    text = "Pavel Novak resigned. “Novak is not a coward. Novak is not a traitor,” Ivan Horak said."
    assert reproaches(coded(text, kit)) == []

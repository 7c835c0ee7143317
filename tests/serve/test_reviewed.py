"""What a reviewer sees of an item: its words where they stand, the telling one marked, nothing lost or doubled."""

from __future__ import annotations

from factory import TEXT, sample
from hypothesis import given
from hypothesis import strategies as st

from detente.model.span import Span
from detente.model.verdict import Mark, marks_of
from detente.serve.reviewed import card_of
from detente.store.checked import Item


def test_an_event_shows_its_parties_day_place_and_words() -> None:
    card = card_of(Item(sample(), marks_of(sample())[0]))
    assert ("status", "happened") in card.facts and dict(card.facts)["where"].startswith("Aldova")
    assert [stretch.words for stretch in card.stretches if stretch.trigger] == ["shelled"]
    assert "Marta Velik" in card.names and card.type == "ASSAULT"


def test_a_statement_shows_its_speaker_and_channel() -> None:
    card = card_of(Item(sample(), marks_of(sample())[5]))
    assert "Marta Velik" in dict(card.facts)["speaker"] and dict(card.facts)["channel"] == "Telegram"
    assert not any(stretch.trigger for stretch in card.stretches)


PLACES = st.integers(0, len(TEXT) - 1)
SPANS = st.lists(st.builds(lambda a, b: Span(min(a, b), max(a, b) + 1), PLACES, PLACES), min_size=1, max_size=4)


@given(SPANS)
def test_the_words_are_shown_once_and_in_order(spans: list[Span]) -> None:
    mark = Mark("event", sample().report.id, "e1", tuple(spans), "ASSAULT", "")
    stretches = card_of(Item(sample(), mark)).stretches
    shown = "".join(s.words for s in stretches if s.words not in ("\u2026", "\u2026 "))
    assert "".join(shown.split()) in "".join(TEXT.split())
    own = "".join("".join(s.words.split()) for s in stretches if s.own)
    places = sorted({at for span in spans for at in range(span.start, span.end)})
    assert own == "".join(TEXT[at] for at in places if not TEXT[at].isspace())

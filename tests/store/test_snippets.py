"""Snippets: the words in their surroundings, quickly even in a very long text."""

from __future__ import annotations

import time

from detente.store.snippets import pieces


def test_the_found_words_stand_in_their_surroundings() -> None:
    found = pieces("Nothing here. " * 30 + "Talks at the Élysée ended. " + "More. " * 60, "elysee TALKS")
    assert [piece.words for piece in found if piece.found] == ["Talks", "Élysée"]
    assert found[0].words == "…" and found[-1].words.endswith("…")


def test_a_text_without_the_words_shows_its_beginning() -> None:
    assert [piece.words for piece in pieces("Short text.", "absent")] == ["Short text."]
    assert pieces("", "absent") == ()


def test_a_word_that_fills_a_long_text_takes_no_time() -> None:
    start = time.perf_counter()
    pieces("The army moved. " * 1_300_000, "army")
    assert time.perf_counter() - start < 2

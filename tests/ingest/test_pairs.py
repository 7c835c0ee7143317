"""Lines of pairs that hold broken characters are read all the same."""

from __future__ import annotations

from detente.ingest.pairs import read_pairs
from detente.model.pair import AskedPair


def test_half_a_character_is_replaced() -> None:
    (pair,) = read_pairs("f", ['{"uid": 1, "sentence": "Chad hit \\ud800 Mali", "source": "Chad", "target": "Mali"}'])
    assert isinstance(pair, AskedPair)
    assert pair.sentence == "Chad hit \ufffd Mali"

"""The heads for statements: tags become stretches of whole words, links lead to the words that belong together."""

from __future__ import annotations

import numpy as np
import pytest

from detente.codebook.encoder import Encoder
from detente.codebook.speech_heads import Speech, _stretches

TEXT = "Foreign Minister Mirela Dann told reporters in Oslo that talks with Norland would resume on Friday."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def heard(encoder: Encoder, text: str) -> Speech:
    (passage,) = encoder.read([text])
    return encoder.speech(passage)


def test_a_statement_has_content_source_and_cue(encoder: Encoder) -> None:
    (piece,) = heard(encoder, TEXT).pieces
    assert piece.source is not None
    assert piece.cue is not None
    assert TEXT[piece.content.span.start : piece.content.span.end] == "that talks with Norland would resume on Friday"
    assert TEXT[piece.source.span.start : piece.source.span.end] == "Foreign Minister Mirela Dann"
    assert TEXT[piece.cue.span.start : piece.cue.span.end] == "told"
    assert not piece.inner


@pytest.mark.parametrize("text", ["", '"', "“ ” ‘ «", "???", "said " * 300, "الوزير قال", "\u202e\u0000\ufffd"])
def test_any_text_is_read(encoder: Encoder, text: str) -> None:
    for piece in heard(encoder, text).pieces:
        assert 0 <= piece.content.span.start < piece.content.span.end <= len(text)


def chances(tags: str) -> np.ndarray:
    """Rows of certain tags: o outside, b begins, g goes on."""
    return np.eye(3, dtype=np.float32)[["obg".index(tag) for tag in tags]]


@pytest.mark.parametrize(
    ("tags", "stretches"),
    [
        ("oobggo", [(2, 5)]),
        ("bgbg", [(0, 2), (2, 4)]),
        ("bgoogg", [(0, 6)]),  # a gap that something goes on behind
        ("bgoobg", [(0, 2), (4, 6)]),
        ("bgoooogg", [(0, 2), (6, 8)]),
        ("gg", [(0, 2)]),
        ("", []),
    ],
)
def test_tags_become_stretches(tags: str, stretches: list[tuple[int, int]]) -> None:
    assert [stretch for stretch, _ in _stretches(chances(tags).reshape(-1, 3))] == stretches

"""Accounts in other words are alike in meaning, and the same report gives the same bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fused import account

from detente.codebook.encoder import Encoder
from detente.codebook.files import DataError
from detente.codebook.meaning import MeaningReader, meaning_of
from detente.codebook.rarity import Rarity
from detente.fuse.meaning import alike, with_meaning
from detente.model.account import Account
from detente.model.fused_contract import account_from_dict, account_to_dict

READER = MeaningReader(Rarity())
TOLD = (
    "Three beekeepers burned to death when a drone fired a missile at their pickup.",
    "Three honey farmers were killed by a rocket that hit their vehicle.",
    "The ministers of transport signed a protocol on the railway in the capital.",
)


def accounts() -> list[Account]:
    return [account(f"r{n}", words=(told[:30],), context=told) for n, told in enumerate(TOLD)]


def test_one_deed_in_other_words_is_more_alike_than_another_deed() -> None:
    killed, died, signed = (meaning_of(item.meaning) for item in with_meaning(accounts(), READER))
    assert alike(killed, died) > 1.2 * alike(killed, signed)
    assert alike(killed, killed) == pytest.approx(1, abs=0.01) and alike(killed, died) == alike(died, killed)
    assert alike(killed, None) == 0


def test_the_same_report_gives_the_same_bytes_in_any_order_and_they_are_kept() -> None:
    first, again = with_meaning(accounts(), READER), with_meaning(accounts()[::-1], READER)[::-1]
    assert [item.meaning for item in first] == [item.meaning for item in again]
    assert account_from_dict(account_to_dict(first[0])) == first[0]


def test_words_of_the_clause_are_marked_and_nothing_comes_of_nothing() -> None:
    (kept,) = READER.read([TOLD[0]], [(0, "Three beekeepers burned")])
    meaning = meaning_of(kept)
    assert meaning is not None and 0 < meaning.inside.sum() < len(meaning.inside)
    assert np.allclose(np.linalg.norm(meaning.vectors, axis=1), 1, atol=1e-3)
    assert READER.read([], []) == [] and meaning_of(b"") is None


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    broken = MeaningReader(Rarity(), Encoder, path=tmp_path / "gone.npz")
    with pytest.raises(DataError, match=r"gone\.npz"):
        broken.read([TOLD[0]], [(0, "Three")])

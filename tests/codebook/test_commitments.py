"""The words of commitment: they load, and a faulty file says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.commitments import load_commitments
from detente.codebook.files import DATA, DataError


def test_the_english_words_load() -> None:
    words = load_commitments()
    assert "promise" in words.promising
    assert words.sides["trilateral"] == 3
    assert not words.hostile & words.refusing, "what is refused is no threat"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("promising:", "promissing:", "promising"),
        ("committing: [commit]", "committing: commit", "committing"),
        ("{bilateral: 2,", "{bilateral: two,", "two"),
        ('["within (?:the', '["within ((?:the', "deadline_measures"),
    ],
)
def test_a_faulty_file_is_named_with_its_fault(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (DATA / "language" / "en" / "commitments.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "commitments.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=says) as failure:
        load_commitments(folder=tmp_path)
    assert "commitments.yaml" in str(failure.value)

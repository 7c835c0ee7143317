"""Words of blame and praise come from a file with a list for each use of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.files import DataError
from detente.codebook.tone import load_tone


def test_the_shipped_lists_hold_blame_and_praise_apart() -> None:
    tone = load_tone()
    assert {"traitor", "shameful", "betray"} <= tone.against
    assert "traitor" not in tone.praise
    assert tone.praise
    assert tone.against & tone.praise == set()


def test_words_are_in_lower_case() -> None:
    tone = load_tone()
    assert {word for word in tone.praise if word != word.lower()} == set()


def test_false_is_a_word_of_blame() -> None:
    tone = load_tone()
    assert "false" in tone.against
    assert {word for word in tone.against if word != word.lower()} == set()


def test_no_word_both_blames_and_praises_or_judges_and_honours() -> None:
    tone = load_tone()
    assert tone.blaming & tone.praising == set()
    assert tone.judging & tone.honouring == set()
    assert all((tone.blaming, tone.praising, tone.describing, tone.charging, tone.removing))


def test_what_befalls_somebody_is_no_judgement() -> None:
    tone = load_tone()
    assert {"liar", "reckless"} <= tone.judging
    assert not {"lose", "hostage", "victim"} & tone.judging


def test_a_file_without_one_of_the_lists_is_named(tmp_path: Path) -> None:
    (tmp_path / "tone.yaml").write_text("against: [liar]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"tone\.yaml: needs the lists `against`, `for`, `blaming`"):
        load_tone(folder=tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"tone\.yaml: no such data file"):
        load_tone(folder=tmp_path)


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(DataError, match=r"language.zz.tone\.yaml"):
        load_tone("zz")

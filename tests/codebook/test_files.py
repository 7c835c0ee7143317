"""YAML files are read as words, and a missing or broken one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.files import DATA, DataError, load_yaml


def write(folder: Path, text: str) -> Path:
    path = folder / "list.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_prepositions_that_yaml_takes_for_truth_values_stay_words(tmp_path: Path) -> None:
    path = write(tmp_path, "target: [on, off, yes, no, On, NO]\non: {no: y}")
    assert load_yaml(path) == {"target": ["on", "off", "yes", "no", "On", "NO"], "on": {"no": "y"}}


def test_true_and_false_stay_truth_values(tmp_path: Path) -> None:
    assert load_yaml(write(tmp_path, "act: true\nplural: False")) == {"act": True, "plural": False}


def test_text_beyond_ascii_is_read_as_it_stands(tmp_path: Path) -> None:
    assert load_yaml(write(tmp_path, '"„": "“”"\nword: communiqué')) == {"„": "“”", "word": "communiqué"}


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    assert load_yaml(write(tmp_path, "# only a remark\n")) is None


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent\.yaml: no such data file"):
        load_yaml(tmp_path / "absent.yaml")


def test_a_broken_file_is_named_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"list\.yaml: not readable as YAML: .*line 2"):
        load_yaml(write(tmp_path, "one: [a, b]\ntwo: [a, b\nthree: c"))


def test_the_data_lie_within_the_package() -> None:
    assert (DATA / "language" / "en" / "words.yaml").is_file()

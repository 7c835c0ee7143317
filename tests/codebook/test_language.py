"""The language pack is complete, holds words as the code asks for them, and a malformed one is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from detente.codebook.files import DATA, DataError, load_yaml
from detente.codebook.language import LanguagePack, load_language


@pytest.fixture(scope="module")
def language() -> LanguagePack:
    return load_language()


@pytest.fixture(scope="module")
def sections() -> dict[str, Any]:
    found: dict[str, Any] = load_yaml(DATA / "language" / "en" / "words.yaml")
    return found


def load_changed(folder: Path, sections: dict[str, Any]) -> LanguagePack:
    (folder / "words.yaml").write_text(yaml.safe_dump(sections, allow_unicode=True), encoding="utf-8")
    return load_language(folder=folder)


def test_a_role_noun_has_its_class_sector_and_gender(language: LanguagePack) -> None:
    assert language.roles["prime minister"].role_class == "head_of_government"
    assert language.roles["prime minister"].sector == "GOV"
    assert language.roles["spokeswoman"].gender == "f"
    assert language.roles["spokesperson"].gender is None
    assert language.roles["king"].gender == "m"


def test_all_saying_holds_the_verbs_of_every_group(language: LanguagePack) -> None:
    assert {"say", "write", "believe", "accuse"} <= language.all_saying()
    assert "walk" not in language.all_saying()


def test_a_noun_names_its_kind_of_channel(language: LanguagePack) -> None:
    assert language.channel_kind("letter") == "document"
    assert language.channel_kind("newspaper") == "outlet"
    assert language.channel_kind("potato") is None


def test_pronouns_tell_person_and_gender(language: LanguagePack) -> None:
    told = [language.pronouns[word] for word in ("he", "she", "it", "they", "we", "you", "who")]
    assert told == ["m", "f", "n", "p", "first", "second", "relative"]


def test_every_opening_mark_has_closing_marks(language: LanguagePack) -> None:
    assert language.quotation_marks["“"] == "”"
    assert "”" in language.quotation_marks["„"]
    assert all(language.quotation_marks.values())


def test_round_numbers_are_ranges_from_low_to_high(language: LanguagePack) -> None:
    assert language.numbers["seven"] == 7
    assert language.round_numbers["dozens"][0] >= 20
    assert all(low <= high for low, high in language.round_numbers.values())


def test_an_unknown_section_is_named(sections: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"words\.yaml: unknown section honorific, sayings; .*honorifics.*saying"):
        load_changed(tmp_path, {**sections, "sayings": [], "honorific": []})


def test_the_code_is_no_section_of_the_file(sections: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"words\.yaml: unknown section code"):
        load_changed(tmp_path, {**sections, "code": "en"})


def test_a_missing_section_is_named(sections: dict[str, Any], tmp_path: Path) -> None:
    fewer = {name: words for name, words in sections.items() if name != "honorifics"}
    with pytest.raises(DataError, match=r"words\.yaml: section 'honorifics' is missing"):
        load_changed(tmp_path, fewer)


def test_a_section_of_another_form_names_the_file(sections: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"words\.yaml: a section is not of the form"):
        load_changed(tmp_path, {**sections, "negation": 7})
    with pytest.raises(DataError, match=r"words\.yaml: a section is not of the form"):
        load_changed(tmp_path, {**sections, "round_numbers": {"dozens": 24}})


def test_a_file_without_sections_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("- say\n- tell\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"words\.yaml: must be a mapping of sections"):
        load_language(folder=tmp_path)


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(DataError, match=r"language.zz.words\.yaml: no such data file"):
        load_language("zz")

"""The lexicon is indexed as coding asks for it, agrees with the ontologies, and a malformed entry is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.files import DATA, DataError
from detente.codebook.ontology import Ontology, load_ontology
from detente.codebook.predicates import Lexicon, Predicate, load_lexicon

GOOD = (
    '{id: raze, verbs: [raze, "burn down"], nouns: ["scorched-earth raid"], plover: ASSAULT, mode: null, cameo: "190"}'
)
CONTENT = '{id: stop_fire, types: ["RETREAT.ceasefire"], words: [lay down arms], request: {mode: yield, cameo: "0256"}}'


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A language folder with one good entry of each kind."""
    (tmp_path / "predicates").mkdir()
    (tmp_path / "predicates" / "force.yaml").write_text(f"- {GOOD}\n", encoding="utf-8")
    (tmp_path / "contents.yaml").write_text(f"- {CONTENT}\n", encoding="utf-8")
    (tmp_path / "classes.yaml").write_text("army: [soldier, '@guard']\nguard: [Sentry, '@army']\n", encoding="utf-8")
    (tmp_path / "noise.yaml").write_text("sport: [price war]\nhealth: [heart attack]\n", encoding="utf-8")
    return tmp_path


def put(home: Path, entry: str, file: str = "predicates/force.yaml") -> None:
    (home / file).write_text(f"- {entry}\n", encoding="utf-8")


def only(home: Path) -> Predicate:
    """The one predicate of a folder."""
    ((_, predicate),) = load_lexicon(folder=home).verbs["raze"]
    return predicate


# -- how it is indexed


def test_verbs_stand_under_their_first_word_and_nouns_under_their_last(home: Path) -> None:
    lexicon = load_lexicon(folder=home)
    assert [words for words, _ in lexicon.verbs["burn"]] == [("burn", "down")]
    assert [words for words, _ in lexicon.nouns["raid"]] == [("scorched", "-", "earth", "raid")]
    assert "down" not in lexicon.verbs


def test_what_an_entry_leaves_out_has_its_usual_value(home: Path) -> None:
    predicate = only(home)
    assert (predicate.source, predicate.target) == (("subject",), ("object",))
    assert (predicate.reciprocal, predicate.act, predicate.content, predicate.status) == ("never", False, None, None)
    assert (predicate.needs, predicate.bars, predicate.contexts) == ({}, {}, ())


def test_an_empty_target_stays_empty(home: Path) -> None:
    put(home, '{id: a, verbs: [raze], plover: ASSAULT, cameo: "190", target: []}')
    assert only(home).target == ()


def test_slots_named_like_truth_values_are_prepositions(home: Path) -> None:
    put(home, '{id: a, verbs: [raze], plover: ASSAULT, cameo: "190", target: [on], needs: {on: [Town]}}')
    assert only(home).target == ("on",)
    assert only(home).needs["on"].lemmas == {"town"}


def test_a_class_in_a_slot_brings_its_words_and_those_of_classes_within_it(home: Path) -> None:
    put(home, '{id: a, verbs: [raze], plover: ASSAULT, cameo: "190", needs: {subject: ["@army", rider]}}')
    filler = only(home).needs["subject"]
    assert filler.classes == {"army"}
    assert filler.lemmas >= {"soldier", "sentry", "rider"}


def test_entries_keep_the_order_of_files_and_lines(home: Path) -> None:
    put(home, '{id: first, verbs: [raze], plover: ASSAULT, cameo: "190"}', "predicates/a.yaml")
    assert load_lexicon(folder=home).order == {"first": 0, "raze": 1}


def test_noise_stands_under_each_of_its_words(home: Path) -> None:
    noise = load_lexicon(folder=home).noise
    assert noise["war"] == (("price", "war"),)
    assert noise["heart"] == noise["attack"] == (("heart", "attack"),)


def test_a_folder_without_noise_is_lawful(home: Path) -> None:
    (home / "noise.yaml").unlink()
    assert load_lexicon(folder=home).noise == {}


def test_a_content_class_keeps_its_families(home: Path) -> None:
    (content,) = load_lexicon(folder=home).contents
    assert content.words == (("lay", "down", "arms"),)
    assert set(content.families) == {"request"}
    assert (content.families["request"].mode, content.families["request"].cameo) == ("yield", "0256")


def test_a_content_class_may_take_another_type(home: Path) -> None:
    put(home, '{id: a, promise: {plover: CONCEDE, mode: null, cameo: "0354"}}', "contents.yaml")
    assert load_lexicon(folder=home).contents[0].families["promise"].plover == "CONCEDE"


# -- the shipped lexicon


def test_there_are_entries_for_every_type(lexicon: Lexicon, ontology: Ontology) -> None:
    entries = [p for index in (lexicon.verbs, lexicon.nouns) for found in index.values() for _, p in found]
    assert {p.plover for p in entries} == set(ontology.types)


def test_no_two_entries_bear_one_id(lexicon: Lexicon) -> None:
    lines = "".join(path.read_text(encoding="utf-8") for path in (DATA / "language" / "en" / "predicates").iterdir())
    assert len(lexicon.order) == lines.count("{id: ") + lines.count("- id: ")


def test_the_last_content_class_takes_what_no_other_took(lexicon: Lexicon) -> None:
    *others, last = lexicon.contents
    assert not last.types and not last.words
    assert all(content.types or content.words for content in others)


# -- what is malformed is named


def refused(home: Path, entry: str, file: str = "predicates/force.yaml") -> str:
    """The message with which an entry is refused."""
    put(home, entry, file)
    with pytest.raises(DataError) as caught:
        load_lexicon(folder=home)
    assert str(home / file) in str(caught.value)
    return str(caught.value)


def test_an_unknown_type_is_named_with_file_and_entry(home: Path) -> None:
    message = refused(home, '{id: raze, verbs: [raze], plover: ATTACK, cameo: "190"}')
    assert "force.yaml: entry 'raze': PLOVER has no type 'ATTACK'" in message
    assert "ASSAULT" in message


def test_an_unknown_mode_is_named(home: Path) -> None:
    message = refused(home, '{id: raze, verbs: [raze], plover: ASSAULT, mode: arson, cameo: "190"}')
    assert "entry 'raze': ASSAULT has no mode 'arson'" in message
    assert "heavy-weapons" in message


def test_a_mode_of_another_type_is_refused(home: Path) -> None:
    assert "RETREAT has no mode 'aerial'" in refused(
        home, '{id: a, verbs: [raze], plover: RETREAT, mode: aerial, cameo: "087"}'
    )


def test_an_unknown_cameo_code_is_named(home: Path) -> None:
    message = refused(home, '{id: raze, verbs: [raze], plover: ASSAULT, cameo: "199"}')
    assert "entry 'raze': CAMEO has no code '199'" in message


def test_a_cameo_code_that_lost_its_zero_is_refused(home: Path) -> None:
    # Without quotation marks YAML takes 042 for an octal number.
    assert "CAMEO has no code '34'" in refused(home, "{id: a, verbs: [visit], plover: CONSULT, cameo: 042}")


def test_an_unknown_context_is_named(home: Path) -> None:
    message = refused(home, '{id: a, verbs: [raze], plover: ASSAULT, cameo: "190", contexts: [weather]}')
    assert "unknown context 'weather'" in message
    assert "military" in message


def test_an_unknown_key_is_named(home: Path) -> None:
    message = refused(home, '{id: raze, verb: [raze], plover: ASSAULT, cameo: "190"}')
    assert "entry 'raze': unknown key 'verb'" in message
    assert "verbs" in message


@pytest.mark.parametrize("key", ["reciprocal", "content", "status"])
def test_an_unknown_value_of_a_key_is_named(key: str, home: Path) -> None:
    message = refused(home, f'{{id: raze, verbs: [raze], plover: ASSAULT, cameo: "190", {key}: mutual}}')
    assert f"entry 'raze': unknown {key} 'mutual'" in message


@pytest.mark.parametrize("key", ["id", "plover", "cameo"])
def test_a_missing_key_is_named(key: str, home: Path) -> None:
    keys = {"id": "raze", "verbs": "[raze]", "plover": "ASSAULT", "cameo": '"190"'}
    entry = ", ".join(f"{name}: {value}" for name, value in keys.items() if name != key)
    assert f"'{key}' is missing" in refused(home, f"{{{entry}}}")


def test_a_slot_that_holds_no_list_is_refused(home: Path) -> None:
    assert "entry 'a'" in refused(home, '{id: a, verbs: [raze], plover: ASSAULT, cameo: "190", needs: {subject: 7}}')


def test_an_entry_without_keys_is_refused(home: Path) -> None:
    assert "entry 'raze': must be keys with values" in refused(home, "raze")


def test_a_file_that_is_no_list_is_refused(home: Path) -> None:
    (home / "predicates" / "force.yaml").write_text("raze: ASSAULT\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"force\.yaml: must be a list of entries"):
        load_lexicon(folder=home)


def test_contents_are_checked_like_predicates(home: Path) -> None:
    assert "entry 'a': unknown key 'refuse'" in refused(home, "{id: a, refuse: {}}", "contents.yaml")
    assert "PLOVER has no type 'WAR'" in refused(home, "{id: a, types: [WAR]}", "contents.yaml")
    assert "ASSAULT has no mode 'club'" in refused(home, '{id: a, types: ["ASSAULT.club"]}', "contents.yaml")
    assert "REQUEST has no mode 'aerial'" in refused(
        home, '{id: a, demand: {mode: aerial, cameo: "1056"}}', "contents.yaml"
    )
    assert "CAMEO has no code '9'" in refused(home, '{id: a, reject: {mode: null, cameo: "9"}}', "contents.yaml")
    assert "unknown key in reject 'code'" in refused(
        home, '{id: a, reject: {code: "124", cameo: "124"}}', "contents.yaml"
    )


def test_a_missing_contents_file_is_named(home: Path) -> None:
    (home / "contents.yaml").unlink()
    with pytest.raises(DataError, match=r"contents\.yaml: no such data file"):
        load_lexicon(folder=home)


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(DataError, match=r"zz.*no such data file"):
        load_lexicon("zz")

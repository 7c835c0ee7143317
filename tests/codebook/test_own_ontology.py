"""A user's ontology file is taken as it stands, or refused with file, place and remedy; nothing in it can harm."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook.files import DataError
from detente.codebook.ontology import load_ontology
from detente.codebook.own_ontology import OwnOntology, load_own_ontology
from detente.codebook.user_yaml import load_user_yaml
from detente.model.span import Span

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "examples" / "ontology-water.yaml"
KNOWN = load_ontology()


class Written(yaml.SafeDumper):
    """YAML as a person writes it: the same words twice, and no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(data: Any) -> str:
    return yaml.dump(data, Dumper=Written)


def category(**changes: Any) -> dict[str, Any]:
    sentences = [f"The army closed bridge number {n}." for n in range(12)]
    made = {"code": "BRIDGE", "name": "Bridge closed", "definition": "A bridge is closed.", "examples": sentences}
    return {key: value for key, value in (made | changes).items() if value != "left out"}


def whole(*categories: Any, **changes: Any) -> dict[str, Any]:
    made = {"name": "MINE", "version": "1", "categories": list(categories) or [category()]}
    return {key: value for key, value in (made | changes).items() if value != "left out"}


def load(folder: Path, data: Any) -> OwnOntology:
    path = folder / "own.yaml"
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        path.write_text(data if isinstance(data, str) else written(data), encoding="utf-8")
    return load_own_ontology(path, KNOWN)


def refused(folder: Path, data: Any) -> str:
    """Why the file is refused, without the folder's path."""
    with pytest.raises(DataError) as error:
        load(folder, data)
    message = str(error.value)
    assert message.startswith(str(folder / "own.yaml"))
    assert len(message.splitlines()) == 1
    return message.removeprefix(str(folder) + "/")


def test_the_sample_loads() -> None:
    own = load_own_ontology(SAMPLE, KNOWN)
    assert (own.name, own.version) == ("WATCH", "1")
    water, aid, press = own.categories
    assert (water.code, water.score, water.types) == ("WATER-ATTACKED", -8.0, {"ASSAULT", "COERCE"})
    assert all(len(c.examples) >= 12 and len(c.near_misses) >= 6 for c in (water, aid, press))
    first = water.examples[0]
    assert first.trigger is not None and first.trigger.words(first.text) == "shelled"
    assert ("pumping", "station") in water.words


def test_near_misses_hints_triggers_and_a_score_may_be_left_out(tmp_path: Path) -> None:
    (only,) = load(tmp_path, whole()).categories
    assert (only.near_misses, only.words, only.types, only.score) == ((), (), frozenset(), None)


def test_the_digest_tells_changed_files_apart(tmp_path: Path) -> None:
    one, same = load(tmp_path, whole()), load(tmp_path, whole())
    other = load(tmp_path, whole(category(score=1)))
    assert one.digest == same.digest != other.digest
    assert one.label == f"MINE 1 ({one.digest})"


def test_fewer_than_a_dozen_examples_are_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        load(tmp_path, whole(category(examples=["He shut the bridge.", "It shut a bridge.", "They shut the bridge."])))
    assert "category BRIDGE: 3 examples; a dozen are advised" in caplog.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "own.yaml: the file is empty; see docs/howto/add-an-ontology.md"),
        ("# only a remark\n", "own.yaml: the file is empty"),
        ("- a\n- b\n", "own.yaml: must be a list of keys with values, not ['a', 'b']"),
        ("just words", "own.yaml: must be a list of keys with values, not 'just words'"),
        (whole(colour="red"), "own.yaml: unknown key 'colour'; known are: name, version, categories"),
        (whole(name="left out"), "own.yaml: key 'name': is missing"),
        (whole(name="PLOVER"), "own.yaml: key 'name': PLOVER is the name of a built-in ontology; choose another"),
        (whole(name="cameo"), "built-in ontology"),
        (whole(name="my events"), "key 'name': 'my events' does not fit; allowed are letters, digits"),
        (whole(name=7), "own.yaml: key 'name': must be text, not 7; put it in quotation marks"),
        (whole(version="left out"), "own.yaml: key 'version': is missing or no text"),
        (whole(version=1.5), 'write it in quotation marks, as version: "1.0"'),
        (whole(categories="left out"), "key 'categories': must hold at least one category"),
        (whole(categories=[]), "key 'categories': must hold at least one category"),
        (whole(categories="words"), "key 'categories': must be a list, not 'words'; begin each line with -"),
        (whole(categories=[category(code=f"C{n}") for n in range(101)]), "key 'categories': 101 items; 100 at most"),
        (whole("words"), "own.yaml: category 1: must be a list of keys with values, not 'words'"),
        (whole(category(), category(name="Other")), "category BRIDGE: this code stands twice"),
        (whole(category(code="left out")), "own.yaml: category 1, key 'code': is missing"),
        (whole(category(code="bridge")), "category 1, key 'code': 'bridge' does not fit; allowed are capitals"),
        (whole(category(code=12)), "category 1, key 'code': must be text, not 12"),
        (whole(category(exemples=[])), "category BRIDGE: unknown key 'exemples'; known are: code, name, definition"),
        (whole(category(name="left out")), "category BRIDGE, key 'name': is missing"),
        (whole(category(definition=" ")), "category BRIDGE, key 'definition': is empty"),
        (whole(category(definition="x" * 4001)), "key 'definition': 4001 characters; 4000 at most"),
        (whole(category(examples="left out")), "category BRIDGE, key 'examples': 0 given; at least 3 sentences"),
        (
            whole(category(examples=None)),
            "key 'examples': 0 given; at least 3 sentences are needed, a dozen are advised",
        ),
        (whole(category(examples=["It shut a bridge."])), "key 'examples': 1 given"),
        (whole(category(examples="It shut a bridge.")), "key 'examples': must be a list"),
        (whole(category(examples=[["a"]] * 3)), "key 'examples', sentence 1: must be a list of keys with values"),
        (whole(category(examples=[1, 2, 3])), "key 'examples', sentence 1: must be a list of keys with values, not 1"),
        (whole(category(examples=["It shut a bridge."] * 3)), "sentence 2: 'It shut a bridge.' stands twice; keep one"),
        (
            whole(category(examples=["?!", "-- --", "3 4"])),
            "sentence 1: '?!' is no sentence; write who did what to whom",
        ),
        (whole(category(examples=["It did " + "so " * 300] * 3)), "characters; 600 at most"),
        (whole(category(examples=[{"txt": "It shut."}] * 3)), "unknown key 'txt'; known are: text, trigger"),
        (whole(category(examples=[{"trigger": "shut"}] * 3)), "sentence 1, key 'text': is missing"),
        (
            whole(category(near_misses=[{"text": "It opened a bridge.", "trigger": "shut"}])),
            "key 'near_misses', sentence 1, key 'trigger': 'shut' does not stand in the sentence; copy its words",
        ),
        (
            whole(category(near_misses=["The army closed bridge number 3."])),
            "key 'near_misses': 'The army closed bridge number 3.' is an example too; take it out of one list",
        ),
        (whole(category(hints=["bridge"])), "category BRIDGE, key 'hints': must be a list of keys with values"),
        (whole(category(hints={"word": []})), "key 'hints': unknown key 'word'; known are: words, types"),
        (whole(category(hints={"words": [True]})), "key 'hints', key 'words': must be text, not True"),
        (whole(category(hints={"types": ["BUILD"]})), "key 'types': no PLOVER type 'BUILD'; the types are: "),
        (whole(category(score="low")), "category BRIDGE, key 'score': 'low' is no number from -10"),
        (whole(category(score=True)), "key 'score': True is no number"),
        (whole(category(score=float("nan"))), "key 'score': nan is no number"),
        (whole(category(score=-11)), "key 'score': -11 is no number from -10 (conflict) to 10 (cooperation)"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_place_and_remedy(tmp_path: Path, data: Any, words: str) -> None:
    assert words in refused(tmp_path, data)


def test_too_many_sentences_are_refused(tmp_path: Path) -> None:
    many = [category(code=f"C{c}", examples=[f"The army shut gate {c} of {n}." for n in range(300)]) for c in range(4)]
    assert "1200 sentences in all; 1000 at most" in refused(tmp_path, whole(*many))


def test_a_number_as_version_is_its_digits(tmp_path: Path) -> None:
    assert load(tmp_path, whole(version=3)).version == "3"


def test_the_words_no_and_on_stay_words(tmp_path: Path) -> None:
    text = written(whole(category(hints={"words": ["bridge"]}))).replace("- bridge", "- on")
    assert load(tmp_path, text).categories[0].words == (("on",),)


def test_a_trigger_is_the_first_place_of_its_words(tmp_path: Path) -> None:
    told = [{"text": f"They shut gate {n}.", "trigger": "shut"} for n in range(12)]
    assert load(tmp_path, whole(category(examples=told))).categories[0].examples[0].trigger == Span(5, 9)


# -- hostile files


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"absent\.yaml: no such file; give the path"):
        load_own_ontology(tmp_path / "absent.yaml", KNOWN)
    with pytest.raises(DataError, match="cannot be read"):
        load_own_ontology(tmp_path, KNOWN)


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor(tmp_path: Path) -> None:
    lines = ["a: &a [x, x]"] + [
        f"{c}: &{c} [*{p}, *{p}, *{p}, *{p}]" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    start = time.perf_counter()
    assert "own.yaml:1: anchors and aliases (& and *) are not taken" in refused(tmp_path, "\n".join(lines))
    assert time.perf_counter() - start < 1


def test_ten_megabytes_are_refused_unread(tmp_path: Path) -> None:
    assert "own.yaml: larger than 1,000,000 bytes" in refused(tmp_path, b"- word\n" * 1_500_000)


@pytest.mark.parametrize("text", ["[" * 500_000, "{a: " * 100_000, "- " * 400_000, "? " * 300_000])
def test_endless_depth_is_refused(tmp_path: Path, text: str) -> None:
    refused(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name: !!python/object/apply:os.system ['true']", "own.yaml:1: the tag tag:yaml.org,2002:python/object/apply"),
        ("name: !mine x", "own.yaml:1: the tag !mine is not taken"),
        ("name: A\nversion: 1\nname: B\n", "own.yaml:3: key 'name' stands twice in the same place; keep one"),
        ("name: [A\n", "own.yaml: not readable as YAML"),
        ("name: A\n\tversion: 1", "own.yaml: not readable as YAML"),
        ("name: A\n---\nname: B\n", "own.yaml: not readable as YAML"),
        ("name: A: B", "put sentences with : or # in quotation marks"),
        ("name: 2024-99-99", "own.yaml: a value cannot be read"),
        ("? [a, b]\n: c", "own.yaml"),
        ("name: \x00", "own.yaml"),
        (b"\xff\xfe\x00", "own.yaml: not UTF-8 (byte 0); save it as UTF-8"),
        (whole(category(name="bad\u202ename")), "holds characters that are no print; take them out"),
    ],
)
def test_tricks_and_slips_of_form_are_refused(tmp_path: Path, text: Any, words: str) -> None:
    assert words in refused(tmp_path, text)


def test_the_same_key_in_two_places_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("a: [{x: 1, y: {x: 2}}, {x: 3}]\nx: [y, y]\n")
    assert load_user_yaml(path) == {"a": [{"x": 1, "y": {"x": 2}}, {"x": 3}], "x": ["y", "y"]}


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(tmp_path, b"\xef\xbb\xbf" + written(whole()).encode()).name == "MINE"


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("own")
    with pytest.raises(DataError):
        load(folder, data)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["name", "version", "categories", "code", "definition", "examples", "hints", "score"]), values)
def test_any_value_in_any_place_is_taken_or_refused(
    tmp_path_factory: pytest.TempPathFactory, key: str, value: Any
) -> None:
    data = whole(**{key: value}) if key in ("name", "version", "categories") else whole(category(**{key: value}))
    try:
        load(tmp_path_factory.mktemp("own"), data)
    except DataError as error:
        assert "own.yaml" in str(error)

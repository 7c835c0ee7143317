"""The codebook's examples: one for each mode, near misses coded otherwise, and faults told with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.examples import TypeExamples, load_examples
from detente.codebook.files import DataError
from detente.codebook.ontology import Ontology, load_ontology

GOOD = (
    "AID:\n  examples:\n"
    "    - {text: Iceland paid Malawi., source: Iceland, target: Malawi, trigger: paid, cameo: '071'}\n"
)
NEAR = "  near_misses:\n    - {text: Iceland hoped., type: null, because: a hope}\n"


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def shipped(ontology: Ontology) -> dict[str, TypeExamples]:
    return dict(load_examples(ontology))


def test_every_type_has_an_example_without_a_mode_and_one_of_each_mode(
    ontology: Ontology, shipped: dict[str, TypeExamples]
) -> None:
    assert tuple(shipped) == ontology.types
    for code in ontology.types:
        assert {example.mode for example in shipped[code].examples} == {None, *ontology.modes(code)}, code


def test_near_misses_are_something_else_and_say_why(shipped: dict[str, TypeExamples]) -> None:
    for code, told in shipped.items():
        assert len(told.near_misses) >= 5, code
        assert [near.text for near in told.near_misses if near.type == code or not near.because] == []


def test_no_sentence_is_used_twice(shipped: dict[str, TypeExamples]) -> None:
    texts = [example.text for told in shipped.values() for example in (*told.examples, *told.near_misses)]
    assert len(set(texts)) == len(texts)


def test_parties_of_a_reciprocal_deed_stand_on_both_sides(ontology: Ontology, tmp_path: Path) -> None:
    row = "{text: Laos met Nepal., source: [Laos, Nepal], reciprocal: true, trigger: met, cameo: '040'}"
    path = tmp_path / "examples.yaml"
    path.write_text(f"CONSULT:\n  examples:\n    - {row}\n{NEAR}")
    (example,) = load_examples(ontology, path)["CONSULT"].examples
    assert example.sources == example.targets == ("Laos", "Nepal")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("target: Malawi", "target: Zambia", "AID: examples: 1: 'Zambia' does not stand in the text"),
        ("cameo: '071'", "cameo: 71", "CAMEO has no code 71"),
        ("trigger: paid", "trigger: paid, mode: visit", "AID has no mode 'visit'"),
        ("trigger: paid", "trigger: paid, status: done", "'done' is no status"),
        ("trigger: paid, ", "", "it needs a trigger and a party"),
        ("trigger: paid", "triger: paid", "unknown key triger"),
        ("AID:", "AIDS:", "PLOVER has no such type"),
        ("type: null", "type: HOPE", "near_misses: 1: "),
        ("near_misses", "misses", "the lists examples and near_misses"),
    ],
)
def test_a_fault_is_told_with_its_place(ontology: Ontology, tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD + NEAR
    path = tmp_path / "examples.yaml"
    path.write_text((GOOD + NEAR).replace(old, new))
    with pytest.raises(DataError, match=r"examples\.yaml") as error:
        load_examples(ontology, path)
    assert told in str(error.value)

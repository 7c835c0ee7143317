"""The ontologies are complete, keep the published scores, and answer a wrong code with the right ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.codebook.files import DATA, DataError
from detente.codebook.ontology import Ontology, UnknownCode, load_ontology


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


def test_it_has_all_types_contexts_sectors_and_codes(ontology: Ontology) -> None:
    assert ontology.types == (
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
        "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    )  # fmt: skip
    assert len(ontology.contexts) == 37
    assert len(ontology.sectors) == 25
    assert len(ontology.cameo) == 312


def test_each_type_has_a_quad_class_and_a_definition(ontology: Ontology) -> None:
    quads = {quad: [t for t in ontology.types if ontology.quad(t) == quad] for quad in (1, 2, 3, 4)}
    assert quads[1] == ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"]
    assert quads[2] == ["COOPERATE", "AID", "RETREAT"]
    assert quads[3] == ["REQUEST", "ACCUSE", "REJECT", "THREATEN"]
    assert quads[4] == ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
    assert all(len(ontology.definition(t)) > 100 for t in ontology.types)


def test_a_definition_ends_where_the_next_section_begins(ontology: Ontology) -> None:
    assert ontology.definition("ASSAULT").startswith("Deliberate use of force")
    assert "Confusions" not in ontology.definition("ASSAULT")
    assert "###" not in "".join(ontology.definition(t) for t in ontology.types)


def test_every_mode_is_explained_in_its_types_definition(ontology: Ontology) -> None:
    unexplained = {(t, m) for t in ontology.types for m in ontology.modes(t) if m not in ontology.definition(t)}
    assert unexplained == set()


def test_scores_are_plovers(ontology: Ontology) -> None:
    assert ontology.plover_score("CONSULT") == 2.5
    assert ontology.plover_score("CONSULT", "visit") == 4
    assert ontology.plover_score("ASSAULT", "unconventional") == -10
    assert ontology.plover_score("ACCUSE") == -3, "the manual's +3 is a misprint"


def test_a_mode_without_a_score_takes_its_types(ontology: Ontology) -> None:
    assert ontology.plover_score("PROTEST", "vandalize") == ontology.plover_score("PROTEST") == -5


def test_cameo_codes_are_text_with_goldstein_values(ontology: Ontology) -> None:
    assert ontology.goldstein("190") == -10
    assert ontology.goldstein("042") == 1.9
    assert ontology.cameo_name("0256").casefold().startswith("appeal for de-escalation")


def test_the_sign_of_a_score_fits_the_quad_class(ontology: Ontology) -> None:
    for code in ontology.types:
        scores = [ontology.plover_score(code, mode) for mode in (None, *ontology.modes(code))]
        if ontology.quad(code) in (1, 2):
            assert min(scores) > 0, code
        else:
            assert max(scores) <= 0.5, code


def test_a_wrong_code_is_answered_with_the_codes_that_exist(ontology: Ontology) -> None:
    with pytest.raises(UnknownCode, match=r"no type 'ATTACK'.*ASSAULT"):
        ontology.plover_score("ATTACK")
    with pytest.raises(UnknownCode, match=r"RETREAT has no mode 'flee'.*withdraw"):
        ontology.plover_score("RETREAT", "flee")
    with pytest.raises(UnknownCode, match=r"AID has no mode 'food'.*none"):
        ontology.plover_score("AID", "food")
    with pytest.raises(UnknownCode, match=r"no code '0299'.*0256"):
        ontology.goldstein("0299")


def test_a_malformed_table_names_file_and_line(tmp_path: Path) -> None:
    for source in (DATA / "ontology").iterdir():
        (tmp_path / source.name).write_bytes(source.read_bytes())
    table = tmp_path / "plover.tsv"
    table.write_text(table.read_text(encoding="utf-8").replace("AGREE\t\t2.5", "AGREE\t\tmuch"), encoding="utf-8")
    with pytest.raises(DataError, match=r"plover\.tsv:2: 'much' is no number"):
        load_ontology(tmp_path)
    table.unlink()
    with pytest.raises(DataError, match=r"plover\.tsv: no such data file"):
        load_ontology(tmp_path)

"""The encoder answers in probabilities, repeats itself, keeps within bounds, and says what is wrong with its files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from detente.codebook.encoder import FOLDER, NONE, Encoder, Pair
from detente.codebook.files import DataError
from detente.codebook.ontology import load_ontology
from detente.model.span import Span

TEXT = "Norwegian police arrested twelve dockers in Bergen on Monday."
POLICE, DOCKERS, ARRESTED = Span(0, 16), Span(26, 40), Span(17, 25)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_every_head_gives_probabilities(encoder: Encoder) -> None:
    (passage,) = encoder.read([TEXT])
    (told,) = encoder.judge(passage, [Pair([POLICE], [DOCKERS])])
    for head in ("type", "mode", "status", "cameo", "background", "reciprocal"):
        assert sum(told.chances(head).values()) == pytest.approx(1, abs=1e-3)
    assert all(0 <= chance <= 1 for chance in told.chances("contexts").values())


def test_an_arrest_is_coercion_and_has_a_direction(encoder: Encoder) -> None:
    (passage,) = encoder.read([TEXT])
    forth, back = encoder.judge(passage, [Pair([POLICE], [DOCKERS]), Pair([DOCKERS], [POLICE])])
    assert forth.best("type") == "COERCE"
    assert forth.chance("type", "COERCE") > back.chance("type", "COERCE")
    assert forth.chance("type", "no such type") == 0


def test_pairs_do_not_disturb_each_other(encoder: Encoder) -> None:
    (passage,) = encoder.read([TEXT])
    alone = encoder.judge(passage, [Pair([POLICE], [DOCKERS], [ARRESTED])])[0]
    among = encoder.judge(passage, [Pair([], []), Pair([POLICE], [DOCKERS], [ARRESTED]), Pair([DOCKERS], [])])[1]
    assert alone.chances("type") == pytest.approx(among.chances("type"), abs=1e-5)


def test_the_words_of_the_deed_are_found(encoder: Encoder) -> None:
    (passage,) = encoder.read([TEXT])
    found = {TEXT[span.start : span.end]: chance for span, _, chance in encoder.find(passage)}
    assert found["arrested"] == max(found.values())


@pytest.mark.parametrize(
    "text", ["", "   ", "\u202e\u0000\ufffd", "الشرطة اعتقلت", "a" * 5000, "war " * 5000, "||||\n\n12 | 14"]
)
def test_any_text_is_read_within_bounds(encoder: Encoder, text: str) -> None:
    (passage,) = encoder.read([text])
    assert len(passage.offsets) == len(passage.vectors) <= 256
    (told,) = encoder.judge(passage, [Pair([Span(0, 3)], [Span(4990, 5000)])])
    assert sum(told.chances("type").values()) == pytest.approx(1, abs=1e-3)


def test_a_sentence_is_seen_among_its_neighbours(encoder: Encoder) -> None:
    before = "Fog lay on the fjord. "
    (whole,) = encoder.read([before + TEXT])
    part = whole.part(Span(len(before), len(before) + len(TEXT)))
    assert part is not None
    assert part.text == TEXT
    assert [part.text[a:b] for a, b in part.offsets][:2] == ["Norwegian", "police"]
    (told,) = encoder.judge(part, [Pair([POLICE], [DOCKERS])])
    assert told.best("type") == "COERCE"


def test_a_part_beyond_what_was_read_is_nothing(encoder: Encoder) -> None:
    (whole,) = encoder.read(["war " * 5000])
    assert whole.part(Span(15000, 15003)) is None


def test_the_length_counts_what_is_not_read_too(encoder: Encoder) -> None:
    assert encoder.length("") == 0
    assert encoder.length("war " * 5000) == 5000


def test_classes_are_those_of_the_codebook(encoder: Encoder) -> None:
    ontology = load_ontology()
    assert set(encoder.types) == {NONE, *ontology.types}
    assert encoder.types[0] == NONE


@pytest.mark.parametrize("name", ["encoder.onnx", "labels.json", "heads.npz", "tokenizer.json", "calibration.json"])
@pytest.mark.parametrize("broken", ["missing", "cut", "empty"])
def test_broken_files_are_named_with_a_remedy(tmp_path: Path, name: str, broken: str) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(FOLDER, folder)
    if broken == "missing":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(b"" if broken == "empty" else (folder / name).read_bytes()[:100])
    if name == "calibration.json" and broken == "cut":
        (folder / name).write_text("{")
    with pytest.raises(DataError, match=r"encoder.*install detente again"):
        Encoder(folder)


def test_weights_stay_small() -> None:
    weights = sum((FOLDER / name).stat().st_size for name in ("encoder.onnx", "heads.npz"))
    assert weights < 25_000_000
    assert json.loads((FOLDER / "calibration.json").read_text())["temperature"] > 0

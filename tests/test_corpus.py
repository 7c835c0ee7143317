"""The training corpus keeps its promises: words that stand in the text, codes of the codebook, parts kept apart."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from detente.codebook.ontology import load_ontology

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "corpus" / "sentences").glob("*.jsonl"))
STATUSES = {"happened", "under_way", "planned", "threatened", "demanded", "denied", "not_happened", "hypothetical"}


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "training"))
    return importlib.import_module("sentences")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_row_is_whole(path: Path, reader: Any) -> None:
    ontology = load_ontology()
    assert len(reader.read_corpus([path])) == sum(1 for _ in rows(path))
    for row in rows(path):
        assert row["events"] or row["none"], row["id"]
        for event in row["events"]:
            reader.find_words(row["text"], event["trigger"])
            assert event["status"] in STATUSES, row["id"]
            assert event["type"] in ontology.types, row["id"]
            assert event["mode"] in (None, *ontology.modes(event["type"])), row["id"]
            assert set(event["contexts"]) <= set(ontology.contexts), row["id"]


def test_no_sentence_stands_in_two_parts() -> None:
    texts = [" ".join(row["text"].lower().split()) for path in FILES for row in rows(path)]
    ids = [row["id"] for path in FILES for row in rows(path)]
    assert len(set(texts)) == len(texts)
    assert len(set(ids)) == len(ids)


def test_made_pairs_turn_one_sided_deeds_round(reader: Any, tmp_path: Path) -> None:
    event = {"source": "police", "target": "nurses", "trigger": "beat", "type": "ASSAULT", "status": "happened"}
    path = tmp_path / "one.jsonl"
    path.write_text(
        json.dumps({"id": "1", "text": "Norland police beat nurses.", "events": [event], "none": []}) + "\n"
    )
    (sentence,) = reader.read_corpus([path])
    assert [(pair.type, pair.source) for pair in sentence.pairs] == [("ASSAULT", ((8, 14),)), ("NONE", ((20, 26),))]


def test_a_row_whose_words_are_not_there_is_named_by_file_and_line(reader: Any, tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text('{"id": "1", "text": "Rain fell.", "events": [], "none": [["Rain", "snow"]]}\n')
    with pytest.raises(reader.CorpusError, match=r"one\.jsonl:1: 'snow' does not stand"):
        reader.read_corpus([path])

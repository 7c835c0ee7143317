"""Events get a further coding by a user's own ontology; all else stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from detente.codebook.files import DataError
from detente.codebook.own_ontology import load_own_ontology
from detente.model.coded import CodedReport, Versions
from detente.model.event import Event
from detente.model.report import Report
from detente.pipeline import Kit, _own_kit, open_reader, read_report

SAMPLE = Path(__file__).parents[2] / "examples" / "ontology-water.yaml"
VERSIONS = Versions("1", "2", "3")
REPORT = (
    "Rebels blew up the main water pipeline to Aleppo on Tuesday. The foreign ministers of Egypt and Sudan met in "
    "Cairo to discuss water. Russia expelled a correspondent of a French newspaper.\n\n"
    "Ethiopia accused Eritrea of blowing up a dam. Iran rejected the offer."
)


@pytest.fixture(scope="session")
def watching(kit: Kit) -> Kit:
    """The kit with the sample ontology learnt."""
    return replace(kit, own=_own_kit([load_own_ontology(SAMPLE, kit.ontology)], kit))


def read(text: str, kit: Kit) -> CodedReport:
    return read_report(Report(text, published=date(2024, 3, 6)), kit, VERSIONS)


def codes(events: Sequence[Event]) -> list[str]:
    return [coding.code for event in events for coding in event.own_codings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rebels blew up the main water pipeline to Aleppo.", "WATER-ATTACKED"),
        ("Soldiers stopped a UN convoy with food for the displaced near Mekelle.", "AID-OBSTRUCTED"),
        ("Russia expelled a correspondent of a French newspaper.", "PRESS-HARMED"),
    ],
)
def test_an_event_gets_the_coding_of_its_category(text: str, code: str, watching: Kit) -> None:
    (event,) = read(text, watching).events
    assert [c.ontology for c in event.codings] == ["PLOVER", "CAMEO", "WATCH"]
    coding = event.codings[-1]
    assert (coding.code, coding.mode, coding.contexts) == (code, None, ())
    assert coding.score is not None and coding.score < 0
    assert f"WATCH {code} 0." in event.why and "most like" in event.why


def test_without_an_ontology_nothing_changes_and_with_one_only_codings_and_reasons(kit: Kit, watching: Kit) -> None:
    plain, more = read(REPORT, kit), read(REPORT, watching)
    assert codes(plain.events) == []
    assert len(codes(more.events)) == 3
    stripped = [
        replace(e, codings=tuple(c for c in e.codings if c.ontology in ("PLOVER", "CAMEO")), why=p.why)
        for e, p in zip(more.events, plain.events, strict=True)
    ]
    assert more.with_(events=tuple(stripped)) == plain


def test_the_same_report_read_twice_gives_the_same_bytes(kit: Kit, watching: Kit) -> None:
    again = replace(kit, own=_own_kit([load_own_ontology(SAMPLE, kit.ontology)], kit))
    assert read(REPORT, watching).to_dict() == read(REPORT, watching).to_dict() == read(REPORT, again).to_dict()


def test_the_deed_is_coded_and_not_the_accusation_of_it(watching: Kit) -> None:
    events = read("Ethiopia accused Eritrea of blowing up a dam.", watching).events
    coded = {e.codings[0].code: codes([e]) for e in events}
    assert coded == {"ACCUSE": [], "ASSAULT": ["WATER-ATTACKED"]}


@pytest.mark.parametrize(
    "text",
    [
        "The foreign ministers of Egypt and Sudan met in Cairo to discuss water.",
        "Russian missiles struck an airfield near Kyiv.",
        "Iran rejected the offer of the United States.",
        "Nothing happened.",
        "",
    ],
)
def test_other_events_get_none(text: str, watching: Kit) -> None:
    assert codes(read(text, watching).events) == []


def test_several_ontologies_code_side_by_side(kit: Kit, watching: Kit, tmp_path: Path) -> None:
    told = yaml.safe_load(SAMPLE.read_text(encoding="utf-8")) | {"name": "SECOND"}
    path = tmp_path / "second.yaml"
    path.write_text(yaml.safe_dump(told), encoding="utf-8")
    both = replace(kit, own=_own_kit([load_own_ontology(p, kit.ontology) for p in (SAMPLE, path)], kit))
    (event,) = read("Rebels blew up the main water pipeline to Aleppo.", both).events
    assert [(c.ontology, c.code) for c in event.own_codings] == [
        ("WATCH", "WATER-ATTACKED"),
        ("SECOND", "WATER-ATTACKED"),
    ]


def test_faults_are_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="another ontology is called WATCH too; give each its own name"):
        open_reader(ontology=[SAMPLE, SAMPLE])
    with pytest.raises(DataError, match=r"absent\.yaml: no such file"):
        open_reader(ontology=tmp_path / "absent.yaml")


@pytest.mark.slow
def test_the_reader_takes_a_file_and_its_versions_name_it() -> None:
    with open_reader(ontology=SAMPLE) as reader:
        coded = reader.read(Report("Rebels blew up the main water pipeline to Aleppo.", published=date(2024, 3, 6)))
    assert coded.versions is not None and "; WATCH 1 (" in coded.versions.knowledge
    assert codes(coded.events) == ["WATER-ATTACKED"]

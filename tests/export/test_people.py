"""Who is named and who is called by what they are: private persons, victims and children."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from detente.export.exporters import all_exporters
from detente.export.people import People
from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.exported import Wishes
from detente.model.participant import Kind, Participant
from detente.model.report import Report
from detente.model.span import Span

TEXT = (
    "Soldiers of Ruritania shot the baker Ottilie Brandt, 44, in Aldova on Monday. “Brandt never bore arms,” said her"
    " lawyer, Emil Sander. Her pupil Jonas Weill, 12, was hurt. General Kuno Falk denied it; the King, Rudolf Elphberg,"
    " aged 17, kept silent. The WEILL family left."
)


def party(id: str, name: str, kind: Kind = "person", sector: str = "CVL", **more: object) -> Participant:
    start = TEXT.index(name)
    told = Participant(id, name, kind, (Span(start, start + len(name)),), None, "RUR", (sector,))
    return replace(told, **more)  # type: ignore[arg-type]


def shooting() -> CodedReport:
    parties = (
        party("a1", "Soldiers of Ruritania", "group", "MIL"),
        party("a2", "Ottilie Brandt"),
        party("a3", "Emil Sander", office="lawyer of Brandt"),
        party("a4", "Jonas Weill", entity="person:jonas-weill", wikidata="Q7"),
        party("a5", "Kuno Falk", sector="MIL", office="general"),
        party("a6", "Rudolf Elphberg", sector="GOV", office="king", entity="person:rudolf"),
        party("a7", "The WEILL family", "group"),
    )
    trigger = Span(TEXT.index("shot"), TEXT.index("shot") + 4)
    codings = (Coding("PLOVER", "ASSAULT", "firearms", (), -9.0), Coding("CAMEO", "190", score=-10.0))
    event = Event("e1", ("a1",), ("a2",), codings, "happened", trigger, (Span(0, len(TEXT)),), ("a4",))
    report = Report(TEXT, "Who shot Ottilie Brandt? Weill speaks", "Courier", "https://courier.example/7")
    return CodedReport(report, parties, events=(event,))


def test_private_persons_victims_and_children_are_called_by_what_they_are() -> None:
    coded = shooting()
    people = People(coded, names=False)
    assert [people.called(p) for p in coded.participants] == [
        "Soldiers of Ruritania",
        "victim (RUR CVL)",
        "private person (RUR CVL)",
        "minor (RUR CVL)",
        "Kuno Falk",
        "Rudolf Elphberg",
        "The [minor (RUR CVL)] family",
    ]
    assert people.office(coded.participants[2]) == "lawyer of [victim (RUR CVL)]"
    assert [People(coded, names=True).called(p) for p in coded.participants] == [p.name for p in coded.participants]


def test_their_names_are_taken_out_of_words_also_where_nobody_marked_them() -> None:
    people = People(shooting(), names=False)
    words = people.words(Span(0, len(TEXT)))
    assert words == (
        "Soldiers of Ruritania shot the baker [victim (RUR CVL)], 44, in Aldova on Monday. “[victim (RUR CVL)] never"
        " bore arms,” said her lawyer, [private person (RUR CVL)]. Her pupil [minor (RUR CVL)], 12, was hurt. General"
        " Kuno Falk denied it; the King, Rudolf Elphberg, aged 17, kept silent. The [minor (RUR CVL)] family left."
    )
    assert people.free("Who shot Ottilie Brandt? WEILL speaks") == (
        "Who shot [victim (RUR CVL)]? [minor (RUR CVL)] speaks"
    )
    assert People(shooting(), names=True).words(Span(0, len(TEXT))) == TEXT


def test_a_name_that_a_public_figure_bears_too_stays() -> None:
    coded = shooting()
    namesake = party("a8", "Falk", sector="CVL")
    assert People(coded.with_(participants=(*coded.participants, namesake)), False).free("Falk") == "Falk"


@pytest.mark.parametrize("name", sorted(all_exporters()))
def test_no_format_lets_a_name_or_its_number_slip(name: str, tmp_path: Path) -> None:
    if name in ("parquet", "bundle"):
        pytest.skip("packed; their tables are those of csv")
    all_exporters()[name].write([shooting()], tmp_path / "out", Wishes())
    files = sorted((tmp_path / "out").iterdir()) if (tmp_path / "out").is_dir() else [tmp_path / "out"]
    told = "".join(path.read_text(encoding="utf-8") for path in files).casefold()
    assert [word for word in ("brandt", "sander", "weill", "q7", "ottilie", "jonas") if word in told] == []


def test_packed_tables_are_those_of_csv(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    for name in ("csv", "parquet"):
        all_exporters()[name].write([shooting()], tmp_path / name, Wishes())
    for path in sorted((tmp_path / "csv").iterdir()):
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        told = pq.read_table(tmp_path / "parquet" / f"{path.stem}.parquet").to_pylist()
        for row, packed in zip(rows, told, strict=True):
            words = {key: "" if value is None else str(value) for key, value in packed.items()}
            assert {key: row[key].removeprefix("'") for key in row} == words


def test_entities_of_private_persons_are_of_one_report_alone(tmp_path: Path) -> None:
    all_exporters()["ftm"].write([shooting()], tmp_path / "out", Wishes())
    told = [json.loads(line) for line in (tmp_path / "out").read_text(encoding="utf-8").splitlines()]
    private = [e for e in told if e["properties"].get("name", [""])[0].startswith(("minor", "victim"))]
    assert private and all(shooting().report.id in e["id"] for e in private)

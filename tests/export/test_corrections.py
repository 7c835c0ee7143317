"""What reviewers corrected goes out on request: the rest stays as it was coded, and no claim turns into a fact."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factory import sample

from detente.codebook.ontology import load_ontology
from detente.export.corrections import corrected
from detente.export.exporters import all_exporters
from detente.model.coded import CodedReport
from detente.model.contract import coded_from_dict
from detente.model.exported import Wishes
from detente.model.span import Span
from detente.model.tombstone import Tombstone
from detente.model.verdict import Correction, Judgement, Verdict, marks_of, traced

ONTOLOGY = load_ontology()


def said(nth: int, judgement: Judgement, number: int = 1, by: str = "Ana", **right: object) -> Verdict:
    correction = Correction(**right)  # type: ignore[arg-type]
    return Verdict(marks_of(sample())[nth], judgement, by, "2024-06-01", correction, number=number)


def after(*verdicts: Verdict) -> CodedReport:
    made = corrected(sample(), verdicts, ONTOLOGY)
    assert coded_from_dict(made.to_dict()).to_dict() == made.to_dict(), "a corrected reading is a reading"
    return made


def test_without_verdicts_nothing_changes() -> None:
    assert after() == sample() == after(said(0, "right"))


def test_every_field_of_an_event_is_corrected_and_nothing_else() -> None:
    made = after(
        said(
            0, "corrected", type="PROTEST", sources=("Marta Velik",), targets=("GRA GOV",), first=date(2024, 5, 1),
            last=date(2024, 5, 3), place="aldova", status="under_way",
        )
    )  # fmt: skip
    event, old = made.events[0], sample().events[0]
    assert [(c.ontology, c.code, c.score) for c in event.codings] == [
        ("PLOVER", "PROTEST", ONTOLOGY.plover_score("PROTEST"))
    ]
    assert (event.sources, event.targets) == (("a3",), ("a2",)) and event.status == "under_way"
    assert event.when and (event.when.first, event.when.last, event.when.precision) == (
        date(2024, 5, 1),
        date(2024, 5, 3),
        "week",
    )
    assert event.place == sample().places[0] and event.size == old.size and event.trigger == old.trigger
    assert made.events[1:] == sample().events[1:] and made.participants == sample().participants


def test_a_party_that_the_report_does_not_name_is_added() -> None:
    made = after(said(0, "corrected", sources=("ARM MIL", "FRA"), targets=()))
    new = made.participants[-2:]
    assert [(p.code, p.kind) for p in new] == [("ARM MIL", "group"), ("FRA GOV", "country")]
    assert made.events[0].sources == tuple(p.id for p in new) and made.events[0].targets == ()


def test_what_is_wrong_stays_out_and_is_named_nowhere() -> None:
    made = after(said(1, "wrong"), said(3, "wrong", 2))
    assert [e.id for e in made.events] == ["e1", "e3", "e5"]
    assert made.statements[0].events == () and made.statements[0].acts == ()


def test_a_claim_does_not_turn_into_a_fact_where_its_statement_is_wrong() -> None:
    made = after(said(5, "wrong"))
    assert made.events[1].told_in == "s1" and made.statements[0].id == "s1" and made.statements[0].speaker is None
    assert [s.id for s in after(said(6, "wrong")).statements] == ["s1"]


def test_a_statement_is_corrected() -> None:
    made = after(said(5, "corrected", speaker="Graustark", channel="Radio Strelsau", content=(Span(0, 9),)))
    told = made.statements[0]
    assert (
        told.speaker == "a2"
        and told.channel
        and told.channel.name == "Radio Strelsau"
        and told.content == (Span(0, 9),)
    )
    assert after(said(5, "corrected", speaker="", channel="")).statements[0].channel is None


def test_the_newest_standing_verdict_decides() -> None:
    first, second = said(0, "wrong"), said(0, "corrected", 2, "Bo", status="denied")
    assert after(first, second).events[0].status == "denied"
    undo = replace(second, judgement="undone", number=3, undoes=2, correction=Correction())
    assert [e.id for e in after(first, second, undo).events] == ["e2", "e3", "e4", "e5"]


@pytest.mark.parametrize("name", ["csv", "parquet", "bundle"])
def test_tables_hold_what_was_said_and_what_was_deleted(name: str, tmp_path: Path) -> None:
    given = (said(0, "corrected", type="AID", sources=("GRA",)), said(2, "wrong", 2))
    stones = (
        Tombstone("report", "abc", "asked to", "Ana", "2024-06-02"),
        Tombstone("person", "def", "law", "Bo", "2024-06-03", 4),
    )
    standing = {found.verdict.number or 0: found for found in traced(given, sample())}
    wishes = Wishes(verdicts={sample().report.id: given}, standing=standing, tombstones=stones)
    target = tmp_path / "out"
    all_exporters()[name].write([sample()], target, wishes)
    if name != "csv":
        assert target.exists()
        return
    rows = list(csv.DictReader((target / "verdicts.csv").read_text().splitlines()))
    assert [(r["number"], r["item"], r["judgement"], r["fate"]) for r in rows] == [
        ("1", "e1", "corrected", "holds"),
        ("2", "e3", "wrong", "holds"),
    ]
    assert (rows[0]["correct_type"], rows[0]["correct_sources"], rows[1]["correct_sources"]) == ("AID", "GRA", "")
    stones_told = list(csv.DictReader((target / "tombstones.csv").read_text().splitlines()))
    assert [(r["kind"], r["hash"], r["reports"]) for r in stones_told] == [("report", "abc", "1"), ("person", "", "4")]

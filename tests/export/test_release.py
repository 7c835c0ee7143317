"""A release: the same bytes for the same archive, every file by its hash, and no words where none are to be shared."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from factory import sample
from fused import coded

from detente.export.release import SUMS, TEXTS, Release, evidence_rows, write_release
from detente.export.release_check import about, check_release, decisions_of, other_data, reports_of
from detente.fusing import fuse
from detente.model.account import EventKey
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes
from detente.model.participant import Participant
from detente.model.shelf import Decision
from detente.model.span import Span
from detente.model.tombstone import Tombstone
from detente.model.verdict import Correction, Verdict, marks_of, traced

TEXT = "Ruritania shelled the baker Ottilie Brandt in Aldova. “Brandt bore no arms”, said a lawyer from Upper Zenda."


def private() -> CodedReport:
    """A report on private persons, whom nobody knows."""
    told = coded(TEXT, "Courier")
    start = TEXT.index("Ottilie")
    baker = Participant("a3", "Ottilie Brandt", "person", (Span(start, start + 14),), None, "RUR", ("CVL",))
    lawyer = Participant("a4", "a lawyer from Upper Zenda", "role", (Span(86, 111),))
    event = replace(told.events[0], victims=("a3",), sources=("a1", "a4"), targets=("a3",))
    report = replace(told.report, title="The baker of Aldova", url="https://courier.example/the-baker-of-aldova")
    return told.with_(report=report, participants=(*told.participants, baker, lawyer), events=(event,))


def wishes() -> Wishes:
    given = (
        replace(Verdict(marks_of(private())[0], "corrected", "Ana", "2024-06-01"), number=1, note="Ottilie told me",
                correction=Correction(sources=("Emil Sander",), type="AID")),
    )  # fmt: skip
    standing = {1: traced(given, private())[0]}
    stone = Tombstone("report", "abcd", "asked to", "Ana", "2024-06-01")
    return Wishes(True, False, "detente 9", {private().report.id: given}, standing, (stone,))


def release(folder: Path, text: bool = True, name: str = "out") -> Path:
    readings = [private(), sample()]
    decision = Decision("apart", EventKey("a", "e1"), EventKey("b", "12-40"))
    made = fuse(readings).incidents
    write_release(
        iter(readings), iter(made), [decision], folder / name, Release("Test 1", wishes(), text, ("Ana Lund",))
    )
    return folder / name


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("text", [True, False])
def test_the_same_archive_gives_the_same_bytes_and_the_check_finds_nothing(text: bool, tmp_path: Path) -> None:
    one, other = release(tmp_path, text, "one"), release(tmp_path, text, "other")
    assert files(one) == files(other) and check_release(one) == []
    assert (TEXTS in files(one)) == text


def test_it_says_what_made_it_and_how_to_cite_it(tmp_path: Path) -> None:
    out = release(tmp_path)
    told = json.loads((out / "release.json").read_text())
    assert told["rows"]["reports"] == 2 and told["rows"]["verdicts"] == 1 and told["rows"]["tombstones"] == 1
    assert {"detente": "0.1.0", "parser": "test parser", "knowledge": "2024-05-01", "reports": 1} in told["versions"]
    assert told["thresholds"]["fusing_thousandths"]["join"] and other_data(about(out)) == []
    cited = yaml.safe_load((out / "CITATION.cff").read_text())
    assert cited["cff-version"] == "1.2.0" and cited["title"] == "Test 1" and cited["authors"] == [{"name": "Ana Lund"}]
    assert cited["identifiers"][0]["value"] == f"sha256:{told['content_sha256']}"


def test_the_texts_and_decisions_come_back(tmp_path: Path) -> None:
    out = release(tmp_path)
    assert list(reports_of(out)) == [private().report, sample().report]
    assert decisions_of(out) == [Decision("apart", EventKey("a", "e1"), EventKey("b", "12-40"))]


def test_without_text_no_word_of_a_report_or_reviewer_is_in_it(tmp_path: Path) -> None:
    out = release(tmp_path, text=False)
    whole = "\n".join(data.decode() for name, data in files(out).items() if name != "README.md").lower()
    for words in ("ottilie", "brandt", "sander", "zenda", "lawyer", "baker", "told me", "never talk", "telegram"):
        assert words not in whole, words
    for report in (private().report, sample().report):
        text = re.findall(r"\w+", report.text.lower())
        assert [three for three in zip(text, text[1:], text[2:], strict=False) if " ".join(three) in whole] == []
        assert (report.title or "").lower() not in whole and (report.url or "") not in whole
    rows = list(csv.DictReader((out / "tables" / "events.csv").read_text().splitlines()))
    assert rows[0]["source"] == "Ruritania" and rows[0]["plover"] == "ASSAULT" and rows[0]["trigger_start"] == "10"


def test_evidence_says_where_the_words_stand_and_their_hash() -> None:
    rows = list(evidence_rows(sample(), Wishes(True)))
    assert {row["part"] for row in rows} == {"trigger", "evidence", "content"}
    assert {row["item"] for row in rows} == {item.id for item in (*sample().events, *sample().statements)}
    first = rows[0]
    assert (first["start"], first["end"]) == tuple(sample().events[0].trigger.to_list()) and len(
        str(first["sha256"])
    ) == 64
    some = {row["item"] for row in evidence_rows(sample(), Wishes())}
    assert "e2" not in some and "e1" in some, "what did not happen is not asked for"


def test_the_check_names_what_is_changed_missing_or_added(tmp_path: Path) -> None:
    out = release(tmp_path)
    (out / "tables" / "events.csv").write_text("id\n")
    (out / "sources.csv").unlink()
    (out / "notes.txt").write_text("mine")
    told = check_release(out)
    assert [line.partition(":")[0] for line in told] == ["sources.csv", "tables/events.csv", "notes.txt"]
    assert "missing" in told[0] and "differs" in told[1] and "not of the release" in told[2]


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no release"):
        check_release(tmp_path)
    out = release(tmp_path)
    (out / "release.json").write_text("{")
    with pytest.raises(ExportError, match="cannot be read"):
        about(out)


def test_the_sums_are_as_sha256sum_writes_them(tmp_path: Path) -> None:
    lines = (release(tmp_path) / SUMS).read_text().splitlines()
    assert lines == sorted(lines, key=lambda line: line[66:]) and all(
        re.fullmatch(r"[0-9a-f]{64}  \S.*", x) for x in lines
    )

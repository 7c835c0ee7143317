"""Each format read back by its own rules: columns, codes, ids, and what stands on somebody's word."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import networkx
import pytest
from factory import DAY, sample

from detente.codebook.formats import cameo_types, columns_of, sector_words
from detente.codebook.ontology import load_ontology
from detente.export.exporters import all_exporters
from detente.export.gdelt import quad_class
from detente.export.lines import fits
from detente.export.tables import rows_of
from detente.model.coded import CodedReport
from detente.model.event import Coding
from detente.model.exported import ExportError, Wishes
from detente.model.participant import Participant
from detente.model.place import Place


def between(a: str, b: str, reciprocal: bool = False) -> CodedReport:
    """One event of the sample between two countries."""
    coded = sample()
    parties = tuple(
        Participant(f"a{n}", code, "country", coded.participants[0].mentions, f"country:{code}", code, ("GOV",))
        for n, code in enumerate((a, b), start=1)
    )
    ids = ("a1", "a2")
    codings = (Coding("PLOVER", "CONSULT", "visit", ("diplomatic",), 4.0), Coding("CAMEO", "042", score=1.9))
    event = replace(
        coded.events[0],
        sources=ids if reciprocal else ("a1",),
        targets=ids if reciprocal else ("a2",),
        victims=(),
        codings=codings,
        reciprocal=reciprocal,
        status="happened",
    )
    return coded.with_(participants=parties, events=(event,), statements=())


def lines(name: str, coded: CodedReport, folder: Path) -> list[list[str]]:
    target = folder / "out"
    all_exporters()[name].write([coded], target, Wishes())
    return [line.split("\t") for line in target.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("name", "format", "headed", "number"),
    [
        ("polecat", "polecat", True, 40),
        ("icews", "icews", True, 20),
        ("gdelt-events", "gdelt2_events", False, 61),
        ("gdelt-mentions", "gdelt2_mentions", False, 16),
    ],
)
def test_columns_are_those_of_the_format(name: str, format: str, headed: bool, number: int, tmp_path: Path) -> None:
    columns = columns_of(format)
    found = lines(name, sample(), tmp_path)
    assert len(columns) == number and len(found) > 1
    assert all(len(row) == number for row in found)
    if headed:
        assert found.pop(0) == [column.name for column in columns]
    assert all(fits(value, column.type) for row in found for value, column in zip(row, columns, strict=True))


def test_a_meeting_is_a_row_each_way_with_one_group(tmp_path: Path) -> None:
    meeting = between("KEN", "UGA", reciprocal=True)
    rows = lines("icews", meeting, tmp_path)[1:]
    assert [(row[4], row[10]) for row in rows] == [("Kenya", "Uganda"), ("Uganda", "Kenya")]
    assert len({int(row[0]) // 1000 for row in rows}) == 1 and len({row[0] for row in rows}) == 2


def test_countries_go_by_each_formats_own_code(tmp_path: Path) -> None:
    (row,) = lines("gdelt-events", between("XKX", "SRB"), tmp_path)
    assert (row[5], row[7], row[15], row[17]) == ("KSVGOV", "KSV", "SRBGOV", "SRB")
    assert row[26:30] == ["042", "042", "04", "1"] and row[1] == f"{DAY:%Y%m%d}"


def test_gdelt_classes_of_cameo_roots() -> None:
    assert [quad_class(code) for code in ("010", "057", "060", "087", "090", "138", "140", "204")] == [
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
    ]


def test_every_sector_has_its_words() -> None:
    assert load_ontology().sectors.keys() <= sector_words().keys()
    assert cameo_types().keys() <= sector_words().keys()


def test_what_is_recalled_without_a_day_stays_out_and_is_told(tmp_path: Path) -> None:
    coded = between("KEN", "UGA")
    event = replace(coded.events[0], background=True, when=None)
    told = all_exporters()["polecat"].write([coded.with_(events=(event,))], tmp_path / "out", Wishes())
    assert told.rows == 0 and "on no known day" in told.left_out[0]


def test_plover_says_on_whose_word(tmp_path: Path) -> None:
    coded = sample()
    event = replace(coded.events[0], told_in="s1", status="happened")
    all_exporters()["plover-json"].write([coded.with_(events=(event,))], tmp_path / "out", Wishes())
    (told,) = map(json.loads, (tmp_path / "out").read_text().splitlines())
    assert "on the word of Marta Velik" in told["comment"]
    assert {column.name for column in columns_of("plover_json") if column.type.endswith("required Y")} <= told.keys()


def test_plover_without_a_type_stays_out_and_is_told(tmp_path: Path) -> None:
    coded = between("KEN", "UGA")
    event = replace(coded.events[0], codings=(Coding("CAMEO", "042", score=1.9),))
    told = all_exporters()["plover-json"].write([coded.with_(events=(event,))], tmp_path / "out", Wishes())
    assert told.rows == 0 and told.left_out == (f"1 without a PLOVER type, {coded.report.id}-e1 the first",)


@pytest.mark.parametrize("name", ["polecat", "icews", "gdelt-events", "gdelt-mentions"])
def test_a_format_that_cannot_say_what_a_row_is_worth_is_told(name: str, tmp_path: Path) -> None:
    coded = sample()
    claim = replace(coded.events[0], told_in="s1")
    planned = replace(coded.events[0], id="e8", status="planned")
    told = all_exporters()[name].write([coded.with_(events=(claim, planned))], tmp_path / "out", Wishes(True))
    assert [words.split(":")[0] for words in told.unsaid] == [
        "1 rows tell what did not happen, or not yet",
        "1 rows stand on somebody's word",
    ]


def test_a_place_in_a_part_of_a_country_has_the_code_of_that_part(tmp_path: Path) -> None:
    coded = between("PSE", "ISR")
    town = Place("p1", coded.events[0].trigger, "Deir Amun", country="PSE", admin1="Gaza Strip", resolution="city")
    (row,) = lines("gdelt-events", coded.with_(events=(replace(coded.events[0], place=town),)), tmp_path)
    assert row[51:54] == ["4", "Deir Amun, Gaza Strip, Palestinian Territory", "GZ"]


def test_claims_and_background_are_told_where_there_is_a_place_for_it(tmp_path: Path) -> None:
    coded = sample()
    event = replace(coded.events[0], told_in="s1", background=True)
    coded = coded.with_(events=(event,))
    for name in ("graphml", "ftm", "plover-json"):
        all_exporters()[name].write([coded], tmp_path / name, Wishes())
        words = (tmp_path / name).read_text(encoding="utf-8")
        assert "Marta Velik" in words and ("recalled" in words or '"edge_background">true' in words), name
    graph = networkx.read_graphml(tmp_path / "graphml")
    assert {(told["claim"], told["background"]) for _, _, told in graph.edges(data=True)} == {(True, True)}
    assert lines("gdelt-events", coded, tmp_path)[0][25] == "0"


def test_the_network_keeps_the_nameless_of_two_reports_apart(tmp_path: Path) -> None:
    coded = sample()
    nameless = Participant("a9", "a senior official", "role", coded.participants[0].mentions, None, "RUR", ("GOV",))
    one = coded.with_(participants=(*coded.participants, nameless), events=(replace(coded.events[0], sources=("a9",)),))
    other = one.with_(report=replace(one.report, outlet="Herald"))
    all_exporters()["graphml"].write([one, other], tmp_path / "out", Wishes())
    graph = networkx.read_graphml(tmp_path / "out")
    assert sum(told["label"] == "a senior official" for _, told in graph.nodes(data=True)) == 2
    assert sum(told["label"] == "Graustark" for _, told in graph.nodes(data=True)) == 1
    ends = {(told["type"], told["claim"]) for _, _, told in graph.edges(data=True)}
    assert ends >= {("ASSAULT", False)} and all(told["report"] for _, _, told in graph.edges(data=True))


def test_bodies_that_nobody_knows_are_not_joined_either(tmp_path: Path) -> None:
    coded = sample()
    body = Participant("a9", "a state agency", "organisation", coded.participants[0].mentions, None, "RUR", ("GOV",))
    one = coded.with_(participants=(*coded.participants, body), events=(replace(coded.events[0], sources=("a9",)),))
    other = one.with_(report=replace(one.report, outlet="Herald"))
    for name, mark in (("graphml", "<node"), ("ftm", '"schema": "Organization"')):
        all_exporters()[name].write([one, other], tmp_path / name, Wishes())
        found = [
            line for line in (tmp_path / name).read_text().splitlines() if mark in line and "a state agency" in line
        ]
        assert len(found) == 2, name


def test_the_bundle_checks_its_own_sums(tmp_path: Path) -> None:
    import hashlib

    all_exporters()["bundle"].write([sample()], tmp_path / "out", Wishes(software="detente x"))
    with zipfile.ZipFile(tmp_path / "out") as archive:
        sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())  # type: ignore[arg-type]
        assert sums.keys() == set(archive.namelist()) - {"SHA256SUMS"}
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == sum for name, sum in sums.items())
        manifest = json.loads(archive.read("manifest.json"))
        assert manifest["software"] == "detente x" and manifest["rows"]["reports"] == 1
        assert manifest["versions"] == [sample().versions.to_dict() | {"reports": 1}]  # type: ignore[union-attr]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_points_lie_on_the_map(tmp_path: Path) -> None:
    all_exporters()["geojson"].write([sample()], tmp_path / "out", Wishes())
    told = json.loads((tmp_path / "out").read_text())
    assert told["type"] == "FeatureCollection"
    assert [f["geometry"]["coordinates"] for f in told["features"]][:1] == [[19.25, 47.5]]


def test_a_row_that_is_not_of_its_table_is_refused() -> None:
    coded = sample()
    wrong = replace(coded.places[0], latitude=float("nan"))
    with pytest.raises(ExportError, match="places p1: latitude nan is no float"):
        list(rows_of("places", coded.with_(places=(wrong,)), Wishes()))
    with pytest.raises(ExportError, match=r"reports .*: title 7 is no string"):
        list(rows_of("reports", coded.with_(report=replace(coded.report, title=7)), Wishes()))  # type: ignore[arg-type]


def test_a_point_that_is_not_on_the_globe_is_refused(tmp_path: Path) -> None:
    coded = sample()
    place = replace(coded.places[0], latitude=123.0)
    coded = coded.with_(events=(replace(coded.events[0], place=place),))
    with pytest.raises(ExportError, match="latitude 123"):
        all_exporters()["geojson"].write([coded], tmp_path / "out", Wishes())


def test_addresses_that_are_no_pages_are_no_addresses_to_followthemoney(tmp_path: Path) -> None:
    coded = sample()
    for url, kept in (("https://courier.example/1", True), ("javascript:alert(1)", False)):
        out = tmp_path / str(kept)
        all_exporters()["ftm"].write([coded.with_(report=replace(coded.report, url=url))], out, Wishes())
        assert (url in out.read_text(encoding="utf-8")) is kept


def test_a_number_that_no_program_can_hold_is_refused() -> None:
    assert fits("9223372036854775807", "integer") and not fits("9223372036854775808", "integer")

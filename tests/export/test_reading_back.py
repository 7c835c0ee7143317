"""What goes out comes back, read by other people's programs: ids, parties, dates and codes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import followthemoney
import networkx
import pandas as pd
import pyarrow.parquet as pq
import pytest
from factory import sample
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.codebook.ontology import load_ontology
from detente.export.exporters import all_exporters
from detente.export.lines import guarded, printable
from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.exported import Wishes
from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.span import Span
from detente.model.when import When

few = settings(max_examples=15, deadline=None)
COUNTRIES = ("KEN", "UGA", "XKX", "PSE", "ROU", "IGO")
HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
WORDS = "Envoys of both sides met by the lake."
NAMED = (Span(0, 6),)


@st.composite
def readings(draw: st.DrawFn) -> CodedReport:
    """A report with one to four dated events among one to four parties."""
    names = draw(st.lists(HOSTILE, min_size=1, max_size=4))
    report = Report(WORDS, draw(HOSTILE), draw(HOSTILE), None, draw(st.dates(date(1990, 1, 1), date(2030, 1, 1))))
    parties = tuple(
        Participant(
            f"{report.id}-a{n}", name, "country", (Span(0, 6),), None, draw(st.sampled_from(COUNTRIES)), ("GOV",)
        )
        for n, name in enumerate(names)
    )
    events = tuple(draw(_event(report, parties, n)) for n in range(draw(st.integers(1, 4))))
    return CodedReport(report, parties, events=events)


@st.composite
def _event(draw: st.DrawFn, report: Report, parties: tuple[Participant, ...], number: int) -> Event:
    ids = [party.id for party in parties]
    reciprocal = len(ids) > 1 and draw(st.booleans())
    sources = draw(st.lists(st.sampled_from(ids), min_size=1 + reciprocal, max_size=3, unique=True))
    targets = sources if reciprocal else draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))
    day = draw(st.dates(date(1000, 1, 1), date(2030, 1, 1)))
    plover = draw(st.sampled_from(load_ontology().types))
    cameo = draw(st.sampled_from(sorted(load_ontology().cameo)))
    codings = (Coding("PLOVER", plover, score=draw(st.floats(-10, 10))), Coding("CAMEO", cameo, score=1.5))
    when = When(day, day + timedelta(draw(st.integers(0, 40))), "stated", "day")
    return Event(
        f"{report.id}-e{number}", tuple(sources), tuple(targets), codings, "happened", Span(0, 6), (Span(0, 6),),
        reciprocal=reciprocal, when=when, confidence=draw(st.floats(0, 1)),
    )  # fmt: skip


def pairs(event: Event) -> list[tuple[str, str | None]]:
    """The directed pairs of an event, told anew here."""
    targets: tuple[str | None, ...] = event.targets or (None,)
    told = [(a, b) for a in event.sources for b in targets if a != b]
    return told or [(event.sources[0], None)]


def expected(coded: CodedReport) -> list[tuple[object, ...]]:
    """What the rows of a reading must tell: event, parties by country, day, codes."""
    rows: list[tuple[object, ...]] = []
    for event in coded.events:
        for a, b in pairs(event):
            assert event.when is not None
            countries = (coded.participant(a).country, coded.participant(b).country if b else None)
            codes = (event.codings[0].code, event.codings[1].code)
            rows.append((event.id, *countries, event.when.first, *codes))
    return rows


def write(name: str, coded: CodedReport, target: Path) -> Path:
    all_exporters()[name].write([coded], target, Wishes())
    return target


@few
@given(coded=readings())
def test_parquet_gives_everything_back(coded: CodedReport, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = write("parquet", coded, tmp_path_factory.mktemp("out") / "tables")
    told = pq.read_table(out / "events.parquet").to_pylist()
    keys = ("group", "source_country", "target_country", "first", "plover", "cameo")
    assert [tuple(row[key] for key in keys) for row in told] == expected(coded)
    assert [(r["source_id"], r["target_id"]) for r in told] == [p for event in coded.events for p in pairs(event)]
    assert [r["confidence"] for r in told] == [e.confidence for e in coded.events for _ in pairs(e)]
    people = {r["id"]: r["name"] for r in pq.read_table(out / "participants.parquet").to_pylist()}
    assert people == {p.id: p.name for p in coded.participants}
    assert len({row["id"] for row in told}) == len(told)


@few
@given(coded=readings())
def test_csv_gives_the_same_back_to_pandas(coded: CodedReport, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = write("csv", coded, tmp_path_factory.mktemp("out") / "e.csv")
    told = pd.read_csv(out, dtype=str, keep_default_na=False)
    keys = ["group", "source_country", "target_country", "first", "plover", "cameo"]
    assert list(told[keys].itertuples(index=False, name=None)) == [
        tuple("" if v is None else str(v) for v in row) for row in expected(coded)
    ]
    assert list(told["source"]) == [
        guarded(printable(coded.participant(a).name)) for event in coded.events for a, _ in pairs(event)
    ]


@few
@given(coded=readings())
def test_polecat_and_icews_come_back_to_pandas(coded: CodedReport, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("out")
    options = {"sep": "\t", "dtype": str, "keep_default_na": False, "quoting": csv.QUOTE_NONE}
    polecat = pd.read_csv(write("polecat", coded, folder / "p"), **options)  # type: ignore[call-overload]
    polecat["group"] = polecat["Event ID"].str.rpartition("-")[0]
    keys = ["group", "Actor Country", "Recipient Country", "Event Date", "Event Type"]
    assert list(polecat[keys].itertuples(index=False, name=None)) == [
        tuple("" if v is None else str(v) for v in row[:5]) for row in expected(coded)
    ]
    icews = pd.read_csv(write("icews", coded, folder / "i"), **options)  # type: ignore[call-overload]
    assert list(icews["CAMEO Code"]) == [row[5] for row in expected(coded)]
    assert list(icews["Event Date"]) == list(polecat["Event Date"])
    assert len(set(icews["Event ID"])) == len(icews)


@few
@given(coded=readings())
def test_gdelt_comes_back_to_pandas(coded: CodedReport, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("out")
    options = {"sep": "\t", "header": None, "dtype": str, "keep_default_na": False, "quoting": csv.QUOTE_NONE}
    told = pd.read_csv(write("gdelt-events", coded, folder / "e"), **options)  # type: ignore[call-overload]
    mentions = pd.read_csv(write("gdelt-mentions", coded, folder / "m"), **options)  # type: ignore[call-overload]
    own = {"XKX": "KSV", "ROU": "ROM", "IGO": "", None: ""}
    days = [str(row[3]).replace("-", "") for row in expected(coded)]
    assert list(told[[1, 7, 17, 26]].itertuples(index=False, name=None)) == [
        (day, own.get(row[1], row[1]), own.get(row[2], row[2]), row[5])  # type: ignore[call-overload]
        for day, row in zip(days, expected(coded), strict=True)
    ]
    assert all(len(day) == 8 for day in told[1])
    assert list(mentions[0]) == list(told[0]) and len(set(told[0])) == len(told)


@few
@given(coded=readings())
def test_the_network_comes_back_to_networkx(coded: CodedReport, tmp_path_factory: pytest.TempPathFactory) -> None:
    graph = networkx.read_graphml(write("graphml", coded, tmp_path_factory.mktemp("out") / "g"), force_multigraph=True)
    both = [b is not None for event in coded.events for _, b in pairs(event)]
    whole = [row for row, two in zip(expected(coded), both, strict=True) if two]
    found = [
        (told["group"], graph.nodes[a]["country"], graph.nodes[b]["country"], told["day"], told["type"])
        for a, b, told in graph.edges(data=True)
    ]
    assert sorted(found) == sorted((e, a, b, str(day), type) for e, a, b, day, type, _ in whole)


@few
@given(coded=readings())
def test_plover_json_gives_back_each_event_with_its_parties(
    coded: CodedReport, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = write("plover-json", coded, tmp_path_factory.mktemp("out") / "p")
    told = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(t["id"], t["event"], t["date"]) for t in told] == [
        (e.id, [e.codings[0].code], str(e.when and e.when.first)) for e in coded.events
    ]
    for event, back in zip(coded.events, told, strict=True):
        for ids, part in ((event.sources, "actor"), (event.targets, "recipient")):
            assert [entity["entity_text"] for entity in back[part]] == [coded.participant(id).name for id in ids]


@few
@given(coded=readings())
def test_followthemoney_takes_every_entity_with_all_its_properties(
    coded: CodedReport, tmp_path_factory: pytest.TempPathFactory
) -> None:
    taken(write("ftm", coded, tmp_path_factory.mktemp("out") / "f"), coded)


def test_followthemoney_takes_the_full_sample(tmp_path: Path) -> None:
    coded = sample()
    events = tuple(replace(e, told_in="s1") for e in coded.events)
    out = write("ftm", coded.with_(events=events), tmp_path / "f")
    taken(out, coded)
    assert {"dt-country-RUR", "dt-country-GRA"} <= {
        json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()
    }


def taken(path: Path, coded: CodedReport) -> None:
    """Checks each entity by the library's own schema: nothing invalid, nothing dropped, no loose end."""
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ids = {entity["id"] for entity in told}
    for entity in told:
        proxy = followthemoney.model.get_proxy(entity, cleaned=False)
        assert proxy.schema.name == entity["schema"] and proxy.id == entity["id"]
        kept = proxy.to_dict()["properties"]
        assert kept.keys() == entity["properties"].keys()
        for name in ("organizer", "involved", "proof"):
            assert ids.issuperset(kept.get(name, [])) and len(kept.get(name, [])) == len(
                entity["properties"].get(name, [])
            )
        proxy.schema.validate(proxy.to_dict())
    assert sum(e["schema"] == "Event" for e in told) == sum(e.counts for e in coded.events)


def test_a_cell_is_no_formula_but_a_number_stays_one(tmp_path: Path) -> None:
    assert [guarded(w) for w in ("=1+1", "+x", "-x", "@x", "\tx", "-3.5", "+4", "x=1", "")] == [
        *("'=1+1", "'+x", "'-x", "'@x", "'\tx", "-3.5", "+4", "x=1", ""),
    ]
    coded = sample()
    parties = tuple(replace(p, name="=HYPERLINK(1)", entity="country:RUR") for p in coded.participants)
    for name in ("polecat", "icews"):
        words = write(name, coded.with_(participants=parties), tmp_path / name).read_text(encoding="utf-8")
        assert "\t'=HYPERLINK(1)\t" in words and "\t=" not in words and "\t-10.0\t" in words


def test_blanks_that_are_no_space_and_joiners_are_kept() -> None:
    kept = "5\u00a0000 می\u200cخواهم 👩\u200d🌾 é"
    assert printable(kept) == kept
    assert printable("a\r\nb\rc\x00\x1b[31m\ufffe") == "a\nb\nc[31m"

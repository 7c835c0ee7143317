"""The JSON contract and back: nothing is lost, and what does not fit is named."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest
from factory import sample, small
from hypothesis import given
from hypothesis import strategies as st

from detente.model.coded import CodedReport
from detente.model.contract import coded_from_dict
from detente.model.event import Coding, Event
from detente.model.origin import Found, Origin
from detente.model.participant import Participant
from detente.model.report import Report
from detente.model.span import Span
from detente.model.when import When

spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda ends: Span(min(ends), max(ends)))
words = st.text(max_size=8)
maybe = st.none() | words
share = st.floats(0, 1)
days = st.none() | st.dates()
whens = st.builds(
    When, days, days, st.sampled_from(["stated", "publication", "inferred"]), st.sampled_from(["day", "year"]), spans
)
participants = st.builds(
    Participant,
    id=words,
    name=words,
    kind=st.sampled_from(["person", "country", "role"]),
    mentions=st.lists(spans, max_size=3).map(tuple),
    entity=maybe,
    country=maybe,
    sectors=st.lists(words.filter(bool), max_size=2).map(tuple),
    confidence=share,
)
codings = st.builds(Coding, st.sampled_from(["PLOVER", "CAMEO", "MINE"]), words, maybe, score=st.none() | share)
events = st.builds(
    Event,
    id=words,
    sources=st.lists(words, max_size=2).map(tuple),
    targets=st.lists(words, max_size=2).map(tuple),
    codings=st.lists(codings, max_size=2).map(tuple),
    status=st.sampled_from(["happened", "denied", "planned"]),
    trigger=spans,
    evidence=st.lists(spans, max_size=2).map(tuple),
    background=st.booleans(),
    when=st.none() | whens,
    told_in=maybe,
    confidence=share,
    coder=words.filter(bool),
)
coded_reports = st.builds(
    CodedReport,
    report=st.builds(Report, st.text(), maybe, maybe, maybe, days, maybe),
    participants=st.lists(participants, max_size=3).map(tuple),
    events=st.lists(events, max_size=3).map(tuple),
    warnings=st.lists(words, max_size=2).map(tuple),
)


def test_the_sample_comes_back_whole() -> None:
    data = sample().to_dict()
    again = coded_from_dict(json.loads(json.dumps(data)))
    assert again.to_dict() == data
    assert again == sample()


@given(coded_reports)
def test_what_goes_out_comes_back(coded: CodedReport) -> None:
    data = json.loads(json.dumps(coded.to_dict()))
    assert coded_from_dict(data).to_dict() == data


def test_the_place_of_an_event_may_be_missing_among_the_places() -> None:
    data = sample().to_dict() | {"places": []}
    assert coded_from_dict(data).to_dict() == data


def test_fields_of_other_versions_do_no_harm() -> None:
    data: dict[str, Any] = copy.deepcopy(sample().to_dict())
    data["tension"] = 5
    data["events"][0]["mood"] = "grim"
    del data["warnings"], data["versions"], data["events"][0]["why"], data["participants"][0]["entity"]
    again = coded_from_dict(data)
    assert (again.warnings, again.versions, again.participants[0].entity) == ((), None, None)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("report", "text"), None, "report.text: is missing"),
        (("report", "published"), "14 May", "report.published: must be a day as YYYY-MM-DD, not '14 May'"),
        (("report", "outlet"), "Another", "report.id: "),
        (("events", 1, "status"), "maybe", "events[1].status: must be one of happened"),
        (("events", 0, "trigger"), [5, 2], "events[0].trigger: a span must have"),
        (("events", 0, "evidence"), [[1]], "events[0].evidence[0]: must be [start, end], not [1]"),
        (("events", 0, "background"), "no", "events[0].background: must be true or false"),
        (("events", 0, "confidence"), True, "events[0].confidence: must be a number, not True"),
        (("participants", 2, "sectors"), ["GOV", 1], "participants[2].sectors[1]: must be a string, not 1"),
        (("statements", 0, "channel", "kind"), "radio", "statements[0].channel.kind: must be one of"),
        (("statements",), {}, "statements: must be a list"),
        (("events", 0, "size", "dead", "low"), "3", "events[0].size.dead.low: must be a whole number"),
    ],
)
def test_a_field_that_does_not_fit_is_named(path: tuple[str | int, ...], value: object, message: str) -> None:
    data: Any = copy.deepcopy(sample().to_dict())
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(ValueError) as problem:
        coded_from_dict(data)
    assert str(problem.value).startswith(message)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(ValueError, match="must be an object"):
        coded_from_dict([])


def test_the_day_comes_back_as_a_day() -> None:
    assert coded_from_dict(sample().to_dict()).report.published == date(2024, 5, 14)
    assert coded_from_dict(small("x").to_dict()).report.published is None


def test_a_reading_stored_before_there_were_commitments_loads_without_any() -> None:
    told = sample().to_dict()
    assert told["commitments"], "the sample has one"
    del told["commitments"]
    assert coded_from_dict(told) == sample().with_(commitments=())


def test_a_kind_of_commitment_that_is_none_is_named() -> None:
    told = copy.deepcopy(sample().to_dict())
    told["commitments"][0]["kind"] = "wish"  # type: ignore[index]
    with pytest.raises(ValueError, match=r"commitments\[0\].kind: must be one of demand, promise"):
        coded_from_dict(told)


def test_where_a_report_comes_from_goes_out_and_comes_back() -> None:
    origin = Origin("mail", "0" * 64, (Found("author", "Marta Velik", "the From header"),))
    coded = CodedReport(Report("Words.", origin=origin))
    assert coded_from_dict(json.loads(json.dumps(coded.to_dict()))) == coded
    assert "origin" not in Report("Words.").to_dict()

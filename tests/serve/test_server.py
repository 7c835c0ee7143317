"""The server: pages of items without gaps or repeats, hostile words escaped, nobody let in, nothing sent out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from factory import sample
from fastapi.testclient import TestClient
from fused import coded

from detente.fusing import fuse_archive
from detente.model.coded import CodedReport
from detente.serve.security import is_loopback
from detente.serve.server import make_app
from detente.store import Archive

HOSTILE = '"><script>alert(1)</script>\u202e{{7*7}}'
LOCAL = "http://127.0.0.1"


def hostile() -> CodedReport:
    told = sample()
    report = replace(told.report, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)")
    return told.with_(report=report, participants=tuple(replace(p, name=HOSTILE) for p in told.participants))


@pytest.fixture
def archive(place: Path | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setenv("DETENTE_KNOWLEDGE", str(tmp_path / "own"))
    with Archive.open(place) as store:
        store.add(sample())
        store.add(hostile())
        store.add(coded("Ruritania shelled the market of Aldova on Monday, the mayor said.", "Courier", dead=3))
        store.add(coded("Five people died on Monday when Ruritania shelled Aldova.", "Herald", dead=5))
        fuse_archive(store)
        yield store


@pytest.fixture
def client(archive: Archive) -> TestClient:
    return TestClient(make_app(archive), base_url=LOCAL)


def every(client: TestClient, path: str) -> list[dict[str, Any]]:
    """All items of all pages."""
    found: list[dict[str, Any]] = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        path = answer.json()["next"]
    return found


def test_it_says_when_it_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("name", ["reports", "events", "statements", "incidents"])
def test_pages_have_no_gaps_and_no_repeats(client: TestClient, name: str) -> None:
    whole = client.get(f"/api/v1/{name}?limit=1000").json()
    assert whole["next"] is None and len(whole["items"]) > 1
    for limit in (1, 2, 3):
        assert every(client, f"/api/v1/{name}?limit={limit}") == whole["items"]


def test_an_event_names_its_report_and_its_parties(client: TestClient) -> None:
    event = every(client, "/api/v1/events")[0]
    assert event["report"] == sample().report.id
    assert {"id": "a1", "name": "Ruritania", "code": "RUR GOV"} in event["parties"]
    assert event | {"report": "", "parties": []} == sample().events[0].to_dict() | {"report": "", "parties": []}


def test_filters_ask_for_some(client: TestClient) -> None:
    events = every(client, "/api/v1/events")
    assert every(client, "/api/v1/events?status=happened") == [e for e in events if e["status"] == "happened"]
    assert every(client, "/api/v1/events?party=RUR") and not every(client, "/api/v1/events?party=FRA")
    assert {r["outlet"] for r in every(client, "/api/v1/reports?outlet=Herald")} == {"Herald"}
    assert every(client, "/api/v1/reports?since=2030-01-01") == []
    assert {s["report"] for s in every(client, f"/api/v1/statements?report={sample().report.id}")} == {
        sample().report.id
    }
    days = [i["first"] for i in every(client, "/api/v1/incidents?type=ASSAULT")]
    assert days == sorted(days, key=lambda day: day or "9999")


def test_an_incident_and_a_report_are_whole(client: TestClient) -> None:
    incident = every(client, "/api/v1/incidents")[0]
    assert client.get(f"/api/v1/incidents/{incident['id']}").json() == incident
    assert client.get(f"/api/v1/reports/{sample().report.id}").json() == sample().to_dict()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/reports?limit=0", 422),
        ("/api/v1/reports?limit=1001", 422),
        ("/api/v1/events?since=yesterday", 422),
        ("/api/v1/events?after=x", 422),
        ("/api/v1/reports/none", 404),
        ("/api/v1/incidents/none", 404),
        ("/reports/none", 404),
        ("/incidents/none", 404),
        ("/nothing", 404),
    ],
)
def test_what_cannot_be_asked_is_told(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_the_interface_describes_itself(client: TestClient) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/reports", "/api/v1/events", "/api/v1/statements", "/api/v1/incidents"} <= told["paths"].keys()


def test_what_one_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/events")
    again = client.get("/api/v1/events", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content


def pages(client: TestClient) -> list[str]:
    reports = [f"/reports/{r['id']}" for r in every(client, "/api/v1/reports")]
    incidents = [f"/incidents/{i['id']}" for i in every(client, "/api/v1/incidents")]
    return ["/", "/incidents", "/search?q=Aldova", f"/search?q={HOSTILE}", "/pairs/RUR/GRA", *reports, *incidents]


def test_every_page_is_shown_and_nothing_of_a_report_is_taken_for_markup(client: TestClient) -> None:
    for path in pages(client):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "<script>alert" not in answer.text and "49" not in re.findall(r"\{\{|49\b", HOSTILE)
        assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', answer.text))


def test_no_page_asks_for_anything_from_elsewhere(client: TestClient) -> None:
    for path in pages(client):
        text = client.get(path).text
        assert not re.findall(r"<(?:script|img|link|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", text), path


def test_the_policy_of_every_answer_is_strict(client: TestClient) -> None:
    for path in ("/", "/api/v1/reports", f"/reports/{sample().report.id}", "/static/desk.css"):
        answer = client.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe-inline" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_only_this_machine_is_answered(archive: Archive) -> None:
    client = TestClient(make_app(archive), base_url="http://evil.example")
    assert client.get("/api/v1/reports").status_code == 400


def test_with_a_token_only_who_knows_it(archive: Archive) -> None:
    client = TestClient(make_app(archive, ("*",), "a" * 20), base_url="http://desk.example")
    assert client.get("/healthz").status_code == 200
    for headers in ({}, {"Authorization": "Bearer b"}, {"Authorization": "a" * 20}):
        assert client.get("/api/v1/reports", headers=headers).status_code == 401
    assert client.get("/api/v1/reports", headers={"Authorization": f"Bearer {'a' * 20}"}).status_code == 200


def test_a_person_signs_in_with_the_token(archive: Archive) -> None:
    token = "a" * 20
    client = TestClient(make_app(archive, ("*",), token), base_url="https://desk.example", follow_redirects=False)
    page = {"Accept": "text/html"}
    assert client.get("/incidents", headers=page).headers["location"] == "/sign-in"
    assert client.get("/sign-in").status_code == 200 and client.get("/static/desk.css").status_code == 200
    assert client.post("/sign-in", data={"token": "b" * 20}).status_code == 403
    assert client.post("/sign-in", data={"token": token}, headers={"Origin": "https://evil.example"}).status_code == 403
    answer = client.post("/sign-in", data={"token": token}, headers={"Origin": "https://desk.example"})
    cookie = answer.headers["set-cookie"]
    assert answer.headers["location"] == "/" and token not in cookie
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"))
    assert client.get("/incidents", headers=page).status_code == client.get("/api/v1/reports").status_code == 200
    other = TestClient(make_app(archive, ("*",), "c" * 20), base_url="https://desk.example", cookies=client.cookies)
    assert other.get("/api/v1/reports").status_code == 401
    for forged in ("x", "x.", ".x", "\u00e4.b", "a.b.c"):
        client.cookies.clear()
        assert (
            client.get("/api/v1/reports", headers={"Cookie": f"detente_session={forged}".encode()}).status_code == 401
        )


def test_addresses_of_this_machine() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.9.1", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.2", "example.org")))


def test_a_pair_shows_its_incidents(client: TestClient) -> None:
    text = client.get("/pairs/RUR/GRA?by=day").text
    assert 'class="quad4"' in text and "<rect" in text
    assert "Nothing passed" in client.get("/pairs/FRA/DEU").text
    assert client.get("/pairs/RUR/GRA?by=year").status_code == 422


def test_days_out_of_all_reason_are_answered(client: TestClient) -> None:
    assert client.get(f"/api/v1/reports?since={date.min}&until={date.max}").status_code == 200

"""The pages of checking: a round trip of mark and take back, and no form that does not come from our own page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from factory import sample
from fastapi.testclient import TestClient

from detente.serve.server import make_app
from detente.store import Archive

HOSTILE = '"><script>alert(1)</script>{{7*7}}'
ID = f"{sample().report.id}-e1"
SAID = f"{sample().report.id}-s1"


@pytest.fixture
def archive(place: Path | str) -> Iterator[Archive]:
    with Archive.open(place) as store:
        store.add(sample())
        yield store


@pytest.fixture
def client(archive: Archive) -> TestClient:
    return TestClient(make_app(archive), base_url="http://127.0.0.1", follow_redirects=False)


def token(client: TestClient, id: str = ID) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get(f"/review/{id}").text)
    assert found
    return found[1]


def send(client: TestClient, id: str = ID, headers: dict[str, str] | None = None, **fields: str) -> tuple[int, str]:
    form = {"token": token(client, id), "by": "Ana", "judgement": "right"} | fields
    answer = client.post(f"/review/{id}", data=form, headers=headers or {})
    return answer.status_code, answer.text


def judged(archive: Archive) -> list[str]:
    with archive.verdicts() as rows:
        return [verdict.judgement for verdict in rows.each()]


def test_a_verdict_is_given_shown_and_taken_back(client: TestClient, archive: Archive) -> None:
    assert "shelled" in client.get("/review").text and ID in client.get("/review").text
    assert send(client, judgement="wrong", note="see line 2")[0] == 303
    page = client.get(f"/review/{ID}").text
    assert "wrong, Ana" in page and "see line 2" in page and 'value="Ana"' in page, "the reviewer is remembered"
    assert f"/review/{ID}" not in client.get("/review?by=Ana").text
    assert f"/review/{ID}" in client.get("/review?by=Bo").text
    assert "ASSAULT" in client.get("/review/figures").text
    number = re.search(r'name="undo" value="(\d+)"', page)
    assert number and send(client, undo=number[1])[0] == 303
    assert judged(archive) == ["wrong", "undone"] and "wrong, Ana" not in client.get(f"/review/{ID}").text
    assert send(client, undo=number[1])[0] == 400


def test_only_ones_own_verdict_is_taken_back(client: TestClient, archive: Archive) -> None:
    assert send(client, by="Bo")[0] == 303
    assert 'name="undo"' in client.get(f"/review/{ID}").text
    assert send(client, SAID, by="Ana")[0] == 303
    assert 'name="undo"' not in client.get(f"/review/{ID}").text
    assert send(client, by="Ana", undo="1")[0] == 400 and judged(archive) == ["right", "right"]


def test_corrections_are_kept_as_filled_in(client: TestClient, archive: Archive) -> None:
    fields = {"judgement": "corrected", "type": "PROTEST", "sources": "GRA MIL; Marta Velik", "targets": "-"}
    assert send(client, **fields, first="2024-05-13", place="Aldova", status="denied")[0] == 303
    assert send(client, SAID, judgement="corrected", speaker="GRA GOV", content="0-9; 12-20")[0] == 303
    with archive.verdicts() as rows:
        event, said = (verdict.correction.to_dict() for verdict in rows.each())
    assert event == {
        "type": "PROTEST", "sources": ["GRA MIL", "Marta Velik"], "targets": [], "first": "2024-05-13",
        "last": "2024-05-13", "place": "Aldova", "status": "denied",
    }  # fmt: skip
    assert said == {"speaker": "GRA GOV", "content": [[0, 9], [12, 20]]}


@pytest.mark.parametrize(
    "fields",
    [
        {"judgement": "corrected"},
        {"judgement": "perhaps"},
        {"by": " "},
        {"judgement": "corrected", "type": "NONE"},
        {"judgement": "corrected", "first": "yesterday"},
        {"judgement": "corrected", "status": "maybe"},
        {"undo": "99"},
    ],
)
def test_what_makes_no_sense_is_said_on_the_page_and_not_kept(
    client: TestClient, archive: Archive, fields: dict[str, str]
) -> None:
    status, page = send(client, **fields)
    assert status == 400 and 'role="alert"' in page and judged(archive) == []


def test_a_form_of_another_site_is_refused(client: TestClient, archive: Archive) -> None:
    assert send(client, headers={"origin": "http://evil.example"})[0] == 403
    assert send(client, headers={"origin": "null"})[0] == 403
    assert send(client, headers={"sec-fetch-site": "cross-site"})[0] == 403
    assert send(client, token="x" * 32)[0] == 403
    assert send(client, token="")[0] == 403
    good = token(client)
    client.cookies.clear()
    form = {"token": good, "by": "Ana", "judgement": "right"}
    assert client.post(f"/review/{ID}", data=form).status_code == 403, "no cookie, no verdict"
    assert judged(archive) == []
    assert send(client, headers={"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"})[0] == 303


def test_other_bodies_and_endless_ones_are_refused(client: TestClient) -> None:
    token(client)
    assert client.post(f"/review/{ID}", json={"by": "Ana"}).status_code == 415
    assert send(client, note="x" * 70_000)[0] == 413
    many = "&".join(f"a{n}=1" for n in range(50))
    head = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post(f"/review/{ID}", content=many, headers=head).status_code == 400


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    for id in ("nothing", f"{sample().report.id}-e99", "ffff-e1"):
        assert client.get(f"/review/{id}").status_code == 404
    assert client.get("/review?order=none").status_code == 400


def test_hostile_words_stay_words(place: Path | str) -> None:
    told = sample()
    report = replace(told.report, title=HOSTILE, outlet=HOSTILE)
    parties = tuple(replace(p, name=HOSTILE) for p in told.participants)
    with Archive.open(place) as store:
        store.add(told.with_(report=report, participants=parties))
        client = TestClient(make_app(store), base_url="http://127.0.0.1", follow_redirects=False)
        id = f"{report.id}-e1"
        assert send(client, id, by=HOSTILE, note=HOSTILE, judgement="wrong")[0] == 303
        for path in ("/review", f"/review/{id}", "/review/figures", f"/review?by={HOSTILE}"):
            page = client.get(path)
            assert page.status_code == 200 and "<script>" not in page.text
            assert "script-src 'self'" in page.headers["content-security-policy"]


def test_the_cookie_is_for_our_pages_alone(client: TestClient) -> None:
    answer = client.get("/review")
    cookie = answer.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/review"))
    assert answer.headers["cache-control"] == "no-store" and answer.headers["referrer-policy"] == "same-origin"

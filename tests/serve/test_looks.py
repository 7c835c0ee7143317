"""The desk's pages of actors, statements, places, ties and search: each opens and filters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import sample
from fastapi.testclient import TestClient
from fused import coded

from detente.fusing import fuse_archive
from detente.serve.looks import points_of, ties_of
from detente.serve.server import make_app
from detente.store import Archive


@pytest.fixture
def archive(place: Path | str) -> Iterator[Archive]:
    with Archive.open(place) as store:
        store.add(sample())
        store.add(coded("Ruritania shelled the market of Aldova on Monday, the mayor said.", "Courier", dead=3))
        store.add(coded("Five people died on Monday when Ruritania shelled Aldova.", "Herald", dead=5))
        fuse_archive(store)
        yield store


@pytest.fixture
def client(archive: Archive) -> TestClient:
    return TestClient(make_app(archive), base_url="http://127.0.0.1", follow_redirects=False)


@pytest.mark.parametrize(
    "path",
    ["/", "/incidents", "/pairs", "/pairs/RUR/GRA?by=week&with=RUR/GRA", "/actors", "/statements", "/map", "/network"],
)
def test_pages_open_and_lead_on(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200 and "<main" in page.text and "Traceback" not in page.text


def test_an_actor_has_a_page_with_what_it_did(client: TestClient) -> None:
    listed = client.get("/actors").text
    assert 'href="/actors/country%3ARUR"' in listed
    page = client.get("/actors/country:RUR").text
    assert "<h1>Ruritania</h1>" in page and "ASSAULT" in page and "did to" in page
    assert client.get("/actors/nobody").status_code == 404


def test_statements_are_found_by_speaker_and_day(client: TestClient, archive: Archive) -> None:
    with archive.asking() as rows:
        every = rows.statements(100)
        one = next(said for said in every if said.code)
        found = rows.statements(100, code=str(one.code))
    assert found and all(said.code == one.code for said in found)
    assert one.words[:20] in client.get("/statements", params={"speaker": one.code}).text.replace("&#34;", '"')
    assert "None." in client.get("/statements?since=2999-01-01").text


def test_search_takes_filters_alone_and_together(client: TestClient) -> None:
    both = client.get("/search?party=RUR&type=ASSAULT").text
    assert "Courier" in both and "Herald" in both and "<b>type</b>" in both
    one = client.get("/search?party=RUR&outlet=Herald&q=people").text
    assert "Herald" in one and "Courier" not in one
    assert "No report fits." in client.get("/search?party=RUR&type=AID").text
    assert client.get("/search?since=yesterday").status_code == 422
    assert client.get('/search?q="&outlet=x&since=&until=').status_code == 200


def test_the_map_has_points_and_a_table_as_csv(client: TestClient, archive: Archive) -> None:
    with archive.looking() as rows:
        points = points_of(rows.incidents())
    table = client.get("/map.csv").text.splitlines()
    assert table[0].startswith("incident,first,type") and len(table) == 1 + len(points)


def test_ties_count_each_incident_once_a_pair(client: TestClient, archive: Archive) -> None:
    with archive.looking() as rows:
        incidents = list(rows.incidents())
    between = [i for i in incidents if {p.country for p in (*i.sources, *i.targets)} == {"GRA", "RUR"}]
    counts = {(tie["a"], tie["b"]): (tie["up"], tie["down"]) for tie in ties_of(incidents)}
    assert counts["GRA", "RUR"] == (0, len(between)) and between
    assert client.get("/network.csv").text.splitlines()[0] == "a,b,cooperation,conflict"


def test_what_was_read_before_is_not_shown(place: Path | str) -> None:
    first = coded("Ruritania shelled the market of Aldova on Monday, the mayor said.", "Courier", dead=3)
    with Archive.open(place) as store:
        store.add(first)
        store.add(first.with_(events=(), statements=()))
        page = TestClient(make_app(store), base_url="http://127.0.0.1")
        assert "No report fits." in page.get("/search?party=RUR&type=ASSAULT").text
        assert "ASSAULT" not in page.get("/actors/country:RUR").text


def test_a_period_is_no_longer_than_the_archive(client: TestClient) -> None:
    page = client.get("/pairs/RUR/GRA?by=day&since=0001-01-01&until=9999-12-31")
    assert page.status_code == 200 and len(page.content) < 500_000


def test_a_pair_is_asked_for_by_two_codes(client: TestClient) -> None:
    there = client.get("/pairs?a=rur&b=gra")
    assert (there.status_code, there.headers["location"]) == (303, "/pairs/RUR/GRA")
    assert "Give two codes" in client.get("/pairs?a=https://x.example&b=gra").text
    assert client.get("/pairs/RUR/GRA/table.csv").text.startswith("first,last,reports,quad_1")


def test_assets_are_kept_for_good_and_nothing_else_is_given(client: TestClient) -> None:
    style = client.get("/static/desk.css")
    assert style.headers["content-type"].startswith("text/css") and "immutable" in style.headers["cache-control"]
    for name in ("..%2fdesk.py", "nothing.js", "today.html"):
        assert client.get(f"/static/{name}").status_code == 404


def test_pages_weigh_less_than_a_megabyte_and_a_half(client: TestClient) -> None:
    for path in ("/map", "/network", "/pairs/RUR/GRA", "/search"):
        page = client.get(path)
        parts = [part.split('"')[0] for part in page.text.split('"/static/')[1:]]
        weight = len(page.content) + sum(len(client.get(f"/static/{part}").content) for part in parts)
        assert weight < 1_500_000, (path, weight)

"""Lists as files: every item once, the same in each format, cells that are no formulas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from factory import sample
from fastapi.testclient import TestClient
from fused import coded

from detente.fusing import fuse_archive
from detente.serve.server import make_app
from detente.store import Archive

KINDS = ("reports", "events", "statements", "incidents")


@pytest.fixture
def client(place: Path | str) -> Iterator[TestClient]:
    with Archive.open(place) as store:
        told = sample()
        store.add(told.with_(report=replace(told.report, title="=1+1", outlet="@x")))
        store.add(coded("Ruritania shelled the market of Aldova on Monday, the mayor said.", "Courier", dead=3))
        fuse_archive(store)
        yield TestClient(make_app(store), base_url="http://127.0.0.1")


@pytest.mark.parametrize("kind", KINDS)
def test_all_formats_hold_the_same_items(client: TestClient, kind: str) -> None:
    items = client.get(f"/api/v1/{kind}?limit=1000").json()["items"]
    lines = client.get(f"/api/v1/{kind}?format=jsonl")
    assert [json.loads(line) for line in lines.text.splitlines()] == items and items
    assert f'filename="{kind}.jsonl"' in lines.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/v1/{kind}?format=csv").text)))
    table = pq.read_table(io.BytesIO(client.get(f"/api/v1/{kind}?format=parquet").content)).to_pylist()
    assert [row["id"] for row in rows] == [row["id"] for row in table] == [item["id"] for item in items]
    assert (
        [row["object"] for row in table] == [json.dumps(item, ensure_ascii=False) for item in items]
        if (kind != "reports")
        else True
    )


def test_filters_hold_for_files_too(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/api/v1/events?format=csv&type=ASSAULT&party=RUR").text)))
    assert rows and {row["type"] for row in rows} == {"ASSAULT"}
    assert all("RUR" in row["sources"] + row["targets"] for row in rows)
    assert ("RUR GOV", "GRA GOV") in {(row["sources"], row["targets"]) for row in rows}


def test_cells_are_no_formulas(client: TestClient) -> None:
    (row, _) = csv.DictReader(io.StringIO(client.get("/api/v1/reports?format=csv").text))
    assert (row["title"], row["outlet"]) == ("'=1+1", "'@x")


def test_an_unknown_format_is_refused(client: TestClient) -> None:
    assert client.get("/api/v1/events?format=xls").status_code == 422

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from detente.bulk import shard_rows
from detente.bulk.shard_rows import Page, Row, ShardBroken, read_rows
from detente.bulk.shards import Shard, find_shards
from detente.ingest import SetAside, Taken

BODY = b"<html><body><p>Words</p></body></html>"
TEXT = "The two ministers met in Strelsau on Tuesday."


def shard_of(path: Path) -> Shard:
    [shard] = find_shards(path).shards
    return shard


def rows_of(path: Path) -> list[Row]:
    return list(read_rows(shard_of(path)))


def line(id: object, **more: object) -> str:
    return json.dumps({"id": id, "text": TEXT, "published": "2024-05-14", **more}) + "\n"


def test_lines_become_rows_and_bad_lines_keep_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\ufeff" + line("a", title=7) + "\n" + "no json\n[1]\n" + line(3, text=None) + line(None))
    rows = rows_of(path)
    assert [row.id for row in rows] == ["a", None, None, "3", None]
    first, broken, listed, empty, nameless = (row.content for row in rows)
    assert isinstance(first, Taken) and first.report.published == date(2024, 5, 14)
    assert first.warnings == ('the field "title" is no string and is left out; write it in quotation marks',)
    assert isinstance(broken, SetAside) and broken.reason.startswith("line 3 is not valid JSON")
    assert isinstance(listed, SetAside) and listed.reason == "line 4 is not a JSON object"
    assert isinstance(empty, SetAside) and "text" in empty.reason
    assert isinstance(nameless, Taken) and "no id" in nameless.warnings[0]
    assert rows[-1].at == 1.0


def test_lines_that_are_not_utf8_are_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        line("a").encode() + '{"id": "b", "text": "Ministers met in Córdoba.", "published": null}'.encode("cp1252")
    )
    content = rows_of(path)[1].content
    assert isinstance(content, Taken) and "Córdoba" in content.report.text
    assert content.warnings[0].startswith("not UTF-8")


def test_an_endless_line_is_set_aside_and_the_next_one_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(line("a") + line("b", text="x" * 1000) + line("c"))
    monkeypatch.setattr(shard_rows, "_LONGEST", 200)
    rows = rows_of(path)
    assert [row.id for row in rows] == ["a", None, "c"]
    assert isinstance(rows[1].content, SetAside) and "line 2 is longer than" in rows[1].content.reason


def test_a_packed_shard_that_is_cut_gives_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    packed = gzip.compress("".join(line(str(n), url=f"https://x.example/{n * 7919}") for n in range(5000)).encode())
    path.write_bytes(packed[: len(packed) // 2])
    rows = []
    with pytest.raises(ShardBroken, match="the rest of the shard cannot be read"):
        for row in read_rows(shard_of(path)):
            rows.append(row)
    assert 100 < len(rows) < 5000


def test_a_parquet_shard_with_a_broken_page_gives_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table(
        {"id": list(range(200)), "text": [f"{TEXT} {n}" for n in range(200)], "published": ["2024-05-14"] * 200}
    )
    parquet.write_table(table, path, row_group_size=50, compression="zstd")
    data = bytearray(path.read_bytes())
    place = parquet.read_metadata(path).row_group(2).column(1).data_page_offset
    data[place - 60 : place + 120] = bytes(180)
    path.write_bytes(data)
    rows = []
    with pytest.raises(ShardBroken):
        for row in read_rows(shard_of(path)):
            rows.append(row)
    assert 50 <= len(rows) < 150
    assert [row.id for row in rows] == [str(n) for n in range(len(rows))]


def response(number: int, status: str, kind: str) -> bytes:
    """A record of a web archive, packed by itself as usual."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(BODY)}\r\n\r\n".encode() + BODY
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Date: 2024-05-15T10:00:00Z\r\nWARC-Target-URI: https://x.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def test_pages_of_a_web_archive_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    told = [("200 OK", "text/html; charset=utf-8"), ("404 Not Found", "text/html"), ("200 OK", "image/png")]
    path.write_bytes(b"".join(response(number, *status) for number, status in enumerate(told)))
    [row] = rows_of(path)
    assert row.content == Page(BODY, "https://x.example/0")
    assert row.id == "<urn:uuid:0>"

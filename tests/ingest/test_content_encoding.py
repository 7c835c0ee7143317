"""What servers pack for the way: each kind unpacked, none of them without end."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
from input_reading import asides, reports
from input_samples import PAGE, TITLE, warc_record

from detente.ingest.content_encoding import joined_chunks, unpacked_body
from detente.ingest.limits import TooMuch

BODY = PAGE.encode()
BARE = zlib.compressobj(wbits=-zlib.MAX_WBITS)
WAYS = {
    "": BODY,
    "identity": BODY,
    "gzip": gzip.compress(BODY),
    "deflate": zlib.compress(BODY),
    "br": brotli.compress(BODY),
    "gzip, br": brotli.compress(gzip.compress(BODY)),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_packing_is_undone(way: str) -> None:
    unpacked = unpacked_body(WAYS[way], way)
    assert (unpacked.data, unpacked.broken) == (BODY, None)


def test_deflate_without_its_heading_is_known_too() -> None:
    assert unpacked_body(BARE.compress(BODY) + BARE.flush(), "deflate").data == BODY


def test_what_is_not_packed_though_it_is_said_stays() -> None:
    assert unpacked_body(BODY, "gzip").data == BODY
    assert joined_chunks(BODY).data == BODY


def test_what_breaks_off_or_is_unknown_is_said() -> None:
    assert unpacked_body(WAYS["br"][:-30], "br").broken
    assert unpacked_body(WAYS["gzip"][:-30], "gzip").broken
    assert unpacked_body(BODY, "zstd").broken == "packed as 'zstd', which is not known here"


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress, brotli.compress])
def test_bombs_of_every_kind_are_stopped(pack: object) -> None:
    name = {gzip.compress: "gzip", zlib.compress: "deflate"}.get(pack, "br")  # type: ignore[call-overload]
    with pytest.raises(TooMuch):
        unpacked_body(pack(b"0" * 50_000_000), name)  # type: ignore[operator]


def test_chunks_are_joined() -> None:
    assert joined_chunks(b"5;x=y\r\nTalks\r\n7\r\n failed\r\n0\r\n\r\n").data == b"Talks failed"
    cut = joined_chunks(b"5\r\nTalks\r\n7\r\n fai")
    assert (cut.data, cut.broken) == (b"Talks fai", "it ends too soon")


def test_a_packed_page_in_a_web_archive_is_read() -> None:
    packed = WAYS["gzip"]
    body = b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n"
    kind = "text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked"
    assert reports(warc_record(body, kind=kind))[0].title == TITLE
    both = "text/html\r\nTransfer-Encoding: gzip, chunked"
    assert reports(warc_record(body, kind=both))[0].title == TITLE
    assert "packed as 'odd'" in asides(warc_record(BODY, kind="text/html\r\nContent-Encoding: odd"))[0]

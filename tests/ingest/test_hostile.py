"""Inputs made to fill the memory or to keep the program busy for ever: each is done within seconds."""

from __future__ import annotations

import gzip
import time

import pytest
from input_reading import outcomes
from input_samples import MAIL, PAGE, pdf, warc_record

from detente.ingest import Taken
from detente.ingest.limits import LARGEST_PAGE

SECONDS = 10
HOSTILE = {
    "comments before nothing": b"<!--a-->" * 3000 + b"x",
    "instructions before nothing": b"<?a?>" * 3000 + b"x",
    "a mailbox's first line without end": b"From a" + b"1234 " * 200_000 + b"\nX: y\n",
    "elements without end": b"<html><body>" + b"<div>" * 100_000,
    "comments without end": b"<html><body>" + b"<!--" * 100_000,
    "a feed of elements without end": b"<rss>" + b"<a>" * 200_000,
    "a feed of tags without end": b"<rss><channel><item><description>" + b"<a" * 500_000,
    "an entry of comments": b"<rss><channel><item><description><![CDATA["
    + b"<!--" * 200_000
    + b"]]></description></item></channel></rss>",
    "a sitemap without end": b"<urlset>" + b"<url>" * 200_000,
    "lists in lists": b'{"text": "Talks failed.", "author": ' + b"[" * 900 + b"]" * 900 + b"}",
    "lists without end": b"[" * 1_000_000,
    "a quotation mark without its partner": b'text,date\n"a,b\n' + b"x,y\n" * 200_000,
    "parts in parts of a letter": b"Message-ID: <1@a>\nFrom: a\nSubject: b\nMIME-Version: 1.0\n"
    + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2000)),
    "many parts of a letter": MAIL.encode()[:300] + b"\n--b\n\nx\n" * 5000,
    "brackets without end in a PDF": b"%PDF-1.4\n1 0 obj\n" + b"<<" * 200_000,
    "pages that hold each other": pdf().replace(b"/Kids [5 0 R", b"/Kids [2 0 R"),
    "many empty parts of gzip": gzip.compress(b"") * 20_000,
    "a web archive's header without end": b"WARC/1.0\r\n" + b"A: b\r\n" * 200_000,
    "a record that says it is endless": b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nabc",
    "a bomb in a web archive": warc_record(
        gzip.compress(b"0" * 50_000_000), kind="text/html\r\nContent-Encoding: gzip"
    ),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_it_is_done_within_seconds_and_says_something(name: str) -> None:
    start = time.monotonic()
    assert outcomes(HOSTILE[name])
    assert time.monotonic() - start < SECONDS


def test_a_bomb_in_a_web_archive_does_not_cost_the_other_pages() -> None:
    items = outcomes(HOSTILE["a bomb in a web archive"] + warc_record(PAGE.encode()))
    assert "unpacks to more than 200 times its size" in getattr(items[0], "line", "")
    assert isinstance(items[1], Taken)


def test_a_page_beyond_the_limit_is_not_looked_into() -> None:
    (item,) = outcomes(b"<html><body><p>" + b"Talks failed on Friday. " * (LARGEST_PAGE // 20))
    assert "larger than 16 MB" in getattr(item, "line", "")

"""Archives: what lies in ZIP, gzip, WARC and WACZ, broken and hostile ones, and how deep is looked."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest
from input_reading import asides, how, notes, outcomes, reports
from input_samples import PAGE, TEXT, TITLE, URL, locked_zip, samples, wacz, warc, warc_gz, warc_record, zipped

from detente.ingest import limits
from detente.ingest.limits import DEEPEST


def test_each_file_in_a_zip_is_read_by_its_content() -> None:
    items = outcomes(samples()["ZIP"])
    assert [item.source for item in items] == ["f, a.txt", "f, b/page.html"]
    assert [report.title for report in reports(samples()["ZIP"])] == [None, TITLE]


def test_no_path_in_an_archive_writes_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/\x1b[31m\n.txt"):
        (item,) = outcomes(zipped({name: TEXT.encode()}))
        assert reports(zipped({name: TEXT.encode()}))[0].text == TEXT and item.source.startswith("f, ")
    assert os.listdir(tmp_path) == []


def test_a_member_with_a_password_is_named() -> None:
    assert asides(locked_zip()) == ["f, report.txt: set aside: locked with a password; unpack it yourself"]


def test_a_way_of_packing_that_knows_no_limits_is_not_tried() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.txt", TEXT)
    assert "packed in a way that cannot be undone within limits" in asides(out.getvalue())[0]


def test_office_documents_are_no_archives() -> None:
    assert "an office document" in asides(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))[0]


def test_a_zip_that_breaks_off_or_is_empty_is_set_aside() -> None:
    assert "broken or not whole" in asides(samples()["ZIP"][:-30])[0]
    assert "a ZIP archive without files" in asides(zipped({}))[0]


def test_a_damaged_member_does_not_cost_the_others() -> None:
    data = bytearray(zipped({"a.txt": TEXT.encode() * 50, "b.txt": TEXT.encode()}))
    data[60:70] = b"\x00" * 10
    assert reports(bytes(data))[-1].text == TEXT
    assert asides(bytes(data))[0].startswith("f, a.txt: set aside: broken after")


def test_gzip_of_several_members_is_one_text() -> None:
    halves = TEXT[:50].encode(), TEXT[50:].encode()
    assert reports(b"".join(map(gzip.compress, halves)) + b"\x00" * 8)[0].text == TEXT


def test_gzip_that_breaks_off_gives_what_came_before() -> None:
    data = gzip.compress(os.urandom(3000).hex().encode() + TEXT.encode())[:-900]
    assert len(reports(data)) == 1
    assert "a gzip file that is broken after" in asides(data)[0]


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped({"bomb": data})])
def test_a_bomb_is_not_unpacked(pack: object) -> None:
    data = pack(b"0" * (limits.RATIO_COUNTS_FROM + 3 * limits.MEGA))  # type: ignore[operator]
    assert reports(data) == []
    assert f"unpacks to more than {limits.HIGHEST_RATIO} times its size" in asides(data)[0]


def test_archives_in_archives_are_read_so_deep_and_no_deeper() -> None:
    data = TEXT.encode()
    for _ in range(DEEPEST - 1):
        data = gzip.compress(data)
    assert reports(data)[0].text == TEXT
    assert f"packed more than {DEEPEST} times" in asides(gzip.compress(data))[0]


def test_there_are_limits_to_members_and_size(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zipped({f"{n}.txt": TEXT.encode() for n in range(4)})
    monkeypatch.setattr("detente.ingest.zipped.MOST_MEMBERS", 3)
    assert "more than 3 pieces inside" in asides(many)[0]
    monkeypatch.setattr("detente.ingest.zipped.LARGEST_INSIDE", 100)
    assert "larger than" in asides(zipped({"a.txt": TEXT.encode()}))[0]


def test_pages_of_a_web_archive_are_read_with_their_addresses() -> None:
    first, bare = reports(warc())
    assert (first.title, first.url) == (TITLE, URL)
    assert how(first, "captured") == [("2024-06-01T10:00:00Z", "WARC-Date")]
    # The page names no address of its own: that of the archive is taken, and the capture is no publication date.
    assert bare.url == "https://courier.example/bare"
    assert str(bare.published) == "2024-05-03"
    assert notes(warc()) == ["f: 3 records that can be no report passed over: image/png 1, status 404 1, robots.txt 1"]


def test_a_compressed_web_archive_and_a_wacz_give_the_same() -> None:
    assert [r.id for r in reports(wacz())] == [r.id for r in reports(warc_gz())]
    assert outcomes(wacz())[0].source.startswith("f, archive/data.warc.gz, https://")


def test_a_web_archive_that_breaks_off_gives_what_came_before() -> None:
    for data in (warc()[:-700], warc_gz()[:-200]):
        assert reports(data)[0].title == TITLE
        assert "it breaks off" in asides(data)[-1]
    assert "broken after 1 record" in asides(warc_record(PAGE.encode()) + b"rubbish " * 40)[-1]


def test_texts_and_feeds_in_a_web_archive_are_read_too() -> None:
    records = warc_record(TEXT.encode(), URL, "text/plain") + warc_record(
        samples()["feed"], "https://x.example/rss", "application/rss+xml"
    )
    found = reports(records)
    assert [report.text == TEXT for report in found] == [True, True, False]
    assert found[0].url == URL and how(found[0], "url") == [(URL, "WARC-Target-URI")]

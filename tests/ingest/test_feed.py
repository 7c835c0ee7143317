"""Feeds of all kinds: what each entry tells of itself, entries without text, broken feeds and XML with traps."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import date

from input_reading import asides, how, notes, outcomes, reports
from input_samples import ATOM, AUTHOR, BOMB, JSON_FEED, OUTLET, RSS, SECOND, TEXT, TITLE, URL

from detente.ingest import Taken


def test_an_entry_of_rss_is_a_report_with_what_the_feed_tells() -> None:
    report = reports(RSS)[0]
    assert (report.text, report.title, report.outlet, report.url) == (TEXT, TITLE, OUTLET, URL)
    # The day as written: in the time zone of the feed it is still the third.
    assert (report.published, report.language) == (date(2024, 5, 3), "en")
    assert how(report, "author") == [(AUTHOR, "the entry's author")]
    assert report.origin and report.origin.sha256 == hashlib.sha256(RSS.encode()).hexdigest()


def test_scripts_and_markup_do_not_get_into_the_text() -> None:
    assert "alert" not in reports(RSS)[0].text and "<p>" not in reports(RSS)[0].text


def test_a_summary_is_read_and_said_to_be_one() -> None:
    item = outcomes(RSS)[1]
    assert isinstance(item, Taken) and item.report.text == SECOND
    assert item.warnings[0].startswith("only the summary stands in the feed")


def test_entries_without_text_are_counted_as_metadata() -> None:
    assert asides(RSS) == ["f: set aside: 1 entry without text: metadata only; fetch the pages that they name"]


def test_an_entry_of_atom_has_both_its_dates() -> None:
    (report,) = reports(ATOM)
    assert (report.text, report.title, report.outlet, report.url) == (TEXT, TITLE, OUTLET, URL)
    assert report.published == date(2024, 5, 3)
    assert how(report, "modified") == [("2024-05-04T08:00:00Z", "the entry's updated")]


def test_an_entry_with_one_date_is_of_that_day() -> None:
    (report,) = reports(ATOM.replace("<published>2024-05-03T23:30:00-05:00</published>", ""))
    assert report.published == date(2024, 5, 4)
    assert how(report, "published") == [("2024-05-04T08:00:00Z", "the entry's updated, for want of another date")]


def test_an_item_of_rdf_is_a_report() -> None:
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{OUTLET}</title></channel><item><title>{TITLE}</title>'
        f"<link>{URL}</link><dc:date>2024-05-03T12:00:00Z</dc:date><description>{SECOND}</description></item></rdf:RDF>"
    )
    (report,) = reports(rdf)
    assert (report.title, report.url, report.published) == (TITLE, URL, date(2024, 5, 3))


def test_an_item_of_a_json_feed_is_a_report() -> None:
    first, second = reports(JSON_FEED)
    assert (first.text, first.title, first.outlet, first.url) == (TEXT, TITLE, OUTLET, URL)
    assert first.published == date(2024, 5, 3) and how(first, "author") == [(AUTHOR, "the feed's authors")]
    assert second.text == SECOND
    assert "1 entry without text" in asides(JSON_FEED)[0]


def test_a_feed_that_breaks_off_gives_the_entries_before() -> None:
    cut = RSS[: RSS.index("<title>Only a title") - 8]
    assert [report.title for report in reports(cut)] == [TITLE, "Second item"]
    assert "a feed that is broken" in asides(cut)[-1]


def test_xml_that_declares_entities_is_refused_at_once() -> None:
    start = time.monotonic()
    for bomb in (BOMB, BOMB.replace("rss", "urlset")):
        (line,) = asides(bomb)
        assert "XML that declares entities of its own" in line
    outside = RSS.replace("<rss ", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss ', 1)
    assert reports(outside.replace(SECOND, "&x;")) == []
    assert time.monotonic() - start < 5


def test_an_empty_feed_is_no_fault() -> None:
    assert notes('<rss version="2.0"><channel><title>x</title></channel></rss>') == ["f: a feed without entries"]
    empty = json.dumps({"version": "https://jsonfeed.org/version/1", "title": "x", "items": []})
    assert notes(empty) == ["f: a feed without entries"]


def test_a_broken_json_feed_is_set_aside_with_its_place() -> None:
    (line,) = asides(JSON_FEED[:-30])
    assert "a JSON Feed that is broken" in line and "char" in line


def test_a_feed_in_another_encoding_is_read() -> None:
    data = RSS.replace("UTF-8", "windows-1252").replace(OUTLET, "L\u2019\u00c9cho").encode("cp1252")
    assert reports(data)[0].outlet == "L\u2019\u00c9cho"

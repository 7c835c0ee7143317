"""Web pages: the article with title, outlet, address and language; dates only where the page gives them."""

from __future__ import annotations

from datetime import date

from detente.ingest import SetAside, Taken
from detente.ingest.webpage import read_webpage

HEAD = (
    '<title>Ruritania recalls envoy - The Strelsau Courier</title><meta property="og:site_name" '
    'content="The Strelsau Courier"><link rel="canonical" href="https://courier.example/envoy.html">'
)
DATED = '<meta property="article:published_time" content="2024-05-03T22:00:00+02:00">'
BODY = (
    "<nav><a href='/'>Home</a></nav><article><h1>Ruritania recalls envoy</h1>"
    "<p>Ruritania on Friday recalled its ambassador from Graustark after a long dispute over fishing in the bay.</p>"
    "<p>\u201cWe had no choice,\u201d the foreign minister said in the caf\u00e9 of the ministry late at night.</p>"
    "</article><footer>Copyright 2019 The Strelsau Courier</footer>"
)


def page(head: str = HEAD, body: str = BODY) -> str:
    return f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{body}</body></html>"


def read(html: str | bytes, published: date | None = None) -> Taken:
    item = read_webpage("f", html if isinstance(html, bytes) else html.encode(), published)
    assert isinstance(item, Taken), item
    return item


def test_the_article_is_taken_and_the_rest_left() -> None:
    report = read(page(HEAD + DATED)).report
    assert "recalled its ambassador" in report.text and "\u201cWe had no choice,\u201d" in report.text
    assert "Home" not in report.text and "Copyright" not in report.text
    assert (report.title, report.outlet) == ("Ruritania recalls envoy", "The Strelsau Courier")
    assert (report.url, report.language) == ("https://courier.example/envoy.html", "en")


def test_the_date_of_the_page_wins_over_the_given_one() -> None:
    assert read(page(HEAD + DATED), date(2000, 1, 1)).report.published == date(2024, 5, 3)
    assert read(page(), date(2000, 1, 1)).report.published == date(2000, 1, 1)


def test_no_date_is_made_up() -> None:
    item = read(page())
    assert item.report.published is None
    assert "no publication date" in item.warnings[-1]


def test_the_declared_encoding_is_used() -> None:
    html = page("<meta charset='windows-1252'>" + HEAD + DATED).encode("cp1252")
    item = read(html)
    assert "caf\u00e9" in item.report.text
    assert item.warnings == ()


def test_a_page_without_an_article_is_set_aside() -> None:
    menu = "<ul><li><a href='/a'>World</a></li><li><a href='/b'>Sport</a></li></ul><p>Please log in.</p>"
    assert isinstance(read_webpage("f", page(body=menu).encode(), None), SetAside)
    assert isinstance(read_webpage("f", page(body="").encode(), None), SetAside)


def test_how_each_thing_was_found_is_kept() -> None:
    linked = (
        '<script type="application/ld+json">[{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], '
        '"dateModified": "2024-05-04", "author": {"name": "Marta Velik"}, "publisher": {"name": "Courier Ltd"}}]'
        "</script>"
        '<script type="application/ld+json">{broken</script>'
    )
    report = read(page(HEAD + DATED + linked)).report
    assert report.origin is not None and report.origin.format == "HTML"
    found = {(item.field, item.how): item.value for item in report.origin.found}
    assert found["url", "the canonical link"] == "https://courier.example/envoy.html"
    assert found["published", 'meta "article:published_time"'] == "2024-05-03T22:00:00+02:00"
    assert found["modified", "JSON-LD dateModified"] == "2024-05-04"
    assert found["author", "JSON-LD author"] == "Marta Velik"
    assert found["outlet", "JSON-LD publisher"] == "Courier Ltd"
    assert found["language", 'the page\'s "lang"'] == "en-GB"


def test_what_the_report_holds_stands_first_among_what_was_found() -> None:
    report = read(page(HEAD + DATED + '<meta name="date" content="2001-01-01">')).report
    assert report.origin is not None
    days = [item.value for item in report.origin.found if item.field == "published"]
    assert days[0].startswith("2024-05-03") and "2001-01-01" in days[1:]

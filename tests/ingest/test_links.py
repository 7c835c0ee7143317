"""The articles that feeds and sitemaps name."""

from __future__ import annotations

from detente.ingest.links import links_in

RSS = """<rss version="2.0"><channel><title>Courier</title>
<item><title>Shells &amp; smoke</title><link>https://courier.example/1</link><pubDate>{day}</pubDate></item>
<item><title>No address</title></item>
<item><title>Talks</title><link>/2</link></item></channel></rss>"""
DAY = "Tue, 19 Mar 2024 10:00:00 GMT"
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://courier.example/old</loc><lastmod>2024-03-01</lastmod>
 <image:image><image:loc>https://courier.example/old.jpg</image:loc></image:image></url>
<url><loc>https://courier.example/new</loc><news:news><news:title>Talks</news:title>
 <news:publication_date>2024-03-19T10:00:00Z</news:publication_date></news:news></url></urlset>"""


def rss(day: str = DAY) -> bytes:
    return RSS.format(day=day).encode()


def test_a_feed_names_its_articles() -> None:
    one, other = links_in("x", rss()).articles
    assert (one.url, one.title, one.published) == ("https://courier.example/1", "Shells & smoke", DAY)
    assert (other.url, other.published) == ("/2", None)


def test_the_mark_changes_with_the_entry_only() -> None:
    first, again, later = (links_in("x", rss(day)).articles for day in (DAY, DAY, "Wed, 20 Mar 2024 10:00:00 GMT"))
    assert first == again and first[0].mark != later[0].mark and first[1].mark == later[1].mark


def test_a_json_feed_names_its_articles() -> None:
    words = (
        '{"version": "https://jsonfeed.org/version/1.1", "items": [{"url": "https://a.example/1", "title": "T"}, 3]}'
    )
    (link,) = links_in("x", words.encode()).articles
    assert (link.url, link.title) == ("https://a.example/1", "T")


def test_a_sitemap_names_its_pages_the_newest_first_and_no_pictures() -> None:
    new, old = links_in("x", SITEMAP.encode()).articles
    assert (new.url, new.title, new.published) == ("https://courier.example/new", "Talks", "2024-03-19T10:00:00Z")
    assert (old.url, old.title, old.published) == ("https://courier.example/old", None, "2024-03-01")


def test_an_index_names_sitemaps() -> None:
    words = "<sitemapindex><sitemap><loc>https://a.example/m.xml</loc></sitemap></sitemapindex>"
    named = links_in("x", words.encode())
    assert named.articles == () and [link.url for link in named.sitemaps] == ["https://a.example/m.xml"]


def test_what_was_read_before_a_sitemap_breaks_off_is_kept() -> None:
    assert len(links_in("x", SITEMAP.partition("<url><loc>https://courier.example/new")[0].encode()).articles) == 1


def test_entities_are_refused_and_other_things_are_no_feeds() -> None:
    bomb = b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item><link>https://a.example/&a;</link></item></channel></rss>'
    assert links_in("x", bomb).articles == ()
    for data in (b"<html><body>Not found</body></html>", b"\x89PNG\x00\x00", b"", b"words"):
        assert not links_in("x", data).is_feed

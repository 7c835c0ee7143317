"""The articles that a feed or sitemap names, for whoever fetches them. Nothing is fetched here."""

from __future__ import annotations

from dataclasses import dataclass

from detente.ingest import feed, jsonfeed, sitemap
from detente.ingest.encoding import decode
from detente.ingest.outcome import Given
from detente.ingest.sniff import binary_kind
from detente.ingest.xml_safety import root_of
from detente.model.watched import Link


@dataclass(frozen=True, slots=True)
class Named:
    """What a feed or sitemap names: articles, and further sitemaps. `is_feed` is false for anything else."""

    articles: tuple[Link, ...] = ()
    sitemaps: tuple[Link, ...] = ()
    is_feed: bool = True


def links_in(source: str, data: bytes) -> Named:
    """What is named in a feed of any kind, or in a sitemap."""
    if binary_kind(data):
        return Named(is_feed=False)
    given = Given(source, data, decode(data).text)
    root = root_of(given.text)
    if root in feed.ROOTS:
        return Named(tuple(feed.links_in_feed(given)))
    if root in sitemap.ROOTS:
        pages, maps = sitemap.links_in_sitemap(given)
        return Named(tuple(pages), tuple(maps))
    if jsonfeed.JsonFeed().fits(given):
        return Named(tuple(jsonfeed.links_in_json(given)))
    return Named(is_feed=False)

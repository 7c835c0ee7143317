"""A sitemap names the pages of a site and holds no text: it is told as metadata, with what it names, and set aside."""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from detente.ingest.limits import LARGEST_FEED, TooMuch, told
from detente.ingest.outcome import Given, Outcome, SetAside
from detente.ingest.xml_safety import refused, root_of
from detente.model.watched import Link, mark_of

log = logging.getLogger(__name__)
ROOTS = {"urlset": "a sitemap", "sitemapindex": "an index of sitemaps"}
REMEDY = "fetch the pages that it names, and give them"


class Sitemap:
    """A sitemap, a news sitemap, or an index of them."""

    name = "sitemap"

    def fits(self, given: Given) -> float:
        return 0.9 if root_of(given.text) in ROOTS else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        if len(given.data) > LARGEST_FEED:
            raise TooMuch(f"larger than {told(LARGEST_FEED)}")
        fault = refused(given)
        if fault:
            yield fault
            return
        seen, days, broken = _counted(given.data)
        kind = ROOTS[root_of(given.text)] if not seen["news"] else "a news sitemap"
        what = "sitemaps" if kind == ROOTS["sitemapindex"] else "addresses"
        named = f", {seen['title']} with title" if seen["news"] else ""
        period = f", published {min(days)} to {max(days)}" if days else ""
        end = f", broken behind them ({broken})" if broken else ""
        count = seen["loc"]
        yield SetAside(given.source, f"{kind} of {count} {what}{named}{period}: metadata only{end}", REMEDY)


def links_in_sitemap(given: Given) -> tuple[list[Link], list[Link]]:
    """The pages that a sitemap names, and the sitemaps that an index names, the newest first where it tells days."""
    pages: list[Link] = []
    maps: list[Link] = []
    if len(given.data) > LARGEST_FEED or refused(given) is not None:
        return pages, maps
    try:
        for _, element in iterparse(io.BytesIO(given.data), forbid_dtd=False):
            name = str(element.tag).rpartition("}")[2]
            if name in ("url", "sitemap"):
                link = _link(element)
                if link is not None:
                    (pages if name == "url" else maps).append(link)
                element.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        log.debug("%s breaks off: %s", given.source, problem)
    return _newest_first(pages), _newest_first(maps)


def _link(element: Element) -> Link | None:
    told: dict[str, str] = {}
    for part in element.iter():
        space, _, name = str(part.tag).rpartition("}")
        if "image" not in space and "video" not in space and part.text and part.text.strip():
            told.setdefault(name, part.text.strip())
    day = told.get("publication_date")
    mark = mark_of(told.get("title", ""), day or "", told.get("lastmod", ""))
    return Link(told["loc"], told.get("title"), day or told.get("lastmod"), mark) if "loc" in told else None


def _newest_first(links: list[Link]) -> list[Link]:
    return sorted(links, key=lambda link: link.published or "", reverse=True)


def _counted(data: bytes) -> tuple[Counter[str], set[str], str | None]:
    """How many elements of each name there are, the days of publication, and what broke the file off."""
    seen: Counter[str] = Counter()
    days: set[str] = set()
    try:
        for _, element in iterparse(io.BytesIO(data), forbid_dtd=False):
            space, _, name = str(element.tag).rpartition("}")
            # Pictures and films in sitemaps have addresses and titles too.
            if name in ("loc", "news", "title") and "image" not in space and "video" not in space:
                seen[name] += 1
            if name == "publication_date" and element.text:
                days.add(element.text.strip()[:10])
            if name in ("url", "sitemap"):
                element.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
        return seen, days, str(problem)
    return seen, days, None

"""An RSS or Atom feed: each entry that holds text becomes a report, with title, author, dates, address and outlet.

Many feeds hold only the first lines of their articles, which is said. Nothing is fetched.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from detente.ingest.described import NO_TEXT, counted, report_of
from detente.ingest.limits import LARGEST_FEED, MOST_MEMBERS, TooMuch, told
from detente.ingest.markup import words_of
from detente.ingest.outcome import Given, Note, Outcome, SetAside
from detente.ingest.plain import warned
from detente.ingest.xml_safety import refused, root_of
from detente.model.origin import Field, Found
from detente.model.watched import Link, mark_of

ROOTS = ("rss", "feed", "rdf")
# Making sense of a feed that is no XML takes seconds a megabyte.
LARGEST_BROKEN = 512 * 1024
SUMMARY = "only the summary stands in the feed; the article is at its address"
ENTRY: tuple[tuple[str, Field], ...] = (
    ("title", "title"),
    ("published", "published"),
    ("updated", "modified"),
    ("author", "author"),
    ("link", "url"),
    ("id", "id"),
)


class Feed:
    """RSS of all versions, RDF and Atom."""

    name = "feed"

    def fits(self, given: Given) -> float:
        return 0.9 if root_of(given.text) in ROOTS else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        # Late, because most inputs are no feeds.
        import feedparser

        if len(given.data) > LARGEST_FEED:
            raise TooMuch(f"larger than {told(LARGEST_FEED)}")
        fault = refused(given)
        if fault:
            yield fault
            return
        data = given.data
        if len(data) > LARGEST_BROKEN and _is_broken(data):
            data = data[:LARGEST_BROKEN]
            reason = f"a broken feed of more than {LARGEST_BROKEN:,} bytes: only so much of it is looked through"
            yield SetAside(given.source, reason, "get it anew")
        # A stream: words would be taken for an address and fetched. Nothing is cleaned there: only words are kept here.
        feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
        yield from _entries(given, feed)
        if feed.bozo and not _harmless(feed.bozo_exception):
            reason = f"a feed that is broken ({str(feed.bozo_exception)[:200]})"
            yield SetAside(given.source, reason, "get it anew; the entries that could be made out were read")


def links_in_feed(given: Given) -> list[Link]:
    """The articles that a feed names, in its order; none where it is broken beyond making out, or refused."""
    # Late, because most inputs are no feeds.
    import feedparser

    if len(given.data) > LARGEST_FEED or refused(given) is not None:
        return []
    data = given.data[:LARGEST_BROKEN] if len(given.data) > LARGEST_BROKEN and _is_broken(given.data) else given.data
    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    return [link for entry in feed.entries[:MOST_MEMBERS] if (link := _link(entry)) is not None]


def _link(entry: Mapping[str, Any]) -> Link | None:
    url = str(entry.get("link") or "")
    title = words_of(str(entry.get("title") or ""))
    # Asked first whether it is there: the library takes one date for the other where only one is told.
    dates = [str(entry[name]) for name in ("published", "updated") if name in entry]
    return Link(url, title or None, dates[0] if dates else None, mark_of(title, *dates)) if url else None


def _is_broken(data: bytes) -> bool:
    """Whether the feed is no XML; it declares no entities, or it would not have come so far."""
    try:
        ParserCreate().Parse(data, True)
    except ExpatError:
        return True
    return False


def _entries(given: Given, feed: Any) -> Iterator[Outcome]:
    outlet, language = str(feed.feed.get("title", "")), str(feed.feed.get("language", ""))
    empty = 0
    for number, entry in enumerate(feed.entries[:MOST_MEMBERS], start=1):
        text, how = _text(entry)
        found = (*_told(entry), Found("outlet", outlet, "the feed's title"), Found("language", language, "the feed"))
        outcome = report_of(f"{given.source}, entry {number}", "feed", text, found, given)
        if isinstance(outcome, SetAside) and outcome.reason == NO_TEXT:
            empty += 1
        else:
            yield warned(outcome, how)
    if empty:
        yield SetAside(
            given.source,
            f"{counted(empty, 'entry', 'entries')} without text: metadata only",
            "fetch the pages that they name",
        )
    elif not feed.entries:
        yield Note(given.source, "a feed without entries")


def _text(entry: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The longest text of an entry, and a warning where it is called a summary."""
    contents = [words_of(str(part.get("value", ""))) for part in entry.get("content", ()) if part.get("value")]
    summary = words_of(str(entry.get("summary", "")))
    text = max(contents, key=len, default="")
    return (text, ()) if text and len(text) >= len(summary) else (summary, (SUMMARY,) if summary else ())


def _told(entry: Mapping[str, Any]) -> Iterator[Found]:
    source = entry.get("source")
    if isinstance(source, Mapping) and source.get("title"):
        yield Found("outlet", str(source["title"]), "the entry's source")
    for name, field in ENTRY:
        # Asked first whether it is there: the library takes one date for the other where only one is told.
        value = str(entry.get(name) or "") if name in entry else ""
        if name == "updated" and value and "published" not in entry:
            # RDF feeds have no other date, many in Atom neither.
            yield Found("published", value, "the entry's updated, for want of another date")
        if value:
            yield Found(field, words_of(value) if field == "title" else value, f"the entry's {name}")


def _harmless(problem: Exception) -> bool:
    """Whether the library only remarks on how the feed is sent or encoded."""
    return type(problem).__name__ in ("CharacterEncodingOverride", "NonXMLContentType")

"""All readers of formats, ours and those that other packages bring through the entry point `detente.reader`.

Chooses the one that is surest of an input. Reads nothing itself.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from detente.model.inputs import Given
from detente.model.plugins import Reader

GROUP = "detente.reader"
# Ours come in as entry points too, listed here and not in pyproject.toml so that they are there without installation.
BUILT_IN = {
    "plain": "detente.ingest.plain:Plain",
    "jsonl": "detente.ingest.jsonl:JsonLines",
    "webpage": "detente.ingest.webpage:Webpage",
    "feed": "detente.ingest.feed:Feed",
    "jsonfeed": "detente.ingest.jsonfeed:JsonFeed",
    "newsjson": "detente.ingest.newsjson:NewsJson",
    "sitemap": "detente.ingest.sitemap:Sitemap",
    "delimited": "detente.ingest.delimited:Delimited",
    "parquet": "detente.ingest.parquet:Parquet",
    "gdelt": "detente.ingest.gdelt:Gdelt",
    "pdf": "detente.ingest.pdf:Pdf",
    "mail": "detente.ingest.mail:Mail",
    "mailbox": "detente.ingest.mailbox:Mailbox",
    "warc": "detente.ingest.warc:Warc",
    "wacz": "detente.ingest.wacz:Wacz",
    "zip": "detente.ingest.zipped:Zip",
    "gzip": "detente.ingest.gzipped:Gzip",
}
log = logging.getLogger(__name__)


@cache
def all_readers() -> tuple[Reader, ...]:
    """One of each installed reader; a foreign one that cannot be loaded is left out with a warning."""
    ours = [EntryPoint(name, value, GROUP) for name, value in BUILT_IN.items()]
    others = [point for point in entry_points(group=GROUP) if point.name not in BUILT_IN]
    found: list[Reader] = [point.load()() for point in ours]
    for point in others:
        try:
            found.append(point.load()())
        # Whatever somebody else's code does, the other formats are read.
        except Exception as problem:
            log.warning("the reader %s (%s) cannot be loaded: %s", point.name, point.value, problem)
    return tuple(found)


def surest(readers: Sequence[Reader], given: Given) -> Reader | None:
    """The reader that is surest of these bytes, the first of equals; None where none knows them."""
    rated = [(reader.fits(given), -place, reader) for place, reader in enumerate(readers)]
    sureness, _, reader = max(rated, key=lambda item: item[:2])
    return reader if sureness > 0 else None

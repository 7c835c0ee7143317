"""A WACZ file, the portable form of a web archive: its WARC files are read in turn, its indexes are left alone."""

from __future__ import annotations

from collections.abc import Iterator

from detente.ingest.outcome import Given, Outcome
from detente.ingest.zipped import MAGIC, names_in, read_members


class Wacz:
    """A ZIP archive with a description and WARC files in the folder `archive`."""

    name = "WACZ"

    def fits(self, given: Given) -> float:
        if not given.data.startswith(MAGIC):
            return 0.0
        names = names_in(given.data)
        return 0.95 if "datapackage.json" in names and any(map(_is_warc, names)) else 0.0

    def read(self, given: Given) -> Iterator[Outcome | Given]:
        yield from read_members(given, _is_warc)


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))

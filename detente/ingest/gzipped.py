"""A gzip file is unpacked, one or several members, and what was in it read in turn.

One that breaks off gives what came before the break. Nothing is written to disk.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from detente.ingest.limits import MEGA, TooMuch, unpack
from detente.ingest.outcome import Given, Outcome, SetAside

MAGIC = b"\x1f\x8b\x08"
# zlib's own sign for "expect the header of gzip".
GZIP_WINDOW = 31
# Fed in small pieces, because what is left of one is copied for each of its parts.
CHUNK = 64 * 1024
MOST_PARTS = 200_000


class Gzip:
    """Anything compressed with gzip."""

    name = "gzip"

    def fits(self, given: Given) -> float:
        return 0.8 if given.data.startswith(MAGIC) else 0.0

    def read(self, given: Given) -> Iterator[Outcome | Given]:
        unpacked = unpack(pieces_of_gzip(given.data), len(given.data), (zlib.error, EOFError))
        if unpacked.data or not unpacked.broken:
            yield given.inside("unpacked", unpacked.data)
        if unpacked.broken:
            reason = f"a gzip file that is broken after {len(unpacked.data):,} bytes ({unpacked.broken})"
            yield SetAside(given.source, reason, "get the file anew; what came before was read")


def first_bytes(data: bytes, size: int) -> bytes:
    """The first bytes that a gzip file unpacks to, as far as they can be had."""
    try:
        return zlib.decompressobj(GZIP_WINDOW).decompress(data[: 64 * 1024], size)
    except zlib.error:
        return b""


def pieces_of_gzip(data: bytes) -> Iterator[bytes]:
    """What all the members hold, piece by piece; EOFError where the last one is not whole."""
    at, fed, members = 0, b"", 0
    member: zlib._Decompress | None = None
    while True:
        if len(fed) < len(MAGIC):
            fed, at = fed + data[at : at + CHUNK], at + CHUNK
        if member is None:
            # What follows the last member (padding, a signature) is no part of the content.
            if not fed.startswith(MAGIC):
                return
            member, members = zlib.decompressobj(GZIP_WINDOW), members + 1
            if members > MOST_PARTS:
                raise TooMuch(f"more than {MOST_PARTS:,} parts")
        piece = member.decompress(fed, MEGA)
        if not piece and not fed and not member.eof:
            raise EOFError("it ends too soon")
        yield piece
        fed = member.unused_data if member.eof else member.unconsumed_tail
        member = None if member.eof else member

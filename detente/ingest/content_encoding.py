"""What a web server packed for its way (gzip, deflate, Brotli) is unpacked in pieces, never further than the limits.

Knows nothing of web archives; the only importer of brotli.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from detente.ingest.gzipped import MAGIC, pieces_of_gzip
from detente.ingest.limits import MEGA, Unpacked, unpack

CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r\n")


def unpacked_body(data: bytes, encoding: str) -> Unpacked:
    """The body that was packed in these ways, the last one first; TooMuch where it grows beyond all measure."""
    body = Unpacked(data)
    for name in reversed([part.strip().lower() for part in encoding.split(",")]):
        if not body.broken and name not in ("", "identity"):
            body = _unpacked(body.data, name)
    return body


def joined_chunks(data: bytes) -> Unpacked:
    """The body of an answer that was sent in chunks; some crawlers have joined them and left the heading as it was."""
    out, at = bytearray(), 0
    while chunk := CHUNK.match(data, at):
        size = int(chunk[1], 16)
        if not size:
            return Unpacked(bytes(out))
        part = data[chunk.end() : chunk.end() + size]
        out += part
        at = chunk.end() + size + 2
        if len(part) < size:
            break
    return Unpacked(bytes(out), "it ends too soon") if out else Unpacked(data)


def _unpacked(data: bytes, name: str) -> Unpacked:
    if name in ("gzip", "x-gzip"):
        if not data.startswith(MAGIC):
            # Some servers say so and send it as it is, and some crawlers have unpacked it.
            return Unpacked(data)
        return unpack(pieces_of_gzip(data), len(data), (zlib.error, EOFError))
    if name == "deflate":
        return unpack(_pieces_of_deflate(data), len(data), (zlib.error,))
    if name == "br":
        # Late, because it is rare.
        import brotli

        return unpack(_pieces_of_brotli(data), len(data), (brotli.error, EOFError))
    return Unpacked(b"", f"packed as {name[:20]!r}, which is not known here")


def _pieces_of_deflate(data: bytes) -> Iterator[bytes]:
    """With its heading or, as some servers send it, without."""
    headed = data[:1] == b"\x78"
    opener = zlib.decompressobj(zlib.MAX_WBITS if headed else -zlib.MAX_WBITS)
    fed = data
    while fed and not opener.eof:
        yield opener.decompress(fed, MEGA)
        fed = opener.unconsumed_tail


def _pieces_of_brotli(data: bytes) -> Iterator[bytes]:
    import brotli

    opener = brotli.Decompressor()
    fed = data
    while not opener.is_finished():
        piece = opener.process(fed, output_buffer_limit=MEGA)
        if not piece and not fed:
            raise EOFError("it ends too soon")
        fed = b""
        yield piece

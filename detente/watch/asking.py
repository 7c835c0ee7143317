"""One request over the network: to a checked address only, within limits of time and size. Follows nothing by itself.

Every request has its own connection, made to the very address that was checked. The only importer of httpcore.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import certifi
import httpcore

from detente.watch.addresses import resolve
from detente.watch.failure import Failed, Kind
from detente.watch.sources import Limits

# Small answers may shrink as they like: a bomb needs size.
_RATIO_COUNTS_FROM = 1 << 20
_PIECE = 1 << 16
_NO_TEXT = ("image/", "video/", "audio/", "font/")
_PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 47}


@dataclass(frozen=True, slots=True)
class Response:
    """What came back: the body is unpacked, the names of headings are in small letters."""

    status: int
    headings: Mapping[str, str]
    body: bytes


class Asker:
    """Makes requests, one at a time or several from several threads."""

    def __init__(self, limits: Limits, agent: str) -> None:
        self._limits, self._agent = limits, agent
        self._trusted = ssl.create_default_context()
        self._trusted.load_verify_locations(certifi.where())

    def ask(
        self, url: str, headings: Mapping[str, str] | None = None, body: bytes | None = None, until: float | None = None
    ) -> Response:
        """The answer to one GET, or POST where there is a body; Failed with its kind where there is none."""
        deadline = time.monotonic() + self._limits.seconds if until is None else until
        usual: dict[bytes | str, bytes | str] = {"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"}
        sent = usual | {"Connection": "close"} | dict(headings or {})
        backend = _Checked(self._limits, deadline)
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._trusted, network_backend=backend) as pool,
                pool.stream("GET" if body is None else "POST", url, headers=sent, content=body) as response,
            ):
                return self._taken(response)
        except httpcore.TimeoutException as problem:
            if time.monotonic() >= deadline:
                raise Failed(Kind.slow, f"not done within {self._limits.seconds:g} seconds") from problem
            raise Failed(Kind.timeout, f"no answer for {self._limits.silence:g} seconds") from problem
        except (httpcore.RemoteProtocolError, httpcore.ReadError) as problem:
            raise Failed(Kind.truncated, f"broken off or no HTTP ({problem})") from problem
        except httpcore.ConnectError as problem:
            kind = Kind.tls if isinstance(problem.__cause__, ssl.SSLError) else Kind.connection
            raise Failed(kind, f"no connection ({problem})") from problem
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as problem:
            raise Failed(Kind.connection, f"no connection ({problem})") from problem
        except (ValueError, UnicodeError) as problem:
            raise Failed(Kind.broken, f"an address or answer that cannot be made out ({problem})") from problem

    def _taken(self, response: httpcore.Response) -> Response:
        headings = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        kind = headings.get("content-type", "").strip().lower()
        if response.status == 200 and kind.startswith(_NO_TEXT):
            raise Failed(Kind.kind, f"no text but {kind[:40]}", lasting=True)
        length = headings.get("content-length", "")
        if length.isdigit() and int(length) > self._limits.size:
            raise Failed(Kind.large, f"larger than {self._limits.size:,} bytes", lasting=True)
        pieces = _unpacked(self._within(response.iter_stream()), headings.get("content-encoding", ""), self._limits)
        return Response(response.status, headings, b"".join(pieces))

    def _within(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > self._limits.size:
                raise Failed(Kind.large, f"larger than {self._limits.size:,} bytes", lasting=True)
            yield piece


def _unpacked(pieces: Iterable[bytes], encoding: str, limits: Limits) -> Iterator[bytes]:
    """The body as it was before it was packed for its way, in pieces that never pass the limits."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        yield from pieces
        return
    if name not in _PACKED:
        raise Failed(Kind.broken, f"packed as {name[:20]!r}, which was not asked for")
    opener, packed, size = zlib.decompressobj(_PACKED[name]), 0, 0
    try:
        for piece in pieces:
            packed += len(piece)
            while piece and not opener.eof:
                out = opener.decompress(piece, _PIECE)
                piece = opener.unconsumed_tail
                size += len(out)
                _check_growth(size, packed, limits)
                yield out
    except zlib.error as problem:
        raise Failed(Kind.broken, f"wrongly packed ({problem})") from problem
    if packed and not opener.eof:
        raise Failed(Kind.truncated, "the packed body breaks off")


def _check_growth(size: int, packed: int, limits: Limits) -> None:
    if size > limits.size:
        raise Failed(Kind.bomb, f"unpacks to more than {limits.size:,} bytes", lasting=True)
    if size > _RATIO_COUNTS_FROM and size > limits.ratio * packed:
        raise Failed(Kind.bomb, f"unpacks to more than {limits.ratio} times its size", lasting=True)


class _Checked(httpcore.NetworkBackend):
    """Connects to addresses that were checked, each piece of work within the request's deadline."""

    def __init__(self, limits: Limits, deadline: float) -> None:
        self._limits, self._deadline = limits, deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve(host, port, self._limits.may_be_private(host))
        for last, address in enumerate(addresses, start=1 - len(addresses)):
            try:
                left = _left(self._deadline, self._limits.silence)
                nodelay = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
                stream = self._plain.connect_tcp(str(address), port, left, local_address, nodelay)
                return _Timed(stream, self._deadline, self._limits.silence)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last == 0:
                    raise
        raise httpcore.ConnectError("no address")


class _Timed(httpcore.NetworkStream):
    """A stream that gives up when the request's time is over, however often a few bytes come."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float, silence: float) -> None:
        self._stream, self._deadline, self._silence = stream, deadline, silence

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, self._silence))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, self._silence))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, self._silence)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline, self._silence)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, silence: float) -> float:
    left = min(deadline - time.monotonic(), silence)
    if left <= 0:
        raise httpcore.ReadTimeout("the time is over")
    return left

"""Addresses on the web: whether one may be connected to, what two spellings have in common, and how one is shown."""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from detente.watch.failure import Failed, Kind

Address = IPv4Address | IPv6Address

# Public by their number, or called so by older Pythons, yet doors to a cloud's own services: Azure's and Oracle's.
_METADATA = (ip_network("168.63.129.16/32"), ip_network("192.0.0.0/24"))
_NAT64 = ip_network("64:ff9b::/96")
# What campaigns and mailings add to an address, whoever publishes.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_cid|mc_eid|igshid|yclid|_ga|cmpid|xtor)", re.IGNORECASE
)
_USUAL_PORTS = {"http": 80, "https": 443}
_SAFE = "/%:@!$&'()*+,;=~-._"
_LONGEST = 2_000


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet; what wraps another address is judged by both."""
    if isinstance(address, IPv6Address):
        inner = _wrapped(address)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved and not _is_metadata(address)


def _is_metadata(address: Address) -> bool:
    return any(address in network for network in _METADATA)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a translator or tunnel would go on to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def resolve(host: str, port: int, allow_private: bool) -> list[Address]:
    """The addresses of a host that may be connected to; Failed where it has none, or any that is not public.

    What is checked here is connected to: the name is not looked up again, so that it cannot mean something else then.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise Failed(Kind.name, f"the name {host} cannot be looked up ({problem})") from problem
    addresses = list(dict.fromkeys(ip_address(str(item[4][0]).partition("%")[0]) for item in found))
    if not addresses:
        raise Failed(Kind.name, f"the name {host} has no address")
    for address in addresses:
        if not allow_private and not is_public(address):
            raise Failed(Kind.address, f"{host} is at {address}, which is not a public address", lasting=True)
    return addresses


def canonical(url: str) -> str:
    """One spelling of an address: without fragment and tracking, host in small letters, usual port left out.

    ValueError for what is no address.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".")
    host = host if host.isascii() else host.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port and parts.port != _USUAL_PORTS.get(parts.scheme) else ""
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    query = quote(parts.query, safe=_SAFE + "?") if len(pairs) == len(parts.query.split("&")) else urlencode(pairs)
    return urlunsplit((parts.scheme, host + port, quote(parts.path or "/", safe=_SAFE), query, ""))


def joined(base: str, link: str) -> str | None:
    """The address a link leads to, canonical; None where it is none that could be asked."""
    try:
        url = urljoin(base, link.strip())
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname or len(url) > _LONGEST:
            return None
        if urlsplit(url).username is not None:
            return None
        return canonical(url)
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Host and port: what pace and robots.txt go by."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def shown(url: str) -> str:
    """An address as logs show it: without name, password, and the values of its query, which may be keys."""
    try:
        parts = urlsplit(url)
        query = "..." if parts.query else ""
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, query, ""))
    except ValueError:
        return "an address that cannot be read"

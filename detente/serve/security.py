"""Who may ask the server, and what a page may do in a browser: loopback alone unless a token is given.

Every answer forbids scripts and styles but our own, framing, and guessing of types.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from ipaddress import ip_address

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.trustedhost import TrustedHostMiddleware

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data: blob:; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
Next = Callable[[Request], Awaitable[Response]]


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def protect(app: FastAPI, hosts: Sequence[str], token: str | None) -> None:
    """Let only these host names be asked for (no page of another site can reach in), and only who knows the token."""

    @app.middleware("http")
    async def guard(request: Request, call_next: Next) -> Response:
        if token is not None and request.url.path != "/healthz" and not _knows(request, token):
            refused = JSONResponse({"detail": "give the token: Authorization: Bearer ..."}, HTTPStatus.UNAUTHORIZED)
            refused.headers["WWW-Authenticate"] = "Bearer"
            return refused
        response = await call_next(request)
        for name, value in {"Content-Security-Policy": POLICY, **_HEADERS}.items():
            response.headers.setdefault(name, value)
        return response

    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))


def _knows(request: Request, token: str) -> bool:
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())

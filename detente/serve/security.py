"""Who may ask the server, and what a page may do in a browser: loopback alone unless a token is given.

Every answer forbids scripts and styles but our own, framing, and guessing of types.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from ipaddress import ip_address

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from jinja2 import Environment
from starlette.middleware.trustedhost import TrustedHostMiddleware

from detente.serve.forms import form_of

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
SIGN_IN = "/sign-in"
# What tells nothing of an archive: anybody may ask for it.
_OPEN = ("/healthz", SIGN_IN, "/static/")
_COOKIE, _NONCE_BYTES = "detente_session", 18
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
        if token is not None and not request.url.path.startswith(_OPEN) and not _may_ask(request, token):
            return _refused(request)
        response = await call_next(request)
        for name, value in {"Content-Security-Policy": POLICY, **_HEADERS}.items():
            response.headers.setdefault(name, value)
        return response

    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))


def make_sign_in(templates: Environment, token: str) -> APIRouter:
    """The page on which a person gives the token; a browser then shows a cookie that lasts until it is closed."""
    router = APIRouter(include_in_schema=False)

    def page(problem: str, status: int) -> HTMLResponse:
        answer = HTMLResponse(templates.get_template("sign_in.html").render(problem=problem), status)
        # Without a referrer browsers hide the origin of a form from ourselves too.
        answer.headers["Referrer-Policy"] = "same-origin"
        return answer

    @router.get(SIGN_IN)
    def ask() -> HTMLResponse:
        return page("", 200)

    @router.post(SIGN_IN)
    async def sign_in(request: Request) -> Response:
        given = (await form_of(request)).get("token", "").strip()
        if not hmac.compare_digest(given.encode(), token.encode()):
            return page("That is not the token.", HTTPStatus.FORBIDDEN)
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        secure = request.url.scheme == "https"
        answer.set_cookie(_COOKIE, _session(token), path="/", secure=secure, httponly=True, samesite="strict")
        return answer

    return router


def _refused(request: Request) -> Response:
    """People are asked for the token, programs are told how to send it."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(SIGN_IN, HTTPStatus.SEE_OTHER)
    refused = JSONResponse({"detail": "give the token: Authorization: Bearer ..."}, HTTPStatus.UNAUTHORIZED)
    refused.headers["WWW-Authenticate"] = "Bearer"
    return refused


def _may_ask(request: Request, token: str) -> bool:
    """Whether a request carries the token, or the cookie of somebody who gave it."""
    given = request.headers.get("authorization", "")
    if hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    nonce, _, proof = request.cookies.get(_COOKIE, "").partition(".")
    return bool(nonce) and hmac.compare_digest(proof.encode(), _proof(token, nonce).encode())


def _session(token: str) -> str:
    """A cookie that shows knowledge of the token without holding it; another token makes all of them void."""
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    return f"{nonce}.{_proof(token, nonce)}"


def _proof(token: str, nonce: str) -> str:
    return hmac.new(token.encode(), nonce.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

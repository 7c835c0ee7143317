"""The server of `detente serve`: an archive as pages for people and as JSON for programs.

No request leaves the machine; reports are hostile input, and everything of them is escaped.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.middleware.gzip import GZipMiddleware

from detente.serve.api import found, make_router
from detente.serve.desk import make_desk
from detente.serve.page import page, page_policy
from detente.serve.pages import make_templates
from detente.serve.security import LOCAL, make_sign_in, protect
from detente.store import Archive, ArchiveError

_TAG_LENGTH = 32
Next = Callable[[Request], Awaitable[Response]]


def make_app(archive: Archive, hosts: Sequence[str] = LOCAL, token: str | None = None, version: str = "") -> FastAPI:
    """The application over an open archive; `hosts` are the names it answers to, `token` what others must know."""
    app = FastAPI(
        title="detente",
        version=version or "0",
        summary="Who did what to whom, and who said what about whom.",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(make_router(archive))
    app.include_router(make_desk(archive))

    @app.get("/healthz", include_in_schema=False)
    def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @app.get("/reports/{id}", include_in_schema=False)
    def report_page(id: str) -> HTMLResponse:
        return HTMLResponse(page(found(archive, id), in_desk=True), headers={"Content-Security-Policy": page_policy()})

    @app.exception_handler(ArchiveError)
    def broken(request: Request, problem: ArchiveError) -> PlainTextResponse:
        return PlainTextResponse(f"{problem}\n", status_code=503)

    app.middleware("http")(_tagged)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    protect(app, hosts, token)
    if token is not None:
        app.include_router(make_sign_in(make_templates(), token))
    return app


async def _tagged(request: Request, call_next: Next) -> Response:
    """An answer that the asker has already is not sent again (ETag)."""
    response = await call_next(request)
    parts: AsyncIterator[bytes | str] | None = getattr(response, "body_iterator", None)
    streamed = "attachment" in response.headers.get("content-disposition", "")
    if request.method != "GET" or response.status_code != HTTPStatus.OK or parts is None or streamed:
        return response
    body = b"".join([part if isinstance(part, bytes) else part.encode() async for part in parts])
    tag = f'"{hashlib.sha256(body).hexdigest()[:_TAG_LENGTH]}"'
    if tag in (given.strip() for given in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"etag": tag})
    headers = {key: value for key, value in response.headers.items() if key != "content-length"}
    return Response(body, response.status_code, headers | {"etag": tag})

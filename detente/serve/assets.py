"""The scripts, styles and shapes that pages load, all of them from this package: nothing is asked of another machine.

Addresses carry a piece of the file's hash, so that a browser may keep a file for good and still gets a new one.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

_TYPES = {"js": "text/javascript", "css": "text/css", "json": "application/json", "svg": "image/svg+xml"}
_FOR_GOOD = "public, max-age=31536000, immutable"


def asset(name: str) -> str:
    """The address of an asset."""
    return f"/static/{name}?v={hashlib.sha256(_read(name)).hexdigest()[:10]}"


def make_assets() -> APIRouter:
    """The route that gives them."""
    router = APIRouter(include_in_schema=False)

    @router.get("/static/{name}")
    def give(name: str) -> Response:
        kind = _TYPES.get(name.rpartition(".")[2])
        if kind is None or name not in _names():
            raise HTTPException(404, "no such file")
        return Response(_read(name), media_type=kind, headers={"Cache-Control": _FOR_GOOD})

    return router


@cache
def _names() -> dict[str, Traversable]:
    home = files("detente.serve")
    return {item.name: item for folder in ("assets", "templates") for item in (home / folder).iterdir()}


@cache
def _read(name: str) -> bytes:
    return _names()[name].read_bytes()

"""The REST interface under /api/v1: reports, events, statements and incidents of an archive, page by page.

Objects are the contract's, with the id of their report. `next` is the address of the next page, null on the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel

from detente.model.coded import CodedReport
from detente.store import Archive, ArchiveError
from detente.store.fused_rows import UNDATED
from detente.store.pages import Asked, Page, Place

MOST = 1000
Limit = Annotated[int, Query(ge=1, le=MOST, description="Items a page.")]
After = Annotated[str | None, Query(max_length=100, description="Where the page before ended, as `next` has it.")]
Day = Annotated[date | None, Query(description="YYYY-MM-DD.")]
Words = Annotated[str | None, Query(max_length=200)]


def asked(
    report: Words = None,
    since: Day = None,
    until: Day = None,
    outlet: Words = None,
    type: Words = None,
    status: Words = None,
    party: Words = None,
    country: Words = None,
) -> Asked:
    """What the address asks for."""
    return Asked(report, since, until, outlet, type, status, party, country)


Wish = Annotated[Asked, Depends(asked)]


class Items(BaseModel):
    """A page of items."""

    items: list[dict[str, Any]]
    next: str | None


def make_router(archive: Archive) -> APIRouter:
    """The routes over one archive."""
    router = APIRouter(prefix="/api/v1", tags=["archive"])

    @router.get("/reports")
    def reports(request: Request, wish: Wish, limit: Limit = 100, after: After = None) -> Items:
        """Reports in the order they came, without their texts."""
        with archive.paging() as pages:
            return _page(request, pages.reports(_place(after), limit, wish))

    @router.get("/reports/{id}")
    def one_report(id: str) -> dict[str, Any]:
        """One report with its whole reading; the beginning of an id is enough."""
        return found(archive, id).to_dict()

    @router.get("/events")
    def events(request: Request, wish: Wish, limit: Limit = 100, after: After = None) -> Items:
        """Events of all statuses; `status=happened` and the like asks for some."""
        with archive.paging() as pages:
            return _page(request, pages.events(_place(after), limit, wish))

    @router.get("/statements")
    def statements(request: Request, wish: Wish, limit: Limit = 100, after: After = None) -> Items:
        """Who said what; `party` asks for the speaker."""
        with archive.paging() as pages:
            return _page(request, pages.statements(_place(after), limit, wish))

    @router.get("/incidents")
    def incidents(request: Request, limit: Limit = 100, after: After = None, type: Words = None) -> Items:
        """What several reports together say happened, by their first day; as they were last fused."""
        first, _, id = (after or "").partition("_")
        with archive.looking() as rows:
            made = rows.incidents_after((first, id), limit + 1, type)
        shown = made[:limit]
        last = f"{shown[-1].first or UNDATED}_{shown[-1].id}" if len(made) > limit else None
        return Items(items=[incident.to_dict() for incident in shown], next=_next(request, last))

    @router.get("/incidents/{id}")
    def one_incident(id: str) -> dict[str, Any]:
        """One incident; the beginning of an id is enough."""
        try:
            with archive.looking() as rows:
                return rows.incident(id).to_dict()
        except ArchiveError as problem:
            raise HTTPException(404, str(problem)) from problem

    return router


def found(archive: Archive, id: str) -> CodedReport:
    """The reading of a report; 404 where there is none of that id."""
    try:
        return archive.get(id)
    except ArchiveError as problem:
        raise HTTPException(404, f"no report {id!r}") from problem


def _place(after: str | None) -> Place:
    if after is None:
        return Place()
    report, _, position = after.partition("_")
    try:
        return Place(int(report), int(position or -1))
    except ValueError as problem:
        raise HTTPException(400, "after: not where a page ended; take it from `next`") from problem


def _page(request: Request, page: Page) -> Items:
    last = f"{page.last.report}_{page.last.position}" if page.last else None
    return Items(items=[dict(item) for item in page.items], next=_next(request, last))


def _next(request: Request, last: str | None) -> str | None:
    """The address of the next page, on this server."""
    if last is None:
        return None
    kept: Mapping[str, str] = {**request.query_params, "after": last}
    return f"{request.url.path}?{urlencode(kept)}"

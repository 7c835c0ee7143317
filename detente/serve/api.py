"""The REST interface under /api/v1: reports, events, statements and incidents of an archive, page by page.

Objects are the contract's, with the id of their report. `next` is the address of the next page, null on the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from pydantic import BaseModel

from detente.model.coded import CodedReport
from detente.serve.downloads import Format, download
from detente.store import Archive, ArchiveError
from detente.store.fused_rows import UNDATED
from detente.store.pages import ArchivePages, Asked, Page, Place

MOST = 1000
Limit = Annotated[int, Query(ge=1, le=MOST, description="Items a page.")]
_ENDED = "Where the page before ended, as `next` has it."
After = Annotated[str | None, Query(pattern=r"^[0-9]{1,9}_-?[0-9]{1,9}$", description=_ENDED)]
AfterDay = Annotated[
    str | None, Query(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}|9999)_[0-9a-f]{1,40}$", description=_ENDED)
]
Day = Annotated[date | None, Query(description="YYYY-MM-DD.")]
Words = Annotated[str | None, Query(max_length=200)]
Form = Annotated[Format, Query(description="json is a page; csv, jsonl and parquet are all items, as a file.")]
JSON = Format.json


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


class Problem(BaseModel):
    """Why there is no answer."""

    detail: str


# What else a list or an item may answer, for the description.
_LISTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A page, or all items as a file.",
        "content": {kind: {} for kind in ("text/csv", "application/x-ndjson", "application/vnd.apache.parquet")},
    },
    503: {"description": "The archive cannot answer.", "content": {"text/plain": {}}},
}
_ONE: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "There is nothing, or more than one thing, whose id begins so."},
    503: _LISTS[503],
}


def make_router(archive: Archive) -> APIRouter:
    """The routes over one archive."""
    router = APIRouter(prefix="/api/v1", tags=["archive"])

    @router.get("/reports", response_model=Items, responses=_LISTS)
    def reports(request: Request, wish: Wish, limit: Limit = 100, after: After = None, format: Form = JSON) -> Any:
        """Reports in the order they came, without their texts."""
        if format is not JSON:
            return download("reports", format, _each(archive, ArchivePages.reports, _place(after), wish))
        with archive.paging() as pages:
            return _page(request, pages.reports(_place(after), limit, wish))

    @router.get("/reports/{id}", responses=_ONE)
    def one_report(id: str) -> dict[str, Any]:
        """One report with its whole reading; the beginning of an id is enough."""
        return found(archive, id).to_dict()

    @router.get("/events", response_model=Items, responses=_LISTS)
    def events(request: Request, wish: Wish, limit: Limit = 100, after: After = None, format: Form = JSON) -> Any:
        """Events of all statuses; `status=happened` and the like asks for some."""
        if format is not JSON:
            return download("events", format, _each(archive, ArchivePages.events, _place(after), wish))
        with archive.paging() as pages:
            return _page(request, pages.events(_place(after), limit, wish))

    @router.get("/statements", response_model=Items, responses=_LISTS)
    def statements(request: Request, wish: Wish, limit: Limit = 100, after: After = None, format: Form = JSON) -> Any:
        """Who said what; `party` asks for the speaker."""
        if format is not JSON:
            return download("statements", format, _each(archive, ArchivePages.statements, _place(after), wish))
        with archive.paging() as pages:
            return _page(request, pages.statements(_place(after), limit, wish))

    @router.get("/incidents", response_model=Items, responses=_LISTS)
    def incidents(
        request: Request, limit: Limit = 100, after: AfterDay = None, type: Words = None, format: Form = JSON
    ) -> Any:
        """What several reports together say happened, by their first day; as they were last fused."""
        first, _, id = (after or "").partition("_")
        if format is not JSON:
            return download("incidents", format, _each_incident(archive, (first, id), type))
        with archive.looking() as rows:
            made = rows.incidents_after((first, id), limit + 1, type)
        shown = made[:limit]
        last = f"{shown[-1].first or UNDATED}_{shown[-1].id}" if len(made) > limit else None
        return Items(items=[incident.to_dict() for incident in shown], next=_next(request, last))

    @router.get("/incidents/{id}", responses=_ONE)
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


def _each(
    archive: Archive, list_page: Callable[[ArchivePages, Place, int, Asked], Page], place: Place, wish: Asked
) -> Iterator[dict[str, Any]]:
    """All items behind a place; each page is read by itself, so that nobody who writes is kept waiting."""
    at: Place | None = place
    while at is not None:
        with archive.paging() as pages:
            page = list_page(pages, at, MOST, wish)
        yield from (dict(item) for item in page.items)
        at = page.last


def _each_incident(archive: Archive, after: tuple[str, str], type: str | None) -> Iterator[dict[str, Any]]:
    while True:
        with archive.looking() as rows:
            made = rows.incidents_after(after, MOST, type)
        yield from (incident.to_dict() for incident in made)
        if len(made) < MOST:
            return
        after = (str(made[-1].first or UNDATED), made[-1].id)


def _place(after: str | None) -> Place:
    if after is None:
        return Place()
    report, _, position = after.partition("_")
    return Place(int(report), int(position))


def _page(request: Request, page: Page) -> Items:
    last = f"{page.last.report}_{page.last.position}" if page.last else None
    return Items(items=[dict(item) for item in page.items], next=_next(request, last))


def _next(request: Request, last: str | None) -> str | None:
    """The address of the next page, on this server."""
    if last is None:
        return None
    kept: Mapping[str, str] = {**request.query_params, "after": last}
    return f"{request.url.path}?{urlencode(kept)}"

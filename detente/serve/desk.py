"""The desk's pages: what came in last, incidents, and a pair over time. Every page is a URL and needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from detente.analyse.coverage import Published
from detente.analyse.dyads import Side, dyad_series
from detente.model.dyad import DyadSeries, Unit
from detente.model.incident import Incident, IncidentParty
from detente.model.quads import QUADS, quad_of_type
from detente.serve.review import make_review
from detente.serve.wording import clean, cut
from detente.store import Archive, ArchiveError

SHOWN = 50


def make_desk(archive: Archive) -> APIRouter:
    """The pages over one archive."""
    router = APIRouter(include_in_schema=False)
    templates = _templates()

    def shown(name: str, **told: object) -> HTMLResponse:
        return HTMLResponse(templates.get_template(name).render(**told))

    @router.get("/")
    def today() -> HTMLResponse:
        return shown(
            "today.html",
            reports=list(reversed(archive.list(SHOWN))),
            count=archive.count(),
            incidents=_told_most(archive),
        )

    @router.get("/search")
    def search(request: Request, q: str = Query("", max_length=200)) -> HTMLResponse:
        return shown("search.html", words=q, hits=archive.search(q, SHOWN) if q.strip() else ())

    @router.get("/incidents")
    def incidents(after: str = Query("", max_length=100)) -> HTMLResponse:
        first, _, id = after.partition("_")
        with archive.looking() as rows:
            made = rows.incidents_after((first, id), SHOWN + 1)
        last = f"{made[SHOWN - 1].first or '9999'}_{made[SHOWN - 1].id}" if len(made) > SHOWN else None
        return shown("incidents.html", incidents=made[:SHOWN], next=last)

    @router.get("/incidents/{id}")
    def incident(id: str) -> HTMLResponse:
        try:
            with archive.looking() as rows:
                one = rows.incident(id)
                accounts = rows.accounts(one)
        except ArchiveError as problem:
            raise HTTPException(404, str(problem)) from problem
        return shown("incident.html", incident=one, accounts=accounts)

    @router.get("/pairs/{a}/{b}")
    def pair(
        a: str, b: str, by: Unit = Unit.month, since: date | None = None, until: date | None = None
    ) -> HTMLResponse:
        with archive.looking() as rows:
            held = {i.id: i for i in rows.incidents()}
            reports = [Published(*row) for row in rows.published()]
        series = dyad_series(held.values(), reports, (side_of(a), side_of(b)), by, since, until)
        return shown("pair.html", series=series, bars=bars_of(series), incidents=held, quads=QUADS)

    router.include_router(make_review(archive, templates))

    @router.get("/static/desk.css")
    def style() -> Response:
        return Response(_style(), media_type="text/css")

    return router


def side_of(code: str) -> Side:
    """The side of a code in an address: `ARM`, `RUS MIL`."""
    country, *sectors = code.upper().split() or [""]
    return Side(code.upper(), frozenset({country}), frozenset(sectors))


def bars_of(series: DyadSeries) -> list[tuple[float, float, float, str]]:
    """A bar a stretch: place, height up (cooperation) and down (conflict), each of 100, and its words."""
    most = max((max(_up(s.together.quads), _down(s.together.quads)) for s in series), default=0) or 1
    width = 100 / max(1, len(series.stretches))
    return [
        (
            at * width,
            100 * _up(s.together.quads) / most,
            100 * _down(s.together.quads) / most,
            f"{s.stretch.first}: {_up(s.together.quads)} of cooperation, {_down(s.together.quads)} of conflict",
        )
        for at, s in enumerate(series)
    ]


def _up(quads: Sequence[Sequence[str]]) -> int:
    return len(quads[0]) + len(quads[1])


def _down(quads: Sequence[Sequence[str]]) -> int:
    return len(quads[2]) + len(quads[3])


def _told_most(archive: Archive) -> list[Incident]:
    with archive.looking() as rows:
        return sorted(rows.incidents(), key=lambda i: (-i.origins, -len(i.reports), i.id))[: SHOWN // 5]


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("detente.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"plain": lambda words: clean(str(words or "")), "cut": cut, "parties": _parties}
    environment.tests["quad"] = lambda type, number: quad_of_type(type).number == number
    environment.globals["quad_number"] = lambda type: quad_of_type(type).number
    return environment


def _parties(parties: Sequence[IncidentParty]) -> str:
    return ", ".join(clean(f"{party.name} ({party.code})" if party.code else party.name) for party in parties) or "?"


def _style() -> str:
    return (files("detente.serve") / "templates" / "desk.css").read_text(encoding="utf-8")

"""Pages on who is named, who said what, where and between whom things happened, and the search with its filters.

Each page is a table that needs no script; map and network are drawn from the same numbers where scripts run.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, JSONResponse, Response

from detente.model.incident import Brief, Counted
from detente.model.quads import quad_of_type
from detente.serve.downloads import safe_cell
from detente.serve.pages import SHOWN, Day, Shown
from detente.serve.wording import clean
from detente.store import Archive
from detente.store.desk_rows import Wanted, days_before

# Incidents that map and network show at most, and the days before the newest that they show unasked.
MOST, USUAL_DAYS = 1000, 365
_SAID, _ACTORS, _FACETS = 100, 200, 500

Words = Annotated[str, Query(max_length=200)]
Filter = Annotated[str | None, Query(max_length=120)]


def make_looks(archive: Archive, shown: Shown) -> APIRouter:
    """The pages over one archive."""
    router = APIRouter(include_in_schema=False)

    @router.get("/actors")
    def actors() -> HTMLResponse:
        with archive.asking() as rows:
            return shown("actors.html", actors=rows.actors(_ACTORS))

    @router.get("/actors/{key:path}")
    def actor(key: str) -> HTMLResponse:
        with archive.asking() as rows:
            one = rows.actor(key)
            if one is None:
                raise HTTPException(404, f"no actor {key!r}; see /actors")
            offices, passed, said = rows.offices(key), rows.passed(key, SHOWN), rows.statements(SHOWN, key=key)
        return shown("actor.html", actor=one, offices=offices, passed=passed, statements=said)

    @router.get("/statements")
    def statements(
        speaker: Filter = None,
        channel: Filter = None,
        outlet: Filter = None,
        since: Day = None,
        until: Day = None,
    ) -> HTMLResponse:
        with archive.asking() as rows:
            said = rows.statements(_SAID, None, _code(speaker), channel or None, outlet or None, since, until)
            channels = rows.channels(SHOWN)
        asked = {"speaker": speaker, "channel": channel, "outlet": outlet, "since": since, "until": until}
        return shown("statements.html", statements=said, channels=channels, asked=asked)

    @router.get("/search")
    def search(
        q: Words = "",
        party: Filter = None,
        other: Filter = None,
        type: Filter = None,
        status: Filter = None,
        country: Filter = None,
        outlet: Filter = None,
        since: Day = None,
        until: Day = None,
    ) -> HTMLResponse:
        wanted = Wanted(q.strip(), _code(party), _code(other), _code(type), status or None, _code(country))
        wanted = replace(wanted, outlet=outlet or None, since=since, until=until)
        hits = archive.search(q, SHOWN) if q.strip() and replace(wanted, words="").is_empty else ()
        with archive.asking() as rows:
            found = () if hits or wanted.is_empty else rows.reports(wanted, SHOWN)
            facets = {} if wanted.is_empty else rows.facets(wanted, _FACETS)
        return shown("search.html", wanted=wanted, hits=hits, found=found, facets=facets)

    @router.get("/map")
    def where(since: Day = None, until: Day = None, type: Filter = None) -> HTMLResponse:
        period, placed = _placed(archive, since, until, type)
        return shown("map.html", incidents=placed, period=period, type=type, points=points_of(placed))

    @router.get("/map.csv")
    def where_table(since: Day = None, until: Day = None, type: Filter = None) -> Response:
        rows = [
            (p["id"], p["day"], p["type"], p["place"], p["latitude"], p["longitude"], p["claimed_by"], p["reports"])
            for p in points_of(_placed(archive, since, until, type)[1])
        ]
        return as_csv(("incident", "first", "type", "place", "latitude", "longitude", "claimed_by", "reports"), rows)

    @router.get("/network")
    def network(since: Day = None, until: Day = None) -> HTMLResponse:
        period, incidents = _of_period(archive, since, until, None)
        ties = ties_of(incidents)
        return shown("network.html", ties=ties, period=period, looked=len(incidents))

    @router.get("/network.json")
    def network_shapes(since: Day = None, until: Day = None) -> JSONResponse:
        return JSONResponse({"ties": ties_of(_of_period(archive, since, until, None)[1])})

    @router.get("/network.csv")
    def network_table(since: Day = None, until: Day = None) -> Response:
        ties = ties_of(_of_period(archive, since, until, None)[1])
        return as_csv(("a", "b", "cooperation", "conflict"), [(t["a"], t["b"], t["up"], t["down"]) for t in ties])

    return router


def points_of(incidents: Iterable[Counted]) -> list[dict[str, object]]:
    """Incidents with a known place as points of the map."""
    return [
        {
            "id": incident.id,
            "day": incident.first.isoformat() if incident.first else "",
            "type": incident.type,
            "quad": quad_of_type(incident.type).number,
            "place": clean(incident.where.name),
            "latitude": incident.where.latitude,
            "longitude": incident.where.longitude,
            "claimed_by": " ".join(incident.where.claimed_by),
            "reports": incident.reporting,
        }
        for incident in incidents
        if incident.where and incident.where.latitude is not None and incident.where.longitude is not None
    ]


def ties_of(incidents: Iterable[Counted]) -> list[dict[str, object]]:
    """How often each two countries or bodies met in cooperation and in conflict; people count for their side."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for incident in incidents:
        sources, targets = _sides(incident.sources), _sides(incident.targets)
        pairs = {tuple(sorted((a, b))) for a in sources for b in targets if a != b}
        for a, b in pairs:
            counts[a, b][quad_of_type(incident.type).number > 2] += 1
    ranked = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))[:MOST]
    return [{"a": a, "b": b, "up": up, "down": down} for (a, b), (up, down) in ranked]


def _sides(parties: Sequence[object]) -> list[str]:
    return sorted({country for party in parties if (country := getattr(party, "country", None))})


def _placed(
    archive: Archive, since: date | None, until: date | None, type: str | None
) -> tuple[tuple[date, date], list[Brief]]:
    period, incidents = _of_period(archive, since, until, type)
    return period, [i for i in incidents if i.where and i.where.latitude is not None]


def _of_period(
    archive: Archive, since: date | None, until: date | None, type: str | None
) -> tuple[tuple[date, date], list[Brief]]:
    with archive.asking() as rows:
        last = until or rows.newest_day() or date.min
        first = since or days_before(last, USUAL_DAYS)
        return (first, last), rows.incidents(first, last, MOST, _code(type))


def _code(value: str | None) -> str | None:
    return value.strip().upper() or None if value else None


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A table as CSV; cells that a spreadsheet would take for a formula are led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8")

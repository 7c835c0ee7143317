"""The desk's pages: what came in last, incidents, and a pair over time. Every page is a URL and needs no script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from detente.analyse.drivers import drivers_of
from detente.analyse.dyads import Side, dyad_series, score_series
from detente.analyse.outbreaks import Alert, Sensitivity, find_alerts
from detente.analyse.unusual import is_long_enough
from detente.model.dyad import DyadSeries, Unit
from detente.model.incident import Counted
from detente.model.quads import QUADS
from detente.serve.assets import make_assets
from detente.serve.kept_days import KeptDays
from detente.serve.looks import MOST, USUAL_DAYS, as_csv, make_looks, ties_of
from detente.serve.movers import MONTH, movers_of
from detente.serve.pages import SHOWN, Day, make_templates, shown_by
from detente.serve.raised import kept_alert, recent_alerts
from detente.serve.review import make_review
from detente.store import Archive, ArchiveError
from detente.store.desk_rows import DeskRows, Said, days_before
from detente.store.watching import WatchLog

# Days before the last that a pair's page shows unasked.
USUAL_SPANS = {Unit.day: 365, Unit.week: 3 * 365, Unit.month: 10 * 365}
# A code of a country or body, with a sector or without: RUS, RUS MIL.
_CODE = re.compile(r"[A-Z]{3}(?: [A-Z]{3})?")


def make_desk(archive: Archive) -> APIRouter:
    """The pages over one archive."""
    router = APIRouter(include_in_schema=False)
    templates = make_templates()
    published = KeptDays(archive)
    shown = shown_by(templates)

    @router.get("/")
    def today() -> HTMLResponse:
        with archive.asking() as rows:
            told = rows.told_most(SHOWN // 5)
            last = rows.newest_day()
            recent = rows.incidents(days_before(last, 2 * MONTH), last, MOST) if last else []
            few = rows.has_few_incidents(MOST)
            kept = WatchLog(archive).alerts(SHOWN // 5)
            every = rows.incidents(date.min, last, MOST) if last and few and not kept else []
        alerts = [kept_alert(one.body) for one in kept] or (recent_alerts(every, last) if last else [])
        reports = list(reversed(archive.list(SHOWN // 2)))
        movers = movers_of(recent, last) if last else []
        told_of = {"count": archive.count(), "movers": movers, "last": last, "alerts": alerts, "by_watch": not few}
        return shown("today.html", reports=reports, incidents=told, **told_of)

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
        first = sorted(accounts, key=lambda a: (a.published or date.max, a.key))
        return shown("incident.html", incident=one, accounts=accounts, told_first=first)

    @router.get("/pairs")
    def pairs(a: str = Query("", max_length=40), b: str = Query("", max_length=40)) -> Response:
        sides = [code.strip().upper() for code in (a, b)]
        if all(map(_CODE.fullmatch, sides)):
            return RedirectResponse(f"/pairs/{quote(sides[0])}/{quote(sides[1])}", HTTPStatus.SEE_OTHER)
        with archive.asking() as rows:
            last = rows.newest_day()
            ties = ties_of(rows.incidents(days_before(last, USUAL_DAYS), last, MOST)) if last else []
        return shown("pairs.html", ties=ties[:SHOWN], a=a, b=b)

    @router.get("/pairs/{a}/{b}")
    def pair(
        a: str,
        b: str,
        by: Unit = Unit.month,
        since: Day = None,
        until: Day = None,
        beside: str = Query("", alias="with", max_length=80),
    ) -> HTMLResponse:
        sides = (side_of(a), side_of(b))
        reports = published()
        with archive.asking() as rows:
            held = {i.id: i for i in rows.between(*(sorted(side.countries) for side in sides))}
            since, until = known_days(rows, by, since, until)
            said = [*_said_of(rows, a, b), *_said_of(rows, b, a)]
        series = dyad_series(held.values(), reports, sides, by, since, until)
        alerts = alerts_of(list(held.values()), sides, since, until)
        other = [side_of(code) for code in beside.split("/")] if beside.count("/") == 1 else None
        second = None
        if other:
            with archive.asking() as rows:
                theirs = rows.between(*(sorted(side.countries) for side in other))
            second = dyad_series(theirs, reports, (other[0], other[1]), by, since, until)
        return shown(
            "pair.html",
            series=series,
            bars=bars_of(series),
            incidents=held,
            quads=QUADS,
            alerts=alerts,
            statements=said,
            second=second,
            lines=lines_of(series, second),
        )

    @router.get("/pairs/{a}/{b}/table.csv")
    def pair_table(a: str, b: str, by: Unit = Unit.month, since: Day = None, until: Day = None) -> Response:
        sides = (side_of(a), side_of(b))
        with archive.asking() as rows:
            held = rows.between(*(sorted(side.countries) for side in sides))
            since, until = known_days(rows, by, since, until)
        series = dyad_series(held, published(), sides, by, since, until)
        head = ("first", "last", "reports", *(f"quad_{quad.number}" for quad in QUADS), "plover", "incidents")
        table = [
            (
                row.stretch.first,
                row.stretch.last,
                row.coverage.reports,
                *(len(ids) for ids in row.together.quads),
                row.together.plover,
                " ".join(row.together.ids),
            )
            for row in series
        ]
        return as_csv(head, table)

    router.include_router(make_looks(archive, shown))
    router.include_router(make_review(archive, templates))
    router.include_router(make_assets())
    return router


def known_days(rows: DeskRows, by: Unit, since: date | None, until: date | None) -> tuple[date | None, date | None]:
    """The period that is asked for, no longer than the archive knows of; unasked, the last of it."""
    first, last = rows.first_and_last()
    until = min(until, last) if until and last else until
    end = until or last
    if since is None and end is not None:
        since = days_before(end, USUAL_SPANS[by])
    return (max(since, first) if since and first else since, until)


def side_of(code: str) -> Side:
    """The side of a code in an address: `ARM`, `RUS MIL`."""
    country, *sectors = code.upper().split() or [""]
    return Side(code.upper(), frozenset({country}), frozenset(sectors))


def alerts_of(
    incidents: Sequence[Counted], sides: tuple[Side, Side], since: date | None, until: date | None
) -> list[tuple[Alert, list[Counted]]]:
    """The alerts of a pair within the period, each with what drove it; none where the series is too short."""
    series = score_series(incidents, sides)
    if not is_long_enough(series):
        return []
    found = [a for a in find_alerts(series, Sensitivity.normal) if (since or a.day) <= a.day <= (until or a.day)]
    return [(alert, drivers_of(alert, incidents, sides)) for alert in found]


def lines_of(series: DyadSeries, second: DyadSeries | None) -> dict[str, list[object]]:
    """The PLOVER sums of one or two pairs by stretch, for the chart."""
    lines: dict[str, list[object]] = {
        "days": [s.stretch.first.isoformat() for s in series],
        "sums": [s.together.plover if s.coverage.reports or s.together.ids else None for s in series],
    }
    if second is not None:
        told = {s.stretch.first: s.together.plover for s in second}
        lines["second"] = [told.get(s.stretch.first) for s in series]
    return lines


def _said_of(rows: DeskRows, speaker: str, about: str) -> list[Said]:
    """What one side said about the other in its newest statements."""
    codes = about.upper()
    said = rows.statements(4 * SHOWN, code=speaker.upper())
    return [s for s in said if any(code == codes or code.startswith(f"{codes} ") for code in s.about_codes)][:SHOWN]


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

"""The pages of checking: what waits, one item with its words, and a form by which a reviewer says what is true of it.

A form is taken only from our own pages: from the same origin, and with the token that the page and a cookie share.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import cast, get_args
from urllib.parse import parse_qs, quote

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment

from detente.analyse.reviews import agreement, precision_by_type
from detente.codebook.ontology import load_ontology
from detente.model.event import Status
from detente.model.marking import marked, undoing
from detente.model.span import Span
from detente.model.verdict import Correction, Judgement, Traced, Verdict
from detente.serve.forms import form_of
from detente.serve.reviewed import card_of
from detente.store import Archive, ArchiveError
from detente.store.checked import Item, all_traced, find_item, verdicts_on, waiting

SHOWN = 25
COOKIE = "detente_review"
_TOKEN_BYTES, _A_YEAR = 24, 365 * 24 * 3600
_ORDERS = ("consequence", "doubt")
_JUDGEMENTS: tuple[Judgement, ...] = ("right", "wrong", "corrected")
Form = Mapping[str, str]


def make_review(archive: Archive, templates: Environment) -> APIRouter:
    """The pages over one archive."""
    router = APIRouter(include_in_schema=False)
    types = sorted(load_ontology().types)

    def shown(request: Request, name: str, status: int, **told: object) -> HTMLResponse:
        token = request.cookies.get(COOKIE) or secrets.token_urlsafe(_TOKEN_BYTES)
        reviewer = request.cookies.get(f"{COOKIE}_name", "")
        page = HTMLResponse(templates.get_template(name).render(token=token, reviewer=_named(reviewer), **told), status)
        _keep(page, request, COOKIE, token)
        # The page carries a token of this browser alone.
        page.headers["Cache-Control"] = "no-store"
        # Without a referrer browsers hide the origin of a form from ourselves too.
        page.headers["Referrer-Policy"] = "same-origin"
        return page

    @router.get("/review")
    def queue(request: Request, order: str = "consequence", by: str = Query("", max_length=100)) -> HTMLResponse:
        if order not in _ORDERS:
            raise HTTPException(400, f"order: one of {', '.join(_ORDERS)}")
        reviewer = by.strip() or _named(request.cookies.get(f"{COOKIE}_name", ""))
        order = "doubt" if order == "doubt" else "consequence"
        found = islice(waiting(archive, order, reviewer or None), SHOWN)  # type: ignore[arg-type]
        return shown(request, "review.html", 200, cards=[card_of(item) for item in found], order=order, by=reviewer)

    @router.get("/review/figures")
    def figures(request: Request) -> HTMLResponse:
        found = list(all_traced(archive))
        told = {"agreement": agreement(found), "precision": precision_by_type(found)}
        return shown(request, "review_figures.html", 200, out=sum(t.fate != "holds" for t in found), **told)

    @router.get("/review/{id}")
    def one(request: Request, id: str) -> HTMLResponse:
        return _item_page(request, _found(archive, id), "")

    def _item_page(request: Request, item: Item, problem: str, given: Form | None = None) -> HTMLResponse:
        status = 400 if problem else 200
        choices = {"types": types, "statuses": get_args(Status), "judgements": _JUDGEMENTS}
        given = given or {}
        told = {"card": card_of(item), "verdicts": verdicts_on(archive, item), "problem": problem, "given": given}
        return shown(request, "review_item.html", status, **told, choices=choices)

    @router.post("/review/{id}")
    async def mark(request: Request, id: str) -> Response:
        form = await _form_of(request)
        item = _found(archive, id)
        try:
            verdict = _undoing(archive, item, form) if form.get("undo") else _verdict(item, form, types)
        except ValueError as problem:
            return _item_page(request, item, str(problem), form)
        with archive.reviewing() as rows:
            rows.add(verdict)
        answer = RedirectResponse(f"/review/{quote(id, safe='')}", 303)
        _keep(answer, request, f"{COOKIE}_name", quote(verdict.by))
        return answer

    return router


def _keep(answer: Response, request: Request, name: str, value: str) -> None:
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, _A_YEAR, path="/review", secure=secure, httponly=True, samesite="strict")


def _named(cookie: str) -> str:
    return " ".join(parse_qs(f"name={cookie}").get("name", [""])[0].split())[:100]


def _found(archive: Archive, id: str) -> Item:
    try:
        return find_item(archive, id)
    except ArchiveError as problem:
        raise HTTPException(404, f"no event or statement {id!r}") from problem


async def _form_of(request: Request) -> dict[str, str]:
    """The form's fields; refused where the token that page and cookie share is not in it."""
    form = await form_of(request)
    token = request.cookies.get(COOKIE, "")
    if not token or not hmac.compare_digest(token.encode(), form.get("token", "").encode()):
        raise HTTPException(403, "the page is too old, or cookies are off; open it again and send the form once more")
    return form


def _verdict(item: Item, form: Form, types: Sequence[str]) -> Verdict:
    """What the form says; ValueError where it makes no sense."""
    judgement = form.get("judgement", "")
    if judgement not in _JUDGEMENTS:
        raise ValueError(f"choose one: {', '.join(_JUDGEMENTS)}")
    correction = _correction(form, item) if judgement == "corrected" else Correction()
    given = Verdict(item.mark, judgement, form.get("by", ""), _now(), correction, form.get("note", ""))
    return marked(given, item.coded, types)


def _correction(form: Form, item: Item) -> Correction:
    """The fields that were filled in. A lone hyphen says that there is nobody, or nothing."""
    if item.mark.kind == "statement":
        return Correction(speaker=_text(form, "speaker"), channel=_text(form, "channel"), content=_content(form))
    first = _text(form, "first") or _text(form, "last")
    last = _text(form, "last") or first
    status = form.get("status") or None
    if status is not None and status not in get_args(Status):
        raise ValueError(f"status: one of {', '.join(get_args(Status))}")
    return Correction(
        type=form.get("type") or None,
        sources=_parties(form, "sources"),
        targets=_parties(form, "targets"),
        first=date.fromisoformat(first) if first else None,
        last=date.fromisoformat(last) if last else None,
        place=_text(form, "place"),
        status=cast(Status, status) if status else None,
    )


def _text(form: Form, name: str) -> str | None:
    words = form.get(name, "").strip()
    return "" if words == "-" else words or None


def _parties(form: Form, name: str) -> tuple[str, ...] | None:
    words = _text(form, name)
    return None if words is None else tuple(part.strip() for part in words.split(";") if part.strip())


def _content(form: Form) -> tuple[Span, ...] | None:
    words = _text(form, "content")
    if not words:
        return None
    pairs = [part.strip().partition("-") for part in words.split(";")]
    if not all(start.isdigit() and end.isdigit() for start, _, end in pairs):
        raise ValueError("content: write 12-40, several parted by ;")
    return tuple(Span(int(start), int(end)) for start, _, end in pairs)


def _undoing(archive: Archive, item: Item, form: Form) -> Verdict:
    found: Traced | None = next(
        (t for t in verdicts_on(archive, item) if str(t.verdict.number) == form.get("undo")), None
    )
    if found is None:
        raise ValueError("that verdict was taken back already")
    return undoing(found.verdict, form.get("by", ""), _now())


def _now() -> str:
    """The time at this edge of the program; nothing below asks the clock."""
    return datetime.now(UTC).isoformat(timespec="seconds")

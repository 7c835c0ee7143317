"""The way back from the JSON contract: what `detente read --format json` prints becomes a coded report again.

What the contract does not carry (descriptions, gender) is not given back. Fields that are missing in older objects take
their defaults, unknown ones are left alone, and a field that does not fit is named in a ValueError.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast, get_args

from detente.model.coded import CodedReport, Versions
from detente.model.commitment import Commitment, CommitmentKind
from detente.model.event import Coding, Count, Event, Size, Status
from detente.model.fields import Fields
from detente.model.origin import Field, Found, Origin
from detente.model.participant import Candidate, Kind, Participant
from detente.model.place import Place
from detente.model.reading import Unresolved
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Channel, ChannelKind, Manner, Stance, Statement
from detente.model.when import Basis, Precision, When


def coded_from_dict(data: object) -> CodedReport:
    """The coded report of a contract object: the inverse of `CodedReport.to_dict()`."""
    whole = Fields.of(data, "reading")
    whole = Fields(whole.data)
    places = whole.each("places", _place)
    by_id = {place.id: place for place in places}
    return CodedReport(
        report=_report(whole.part("report")),
        participants=whole.each("participants", _participant),
        places=places,
        statements=whole.each("statements", _statement),
        events=whole.each("events", lambda fields: _event(fields, by_id)),
        unresolved=whole.each("unresolved", _unresolved),
        warnings=whole.texts("warnings"),
        versions=whole.maybe("versions", _versions),
        commitments=whole.each("commitments", _commitment),
    )


def _versions(fields: Fields) -> Versions:
    return Versions(fields.text("detente"), fields.text("parser"), fields.text("knowledge"))


def _origin(fields: Fields) -> Origin:
    return Origin(fields.text("format"), fields.text("sha256"), fields.each("found", _found))


def _found(fields: Fields) -> Found:
    field = cast(Field, fields.choice("field", get_args(Field)))
    return Found(field, fields.text("value"), fields.text("how"))


def _report(fields: Fields) -> Report:
    report = Report(
        text=fields.text("text"),
        title=fields.maybe_text("title"),
        outlet=fields.maybe_text("outlet"),
        url=fields.maybe_text("url"),
        published=fields.maybe_day("published"),
        language=fields.maybe_text("language"),
        origin=fields.maybe("origin", _origin),
    )
    given = fields.maybe_text("id")
    if given is not None and given != report.id:
        raise ValueError(f"{fields.name('id')}: {given} does not fit text, outlet, url and published ({report.id})")
    return report


def _participant(fields: Fields) -> Participant:
    sector = fields.maybe_text("sector")
    return Participant(
        id=fields.text("id"),
        name=fields.text("name"),
        kind=cast(Kind, fields.choice("kind", get_args(Kind))),
        mentions=fields.spans("mentions"),
        entity=fields.maybe_text("entity"),
        country=fields.maybe_text("country"),
        sectors=fields.texts("sectors") or ((sector,) if sector else ()),
        office=fields.maybe_text("office"),
        wikidata=fields.maybe_text("wikidata"),
        confidence=fields.number("confidence"),
        candidates=fields.each("candidates", _candidate),
        why=fields.maybe_text("why") or "",
    )


def _candidate(fields: Fields) -> Candidate:
    return Candidate(fields.text("id"), fields.text("name"), fields.number("score"), fields.maybe_text("why") or "")


def _place(fields: Fields) -> Place:
    return replace(
        _where(fields, fields.span("span")),
        id=fields.text("id"),
        kind=fields.maybe_text("kind"),
        admin1=fields.maybe_text("admin1"),
        controlled_by=fields.texts("controlled_by"),
        geonames_id=fields.maybe_whole("geonames_id"),
        confidence=fields.number("confidence"),
        candidates=fields.texts("candidates"),
        why=fields.maybe_text("why") or "",
    )


def _where(fields: Fields, span: Span) -> Place:
    """A place as far as an event's `where` tells it."""
    return Place(
        id=fields.maybe_text("place") or "",
        span=span,
        name=fields.text("name"),
        country=fields.maybe_text("country"),
        claimed_by=fields.texts("claimed_by"),
        resolution=fields.maybe_text("resolution"),
        latitude=fields.maybe_number("latitude"),
        longitude=fields.maybe_number("longitude"),
    )


def _event_place(fields: Fields, trigger: Span, places: dict[str, Place]) -> Place:
    """The place among the report's places; one told of the event alone has no words but the event's own."""
    told = _where(fields, trigger)
    known = places.get(fields.text("place"))
    if known is None:
        return told
    return replace(told, span=known.span) if known.as_where() != told.as_where() else known


def _when(fields: Fields) -> When:
    return When(
        first=fields.maybe_day("first"),
        last=fields.maybe_day("last"),
        basis=cast(Basis, fields.choice("basis", get_args(Basis))),
        precision=cast(Precision, fields.choice("precision", get_args(Precision))),
        span=fields.maybe_span("span"),
    )


def _channel(fields: Fields) -> Channel:
    kind = cast(ChannelKind, fields.choice("kind", get_args(ChannelKind)))
    return Channel(fields.text("name"), kind, fields.span("span"))


def _stance(fields: Fields) -> Stance:
    return Stance(fields.text("toward"), fields.whole("value"), fields.span("span"))


def _statement(fields: Fields) -> Statement:
    return Statement(
        id=fields.text("id"),
        speaker=fields.maybe_text("speaker"),
        content=fields.spans("content"),
        manner=cast(Manner, fields.choice("manner", get_args(Manner))),
        speaker_span=fields.maybe_span("speaker_span"),
        candidates=fields.texts("candidates"),
        cue=fields.maybe_span("cue"),
        channel=fields.maybe("channel", _channel),
        about=fields.texts("about"),
        addressees=fields.texts("addressees"),
        stance=fields.each("stance", _stance),
        inside=fields.maybe_text("inside"),
        when=fields.maybe("when", _when),
        events=fields.texts("events"),
        acts=fields.texts("acts"),
        confidence=fields.number("confidence"),
        why=fields.maybe_text("why") or "",
    )


def _coding(fields: Fields) -> Coding:
    return Coding(
        ontology=fields.text("ontology"),
        code=fields.text("code"),
        mode=fields.maybe_text("mode"),
        contexts=fields.texts("contexts"),
        score=fields.maybe_number("score"),
    )


def _count(fields: Fields) -> Count:
    return Count(fields.whole("low"), fields.whole("high"), fields.span("words"), fields.maybe_text("who"))


def _size(fields: Fields) -> Size:
    return Size(
        dead=fields.maybe("dead", _count),
        injured=fields.maybe("injured", _count),
        arrested=fields.maybe("arrested", _count),
        displaced=fields.maybe("displaced", _count),
        taking_part=fields.maybe("taking_part", _count),
    )


def _event(fields: Fields, places: dict[str, Place]) -> Event:
    trigger = fields.span("trigger")
    return Event(
        id=fields.text("id"),
        sources=fields.texts("sources"),
        targets=fields.texts("targets"),
        codings=fields.each("codings", _coding),
        status=cast(Status, fields.choice("status", get_args(Status))),
        trigger=trigger,
        evidence=fields.spans("evidence"),
        victims=fields.texts("victims"),
        background=fields.flag("background"),
        reciprocal=fields.flag("reciprocal"),
        size=fields.maybe("size", _size),
        place=fields.maybe("where", lambda where: _event_place(where, trigger, places)),
        when=fields.maybe("when", _when),
        told_in=fields.maybe_text("told_in"),
        confidence=fields.number("confidence"),
        coder=fields.maybe_text("coder") or "rules",
        why=fields.maybe_text("why") or "",
    )


def _commitment(fields: Fields) -> Commitment:
    return Commitment(
        id=fields.text("id"),
        kind=cast(CommitmentKind, fields.choice("kind", get_args(CommitmentKind))),
        who=fields.texts("who"),
        to=fields.texts("to"),
        what=fields.spans("what"),
        cue=fields.maybe_span("cue"),
        statement=fields.maybe_text("statement"),
        event=fields.maybe_text("event"),
        when=fields.maybe("when", _when),
        deadline=fields.maybe("deadline", _when),
        confidence=fields.number("confidence"),
        why=fields.maybe_text("why") or "",
    )


def _unresolved(fields: Fields) -> Unresolved:
    why = fields.maybe_text("why") or ""
    return Unresolved(fields.maybe_span("span"), fields.text("kind"), why, fields.texts("candidates"))

"""A reading as rows for queries: each event, party, statement, participant and place becomes values for one table.

The keys are the columns of `tables`; the reading itself is kept whole elsewhere, so nothing here has to be read back.
"""

from __future__ import annotations

from typing import TypeAlias

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.report import Report
from detente.model.statement import Statement

Row: TypeAlias = dict[str, str | int | float | bool | None]


def report_row(report: Report) -> Row:
    return {
        "id": report.id,
        "title": report.title,
        "outlet": report.outlet,
        "url": report.url,
        "published": report.published.isoformat() if report.published else None,
        "language": report.language,
        "text": report.text,
    }


def event_rows(coded: CodedReport, reading: int) -> list[Row]:
    return [{"reading": reading, "position": n} | _event(event) for n, event in enumerate(coded.events)]


def _event(event: Event) -> Row:
    plover, cameo, when, place = event.coding("PLOVER"), event.coding("CAMEO"), event.when, event.place
    return {
        "id": event.id,
        "plover": plover.code if plover else None,
        "mode": plover.mode if plover else None,
        "plover_score": plover.score if plover else None,
        "cameo": cameo.code if cameo else None,
        "goldstein": cameo.score if cameo else None,
        "status": event.status,
        "background": event.background,
        "reciprocal": event.reciprocal,
        "first": when.first.isoformat() if when and when.first else None,
        "last": when.last.isoformat() if when and when.last else None,
        "basis": when.basis if when else None,
        "precision": when.precision if when else None,
        "place": place.id if place else None,
        "place_name": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "told_in": event.told_in,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "confidence": event.confidence,
    }


def party_rows(coded: CodedReport, reading: int) -> list[Row]:
    return [
        {"reading": reading, "event": number, "part": part, "position": position, "participant": id}
        for number, event in enumerate(coded.events)
        for part, ids in (("source", event.sources), ("target", event.targets), ("victim", event.victims))
        for position, id in enumerate(ids)
    ]


def statement_rows(coded: CodedReport, reading: int) -> list[Row]:
    return [{"reading": reading, "position": n} | _statement(item) for n, item in enumerate(coded.statements)]


def _statement(statement: Statement) -> Row:
    return {
        "id": statement.id,
        "speaker": statement.speaker,
        "manner": statement.manner,
        "channel": statement.channel.name if statement.channel else None,
        "channel_kind": statement.channel.kind if statement.channel else None,
        "inside": statement.inside,
        "content_start": statement.content[0].start if statement.content else None,
        "content_end": statement.content[-1].end if statement.content else None,
        "confidence": statement.confidence,
    }


def participant_rows(coded: CodedReport, reading: int) -> list[Row]:
    return [{"reading": reading, "position": n} | _participant(item) for n, item in enumerate(coded.participants)]


def _participant(participant: Participant) -> Row:
    return {
        "id": participant.id,
        "name": participant.name,
        "kind": participant.kind,
        "entity": participant.entity,
        "country": participant.country,
        "sector": participant.sector,
        "code": participant.code,
        "office": participant.office,
        "wikidata": participant.wikidata,
        "confidence": participant.confidence,
    }


def place_rows(coded: CodedReport, reading: int) -> list[Row]:
    return [{"reading": reading, "position": n} | _place(item) for n, item in enumerate(coded.places)]


def _place(place: Place) -> Row:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "resolution": place.resolution,
        "geonames_id": place.geonames_id,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "span_start": place.span.start,
        "span_end": place.span.end,
    }

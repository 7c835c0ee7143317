"""The tidy tables of an archive: events, statements, participants, places, reports, verdicts; and their columns.

Used by every format that writes our own fields. `event_rows` are directed: one doer and one addressee a row. A new kind
of thing in an archive is one more line in `TABLES`, and comes out in CSV, Parquet and the bundle.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from detente.export.checks import TOMBSTONE_COLUMNS, VERDICT_COLUMNS, no_rows, tombstone_rows, verdict_rows
from detente.export.directed import Directed, directed_rows
from detente.export.lines import Row, fits
from detente.export.people import People
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes
from detente.model.participant import Participant
from detente.model.quads import quad_of

BETWEEN = "; "
_WORDS = " … "
_COUNTS = ("dead", "injured", "arrested", "displaced", "taking_part")
EVENT_COLUMNS = (
    *("id", "group", "report", "published", "outlet", "url", "first", "last", "basis", "precision", "day"),
    *("plover", "mode", "contexts", "quad", "plover_score", "cameo", "goldstein"),
    *("source_id", "source", "source_kind", "source_country", "source_sectors", "source_code", "source_entity"),
    *("target_id", "target", "target_kind", "target_country", "target_sectors", "target_code", "target_entity"),
    *("victim_ids", "victims", "status", "background", "reciprocal", "told_in", "told_by", "told_by_code"),
    *("place_id", "place", "country", "admin1", "claimed_by", "resolution", "geonames_id", "latitude", "longitude"),
    *(f"{name}_{end}" for name in _COUNTS for end in ("low", "high")),
    *("words", "trigger_start", "trigger_end", "confidence", "coder"),
)
STATEMENT_COLUMNS = (
    *("id", "report", "published", "outlet", "speaker_id", "speaker", "speaker_code", "manner", "channel"),
    *("channel_kind", "inside", "cue", "words", "content", "about_ids", "about", "addressee_ids", "addressees"),
    *("stance", "first", "last", "events", "acts", "confidence"),
)
PARTICIPANT_COLUMNS = (
    *("id", "report", "name", "kind", "country", "sectors", "code", "office", "entity", "wikidata", "mentions"),
    *("confidence", "why"),
)
PLACE_COLUMNS = (
    *("id", "report", "name", "kind", "country", "admin1", "claimed_by", "controlled_by", "resolution"),
    *("geonames_id", "latitude", "longitude", "start", "end"),
)
REPORT_COLUMNS = (
    *("id", "title", "outlet", "url", "published", "language", "length", "text_sha256"),
    *("detente", "parser", "knowledge"),
)

# Columns that hold no text. The types are those of the exchange formats' column lists, see `lines.fits`.
_INTEGERS = frozenset(
    {
        *("number", "undoes", "reports", "quad", "geonames_id", "trigger_start", "trigger_end", "mentions"),
        *("length", "start", "end"),
    }
)
_FLOATS = frozenset({"plover_score", "goldstein", "latitude", "longitude", "confidence"})
_BOOLEANS = frozenset({"background", "reciprocal", "standing"})
_DATES = frozenset({"published", "first", "last", "day", "correct_first", "correct_last"})
_PYTHON: dict[str, type | tuple[type, ...]] = {"integer": int, "float": (int, float), "boolean": bool}

Rows = Callable[[CodedReport, Wishes], Iterator[Row]]


def event_rows(coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """The directed rows of one report's events."""
    return map(_event, directed_rows([coded], wishes))


def _event(row: Directed) -> Row:
    event, report, when, place = row.event, row.report, row.event.when, row.event.place
    plover, cameo = row.coding("PLOVER"), row.coding("CAMEO")
    told = next((s for s in row.coded.statements if s.id == event.told_in), None)
    speaker = row.people.get(told.speaker) if told else None
    sizes = {name: getattr(event.size, name) if event.size else None for name in _COUNTS}
    return {
        "id": row.id,
        "group": row.group,
        "report": report.id,
        "published": _iso(report.published),
        "outlet": report.outlet,
        "url": report.url,
        "first": _iso(when.first) if when else None,
        "last": _iso(when.last) if when else None,
        "basis": when.basis if when else None,
        "precision": when.precision if when else None,
        "day": _iso(row.day),
        "plover": plover.code if plover else None,
        "mode": plover.mode if plover else None,
        "contexts": BETWEEN.join(plover.contexts) if plover else None,
        "quad": quad_of(event).number or None,
        "plover_score": plover.score if plover else None,
        "cameo": cameo.code if cameo else None,
        "goldstein": cameo.score if cameo else None,
        **_party("source", row, row.source),
        **_party("target", row, row.target),
        "victim_ids": BETWEEN.join(event.victims),
        "victims": BETWEEN.join(row.people.called(row.people.get(id)) for id in event.victims),
        "status": event.status,
        "background": event.background,
        "reciprocal": event.reciprocal,
        "told_in": event.told_in,
        "told_by": row.teller,
        "told_by_code": speaker.code if speaker else None,
        "place_id": place.id if place else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "claimed_by": BETWEEN.join(place.claimed_by) if place else None,
        "resolution": place.resolution if place else None,
        "geonames_id": place.geonames_id if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        **{f"{name}_low": count.low if count else None for name, count in sizes.items()},
        **{f"{name}_high": count.high if count else None for name, count in sizes.items()},
        "words": _WORDS.join(row.people.words(span) for span in event.evidence),
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "confidence": event.confidence,
        "coder": event.coder,
    }


def _party(part: str, row: Directed, party: Participant | None) -> Row:
    return {
        f"{part}_id": party.id if party else None,
        part: row.people.called(party) or None,
        f"{part}_kind": party.kind if party else None,
        f"{part}_country": party.country if party else None,
        f"{part}_sectors": BETWEEN.join(party.sectors) if party else None,
        f"{part}_code": party.code if party else None,
        f"{part}_entity": row.people.entity(party),
    }


def statement_rows(coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """Who said what in one report."""
    people = People(coded, wishes.names)
    for said in coded.statements:
        speaker = people.get(said.speaker)
        stances = (f"{people.called(people.get(s.toward))} {s.value:+d}" for s in said.stance)
        yield {
            "id": said.id,
            "report": coded.report.id,
            "published": _iso(coded.report.published),
            "outlet": coded.report.outlet,
            "speaker_id": said.speaker,
            "speaker": people.called(speaker) or None,
            "speaker_code": speaker.code if speaker else None,
            "manner": said.manner,
            "channel": said.channel.name if said.channel else None,
            "channel_kind": said.channel.kind if said.channel else None,
            "inside": said.inside,
            "cue": people.words(said.cue) if said.cue else None,
            "words": _WORDS.join(people.words(span) for span in said.content),
            "content": BETWEEN.join(f"{span.start}-{span.end}" for span in said.content),
            "about_ids": BETWEEN.join(said.about),
            "about": BETWEEN.join(people.called(people.get(id)) for id in said.about),
            "addressee_ids": BETWEEN.join(said.addressees),
            "addressees": BETWEEN.join(people.called(people.get(id)) for id in said.addressees),
            "stance": BETWEEN.join(stances),
            "first": _iso(said.when.first) if said.when else None,
            "last": _iso(said.when.last) if said.when else None,
            "events": BETWEEN.join(said.events),
            "acts": BETWEEN.join(said.acts),
            "confidence": said.confidence,
        }


def participant_rows(coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """Who is named in one report."""
    people = People(coded, wishes.names)
    for party in coded.participants:
        yield {
            "id": party.id,
            "report": coded.report.id,
            "name": people.called(party),
            "kind": party.kind,
            "country": party.country,
            "sectors": BETWEEN.join(party.sectors),
            "code": party.code,
            "office": people.office(party),
            "entity": people.entity(party),
            "wikidata": people.wikidata(party),
            "mentions": len(party.mentions),
            "confidence": party.confidence,
            "why": party.why if people.called(party) == party.name else None,
        }


def place_rows(coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """The places of one report."""
    for place in coded.places:
        yield {
            "id": place.id,
            "report": coded.report.id,
            "name": place.name,
            "kind": place.kind,
            "country": place.country,
            "admin1": place.admin1,
            "claimed_by": BETWEEN.join(place.claimed_by),
            "controlled_by": BETWEEN.join(place.controlled_by),
            "resolution": place.resolution,
            "geonames_id": place.geonames_id,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "start": place.span.start,
            "end": place.span.end,
        }


def report_rows(coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """The report itself, without its text."""
    report, versions = coded.report, coded.versions
    yield {
        "id": report.id,
        "title": People(coded, wishes.names).free(report.title) if report.title else None,
        "outlet": report.outlet,
        "url": report.url,
        "published": _iso(report.published),
        "language": report.language,
        "length": len(report.text),
        "text_sha256": hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "detente": versions.detente if versions else None,
        "parser": versions.parser if versions else None,
        "knowledge": versions.knowledge if versions else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


TABLES: dict[str, tuple[Rows, tuple[str, ...]]] = {
    "events": (event_rows, EVENT_COLUMNS),
    "statements": (statement_rows, STATEMENT_COLUMNS),
    "participants": (participant_rows, PARTICIPANT_COLUMNS),
    "places": (place_rows, PLACE_COLUMNS),
    "reports": (report_rows, REPORT_COLUMNS),
    "verdicts": (verdict_rows, VERDICT_COLUMNS),
    "tombstones": (no_rows, TOMBSTONE_COLUMNS),
}


@cache
def type_of(column: str) -> str:
    """The type of a column of ours: integer, float, boolean, date or string."""
    if column in _INTEGERS or column.endswith(("_low", "_high")):
        return "integer"
    if column in _FLOATS:
        return "float"
    return "boolean" if column in _BOOLEANS else "date" if column in _DATES else "string"


def rows_of(name: str, coded: CodedReport, wishes: Wishes) -> Iterator[Row]:
    """One report's rows of a table, each checked against the table's columns."""
    rows, columns = TABLES[name]
    for row in rows(coded, wishes):
        _check(name, row, columns)
        yield row


def rows_once(name: str, wishes: Wishes) -> Iterator[Row]:
    """The rows of a table that belong to no report."""
    if name == "tombstones":
        for row in tombstone_rows(wishes):
            _check(name, row, TOMBSTONE_COLUMNS)
            yield row


def _check(table: str, row: Row, columns: tuple[str, ...]) -> None:
    """ExportError where a row has other columns than its table, or a value is not of its column's type."""
    if row.keys() != set(columns):
        raise ExportError(f"{table} {row.get('id')}: the columns {sorted(row.keys() ^ set(columns))} do not fit")
    for column, value in row.items():
        if value is not None and not _is_of(value, type_of(column)):
            raise ExportError(f"{table} {row.get('id')}: {column} {value!r} is no {type_of(column)}")


def _is_of(value: object, type: str) -> bool:
    if type == "string" or isinstance(value, bool):
        # True is an int to Python, and no number to anybody else.
        return isinstance(value, bool if type == "boolean" else str)
    return isinstance(value, _PYTHON.get(type, str)) and fits(str(value), type)

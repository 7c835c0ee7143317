"""FollowTheMoney entities, one JSON object a line: actors, events, and the articles that tell them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from detente.codebook.formats import columns_of, country_in
from detente.export.directed import Directed, directed_rows
from detente.export.lines import fits, json_line, printable
from detente.export.people import People
from detente.model.coded import CodedReport
from detente.model.exported import ExportError, Wishes, Written
from detente.model.participant import Participant

_SCHEMATA = {"person": "Person", "country": "PublicBody", "organisation": "Organization", "group": "Organization"}
# People and things without a name that anybody knows ("three men"): no organisation.
_UNKNOWN = "LegalEntity"
# What FollowTheMoney takes for an id; ours have colons.
_ID = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]*[0-9a-zA-Z])?")
# Other addresses (files, scripts) are no pages that it could open.
_PAGE = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
Entity = dict[str, object]


class FollowTheMoney:
    """Writes entities: an Article a report, an Event an event, and a Person or body for each party that is known."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        written: set[str] = set()
        count = 0
        with target.open("w", encoding="utf-8", errors="replace", newline="\n") as handle:
            for coded in readings:
                for entity in _entities(coded, wishes):
                    if entity["id"] not in written:
                        written.add(str(entity["id"]))
                        handle.write(json_line(entity))
                        count += entity["schema"] == "Event"
        return Written(count)


def _entities(coded: CodedReport, wishes: Wishes) -> Iterator[Entity]:
    groups: dict[str, list[Directed]] = {}
    for row in directed_rows([coded], wishes):
        groups.setdefault(row.group, []).append(row)
    if groups:
        yield _article(coded, next(iter(groups.values()))[0].people)
    for group, rows in groups.items():
        parties = {p.id: p for row in rows for p in (row.source, row.target) if p is not None}
        ids = {id: _id(rows[0], party) for id, party in parties.items()}
        yield from (_party(ids[id], rows[0], party) for id, party in parties.items())
        yield _event(group, rows[0], ids)


def _id(row: Directed, party: Participant) -> str:
    """Known actors go by one id everywhere; the others are of their report alone."""
    return _as_id(row.people.entity(party) or f"{row.report.id}-{party.id.removeprefix(f'{row.report.id}-')}")


def _as_id(own: str) -> str:
    """Our id in FollowTheMoney's letters; a hash where other letters stand in it."""
    plain = f"dt-{own.replace(':', '-')}"
    return plain if _ID.fullmatch(plain) else f"dt-{hashlib.sha256(own.encode('utf-8', 'replace')).hexdigest()[:20]}"


def _article(coded: CodedReport, people: People) -> Entity:
    report = coded.report
    return _made(
        _as_id(report.id),
        "Article",
        {
            "title": people.free(report.title) if report.title else None,
            "publisher": report.outlet,
            "publishedAt": report.published.isoformat() if report.published else None,
            "sourceUrl": report.url if report.url and _PAGE.match(report.url) else None,
            "language": report.language,
        },
    )


def _party(id: str, row: Directed, party: Participant) -> Entity:
    told = {
        "name": row.people.called(party),
        "country": _country(party.country),
        "position" if party.kind == "person" else "description": row.people.office(party),
        "wikidataId": row.people.wikidata(party),
    }
    unnamed = party.kind == "role" or (party.kind == "group" and party.entity is None)
    return _made(id, _UNKNOWN if unnamed else _SCHEMATA[party.kind], told)


def _event(group: str, row: Directed, ids: Mapping[str, str]) -> Entity:
    event, plover = row.event, row.coding("PLOVER")
    when, place = event.when, event.place
    told = {
        "name": plover.code if plover else "event",
        "summary": " … ".join(row.people.words(span) for span in event.evidence),
        "startDate": row.day.isoformat() if row.day else None,
        "endDate": when.last.isoformat() if when and when.last and when.last != row.day else None,
        "location": place.name if place else None,
        "country": _country(place.country) if place else None,
        "organizer": [ids[id] for id in event.sources if id in ids],
        "involved": [ids[id] for id in (*event.targets, *event.victims) if id in ids],
        "proof": _as_id(row.report.id),
        "keywords": [word for word in (plover.mode, *plover.contexts) if word] if plover else None,
        "notes": list(row.remarks),
    }
    return _made(_as_id(group), "Event", told)


def _country(iso3: str | None) -> str | None:
    """Two small letters, as FollowTheMoney has them."""
    code = country_in("iso2", iso3)
    return code.lower() if code else None


def _made(id: str, schema: str, told: Mapping[str, object]) -> Entity:
    """The entity; ExportError where the schema has no such property or a value is not of its type."""
    properties: dict[str, list[str]] = {}
    for name, value in told.items():
        values = [printable(str(item)).strip() for item in (value if isinstance(value, list) else [value or ""])]
        kept = list(dict.fromkeys(filter(_is_visible, values)))
        if kept:
            properties[name] = kept
    types = {column.name: column.type for column in columns_of(f"ftm.{schema}")}
    for name, values in properties.items():
        if name not in types:
            raise ExportError(f"{id}: FollowTheMoney's {schema} has no {name!r}")
        wrong = [value for value in values if not _fits(value, types[name])]
        if wrong:
            raise ExportError(f"{id}: {name} {wrong[0]!r} is no {types[name]}")
    return {"id": id, "schema": schema, "properties": properties}


def _is_visible(value: str) -> bool:
    """Whether anything of it can be seen: the format drops a lone soft hyphen, as it drops blanks."""
    return any(unicodedata.category(sign)[0] not in "CZ" for sign in value)


def _fits(value: str, type: str) -> bool:
    return _ID.fullmatch(value) is not None if type == "entity" else fits(value, type)

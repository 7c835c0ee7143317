"""FollowTheMoney entities, one JSON object a line: actors, events, and the articles that tell them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from detente.codebook.formats import countries
from detente.export.directed import Directed, directed_rows
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written
from detente.model.participant import Participant

_SCHEMATA = {"person": "Person", "country": "PublicBody", "organisation": "Organization", "group": "Organization"}
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
                        handle.write(json.dumps(entity, ensure_ascii=False) + "\n")
                        count += entity["schema"] == "Event"
        return Written(count)


def _entities(coded: CodedReport, wishes: Wishes) -> Iterator[Entity]:
    groups: dict[str, list[Directed]] = {}
    for row in directed_rows([coded], wishes):
        groups.setdefault(row.group, []).append(row)
    if groups:
        yield _article(coded)
    for group, rows in groups.items():
        parties = {p.id: p for row in rows for p in (row.source, row.target) if p is not None}
        ids = {id: _id(rows[0], party) for id, party in parties.items()}
        yield from (_party(ids[id], rows[0], party) for id, party in parties.items())
        yield _event(group, rows[0], ids)


def _id(row: Directed, party: Participant) -> str:
    """Known actors go by one id everywhere; the others are of their report alone."""
    return f"dt-{party.entity}" if party.entity else f"dt-{row.report.id}-{party.id.removeprefix(f'{row.report.id}-')}"


def _article(coded: CodedReport) -> Entity:
    report = coded.report
    return _made(
        f"dt-{report.id}",
        "Article",
        {
            "title": report.title or report.text[:80],
            "publisher": report.outlet,
            "publishedAt": report.published.isoformat() if report.published else None,
            "sourceUrl": report.url,
            "language": report.language,
        },
    )


def _party(id: str, row: Directed, party: Participant) -> Entity:
    told = {
        "name": row.people.called(party),
        "country": _country(party.country),
        "position" if party.kind == "person" else "description": party.office,
        "wikidataId": party.wikidata,
    }
    return _made(id, _SCHEMATA.get(party.kind, "LegalEntity"), told)


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
        "proof": f"dt-{row.report.id}",
    }
    return _made(f"dt-{group}", "Event", told)


def _country(iso3: str | None) -> str | None:
    """Two small letters, as FollowTheMoney has them."""
    known = countries().get(iso3 or "")
    return known.iso2.lower() if known else None


def _made(id: str, schema: str, told: Mapping[str, object]) -> Entity:
    properties = {
        name: [str(item) for item in value] if isinstance(value, list) else [str(value)]
        for name, value in told.items()
        if value
    }
    return {"id": id, "schema": schema, "properties": properties}

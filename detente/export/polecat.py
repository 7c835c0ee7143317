"""POLECAT's 40 columns (Halterman et al. 2023), tab-separated with a header."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.codebook.formats import columns_of, country_in
from detente.export.directed import DatedRows, Directed
from detente.export.lines import Row, write_tabbed
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written
from detente.model.participant import Participant
from detente.model.quads import quad_of

# POLECAT writes the four classes as words.
_QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
_BETWEEN = ";"


class Polecat:
    """Writes POLECAT's columns; what we do not code (districts, Wikipedia ids) stays empty."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        rows = DatedRows(readings, wishes)
        count = write_tabbed((_row(row, wishes) for row in rows), columns_of("polecat"), target, headed=True)
        return Written(count, rows.left_out, rows.unsaid)


def _row(row: Directed, wishes: Wishes) -> Row:
    plover, event, report = row.coding("PLOVER"), row.event, row.report
    place = event.place
    local = place is not None and place.resolution in ("city", "below_city")
    return {
        "Event ID": row.id,
        "Event Date": row.day,
        "Event Type": plover.code if plover else None,
        "Event Mode": plover.mode if plover else None,
        "Intensity": plover.score if plover else None,
        "Quad Code": _QUADS.get(quad_of(event).number),
        "Contexts": _BETWEEN.join(plover.contexts) if plover else None,
        **_party("Actor", row, row.source),
        **_party("Recipient", row, row.target),
        "Placename": place.name if place else None,
        "City": place.name if place and local else None,
        "Province": place.admin1 if place else None,
        "Country": place.country if place else None,
        "Latitude": place.latitude if place else None,
        "Longitude": place.longitude if place else None,
        "GeoNames ID": place.geonames_id if place else None,
        "Raw Placename": place.span.words(report.text) if place else None,
        "Feature Type": place.resolution if place else None,
        "Source": report.outlet,
        "Publication Date": report.published,
        "Story People": _BETWEEN.join(_named(row, "person")),
        "Story Organizations": _BETWEEN.join(_named(row, "organisation")),
        "Story Locations": _BETWEEN.join(dict.fromkeys(p.name for p in row.coded.places)),
        "Language": report.language,
        "Version": wishes.software,
    }


def _party(part: str, row: Directed, party: Participant | None) -> Row:
    return {
        f"{part} Name": row.people.called(party),
        f"{part} Country": party.country if party else None,
        f"{part} COW": country_in("cow", party.country) if party else None,
        f"Primary {part} Sector": party.sectors[0] if party and party.sectors else None,
        f"{part} Sectors": _BETWEEN.join(party.sectors) if party else None,
        f"{part} Title": row.people.office(party),
        f"{part} Name Raw": row.people.words(party.mentions[0]) if party and party.mentions else None,
    }


def _named(row: Directed, kind: str) -> list[str]:
    return list(dict.fromkeys(row.people.called(p) for p in row.coded.participants if p.kind == kind))

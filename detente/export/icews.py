"""ICEWS' 20 columns (Boschee et al. 2015), tab-separated with a header; ids are numbers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from detente.codebook.formats import columns_of, country_in, sector_words
from detente.export.directed import DatedRows, Directed
from detente.export.lines import Row, write_tabbed
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written
from detente.model.participant import Participant


class Icews:
    """Writes ICEWS' columns. `Event ID` is the number of the event's group, then three digits of the row's own."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        rows = DatedRows(readings, wishes)
        count = write_tabbed((_row(row) for row in rows), columns_of("icews"), target, headed=True)
        return Written(count, rows.left_out, rows.unsaid)


def _row(row: Directed) -> Row:
    cameo, place = row.coding("CAMEO"), row.event.place
    local = place is not None and place.resolution in ("city", "below_city")
    return {
        "Event ID": row.row_number,
        "Event Date": row.day,
        **_party("Source", row, row.source),
        "Event Text": row.people.words(row.event.trigger),
        "CAMEO Code": cameo.code if cameo else None,
        "Intensity": cameo.score if cameo else None,
        **_party("Target", row, row.target),
        "Story ID": int(row.report.id[:15], 16),
        "Sentence Number": row.sentence(),
        "Publisher": row.report.outlet,
        "City": place.name if place and local else None,
        "Province": place.admin1 if place else None,
        "Country": country_in("icews", place.country) if place else None,
        "Latitude": place.latitude if place else None,
        "Longitude": place.longitude if place else None,
    }


def _party(part: str, row: Directed, party: Participant | None) -> Row:
    sectors = (
        word for sector in (party.sectors if party else ()) for word in sector_words().get(sector, "").split(",")
    )
    return {
        f"{part} Name": row.people.called(party),
        f"{part} Sectors": ",".join(dict.fromkeys(word for word in sectors if word)),
        f"{part} Country": country_in("icews", party.country) if party else None,
    }

"""GDELT 2.0 Events: 61 columns without a header, tab-separated; codes of CAMEO, countries of places in GEC (FIPS)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from detente.codebook.formats import cameo_types, columns_of, country_in, place_in
from detente.export.directed import DatedRows, Directed
from detente.export.lines import Row, write_tabbed
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written
from detente.model.participant import Participant

# The first roots of material cooperation, verbal conflict and material conflict.
_CLASSES = (6, 9, 14)
_TYPES = 3
# GDELT's kinds of places: a country, a state or province of one, a town outside of the United States and within.
_COUNTRY, _US_STATE, _US_CITY, _CITY, _STATE = 1, 2, 3, 4, 5
# One report is one source and one article.
_ONE = 1


class GdeltEvents:
    """Writes GDELT's event table; what GDELT counts over many articles is one here, and tone is not ours to give."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        rows = DatedRows(readings, wishes)
        count = write_tabbed((_row(row) for row in rows), columns_of("gdelt2_events"), target, headed=False)
        return Written(count, rows.left_out, rows.unsaid)


def _row(row: Directed) -> Row:
    cameo, day = row.coding("CAMEO"), row.dated
    code = cameo.code if cameo else None
    added = row.report.published or day
    return {
        "GLOBALEVENTID": row.row_number,
        "SQLDATE": digits(day),
        "MonthYear": digits(day)[:6],
        "Year": day.year,
        # GDELT's own formula: months of thirty days and years of 365.
        "FractionDate": round(day.year + (day.month * 30 + day.day) / 365, 4),
        **_actor("Actor1", row, row.source),
        **_actor("Actor2", row, row.target),
        "IsRootEvent": int(not row.event.background),
        "EventCode": code,
        "EventBaseCode": code[:3] if code else None,
        "EventRootCode": code[:2] if code else None,
        "QuadClass": quad_class(code) if code else None,
        "GoldsteinScale": cameo.score if cameo else None,
        "NumMentions": len(row.event.evidence),
        "NumSources": _ONE,
        "NumArticles": _ONE,
        **_place(row),
        "DATEADDED": f"{digits(added)}000000",
        "SOURCEURL": row.report.url,
    }


def quad_class(code: str) -> int:
    """GDELT's class of a CAMEO code: by its root, 1 to 4."""
    root = int(code[:2])
    return 1 + sum(root >= first for first in _CLASSES)


def _actor(part: str, row: Directed, party: Participant | None) -> Row:
    if party is None:
        return {}
    country = country_in("cameo", party.country)
    types = list(dict.fromkeys(type for sector in party.sectors if (type := cameo_types().get(sector))))[:_TYPES]
    if party.country in ("IGO", "NGO", "IMG"):
        types = [party.country, *types][:_TYPES]
    return {
        f"{part}Code": "".join([country or "", *types]),
        f"{part}Name": row.people.called(party).upper(),
        f"{part}CountryCode": country,
        **{f"{part}Type{n}Code": type for n, type in enumerate(types, start=1)},
    }


def _place(row: Directed) -> Row:
    place = row.event.place
    if place is None:
        return {}
    names = (place.name, place.admin1, country_in("name", place.country))
    return {
        "ActionGeo_Type": _kind(place.resolution, place.country),
        "ActionGeo_FullName": ", ".join(dict.fromkeys(filter(None, names))),
        "ActionGeo_CountryCode": place_in("gec", place.country, names),
        "ActionGeo_Lat": place.latitude,
        "ActionGeo_Long": place.longitude,
        "ActionGeo_FeatureID": place.geonames_id,
    }


def _kind(resolution: str | None, country: str | None) -> int:
    us = country == "USA"
    if resolution in ("city", "below_city"):
        return _US_CITY if us else _CITY
    if resolution in ("admin1", "admin2", "region"):
        return _US_STATE if us else _STATE
    return _COUNTRY


def digits(day: date) -> str:
    """The day as GDELT writes it: 20240514."""
    return day.isoformat().replace("-", "")

"""Invented incidents and reports for tests of what is counted from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from detente.analyse.coverage import Published
from detente.model.incident import Incident, IncidentParty

DAY = date(2024, 3, 4)


def party(code: str) -> IncidentParty:
    return IncidentParty(code, code)


def incident(
    id: str = "i1", type: str = "ASSAULT", sources: str = "AZE MIL", targets: str = "ARM CVL", **more: object
) -> Incident:
    """Azerbaijan's army shelled a village of Armenia."""
    base = Incident(
        id,
        type,
        None,
        "happened",
        tuple(map(party, sources.split(","))),
        tuple(map(party, targets.split(","))),
        ("r1",),
        1,
        (),
        first=DAY,
        last=DAY,
        dated="stated",
        score=-9.0,
        goldstein=-10.0,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def reports(*days: date) -> list[Published]:
    return [Published(f"r{n}", day, "Courier") for n, day in enumerate(days)]

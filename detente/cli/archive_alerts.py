"""Alerts on the incidents of an archive: the series of its pairs, and the incidents that drove each alert."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from detente.analyse.drivers import drivers_of
from detente.analyse.dyads import Side, pairs_of, score_series
from detente.analyse.outbreaks import Alert, Sensitivity, find_alerts
from detente.analyse.unusual import is_long_enough
from detente.cli.archives import answering, opened
from detente.cli.fusing import fused
from detente.cli.messages import say
from detente.cli.sides import sides_meant
from detente.cli.tension import look
from detente.model.incident import Incident
from detente.store import Archive

Drivers = list[dict[str, object]]


def archive_alerts(
    archive: Path | None, between: tuple[str, str] | None, sensitivity: Sensitivity
) -> Iterator[tuple[Alert, Drivers]]:
    """Each alert of one pair, or of all pairs of countries, with the incidents that drove it."""
    with opened(archive, create=False) as store, answering():
        fused(store)
        incidents, _ = look(store)
        every = list(incidents.values())
        asked = [sides_meant("--between", between, every)] if between else [_sides(pair) for pair in pairs_of(every)]
        short = 0
        for sides in asked:
            series = score_series(every, sides)
            if not is_long_enough(series):
                short += 1
                continue
            for alert in find_alerts(series, sensitivity):
                yield alert, [_told(store, incident) for incident in drivers_of(alert, every, sides)]
    if short:
        say(f"{short} of {len(asked)} pairs have too few days with incidents for any alert")


def _sides(pair: tuple[str, str]) -> tuple[Side, Side]:
    a, b = (Side(code, frozenset({code})) for code in pair)
    return a, b


def _told(store: Archive, incident: Incident) -> dict[str, object]:
    with store.looking() as rows:
        words = [word for account in rows.accounts(incident)[:1] for word in account.words]
    return {
        "id": incident.id,
        "date": incident.first.isoformat() if incident.first else None,
        "type": incident.type,
        "score": incident.score,
        "reports": len(incident.reports),
        "words": words,
    }

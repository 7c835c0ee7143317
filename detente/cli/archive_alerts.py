"""Alerts on the incidents of an archive, as `detente alerts` asks for them: of one pair, or of all."""

from __future__ import annotations

from collections.abc import Iterator

from detente.alerting import Driven, Judged, all_pairs, archive_alerts
from detente.analyse.outbreaks import Sensitivity
from detente.cli.archives import answering, opened
from detente.cli.fusing import fused
from detente.cli.messages import say
from detente.cli.sides import sides_meant
from detente.cli.tension import look


def asked_alerts(archive: str | None, between: tuple[str, str] | None, sensitivity: Sensitivity) -> Iterator[Driven]:
    """Each alert of one pair, or of all pairs of countries, with the incidents that drove it."""
    judged = Judged()
    with opened(archive, create=False) as store, answering():
        fused(store)
        incidents, _ = look(store)
        every = list(incidents.values())
        asked = [sides_meant("--between", between, every)] if between else all_pairs(every)
        yield from archive_alerts(store, every, asked, sensitivity, judged)
    if judged.short:
        say(f"{judged.short} of {judged.pairs} pairs have too few days with incidents for any alert")

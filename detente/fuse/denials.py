"""Who disputes an event, as the report that tells it says."""

from __future__ import annotations

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant


def deniers_of(coded: CodedReport, event: Event) -> list[Participant]:
    return []

"""How likely an event is right as a whole: type, both parties' codes and status.

A logistic formula over what the reading knows of the event, fitted on the development reports of the bench and never
on the unseen ones.
"""

from __future__ import annotations

import math
from dataclasses import replace

from detente.model.coded import CodedReport
from detente.model.event import Event
from detente.model.participant import Participant

VERB, NOUN, REPROACH = 0.5, 0.33, 0.33
"""First figures where no encoder has judged the type: verbs name their parties more surely than nouns do."""

BY_ENCODER = "by the encoder"
"""Said in an event's reasons where the encoder alone found the deed, its type or a party."""

# The base is a little lower than fitted: the development reports were looked at while the rules were made.
_BASE, _FIRST = -4.15, 0.12
_SOURCE, _TARGET, _RECIPROCAL = 1.79, 0.56, 1.23
_ON_SOMEBODYS_WORD, _REAL, _BY_ENCODER = -0.33, 1.06, -0.85
# Times the confidence of the least certain party.
_PARTY = 1.31
_NO_PARTY = 0.3


def rate_events(coded: CodedReport) -> CodedReport:
    """The same reading, each event with the chance that it is right (0 to 1)."""
    people = {p.id: p for p in coded.participants}
    return coded.with_(events=tuple(replace(e, confidence=_chance(e, people)) for e in coded.events))


def _chance(event: Event, people: dict[str, Participant]) -> float:
    known = [people[p].confidence for p in (*event.sources, *event.targets) if p in people]
    first = min(max(event.confidence, 0.05), 0.95)
    score = _BASE + _FIRST * math.log(first / (1 - first)) + _BY_ENCODER * (BY_ENCODER in event.why)
    score += _SOURCE * bool(event.sources) + _TARGET * bool(event.targets) + _RECIPROCAL * event.reciprocal
    score += _ON_SOMEBODYS_WORD * (event.told_in is not None) + _REAL * event.counts
    score += _PARTY * min(known, default=_NO_PARTY)
    return round(1 / (1 + math.exp(-score)), 2)

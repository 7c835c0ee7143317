"""Whose soldiers, ministry or protesters: the country of participants that the words leave without one.

Taken from the country named in the same sentence, else from the place of the dateline or the country the report is mostly
about; always marked as inferred.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from detente.model.coded import CodedReport
from detente.model.participant import Participant
from detente.model.reading import Reading

_INFERRED = 0.45
_OWN_COUNTRY = 3
# Sides without a state ("militants", aid groups) are not given the country that happens to be named beside them.
_KINDS = frozenset({"role", "group", "organisation"})


def infer_countries(coded: CodedReport, reading: Reading) -> CodedReport:
    """Give bodies, roles and groups without a country the one that the report sets them in."""
    home = _home(coded)
    changed = {p.id: _inferred(p, coded, reading, home) for p in coded.participants if _lacks_country(p)}
    return coded.with_(participants=tuple(changed.get(p.id, p) for p in coded.participants))


def _lacks_country(participant: Participant) -> bool:
    return participant.country is None and participant.kind in _KINDS and bool(participant.sectors) and participant.entity is None


def _inferred(participant: Participant, coded: CodedReport, reading: Reading, home: str | None) -> Participant:
    near = _named_beside(participant, coded, reading)
    country = near or home
    if country is None:
        return participant
    reason = "the country named in the same sentence" if near else "the country that the report is mostly about"
    confidence = min(participant.confidence or _INFERRED, _INFERRED)
    return replace(participant, country=country, confidence=confidence, why="; ".join(w for w in (participant.why, f"country inferred: {reason}") if w))


def _named_beside(participant: Participant, coded: CodedReport, reading: Reading) -> str | None:
    """The one country named, as actor or as ground, in a sentence that mentions the participant."""
    by_id = {p.id: p for p in coded.participants}
    for span in participant.mentions:
        tokens = reading.tokens_in(span)
        if not len(tokens):
            continue
        sentence = reading.sentence_of(tokens[0]).span
        before = [m for m in reading.mentions_in(sentence) if m.kind in ("country", "demonym", "metonym") and m.country and m.span.start <= span.start]
        places = [p for p in coded.places if sentence.contains(p.span) and p.country]
        countries = {m.country for m in before} | {p.country for p in places}
        countries |= {by_id[i].country for m in reading.mentions_in(sentence) for i in m.refers_to if i in by_id and by_id[i].kind == "country"}
        known = {c for c in countries if c and len(c) == _OWN_COUNTRY and c not in ("IGO", "NGO", "IMG")}
        if len(known) == 1:
            return known.pop()
        if before and before[-1].country:
            return before[-1].country
    return None


def _home(coded: CodedReport) -> str | None:
    """The country that most places and participants of the report belong to, if it leads clearly."""
    counts: Counter[str] = Counter(p.country for p in coded.places if p.country)
    for participant in coded.participants:
        if participant.country and participant.kind in ("country", "person") and participant.country not in ("IGO", "NGO", "IMG"):
            counts[participant.country] += len(participant.mentions)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return ranked[0][0]

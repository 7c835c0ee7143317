"""The ledger: what sides demanded, promised, offered and refused, and the agreements between them, over many reports.

Readings and what is wanted come in, entries go out, the earliest day first. The same commitment told in several reports
is one entry with all its tellings; what became of it is told by `analyse/outcomes.py`, and only on evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from detente.analyse.likeness import are_alike, party_keys, telling_words
from detente.analyse.outcomes import OPEN, Deeds, Outcome, OutcomeWords, outcome_of
from detente.analyse.quotes import Party
from detente.model.coded import CodedReport
from detente.model.commitment import Commitment, CommitmentKind
from detente.model.participant import Participant
from detente.model.when import When

# A demand in like words told later than this is another demand; an agreement stays the same for ever.
SAME_DAYS = 30


@dataclass(frozen=True, slots=True)
class Telling:
    """A commitment as one report tells it, with the words that its spans stand for."""

    coded: CodedReport
    commitment: Commitment
    words: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """When it was made as far as is told: else the day of the report."""
        when = self.commitment.when
        return (when.first or when.last if when is not None else None) or self.coded.report.published

    def parties(self, ids: Iterable[str]) -> tuple[Participant, ...]:
        known = {p.id: p for p in self.coded.participants}
        return tuple(known[id] for id in ids if id in known)

    def to_dict(self) -> dict[str, object]:
        """The contract's commitment with its report and words."""
        report = self.coded.report
        cue = self.commitment.cue
        return self.commitment.to_dict() | {
            "report": report.id,
            "published": report.published.isoformat() if report.published else None,
            "outlet": report.outlet,
            "words": list(self.words),
            "cue_words": cue.words(report.text) if cue else None,
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """One commitment with all its tellings, the first one first, and what became of it."""

    kind: CommitmentKind
    tellings: tuple[Telling, ...]
    outcome: Outcome = field(default=OPEN)

    @property
    def first(self) -> Telling:
        return self.tellings[0]

    @property
    def day(self) -> date | None:
        return self.first.day

    @property
    def deadline(self) -> When | None:
        return next((t.commitment.deadline for t in self.tellings if t.commitment.deadline), None)

    @property
    def who(self) -> tuple[Participant, ...]:
        return self.first.parties(self.first.commitment.who)

    @property
    def to(self) -> tuple[Participant, ...]:
        """Those it is made to, from the first telling that names any."""
        named = (found for t in self.tellings if (found := t.parties(t.commitment.to)))
        return next(named, ())

    def to_dict(self) -> dict[str, object]:
        deadline = self.deadline
        return {
            "kind": self.kind,
            "day": self.day.isoformat() if self.day else None,
            "who": [_party(p) for p in self.who],
            "to": [_party(p) for p in self.to],
            "words": list(self.first.words),
            "deadline": deadline.to_dict() if deadline else None,
            "state": self.outcome.state,
            "why": self.outcome.why,
            "evidence": [item.to_dict() for item in self.outcome.evidence],
            "tellings": [telling.to_dict() for telling in self.tellings],
        }


def _party(participant: Participant) -> dict[str, object]:
    return {"id": participant.id, "name": participant.name, "code": participant.code, "entity": participant.entity}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are asked for: between two sides, of some kinds, first told in a period; empty asks for all."""

    between: tuple[Party, Party] | None = None
    kinds: Collection[CommitmentKind] = ()
    since: date | None = None
    until: date | None = None


def ledger(readings: Iterable[CodedReport], asked: Asked, words: OutcomeWords) -> list[Entry]:
    """The entries asked for, by day; undated ones last. What became of them is told as known on the day `until`."""
    reports = sorted((r for r in readings if _told_by(r, asked.until)), key=_published)
    entries = _entries([t for coded in reports for t in tellings_in(coded)])
    fitting = [e for e in entries if _fits(e, asked)]
    deeds = Deeds(reports)
    found = (replace(e, outcome=outcome_of(e.kind, _as_tellings(e), deeds, words)) for e in fitting)
    return sorted(found, key=lambda e: e.day or date.max)


def _as_tellings(entry: Entry) -> tuple[tuple[CodedReport, Commitment], ...]:
    return tuple((t.coded, t.commitment) for t in entry.tellings)


def _published(coded: CodedReport) -> date:
    return coded.report.published or date.max


def _told_by(coded: CodedReport, until: date | None) -> bool:
    day = coded.report.published
    return until is None or (day is not None and day <= until)


def tellings_in(coded: CodedReport) -> list[Telling]:
    """The commitments of one report, in its order."""
    text = coded.report.text
    return [Telling(coded, c, tuple(span.words(text) for span in c.what)) for c in coded.commitments]


# -- one entry for one commitment


def _entries(tellings: Sequence[Telling]) -> list[Entry]:
    groups: list[list[Telling]] = []
    # Looked for only among those of one kind by one side: an archive holds many.
    by_side: dict[tuple[str, str], list[list[Telling]]] = {}
    for telling in tellings:
        commitment = telling.commitment
        keys = [(commitment.kind, key) for key in sorted(party_keys(telling.parties(commitment.who)))]
        known = (group for key in keys for group in by_side.get(key, ()))
        group = next((g for g in known if any(_is_same(telling, other) for other in g)), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(telling)
        for key in keys:
            listed = by_side.setdefault(key, [])
            if not any(g is group for g in listed[-1:]):
                listed.append(group)
    return [Entry(g[0].commitment.kind, tuple(sorted(g, key=lambda t: t.day or date.max))) for g in groups]


def _is_same(one: Telling, other: Telling) -> bool:
    """The same kind by the same to the same, told in like words at about the same time."""
    kind = one.commitment.kind
    if kind != other.commitment.kind or not _share(one, other):
        return False
    if kind != "agreement" and not _near(one.day, other.day):
        return False
    return are_alike(telling_words(one.words), telling_words(other.words))


def _share(one: Telling, other: Telling) -> bool:
    """Whether both are made by one side, and to one side where both name any."""
    who = [party_keys(t.parties(t.commitment.who)) for t in (one, other)]
    to = [party_keys(t.parties(t.commitment.to)) for t in (one, other)]
    return bool(who[0] & who[1]) and (not to[0] or not to[1] or bool(to[0] & to[1]))


def _near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs((one - other).days) <= SAME_DAYS


# -- what is asked for


def _fits(entry: Entry, asked: Asked) -> bool:
    if asked.kinds and entry.kind not in asked.kinds:
        return False
    if (asked.since or asked.until) and not _of_period(entry.day, asked):
        return False
    return asked.between is None or is_between(entry, *asked.between)


def _of_period(day: date | None, asked: Asked) -> bool:
    return day is not None and (asked.since or date.min) <= day <= (asked.until or date.max)


def is_between(entry: Entry, one: Party, other: Party) -> bool:
    """Whether one side made it to the other, whichever of the two; both are parties of an agreement."""
    return any(_passes(t, *sides) for t in entry.tellings for sides in ((one, other), (other, one)))


def _passes(telling: Telling, source: Party, target: Party) -> bool:
    who = telling.parties(telling.commitment.who)
    to = telling.parties(telling.commitment.to)
    return any(source.fits(a) and target.fits(b) and a.id != b.id for a in who for b in to)

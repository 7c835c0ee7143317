"""What became of a commitment: met, refused, broken, or open. Each but open names the words that show it.

Only deeds that the same report tells as later, or that a later report tells, are looked at; a day gone by shows
nothing, and what somebody is only accused of shows nothing. When in doubt: open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente.analyse.likeness import party_keys, telling_words
from detente.model.coded import CodedReport
from detente.model.commitment import Commitment, CommitmentKind
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.span import Span

State = Literal["open", "met", "refused", "broken"]
Tellings = Sequence[tuple[CodedReport, Commitment]]

# After so long a deed is hardly the answer to a demand, promise or offer; an agreement can be broken at any time.
ANSWER_DAYS = 60
# Words that a refusal must share with what it refuses where it does not name it as a demand or offer.
_SHARED = 2


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """Forms of words that show what became of something: of a language, as they stand in a text."""

    breaking: frozenset[str]
    keeping: frozenset[str]
    truce: frozenset[str]
    answered: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a report that show it, with the event or statement that they tell."""

    report: str
    words: str
    event: str | None = None
    statement: str | None = None

    def to_dict(self) -> dict[str, object]:
        return {"report": self.report, "event": self.event, "statement": self.statement, "words": self.words}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state with its evidence, and why."""

    state: State
    why: str
    evidence: tuple[Evidence, ...] = ()


OPEN = Outcome("open", "nothing told shows what became of it")


def _is_news(event: Event, coded: CodedReport) -> bool:
    """Whether the report itself tells a deed, or whoever did it by saying it: a refusal is its own evidence."""
    if event.told_in is None:
        return True
    coding = event.coding("PLOVER")
    speaker = next((s.speaker for s in coded.statements if s.id == event.told_in), None)
    return coding is not None and coding.code == "REJECT" and speaker in event.sources


class Deeds:
    """The deeds that many reports tell as their news, by who does them, in the order of the reports."""

    def __init__(self, reports: Iterable[CodedReport]) -> None:
        self._deeds: list[tuple[CodedReport, Event]] = []
        self._by_party: dict[str, list[int]] = {}
        for coded in reports:
            for event in coded.events:
                if event.background or event.when is None or not _is_news(event, coded):
                    continue
                for key in party_keys(_people(coded, event.sources)):
                    self._by_party.setdefault(key, []).append(len(self._deeds))
                self._deeds.append((coded, event))

    def by(self, keys: Iterable[str]) -> list[tuple[CodedReport, Event]]:
        """What those did who are known by one of these keys."""
        return [self._deeds[n] for n in sorted({n for key in keys for n in self._by_party.get(key, ())})]


def outcome_of(kind: CommitmentKind, tellings: Tellings, deeds: Deeds, words: OutcomeWords) -> Outcome:
    """What became of an entry, by the first evidence in the order of the reports."""
    if kind == "agreement":
        told = _told_state(tellings, words)
        if told is not None:
            return told
    shows = _RULES.get(kind)
    if shows is None:
        return OPEN
    concerned = {key for c, t in tellings for key in party_keys(_people(c, (*t.who, *t.to)))}
    for coded, event in deeds.by(concerned):
        if not _is_later(coded, event, tellings, endless=kind == "agreement"):
            continue
        found = next((o for c, t in tellings if (o := shows(c, t, coded, event, words)) is not None), None)
        if found is not None:
            return found
    return OPEN


def _is_later(coded: CodedReport, event: Event, tellings: Tellings, endless: bool) -> bool:
    """Whether a deed came after the commitment, not too long after, and is not the commitment itself."""
    origin, commitment = tellings[0]
    made = _day(origin, commitment)
    day = event.when.first if event.when is not None else None
    told_here = [c for r, c in tellings if r.report.id == coded.report.id]
    if made is None or day is None or any(c.event == event.id for c in told_here):
        return False
    in_time = endless or day <= made + timedelta(days=ANSWER_DAYS)
    return in_time and (day > made or (day == made and not told_here and _published_later(coded, origin)))


def _published_later(coded: CodedReport, origin: CodedReport) -> bool:
    one, other = coded.report.published, origin.report.published
    return one is not None and other is not None and one > other


def _day(coded: CodedReport, commitment: Commitment) -> date | None:
    when = commitment.when
    return (when.last or when.first if when is not None else None) or coded.report.published


# -- who and what


def _people(coded: CodedReport, ids: Iterable[str]) -> list[Participant]:
    known = {p.id: p for p in coded.participants}
    return [known[id] for id in ids if id in known]


def _same_side(one: CodedReport, ids: Iterable[str], other: CodedReport, others: Iterable[str]) -> bool:
    return bool(party_keys(_people(one, ids)) & party_keys(_people(other, others)))


def _all_there(one: CodedReport, ids: Sequence[str], other: CodedReport, others: Iterable[str]) -> bool:
    """Whether each of the parties is among the others: persons by themselves, states by their code."""
    there = _people(other, others)
    keys = party_keys(there)
    entities = {p.entity for p in there if p.entity is not None}
    parties = _people(one, ids)
    persons = all(p.entity in entities for p in parties if p.kind == "person")
    return bool(parties) and persons and all(party_keys([p]) & keys for p in parties)


def _wanted(coded: CodedReport, commitment: Commitment) -> list[Event]:
    """The deeds that the commitment's words tell as demanded, promised or offered."""
    inside = [e for e in coded.events if not e.counts and e.status not in ("denied", "not_happened")]
    return [e for e in inside if any(w.contains(e.trigger) for w in commitment.what)]


def _same_type(one: Event, other: Event) -> bool:
    """Whether two deeds are of one PLOVER type, and of one mode where both have one."""
    a, b = one.coding("PLOVER"), other.coding("PLOVER")
    if a is None or b is None or a.code != b.code:
        return False
    return a.mode == b.mode or a.mode is None or b.mode is None


def _shown(state: State, why: str, coded: CodedReport, event: Event) -> Outcome:
    words = " … ".join(span.words(coded.report.text) for span in event.evidence or (event.trigger,))
    return Outcome(state, why, (Evidence(coded.report.id, words, event.id, event.told_in),))


# -- rules


def _demand(
    origin: CodedReport, commitment: Commitment, coded: CodedReport, event: Event, words: OutcomeWords
) -> Outcome | None:
    """Refused where whoever was asked rejects it; met where they all do what was asked."""
    if not commitment.to or not event.counts:
        return None
    if _rejects(origin, commitment, coded, event, words):
        return _shown("refused", "whoever was asked rejects it", coded, event)
    for asked in _wanted(origin, commitment):
        done = _same_type(asked, event) and _same_aim(origin, asked, coded, event)
        if done and _all_there(origin, commitment.to, coded, event.sources):
            return _shown("met", "whoever was asked does what was asked", coded, event)
    return None


def _same_aim(origin: CodedReport, wanted: Event, coded: CodedReport, event: Event) -> bool:
    """Whether two deeds are done to the same: only what one of them leaves open may differ."""
    if not wanted.targets or not event.targets:
        return True
    return _same_side(origin, wanted.targets, coded, event.targets)


def _rejects(
    origin: CodedReport, commitment: Commitment, coded: CodedReport, event: Event, words: OutcomeWords
) -> bool:
    coding = event.coding("PLOVER")
    if coding is None or coding.code != "REJECT":
        return False
    if not _same_side(origin, commitment.to, coded, event.sources):
        return False
    told = [span.words(coded.report.text) for span in (*event.evidence, event.trigger)]
    asked = telling_words(span.words(origin.report.text) for span in commitment.what)
    forms = {w.casefold() for text in told for w in re.findall(r"\w+", text)}
    named, alike = bool(forms & words.answered), len(asked & telling_words(told)) >= _SHARED
    # "rejected the demand to free the men": aimed at the men by its grammar, at the demand by its sense.
    aimed = _same_side(origin, commitment.who, coded, event.targets)
    return (named or alike) if aimed else (named and alike)


def _promise(
    origin: CodedReport, commitment: Commitment, coded: CodedReport, event: Event, words: OutcomeWords
) -> Outcome | None:
    """Met where the same side does what it promised; broken where the report tells that it did not."""
    if not _same_side(origin, commitment.who, coded, event.sources):
        return None
    for promised in _wanted(origin, commitment):
        if not _same_type(promised, event) or not _same_aim(origin, promised, coded, event):
            continue
        if event.counts:
            return _shown("met", "the same side does what it promised", coded, event)
        if event.status == "not_happened":
            return _shown("broken", "the same side does not do what it promised", coded, event)
    return None


def _offer(
    origin: CodedReport, commitment: Commitment, coded: CodedReport, event: Event, words: OutcomeWords
) -> Outcome | None:
    """Refused where whoever it was made to rejects it; met where what was offered happens among the same."""
    if not event.counts:
        return None
    if commitment.to and _rejects(origin, commitment, coded, event, words):
        return _shown("refused", "whoever it was made to rejects it", coded, event)
    everyone = (*event.sources, *event.targets)
    for offered in _wanted(origin, commitment):
        among = tuple(dict.fromkeys((*offered.sources, *offered.targets)))
        both = len(among) > 1 and _all_there(origin, among, coded, everyone)
        if _same_type(offered, event) and both:
            return _shown("met", "what was offered happens among the same", coded, event)
    return None


def _truce(
    origin: CodedReport, commitment: Commitment, coded: CodedReport, event: Event, words: OutcomeWords
) -> Outcome | None:
    """A truce is broken by fighting between its own parties."""
    coding = event.coding("PLOVER")
    if coding is None or coding.code != "ASSAULT" or not event.counts:
        return None
    told = {w for s in commitment.what for w in re.findall(r"[\w-]+", s.words(origin.report.text).casefold())}
    if len(commitment.who) < 2 or not told & words.truce:
        return None
    parties = _people(origin, commitment.who)
    sides = [p for p in parties if _same_side(origin, [p.id], coded, event.sources)]
    others = [p for p in parties if p not in sides and _same_side(origin, [p.id], coded, event.targets)]
    if event.reciprocal:
        others = sides[1:]
    return _shown("broken", "its parties fight during it", coded, event) if sides and others else None


Rule = Callable[[CodedReport, Commitment, CodedReport, Event, OutcomeWords], Outcome | None]
_RULES: dict[CommitmentKind, Rule] = {
    "demand": _demand,
    "ultimatum": _demand,
    "promise": _promise,
    "offer": _offer,
    "agreement": _truce,
}


def _told_state(tellings: Tellings, words: OutcomeWords) -> Outcome | None:
    """ "violated the agreement", "honoured the deal", told by the report itself: the last such telling counts."""
    for coded, commitment in reversed(tellings):
        if commitment.cue is None or commitment.statement is not None:
            continue
        cue = commitment.cue.words(coded.report.text).casefold()
        state: State | None = "broken" if cue in words.breaking else "met" if cue in words.keeping else None
        if state is not None:
            return Outcome(state, "the report tells it so", (_told(coded, commitment),))
    return None


def _told(coded: CodedReport, commitment: Commitment) -> Evidence:
    spans = [*commitment.what, *([commitment.cue] if commitment.cue else [])]
    stretch = Span(min(s.start for s in spans), max(s.end for s in spans)) if len(commitment.what) == 1 else spans[-1]
    return Evidence(coded.report.id, stretch.words(coded.report.text), commitment.event, commitment.statement)

"""Events in the making, and how a telling without parties of its own borrows them from the telling it refers back to.

"The attack", "this launch", "the verdicts" name a deed told elsewhere in the report; blame and refusal aim at its doer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.coding.clauses import Clauses
from detente.coding.deeds import Deed
from detente.model.event import Status
from detente.model.span import Span

_AIMED_AT_DOER = frozenset({"ACCUSE", "REJECT", "SUPPORT", "PROTEST"})
_REAL = frozenset({"happened", "under_way"})


@dataclass
class EventDraft:
    """A deed with its parties, type and status, before it has an id."""

    deed: Deed
    plover: str
    mode: str | None
    cameo: str
    status: Status
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    reciprocal: bool
    evidence: Span
    background: bool
    victims: tuple[str, ...]
    asked: bool  # whether words hang on the saying: something is asked for, refused, threatened
    contexts: tuple[str, ...] = ()
    note: str = ""  # how the encoder changed the draft
    chance: float | None = None  # how likely lexicon and encoder together hold the type


def lend_parties(drafts: Sequence[EventDraft], clauses: Clauses) -> None:
    """Give back-references the parties of what they refer to, and blame without a target the doer of what is blamed."""
    by_token = {d.deed.token: d for d in drafts}
    for number, draft in enumerate(drafts):
        if draft.deed.is_noun and not draft.sources and not draft.targets and _refers_back(draft.deed, clauses):
            told = _told_before(number, draft, drafts)
            if told is not None:
                draft.sources, draft.targets, draft.reciprocal = told.sources, told.targets, told.reciprocal
    for draft in drafts:
        _take_from_subject(draft, by_token)
    for draft in drafts:
        if draft.plover in _AIMED_AT_DOER and not draft.targets:
            draft.targets = tuple(p for p in _doers_of_object(draft, by_token) if p not in draft.sources)


def _take_from_subject(draft: EventDraft, by_token: dict[int, EventDraft]) -> None:
    """ "Fighting along the border killed 50 people": the fighters are the parties, the dead are victims."""
    subjects = draft.deed.slots.get("subject", ()) if not draft.deed.is_noun else ()
    told = next((by_token[t] for t in subjects if t in by_token and by_token[t].plover == draft.plover), None)
    if told is not None and told is not draft and not draft.sources:
        draft.victims = draft.targets
        draft.sources, draft.targets, draft.reciprocal = told.sources, told.targets, told.reciprocal
        if not draft.sources and not draft.targets:
            draft.targets, draft.victims = draft.victims, ()


def _refers_back(deed: Deed, clauses: Clauses) -> bool:
    """Whether a noun takes up something told before, and has no ground of its own ("the conflict in Ukraine")."""
    words = [clauses.tokens[c].text.lower() for c in clauses.below(deed.token, "det", "poss")]
    grounds = {m.head for m in clauses.reading.mentions if m.as_place}
    elsewhere = any(t in grounds for heads in clauses.prepositions(deed.token).values() for t in heads)
    return any(w in clauses.language.definite for w in words) and not elsewhere


def _told_before(number: int, draft: EventDraft, drafts: Sequence[EventDraft]) -> EventDraft | None:
    """The nearest earlier telling of a deed of the same type that names its parties, else the nearest later one."""
    others = [d for d in (*reversed(drafts[:number]), *drafts[number + 1 :]) if d.plover == draft.plover]
    fitting = [d for d in others if (d.sources or d.targets) and d.status in _REAL]
    same_mode = [d for d in fitting if d.mode == draft.mode]
    return next(iter(same_mode or fitting), None)


def _doers_of_object(draft: EventDraft, by_token: dict[int, EventDraft]) -> tuple[str, ...]:
    """Who did what is condemned, rejected or praised: the sources of the deed in the object."""
    for slot in (*draft.deed.predicate.target, "object"):
        for token in draft.deed.slots.get(slot, ()):
            inner = by_token.get(token)
            if inner is not None and inner is not draft and inner.sources:
                return inner.sources
    return ()

"""Joins what lexicon and encoder say of a draft: type, mode, code, contexts, parties; what both doubt is left out."""

from __future__ import annotations

from collections.abc import Sequence

from detente.codebook.encoder import NONE, Judgement
from detente.coding.event_drafts import EventDraft
from detente.coding.joined import NO_ENTRY, NOUN_ENTRY, VERB_ENTRY, cameo_of, contexts_of, join_types, mode_of
from detente.coding.judge import Judge, Sides

# A party that the grammar did not give is taken from the sentence where the encoder holds the event so likely with it;
# one that it gave is replaced where the event is so unlikely with it and so likely with another.
_FILLS, _DOUBTED, _REPLACES = 0.6, 0.2, 0.8
# Types that are mostly aimed at nobody in particular.
_UNAIMED, _FILLS_UNAIMED = frozenset({"MOBILIZE", "PROTEST", "RETREAT"}), 0.85

PARTY_BY_ENCODER = "a party found by the encoder"

# A deed of the lexicon is left out only where "none" leads by this much (natural logarithm).
_NONE_LEADS = 4.0
# What the encoder alone finds must be so likely, with both parties and with one.
_ALONE, _ALONE_ONE_SIDED = 0.7, 0.85


def join_opinions(drafts: Sequence[EventDraft], judge: Judge) -> list[EventDraft]:
    """The drafts that stay, with the type and the parties that both opinions make likeliest."""
    return [draft for draft in drafts if _joined(draft, judge)]


def _joined(draft: EventDraft, judge: Judge) -> bool:
    """Change the draft to the joint opinion; False where that is no event."""
    known = draft.deed.known
    told = judge.judge([(draft.sources, draft.targets)], draft.deed.span)
    if not told:
        return known
    judgement = _completed(draft, told[0], judge)
    joined = join_types(draft.plover, _weight(draft), judgement, _NONE_LEADS)
    if joined.type == NONE and not (known and draft.reciprocal):
        return False
    if not known and joined.chance < (_ALONE if draft.sources and draft.targets else _ALONE_ONE_SIDED):
        return False
    draft.chance = joined.chance
    if (joined.type != draft.plover and joined.type != NONE) or not known:
        _retype(draft, joined.type, judgement)
    elif draft.mode is None:
        draft.mode = mode_of(draft.plover, judgement)
    draft.contexts = tuple(sorted({*draft.deed.predicate.contexts, *contexts_of(judgement)}))
    return True


def _weight(draft: EventDraft) -> float:
    if not draft.deed.known:
        return NO_ENTRY
    return NOUN_ENTRY if draft.deed.is_noun else VERB_ENTRY


def _retype(draft: EventDraft, type_: str, judgement: Judgement) -> None:
    draft.plover = type_
    draft.mode = mode_of(type_, judgement)
    draft.cameo = cameo_of(judgement)


def _completed(draft: EventDraft, first: Judgement, judge: Judge) -> Judgement:
    """The judgement of the draft with its parties completed from its own sentence.

    Not of a noun to which the grammar gives nobody: "recalled its envoy for consultations" tells no consultations.
    """
    if draft.reciprocal or (draft.deed.is_noun and not draft.sources and not draft.targets):
        return first
    others = [p for p in judge.actors(draft.deed.span) if p not in (*draft.sources, *draft.targets)]
    judgement = first
    if others and (not draft.sources or not draft.targets):
        judgement = _filled(draft, judgement, others, judge)
    if others and draft.sources and draft.targets and judgement.chance("type", draft.plover) < _DOUBTED:
        judgement = _replaced(draft, judgement, others, judge)
    return judgement


def _filled(draft: EventDraft, first: Judgement, others: Sequence[str], judge: Judge) -> Judgement:
    options: list[Sides] = []
    if not draft.sources:
        options += [((p,), draft.targets) for p in others]
    if not draft.targets:
        options += [(draft.sources, (p,)) for p in others]
    return _best(draft, first, options, _FILLS_UNAIMED if draft.plover in _UNAIMED else _FILLS, judge)


def _replaced(draft: EventDraft, first: Judgement, others: Sequence[str], judge: Judge) -> Judgement:
    options: list[Sides] = [((p,), draft.targets) for p in others] + [(draft.sources, (p,)) for p in others]
    return _best(draft, first, options, _REPLACES, judge)


def _best(draft: EventDraft, first: Judgement, options: Sequence[Sides], least: float, judge: Judge) -> Judgement:
    """Take the option with which the draft's event is likeliest, where that is likely enough."""
    told = judge.judge(options, draft.deed.span)
    best = max(range(len(told)), key=lambda n: told[n].chance("type", draft.plover))
    if told[best].chance("type", draft.plover) < least:
        return first
    draft.sources, draft.targets = tuple(options[best][0]), tuple(options[best][1])
    draft.note = PARTY_BY_ENCODER
    return told[best]

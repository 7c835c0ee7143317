"""Who demands, promises, offers or refuses what, and the agreements referred to, from a finished reading.

Commitments come from the events (a demand is a REQUEST), from verbs of promising and offering, from what speakers say
they will do, and from nouns for agreements. One saying is one commitment; what was kept is not asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from detente.codebook.commitments import CommitmentWords
from detente.codebook.language import LanguagePack
from detente.coding.agreements import find_agreements
from detente.coding.clauses import Clauses
from detente.coding.commissives import find_commissives
from detente.coding.pledging import Ground, PledgeDraft
from detente.model.coded import CodedReport
from detente.model.commitment import Commitment, CommitmentKind
from detente.model.event import Event
from detente.model.reading import Reading
from detente.model.span import Span
from detente.model.when import ToldTimes

_KIND_OF_TYPE: dict[str, CommitmentKind] = {
    "REQUEST": "demand",
    "REJECT": "refusal",
    "AGREE": "promise",
    "THREATEN": "ultimatum",
}
_WHY = {
    "demand": "a demand or request",
    "refusal": "a refusal",
    "promise": "agreed to do it",
    "ultimatum": "a threat or demand with a term",
    "agreement": "agreed between them",
    "offer": "offered",
}


def code_commitments(
    coded: CodedReport, reading: Reading, language: LanguagePack, words: CommitmentWords, times: ToldTimes
) -> CodedReport:
    """The report with its commitments, in text order."""
    ground = Ground(coded, Clauses(reading, language), words, times)
    drafts = [_tied(draft, ground) for draft in find_commissives(ground)]
    drafts += _of_events(drafts, ground)
    drafts = [d for d in drafts if d.who] + _new_agreements(drafts, ground)
    kept = sorted(_each_once(drafts), key=lambda d: (d.what[0].start, d.what[0].end, d.kind))
    found = (_finished(d, f"{coded.report.id}-c{n}", ground) for n, d in enumerate(kept, start=1))
    return coded.with_(commitments=tuple(found))


def _tied(draft: PledgeDraft, ground: Ground) -> PledgeDraft:
    """The draft with the statement that it is made or told in, the event it is coded as, and its day."""
    span = ground.tokens[draft.token].span
    statement = ground.statement_by(draft.token) or ground.statement_at(span)
    event = ground.event_at(draft.token)
    event = event if event is not None and event.counts else None
    if statement is not None and statement.speaker in draft.who:
        draft.to = draft.to or tuple(a for a in statement.addressees if a not in draft.who)
    if event is not None and set(event.sources) & set(draft.who):
        draft.event = event.id
        draft.to = draft.to or tuple(t for t in event.targets if t not in draft.who)
    draft.statement = statement.id if statement is not None else None
    draft.when = (event.when if event is not None else None) or (statement.when if statement is not None else None)
    return draft


# -- events


def _of_events(taken: Sequence[PledgeDraft], ground: Ground) -> list[PledgeDraft]:
    """A draft for each event that demands, refuses, promises or threatens with a term; not for what verbs told."""
    told = {ground.tokens[d.token].span: d for d in taken}
    found = []
    for event in ground.coded.events:
        if not event.counts or any(event.trigger.contains(span) for span in told):
            continue
        draft = _of_event(event, ground)
        if draft is not None:
            found.append(draft)
    return found


def _of_event(event: Event, ground: Ground) -> PledgeDraft | None:
    coding = event.coding("PLOVER")
    kind = _KIND_OF_TYPE.get(coding.code) if coding is not None else None
    if event.reciprocal and _makes_agreement(event, ground):
        kind = "promise"
    kind = _kind(kind, event, ground) if kind is not None and event.sources else None
    if kind is None:
        return None
    what, statement = _told_content(event, ground)
    if kind == "ultimatum":  # what is to be done and what is to follow often stand in two clauses
        what = tuple(dict.fromkeys(ground.in_voice(_sentence(span, ground), span) for span in event.evidence)) or what
    token = ground.clauses.reading.tokens_in(event.trigger).start
    targets = event.targets if event.reciprocal else tuple(t for t in event.targets if t not in event.sources)
    return PledgeDraft(
        kind, token, event.sources, targets, what, event.trigger, event.confidence, _WHY[kind],
        statement=statement, event=event.id, when=event.when,
    )  # fmt: skip


def _makes_agreement(event: Event, ground: Ground) -> bool:
    """ "reached a ceasefire deal", "signed a treaty", whatever type the deed is coded as."""
    tokens = ground.clauses.reading.tokens_in(event.trigger)
    objects = [i for t in tokens for i in ground.clauses.below(t, "dobj", "nsubjpass")]
    return any(ground.tokens[i].lemma.lower() in ground.words.agreements for i in (*tokens, *objects))


def _kind(kind: CommitmentKind, event: Event, ground: Ground) -> CommitmentKind | None:
    """Ultimatums have a term; what binds all parties is no promise of one of them; a threat alone is nothing here."""
    if kind in ("demand", "ultimatum") and _is_ultimatum(event, ground, threat=kind == "ultimatum"):
        return "ultimatum"
    if kind == "ultimatum":
        return None
    if kind == "promise" and event.reciprocal:
        return "agreement"
    if kind == "promise" and any(
        w in ground.words.offering | ground.words.ready_adjectives for w in _lemmas(event.trigger, ground)
    ):
        return "offer"
    if kind == "promise" and not set(_lemmas(event.trigger, ground)) & ground.words.agreeing:
        return None
    return kind


def _is_ultimatum(event: Event, ground: Ground, threat: bool) -> bool:
    sentences = [_sentence(span, ground) for span in (event.trigger, *event.evidence)]
    lemmas = {w for s in sentences for w in _lemmas(s, ground)}
    if lemmas & ground.words.ultimatum_nouns:
        return True
    marks = {w for e in event.evidence for w in _lemmas(e, ground)} & ground.words.ultimatum_marks
    return threat and (ground.deadline_in(event.evidence) is not None or bool(marks))


def _sentence(span: Span, ground: Ground) -> Span:
    tokens = ground.clauses.reading.tokens_in(span)
    return ground.sentence(tokens.start) if len(tokens) else span


def _lemmas(span: Span, ground: Ground) -> list[str]:
    return [ground.tokens[i].lemma.lower() for i in ground.clauses.reading.tokens_in(span)]


def _told_content(event: Event, ground: Ground) -> tuple[tuple[Span, ...], str | None]:
    """The words of what is asked or refused, one span a telling, and the statement that does so by saying it."""
    acts = [s for s in ground.coded.statements if event.id in s.acts]
    contents = [(c, s.id) for s in acts for c in s.content]
    spans: dict[Span, None] = {}
    for evidence in event.evidence:
        inside = [c for c, _ in contents if evidence.contains(c)]
        spans.update(dict.fromkeys(inside or [evidence]))
    fitting = [s.id for s in acts if any(c.overlaps(e) for c in s.content for e in event.evidence)]
    statement = fitting[0] if fitting else event.told_in
    return tuple(spans) or (event.trigger,), statement


# -- agreements


def _new_agreements(drafts: Sequence[PledgeDraft], ground: Ground) -> list[PledgeDraft]:
    """Agreements referred to; one that an event has just told as made is that event's."""
    made = [w for d in drafts if d.kind == "agreement" for w in d.what]
    found = []
    for draft in find_agreements(ground):
        if any(m.contains(w) for m in made for w in draft.what):
            continue
        statement = ground.statement_at(ground.tokens[draft.token].span)
        draft.statement = statement.id if statement is not None else None
        found.append(draft)
    return found


# -- one saying, one commitment


def _each_once(drafts: Iterable[PledgeDraft]) -> Iterator[PledgeDraft]:
    kept: list[PledgeDraft] = []
    for draft in drafts:
        same = next((k for k in kept if _is_same(k, draft)), None)
        if same is None:
            kept.append(draft)
        elif draft.kind == "ultimatum" and same.kind == "demand":
            kept[kept.index(same)] = draft
    return iter(kept)


def _is_same(one: PledgeDraft, other: PledgeDraft) -> bool:
    """Whether two drafts tell one saying: one kind (a demand is part of its ultimatum) by the same, in like words."""
    kinds = {one.kind, other.kind}
    if len(kinds) > 1 and kinds != {"demand", "ultimatum"} and kinds != {"promise", "offer"}:
        return False
    if one.kind == other.kind == "agreement":
        return any(a.overlaps(b) for a in one.what for b in other.what)
    alike = any(a.contains(b) or b.contains(a) for a in one.what for b in other.what)
    return bool(set(one.who) & set(other.who)) and alike


def _finished(draft: PledgeDraft, id: str, ground: Ground) -> Commitment:
    deadline = None
    if draft.kind not in ("agreement", "refusal"):
        deadline = ground.deadline_in(draft.what) or ground.deadline_in([ground.clause(draft.token)])
    return Commitment(
        id=id,
        kind=draft.kind,
        who=draft.who,
        to=draft.to,
        what=draft.what,
        cue=draft.cue,
        statement=draft.statement,
        event=draft.event,
        when=draft.when,
        deadline=deadline,
        confidence=round(draft.confidence, 2),
        why=draft.why,
    )

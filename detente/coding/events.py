"""Who did what to whom: turns deeds into events with parties, codes, status and evidence.

Dates, places and the actors behind the participants are resolved later; retellings are united in happenings.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from detente.codebook.encoder import Encoder
from detente.codebook.ontology import Ontology
from detente.codebook.predicates import Lexicon
from detente.codebook.tone import Tone
from detente.coding.backdrop import is_backdrop
from detente.coding.clauses import Clauses
from detente.coding.confidence import NOUN, VERB
from detente.coding.contents import content_tokens, outcome_of
from detente.coding.deeds import Deed, DeedFinder
from detente.coding.demands import code_demands
from detente.coding.event_drafts import EventDraft, lend_parties
from detente.coding.judge import Judge
from detente.coding.opinions import join_opinions
from detente.coding.parties import Parties
from detente.coding.passages import Passages
from detente.coding.reproach import code_reproaches
from detente.coding.sizes import size_of
from detente.coding.status import status_of
from detente.coding.told_deeds import find_told
from detente.coding.voices import Voices
from detente.model.event import Coding, Event
from detente.model.reading import Reading
from detente.model.span import Span
from detente.model.statement import Statement

_OWNER_SLOTS = ("owner", "by", "of", "from", "between", "among")
_MATERIAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"})
_WITH = ("with", "between", "among", "and")
# Acts of speech aimed at whoever is to do, or to suffer, what is said.
_AIMED_THROUGH_CONTENT = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE", "CONCEDE"})
# What is sent to a country, or a visit to its capital, is aimed at it, although the name stands for ground.
_TO_COUNTRIES = frozenset({"AID", "COOPERATE", "SUPPORT"})


@dataclass(frozen=True)
class EventKit:
    """What coding events needs to know besides the reading."""

    lexicon: Lexicon
    ontology: Ontology
    tone: Tone
    encoder: Encoder | None = None


def code_events(
    reading: Reading,
    statements: Sequence[Statement],
    clauses: Clauses,
    kit: EventKit,
    passages: Passages | None = None,
) -> tuple[Event, ...]:
    """All events that the words of a reading tell, in text order, one for each telling."""
    voices = Voices(reading)
    parties = Parties(clauses, voices, statements)
    finder = DeedFinder(clauses, kit.lexicon)
    deeds = finder.known()
    judge = Judge(passages) if passages is not None else None
    if judge:
        deeds = sorted([*deeds, *find_told(judge.found(), deeds, finder)], key=lambda d: d.token)
    by_token = {deed.token: deed for deed in deeds}
    drafter = _Drafter(clauses, parties, kit, by_token, {})
    for deed in reversed(deeds):
        drafter.add(deed)
    ordered = [drafter.drafts[deed.token] for deed in deeds]
    _fill_from_speakers(ordered, statements)
    _fill_from_mixed(ordered, statements, clauses, parties)
    lend_parties(ordered, clauses)
    ordered = [draft for draft in ordered if not _only_words(draft, clauses)]
    if judge:
        ordered = join_opinions(ordered, judge)
    events = [_event(d, clauses, statements, kit) for d in ordered if _worth_telling(d, clauses)]
    events += code_demands(ordered, statements, clauses, kit.lexicon, kit.ontology)
    events += code_reproaches(statements, events, clauses, kit.tone, kit.ontology)
    events.sort(key=lambda e: e.trigger.start)
    return tuple(replace(e, id=f"{reading.report.id}-e{n}") for n, e in enumerate(events, start=1))


@dataclass(frozen=True)
class _Drafter:
    """Makes drafts of deeds; those told further on are known first, for what is asked for stands behind the asking."""

    clauses: Clauses
    parties: Parties
    kit: EventKit
    by_token: Mapping[int, Deed]
    drafts: dict[int, EventDraft]

    def add(self, deed: Deed) -> None:
        """Draft one deed: its type by what it is about, its parties, its status."""
        predicate = deed.predicate
        tokens = content_tokens(deed, self.clauses) if predicate.content or predicate.act else []
        inner = [self.by_token[t] for t in tokens if t in self.by_token]
        plover, mode, cameo = predicate.plover, predicate.mode, predicate.cameo
        outcome = outcome_of(deed, tokens, inner, self.clauses, self.kit.lexicon)
        if outcome is not None:
            plover, mode, cameo = outcome[0], outcome[1].mode, outcome[1].cameo
        sources, targets, reciprocal = _parties(deed, self.parties)
        self.drafts[deed.token] = EventDraft(
            deed=deed,
            plover=plover,
            mode=mode,
            cameo=cameo,
            status=status_of(deed, self.clauses),
            sources=sources,
            targets=targets or self._aimed_at(deed, inner, sources),
            reciprocal=reciprocal,
            evidence=_evidence(deed, self.clauses),
            background=is_backdrop(deed, self.clauses),
            victims=(),
            asked=self.parties.in_one_voice(deed.token, tokens),
        )

    def _aimed_at(self, deed: Deed, inner: Sequence[Deed], sources: tuple[str, ...]) -> tuple[str, ...]:
        """ "called for an end to the fighting between A and B": A and B are the ones asked."""
        if deed.predicate.plover not in _AIMED_THROUGH_CONTENT:
            return ()
        told = [self.drafts[d.token] for d in inner if d.token in self.drafts]
        both = deed.predicate.plover in ("REQUEST", "REJECT")
        found = [p for d in told for p in ((*d.sources, *d.targets) if both else d.targets)]
        return tuple(dict.fromkeys(p for p in found if p not in sources))


def _fill_from_speakers(drafts: Sequence[EventDraft], statements: Sequence[Statement]) -> None:
    """A saying whose subject the grammar lost is done by whoever the statement gives as its speaker."""
    for draft in drafts:
        if draft.sources or not draft.deed.predicate.act:
            continue
        speaker = next((s.speaker for s in statements if s.cue is not None and s.cue.overlaps(draft.deed.span)), None)
        if speaker is not None:
            draft.sources = (speaker,)
            draft.targets = tuple(t for t in draft.targets if t != speaker)


def _fill_from_mixed(
    drafts: Sequence[EventDraft], statements: Sequence[Statement], clauses: Clauses, parties: Parties
) -> None:
    """ "Russia, she said, “calls on ...”": the subject of the quotation's first verb stands in front of the cue."""
    for statement in statements:
        if statement.manner != "mixed" or len(statement.content) < 2:
            continue
        subject, quoted = statement.content[0], statement.content[-1]
        inside = [d for d in drafts if quoted.contains(d.deed.span)]
        if inside and not inside[0].sources:
            heads = [m.head for m in clauses.reading.mentions_in(subject)]
            inside[0].sources = tuple(p for p in parties.of_tokens(heads) if p not in inside[0].targets)


def _parties(deed: Deed, parties: Parties) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Sources, targets, and whether the deed is done by all to all."""
    predicate = deed.predicate
    if deed.is_noun:
        own = tuple(s for s in _OWNER_SLOTS if s not in predicate.target or s in ("between", "among"))
        sources = parties.slot(deed, own) or parties.slot(deed, ("subject",))
    else:
        sources = parties.slot(deed, predicate.source)
    told = parties.slot(deed, predicate.target) or parties.slot(deed, ("iobject",)) or parties.beside_object(deed)
    if not told and predicate.plover == "REQUEST":
        told = parties.slot(deed, ("clause", "on", "to", "from"))
    if not told and predicate.mode == "visit":
        told = parties.slot(deed, ("to", "in"), ground=True)
    if not told and predicate.plover in _TO_COUNTRIES:
        told = parties.slot(deed, ("to", "for"), ground=True)
    targets = tuple(p for p in told if p not in sources and not parties.owned_by(p, sources))
    if predicate.reciprocal in ("plural", "always"):
        together = _together(deed, parties, sources, targets)
        if len(together) > 1:
            return together, together, True
    return sources, targets, False


def _together(deed: Deed, parties: Parties, sources: tuple[str, ...], targets: tuple[str, ...]) -> tuple[str, ...]:
    """Everybody who stands on either side of a meeting, a clash, an exchange."""
    names = [name for name in _WITH if name in deed.slots]
    others = tuple(p for name in names for p in parties.of_tokens(deed.slots[name]))
    owners = parties.of_tokens(deed.slots.get("owner", ())) if deed.is_noun else ()
    subject = parties.of_tokens(deed.slots.get("subject", ())) if deed.is_noun else ()
    everybody = (*sources, *owners, *targets, *others)
    if len(set(everybody)) < 2:
        everybody = (*everybody, *subject)
    return tuple(dict.fromkeys(everybody))


def _evidence(deed: Deed, clauses: Clauses) -> Span:
    """The clause that tells the deed: its verb's own words, other clauses of the sentence left out."""
    root = clauses.clause_root(deed.light if deed.light is not None else deed.token)
    sentence = clauses.reading.sentence_of(deed.token)
    own = [
        i
        for i in clauses.reading.subtree(root)
        if sentence.first <= i < sentence.last and clauses.tokens[i].dep != "punct"
    ]
    span = clauses.span_of(own) or sentence.span
    return span.cover(deed.span)


def _only_words(draft: EventDraft, clauses: Clauses) -> bool:
    """Whether the words only sound like a deed: they name parties, or say what is not or not yet said."""
    deed = draft.deed
    if deed.is_noun and _names_the_parties(deed, clauses):
        return True
    if not deed.predicate.act:
        return False
    if draft.status in ("not_happened", "planned", "hypothetical"):
        return True  # "is not ruling out", "summoned him to protest": what is not said, or not yet, is no act
    if clauses.tokens[deed.token].lemma in clauses.language.continuing and not draft.targets and not draft.asked:
        return True  # "“...,” he urges": the translator's word for going on; nobody is asked for anything
    return _for_a_purpose(deed, clauses)


def _worth_telling(draft: EventDraft, clauses: Clauses) -> bool:
    """A deed by nobody to nobody is kept only where force, coercion or protest is told."""
    if draft.sources or draft.targets:
        return not (draft.deed.predicate.act and not draft.sources and draft.deed.is_noun)
    told = not draft.deed.is_noun or _is_one_with_a_place(draft.deed, clauses)
    return draft.plover in _MATERIAL and draft.status in ("happened", "under_way") and told


def _is_one_with_a_place(deed: Deed, clauses: Clauses) -> bool:
    """ "an air raid near Damascus": one deed somewhere, and no standing fact like "the conflict in the south"."""
    words = {clauses.tokens[c].text.lower() for c in clauses.below(deed.token, "det", "nummod")}
    grounds = {m.head for m in clauses.reading.mentions if m.as_place}
    somewhere = any(t in grounds for heads in clauses.prepositions(deed.token).values() for t in heads)
    return somewhere and bool(words) and not words & clauses.language.definite


def _for_a_purpose(deed: Deed, clauses: Clauses) -> bool:
    """ "rallied to demand", "summoned him to protest": the saying is what the deed above was done for."""
    token = clauses.tokens[deed.token]
    purpose = token.tag == "VB" and token.dep in ("advcl", "xcomp", "acl")
    above = clauses.tokens[token.head].lemma
    does = above in clauses.language.deciding or above in clauses.language.aspect  # "went on to accuse"
    return purpose and not does and token.head != token.index


def _names_the_parties(deed: Deed, clauses: Clauses) -> bool:
    """ "the parties to the conflict", "both sides in the war": the noun only says which parties are meant."""
    prep = clauses.tokens[clauses.tokens[deed.token].head]
    joint = {m.head for m in clauses.reading.mentions if len(m.refers_to) > 1}
    return clauses.tokens[deed.token].dep == "pobj" and prep.index - 1 in joint


def _event(draft: EventDraft, clauses: Clauses, statements: Sequence[Statement], kit: EventKit) -> Event:
    deed, predicate = draft.deed, draft.deed.predicate
    ontology = kit.ontology
    codings = (
        Coding(
            "PLOVER",
            draft.plover,
            draft.mode,
            draft.contexts or predicate.contexts,
            ontology.plover_score(draft.plover, draft.mode),
        ),
        Coding("CAMEO", draft.cameo, None, (), ontology.goldstein(draft.cameo)),
    )
    return Event(
        id="",  # numbered in text order when all are known
        sources=draft.sources,
        targets=draft.targets,
        victims=draft.victims,
        codings=codings,
        status=draft.status,
        trigger=deed.span,
        evidence=(draft.evidence,),
        background=draft.background,
        reciprocal=draft.reciprocal,
        size=size_of(deed, draft.plover, draft.evidence, clauses),
        told_in=_told_in(deed, clauses, statements),
        confidence=draft.chance if draft.chance is not None else NOUN if deed.is_noun else VERB,
        coder="rules" if deed.known else "encoder",
        why="; ".join(_reasons(draft)),
    )


def _reasons(draft: EventDraft) -> list[str]:
    """What the event was found by, and what the encoder changed."""
    predicate = draft.deed.predicate
    kind = "noun" if draft.deed.is_noun else "verb"
    found = f"{kind} entry {predicate.id!r}" if draft.deed.known else f"{kind} found by the encoder"
    retyped = [f"type by the encoder instead of {predicate.plover}"] if draft.plover != predicate.plover else []
    return [found, *retyped, *([draft.note] if draft.note else [])]


def _told_in(deed: Deed, clauses: Clauses, statements: Sequence[Statement]) -> str | None:
    """The statement on whose word the event stands: the tightest whose content tells it.

    What the speaker does by saying it ("we condemn") stands on nobody's word: the saying is the deed.
    """
    around = [s for s in statements if any(c.contains(deed.span) for c in s.content)]
    if not around:
        return None
    tightest = min(around, key=lambda s: sum(len(c) for c in s.content))
    if deed.predicate.act and _first_person(deed, clauses):
        return tightest.inside
    return tightest.id


def _first_person(deed: Deed, clauses: Clauses) -> bool:
    words = [clauses.tokens[i].text.lower() for i in deed.slots.get("subject", ())]
    return any(clauses.language.pronouns.get(w) == "first" for w in words)


def acts_of(events: Sequence[Event], statements: Sequence[Statement]) -> dict[str, tuple[str, ...]]:
    """For each statement the events that its saying does: the cue tells them, or the speaker performs them in it."""
    return {s.id: tuple(e.id for e in events if s.speaker in e.sources and _does(s, e)) for s in statements}


def _does(statement: Statement, event: Event) -> bool:
    told_by_cue = statement.cue is not None and statement.cue.overlaps(event.trigger)
    performed = event.told_in == statement.inside and any(c.contains(event.trigger) for c in statement.content)
    return told_by_cue or performed

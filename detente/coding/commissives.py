"""Promises, offers and refusals by their own verbs: "pledged to", "stands ready to", "is not ruling out", "we will".

Only what is asserted is found: nothing supposed, asked, or hung on a condition, and no threats told as promises.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.pledging import Ground, PledgeDraft
from detente.model.commitment import CommitmentKind
from detente.model.span import Span

# How sure a rule is before anything was measured: an explicit verb, a stated readiness, a future in the first person.
_EXPLICIT, _READY, _FUTURE, _SOFT = 0.75, 0.7, 0.6, 0.55
_CONTENT = ("xcomp", "ccomp", "dobj", "prep", "acomp", "oprd", "dative", "pcomp")
_TOWARD = ("to", "with", "for", "between", "from")


def find_commissives(ground: Ground) -> Iterator[PledgeDraft]:
    """Every verb that promises, offers or refuses on its own, in text order."""
    for token in ground.tokens:
        if token.pos not in ("VERB", "AUX", "ADJ"):
            continue
        draft = _by_verb(token.index, ground) or _by_readiness(token.index, ground) or _by_future(token.index, ground)
        if draft is not None:
            yield draft


# -- verbs that say so


def _by_verb(verb: int, ground: Ground) -> PledgeDraft | None:
    words = ground.words
    names = ground.clauses.lemma_with_particle(verb)
    lemma = ground.tokens[verb].lemma
    if any(n in words.not_excluding for n in names):
        return _not_excluded(verb, ground)
    if lemma in words.promising:
        return _explicit("promise", verb, ground, "a verb of promising")
    if lemma in words.assuring and _assures_own_deed(verb, ground):
        return _explicit("promise", verb, ground, "assures that it will be done")
    if lemma in words.committing and _commits(verb, ground):
        return _explicit("promise", verb, ground, "commits to it")
    if lemma in words.giving:
        return _term_set(verb, ground)
    if lemma in words.offering:
        return _explicit("offer", verb, ground, "a verb of offering")
    return None


def _explicit(kind: CommitmentKind, verb: int, ground: Ground, why: str) -> PledgeDraft | None:
    content = _content(verb, ground)
    if content is None or not ground.is_asserted(verb) or _is_empty(verb, ground) or _is_hostile(verb, ground):
        return None
    subjects = ground.clauses.subjects(verb)
    who = ground.who(subjects) or _speaker(verb, ground)
    if not any(ground.is_political(id) for id in who):
        return None
    return PledgeDraft(kind, verb, who, _toward(verb, who, ground), (content,), _cue(verb, ground), _EXPLICIT, why)


def _content(verb: int, ground: Ground) -> Span | None:
    """What is promised or offered: all that hangs behind the verb; None where nothing does."""
    heads = [h for h in ground.clauses.below(verb, *_CONTENT) if h > verb]
    if not heads and ground.clauses.is_passive(verb):
        heads = ground.clauses.below(verb, "nsubjpass")
    statement = ground.statement_by(verb)
    if not heads and statement is not None and statement.content:
        return statement.content[0]
    content = ground.clauses.span_of(i for h in heads for i in ground.clauses.reading.subtree(h))
    return content if content is not None and not _says_nothing(content, ground) else None


def _says_nothing(content: Span, ground: Ground) -> bool:
    """Whether the words behind the verb are a pronoun or a time alone: what is offered then stands elsewhere."""
    tokens = [ground.tokens[i] for i in ground.clauses.reading.tokens_in(content)]
    times = [t.span for t in ground.times.times if t.span is not None]
    telling = [
        t for t in tokens if t.pos not in ("PRON", "ADP", "PUNCT") and not any(s.overlaps(t.span) for s in times)
    ]
    return not telling


def _speaker(verb: int, ground: Ground) -> tuple[str, ...]:
    statement = ground.statement_by(verb)
    return (statement.speaker,) if statement is not None and statement.speaker is not None else ()


def _cue(verb: int, ground: Ground) -> Span:
    """The verb with what belongs to its form: "is not ruling out"."""
    parts = [verb, *ground.clauses.below(verb, "aux", "auxpass", "neg", "prt")]
    near = [i for i in parts if abs(i - verb) <= len(parts)]
    return ground.clauses.span_of(near) or ground.tokens[verb].span


def _toward(verb: int, who: tuple[str, ...], ground: Ground) -> tuple[str, ...]:
    """Whom it is promised or offered to: the object of the verb, or who stands behind "to", "with" and the like."""
    clauses = ground.clauses
    heads = clauses.indirect_objects(verb)
    if ground.tokens[verb].lemma in ground.words.assuring or clauses.is_passive(verb):
        heads += clauses.objects(verb)
    prepositions = clauses.prepositions(verb)
    heads += [i for name in _TOWARD for i in prepositions.get(name, ())]
    for noun in clauses.below(verb, "dobj"):
        below = clauses.prepositions(noun)
        heads += [i for name in _TOWARD for i in below.get(name, ())]
    found = ground.not_own(ground.who(heads), who)
    statement = ground.statement_by(verb)
    return found or (tuple(a for a in statement.addressees if a not in who) if statement is not None else ())


def _is_empty(verb: int, ground: Ground) -> bool:
    """ "offered condolences", "offered no comment": nothing between parties is offered."""
    for noun in ground.clauses.below(verb, "dobj", "nsubjpass"):
        determiners = [ground.tokens[i].text.lower() for i in ground.clauses.below(noun, "det")]
        inner = [i for p in ground.clauses.below(noun, "prep") for i in ground.clauses.below(p, "pobj")]
        if any(ground.tokens[i].lemma in ground.words.empty_things for i in (noun, *inner)):
            return True
        if any(d in ground.clauses.language.negation for d in determiners):
            return True
    return False


def _is_hostile(verb: int, ground: Ground) -> bool:
    """ "vowed to retaliate" is a threat."""
    event = ground.event_at(verb)
    coding = event.coding("PLOVER") if event is not None else None
    if coding is not None and coding.code == "THREATEN":
        return True
    deeds = ground.clauses.below(verb, "xcomp", "ccomp")
    nouns = ground.clauses.below(verb, "dobj")
    return any(ground.tokens[d].lemma in ground.words.hostile for d in (*deeds, *nouns))


def _assures_own_deed(verb: int, ground: Ground) -> bool:
    for deed in ground.clauses.below(verb, "ccomp"):
        words = [ground.tokens[i].text.lower() for i in ground.clauses.below(deed, "aux")]
        future = any(w in ground.words.future or w in ground.clauses.language.modal_hypothetical for w in words)
        subjects = ground.who(ground.clauses.subjects(deed))
        if future and set(subjects) & set(ground.who(ground.clauses.subjects(verb))):
            return True
    return False


def _commits(verb: int, ground: Ground) -> bool:
    """ "committed (itself) to", "is committed to"; not "committed a crime"."""
    to = any(ground.tokens[i].text.lower() == "to" for i in ground.clauses.below(verb, "prep"))
    objects = ground.clauses.below(verb, "dobj")
    reflexive = all(ground.tokens[i].text.lower() in ground.clauses.language.pronouns for i in objects)
    return reflexive and (to or bool(ground.clauses.below(verb, "xcomp")))


def _term_set(verb: int, ground: Ground) -> PledgeDraft | None:
    """ "gave them 48 hours to leave": an ultimatum, whatever is to follow."""
    clauses, clause = ground.clauses, ground.clause(verb)
    deadline = ground.deadline_in([clause])
    heads = [*clauses.indirect_objects(verb), *(clauses.objects(verb) if clauses.is_passive(verb) else ())]
    who, to = ground.who(clauses.subjects(verb)), ground.who(heads)
    below = [verb, *clauses.below(verb, "dobj"), *clauses.below(verb, "prep")]
    below += [i for p in below for i in clauses.below(p, "pobj")]
    asked = [
        i for b in below for i in clauses.below(b, "xcomp", "acl", "advcl", "relcl") if ground.tokens[i].tag == "VB"
    ]
    if deadline is None or not who or not to or not asked or not ground.is_asserted(verb):
        return None
    why = "sets a term within which it must be done"
    return PledgeDraft("ultimatum", verb, who, to, (clause,), _cue(verb, ground), _READY, why)


def _not_excluded(verb: int, ground: Ground) -> PledgeDraft | None:
    """ "is not ruling out contacts": a soft offer of them to whoever of another side is named with them."""
    content = _content(verb, ground)
    if content is None or not ground.is_negated(verb):
        return None
    if any(
        ground.tokens[i].lemma in ground.words.hostile for i in ground.clauses.below(verb, "dobj", "pcomp", "xcomp")
    ):
        return None
    who = ground.who(ground.clauses.subjects(verb)) or _speaker(verb, ground)
    to = _toward(verb, who, ground) or ground.not_own(ground.named_in(content), who)
    coded = _offered_between(content, ground)
    if not who or not (to or coded) or _asks_conflict(content, ground):
        return None
    to = ground.not_own(coded, who) or to
    return PledgeDraft("offer", verb, who, to, (content,), _cue(verb, ground), _SOFT, "not ruled out: a soft offer")


def _offered_between(content: Span, ground: Ground) -> tuple[str, ...]:
    """The parties of what the content tells as possible."""
    told = [e for e in ground.coded.events if content.contains(e.trigger) and not e.counts]
    return tuple(dict.fromkeys(p for e in told[:1] for p in (*e.sources, *e.targets)))


_CONFLICT = frozenset({"ASSAULT", "COERCE", "SANCTION", "THREATEN", "MOBILIZE", "PROTEST", "ACCUSE", "REJECT"})


def _asks_conflict(content: Span, ground: Ground) -> bool:
    """ "does not rule out strikes" offers nothing."""
    codes = [c.code for e in ground.coded.events if content.contains(e.trigger) and (c := e.coding("PLOVER"))]
    return any(code in _CONFLICT for code in codes)


# -- "is ready to", "stands open to"


def _by_readiness(token: int, ground: Ground) -> PledgeDraft | None:
    words, clauses = ground.words, ground.clauses
    adjective = ground.tokens[token]
    verb = adjective.head
    bound = adjective.text.lower() in words.bound
    if not (bound or adjective.lemma in words.ready_adjectives) or adjective.dep not in (
        "acomp",
        "oprd",
        "xcomp",
        "advcl",
    ):
        return None
    if ground.tokens[verb].lemma not in words.ready_verbs or not ground.is_asserted(verb):
        return None
    content = ground.complement(token, "xcomp", "prep", "ccomp") or ground.complement(verb, "xcomp", "prep")
    who = ground.who(clauses.subjects(verb))
    if content is None or not any(ground.is_political(id) for id in who) or _asks_conflict(content, ground):
        return None
    deeds = [*clauses.below(token, "xcomp"), *clauses.below(verb, "xcomp")]
    deeds += [i for p in clauses.below(token, "prep") for i in clauses.below(p, "pobj", "pcomp")]
    if bound and deeds:
        cue = clauses.span_of([verb, token]) or adjective.span
        return PledgeDraft("promise", token, who, _toward(token, who, ground), (content,), cue, _READY, "bound to it")
    if not deeds or any(ground.tokens[d].lemma in (words.hostile | words.no_deeds) for d in deeds):
        return None
    to = tuple(dict.fromkeys(id for d in deeds for id in _toward(d, who, ground)))
    cue = clauses.span_of([verb, token]) or adjective.span
    return PledgeDraft("offer", token, who, to, (content,), cue, _READY, "ready or open to it")


# -- "we will"


def _by_future(verb: int, ground: Ground) -> PledgeDraft | None:
    """A deed that a speaker announces of himself in his own words."""
    clauses, words = ground.clauses, ground.words
    token = ground.tokens[verb]
    subjects = clauses.below(verb, "nsubj")
    first = [s for s in subjects if ground.tokens[s].text.lower() in words.first_persons]
    future = [i for i in clauses.below(verb, "aux") if ground.tokens[i].text.lower() in words.future]
    if not first or not future or token.tag != "VB" or _depends(verb, ground):
        return None
    statement = ground.statement_at(token.span)
    if statement is None or statement.speaker is None or statement.manner == "indirect":
        return None
    negated, refusable = ground.is_negated(verb), token.lemma in words.refusing
    if negated != refusable and negated:
        return None
    if not negated and (token.lemma in words.hostile | words.no_deeds or _is_idle(verb, ground)):
        return None
    who = ground.who(first) or (statement.speaker,)
    if not any(ground.is_political(id) for id in who):
        return None
    kind: CommitmentKind = "refusal" if negated else "promise"
    cue = clauses.span_of([*first[:1], *future[:1], *clauses.below(verb, "neg"), verb]) or token.span
    why = "refuses it in his own words" if negated else "announces his own deed in his own words"
    to = _toward(verb, who, ground) or tuple(a for a in statement.addressees if a not in who)
    return PledgeDraft(kind, verb, who, to, (ground.clause(verb),), cue, _FUTURE, why)


def _depends(verb: int, ground: Ground) -> bool:
    """Whether the deed hangs on a condition, or is asked or thought."""
    clauses = ground.clauses
    marks = [i for c in clauses.below(verb, "advcl") for i in clauses.below(c, "mark", "advmod")]
    marks += clauses.below(verb, "mark")
    above = clauses.tokens[ground.tokens[verb].head]
    thought = above.index != verb and above.lemma in clauses.language.saying["thinking"]
    asked = clauses.tokens[clauses.reading.sentence_of(verb).last - 1].text == "?"
    return thought or asked or any(ground.tokens[i].text.lower() in ground.words.conditional for i in marks)


def _is_idle(verb: int, ground: Ground) -> bool:
    """ "we will continue to see", "we will be able": the deed itself is none; "we will do everything" says nothing."""
    deeds = ground.clauses.below(verb, "xcomp", "ccomp")
    whole = [ground.tokens[i].lemma for i in deeds]
    return any(lemma in ground.words.hostile | ground.words.no_deeds for lemma in whole)

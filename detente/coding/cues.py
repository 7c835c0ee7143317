"""Finds cues: the verbs, nouns and phrases that put words into somebody's mouth, with their speakers.

A cue is only a place where speech may hang; what was said is found by quoted.py and indirect.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.coding.clauses import Clauses
from detente.coding.speakers import owner_of, speaker_at
from detente.coding.voices import Voices
from detente.model.span import Span

CueKind = Literal["plain", "writing", "thinking", "acting", "according", "reads", "noun"]
_KINDS: tuple[CueKind, ...] = ("plain", "writing", "acting", "thinking")
_DEMONSTRATIVE = frozenset({"this", "that", "it"})
_DOCUMENT_VERBS = frozenset({"read", "say", "state", "run", "conclude"})
# Nobody writes longer sentences; more words without a stop are a table or noise, and their grammar means nothing.
_LONGEST_SENTENCE = 400
_NO_CLAUSE = ("amod", "compound", "aux", "auxpass")
# Denying is said by denying verbs; "did not say" says nothing.
_SAID_WITH_NOT = frozenset({"rule out", "exclude", "deny", "dispute", "hide"})
# "decided to blame", "used to say": the infinitive is what was done.
_DONE_ALL_THE_SAME = frozenset({"use", "dare", "hasten", "go", "decide", "choose", "rush", "hurry", "opt"})
_ONLY_THOUGHT = frozenset({"would", "could", "might", "may", "can", "should", "must", "'d"})

# "Chile, in his view, is weak": such words stand in front or behind a comma, but "by his account" anywhere.
_ANYWHERE = "by"
_OF_BODIES = frozenset({"its", "their"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of saying (or "according" with its "to") and the token at the head of its speaker, if it names one."""

    token: int
    kind: CueKind
    names: tuple[str, ...]
    speaker: int | None
    span: Span
    passive: bool = False
    about_before: bool = False  # "This was announced by ...": what was said stands in the sentence before
    carrier: int | None = None  # who only passes the words on


def find_cues(clauses: Clauses, voices: Voices) -> list[Cue]:
    """All cues in text order."""
    found: list[Cue] = []
    for sentence in clauses.reading.sentences:
        if sentence.last - sentence.first <= _LONGEST_SENTENCE:
            found += [cue for i in range(sentence.first, sentence.last) if (cue := _cue_at(i, clauses)) is not None]
    return found


def _cue_at(index: int, clauses: Clauses) -> Cue | None:
    token = clauses.tokens[index]
    if token.text.lower() == "according":
        return _according(index, clauses)
    if token.pos == "ADP":
        return _in_the_view(index, clauses)
    if token.pos in ("VERB", "AUX") or _verb_taken_for_noun(index, clauses):
        return _verb_cue(index, clauses)
    if token.pos == "NOUN" and token.lemma in clauses.language.saying_nouns:
        owner = owner_of(index, clauses)
        owner = owner if owner is not None else _giver(index, clauses)
        return Cue(index, "noun", (token.lemma,), owner, token.span) if owner is not None else None
    return None


def _giver(noun: int, clauses: Clauses) -> int | None:
    """ "issued a warning that ...", "gave assurances that ...": whoever does the little verb speaks."""
    token = clauses.tokens[noun]
    verb = clauses.tokens[token.head]
    light = token.dep == "dobj" and verb.lemma in clauses.language.light_verbs
    return speaker_at(verb.index, clauses) if light and _is_said(verb.index, (), clauses) else None


def _verb_taken_for_noun(index: int, clauses: Clauses) -> bool:
    """ "Y posts on X": with a subject of its own it is no noun."""
    token = clauses.tokens[index]
    said = token.lemma in clauses.language.saying["writing"] or token.lemma in clauses.language.saying["plain"]
    return said and token.pos == "NOUN" and bool(clauses.below(index, "nsubj"))


def _verb_cue(verb: int, clauses: Clauses) -> Cue | None:
    language, token = clauses.language, clauses.tokens[verb]
    if token.dep in _NO_CLAUSE:
        return None
    names = names_of(verb, clauses)
    if any(name in language.saying["relaying"] for name in names):
        return _relayed(verb, clauses)
    relayer = _relayer_above(verb, clauses)
    if relayer is not None:
        quoted = clauses.objects(relayer)
        carriers = clauses.subjects(relayer)
        return Cue(
            verb,
            "plain",
            names,
            quoted[0] if quoted else None,
            cue_span(verb, clauses),
            carrier=carriers[0] if carriers else None,
        )
    speaker = speaker_at(verb, clauses)
    cited = _cited_by(verb, clauses)
    if cited is not None and speaker is not None:
        return Cue(verb, "plain", names, cited, cue_span(verb, clauses), carrier=speaker)
    document = _document(verb, speaker, clauses)
    if document is not None:
        return Cue(verb, "reads", names, _document_owner(document, clauses), cue_span(verb, clauses), carrier=document)
    kind = next((kind for kind in _KINDS if any(name in language.saying[kind] for name in names)), None)
    if kind is None or not _is_said(verb, names, clauses):
        return None
    if _looks_back(verb, clauses):
        speakers = clauses.below(clauses.tokens[verb].head, "attr")
        return Cue(verb, kind, names, speakers[0] if speakers else speaker, cue_span(verb, clauses), about_before=True)
    passive = clauses.is_passive(verb)
    objects = clauses.objects(verb) if passive else []
    before = passive and bool(objects) and clauses.tokens[objects[0]].text.lower() in _DEMONSTRATIVE
    return Cue(verb, kind, names, speaker, cue_span(verb, clauses), passive, before)


def names_of(verb: int, clauses: Clauses) -> tuple[str, ...]:
    """What a verb may be called in the language pack, from long to short: "point out", "make clear", "admit to", "say".

    A verb with a particle is another verb: "call off" is no "call".
    """
    found = clauses.lemma_with_particle(verb)
    lemma, particle = clauses.tokens[verb].lemma, clauses.particle(verb)
    if particle is not None:
        found = [name for name in found if f" {particle}" in name]
    small = [clauses.tokens[c].lemma for c in clauses.below(verb, "acomp", "oprd", "dobj")]
    small += [clauses.tokens[c].text.lower() for c in clauses.below(verb, "ccomp")]
    small += [clauses.tokens[p].text.lower() for c in clauses.below(verb, "dobj") for p in clauses.below(c, "prep")]
    small += ["it" for c in clauses.below(verb, "dobj") if clauses.tokens[c].text.lower() == "it"]
    return (*(f"{lemma} {word}" for word in small), *found)


def _relayed(verb: int, clauses: Clauses) -> Cue | None:
    """ "The agency quoted him: ...": he speaks; nothing here where "as saying" follows, for that is the cue."""
    said = [
        p
        for c in clauses.below(verb, "prep")
        if clauses.tokens[c].text.lower() == "as"
        for p in clauses.below(c, "pcomp")
    ]
    quoted, carriers = clauses.objects(verb), clauses.subjects(verb)
    if said or not quoted:
        return None
    return Cue(
        verb,
        "plain",
        names_of(verb, clauses),
        quoted[0],
        cue_span(verb, clauses),
        carrier=carriers[0] if carriers else None,
    )


def _relayer_above(verb: int, clauses: Clauses) -> int | None:
    """The "quoted" over "as saying"."""
    prep = clauses.tokens[clauses.tokens[verb].head]
    if clauses.tokens[verb].dep != "pcomp" or prep.text.lower() != "as":
        return None
    above = clauses.tokens[prep.head]
    return above.index if above.lemma in clauses.language.saying["relaying"] else None


def _cited_by(verb: int, clauses: Clauses) -> int | None:
    """ "The agency reported, citing a source, that ...": the source."""
    citing = [
        c
        for c in clauses.reading.subtree(verb)
        if clauses.tokens[c].tag == "VBG" and clauses.tokens[c].lemma in clauses.language.saying["relaying"]
    ]
    citing = [
        c
        for c in citing
        if clauses.tokens[c].dep in ("advcl", "prep", "ccomp") and clauses.tokens[clauses.tokens[c].head].dep != "relcl"
    ]
    named = [o for c in citing for o in clauses.below(c, "dobj") if o in clauses.speaker_heads]
    return named[0] if named and clauses.tokens[verb].lemma in clauses.language.saying["plain"] else None


def _is_said(verb: int, names: Sequence[str], clauses: Clauses) -> bool:
    """Whether it was really said: not "did not say", "would say", "refused to say", "called on them to condemn"."""
    token, tokens = clauses.tokens[verb], clauses.tokens
    if (
        token.tag == "VBN"
        and token.dep in ("advcl", "acl", "ccomp")
        and not clauses.below(verb, "aux", "auxpass", "nsubj", "agent")
    ):
        return False  # "Asked whether ..., he replied": somebody else asked
    negated = bool(clauses.below(verb, "neg"))
    if negated and not any(name in _SAID_WITH_NOT for name in names):
        return False
    helpers = [tokens[c].text.lower() for c in clauses.below(verb, "aux")]
    if any(word in _ONLY_THOUGHT for word in helpers) and "have" not in helpers:
        return any(name in _SAID_WITH_NOT for name in names)
    if token.dep == "acl" and token.tag == "VBG" and "claim" in names and clauses.below(verb, "xcomp"):
        return False  # "men claiming to speak for the gang": who they are
    if token.dep == "acl" and token.tag == "VB" and "to" in helpers:
        return False  # "the right to defend itself": nobody defended
    if token.dep in ("xcomp", "ccomp") and token.tag == "VB" and "to" in helpers:
        governor = tokens[token.head]
        return governor.lemma in clauses.language.aspect or governor.lemma in _DONE_ALL_THE_SAME
    return True


def _looks_back(verb: int, clauses: Clauses) -> bool:
    """ "To make it known is the ministry": what was said stands in the sentence before."""
    return clauses.tokens[verb].dep == "csubj" and bool(clauses.below(clauses.tokens[verb].head, "attr"))


def _document(verb: int, speaker: int | None, clauses: Clauses) -> int | None:
    """The letter, note or statement that "reads" or "says", before the verb or behind it."""
    if clauses.tokens[verb].lemma not in _DOCUMENT_VERBS:
        return None
    candidates = ([speaker] if speaker is not None else []) + list(clauses.below(verb, "nsubj", "dobj", "attr"))
    return next((c for c in candidates if clauses.language.channel_kind(clauses.tokens[c].lemma) == "document"), None)


def _document_owner(noun: int, clauses: Clauses) -> int:
    """Whose statement, letter or note it is; the document itself where nobody is named."""
    owner = owner_of(noun, clauses)
    return owner if owner is not None else noun


def _according(token: int, clauses: Clauses) -> Cue | None:
    """ "according to X": X is the source; "according to which": whoever was named just before."""
    prep = next((c for c in clauses.below(token, "prep") if clauses.tokens[c].text.lower() == "to"), None)
    if prep is None:
        return None
    span = Span(clauses.tokens[token].span.start, clauses.tokens[prep].span.end)
    objects = clauses.below(prep, "pobj")
    if objects and clauses.tokens[objects[0]].tag in ("WDT", "WP"):
        span = span.cover(clauses.tokens[objects[0]].span)
        return Cue(token, "according", ("according to",), _named_before(token, clauses), span)
    return Cue(token, "according", ("according to",), objects[0] if objects else None, span)


def _in_the_view(prep: int, clauses: Clauses) -> Cue | None:
    """ "In the view of X", "by his own account": X is the source of the sentence around."""
    word = clauses.tokens[prep].text.lower()
    nouns = clauses.language.views.get(word, frozenset())
    views = [n for n in clauses.below(prep, "pobj") if clauses.tokens[n].lemma in nouns]
    governor = clauses.tokens[clauses.tokens[prep].head]
    in_front = prep == clauses.reading.sentence_of(prep).first or clauses.tokens[prep - 1].text == ","
    if not views or (governor.pos not in ("VERB", "AUX") and not in_front):
        return None
    if word != _ANYWHERE and governor.lemma in clauses.language.all_saying():
        return None  # "wrote in his own words": how he wrote
    owner = owner_of(views[0], clauses)
    free = word == _ANYWHERE or clauses.tokens[views[0]].lemma in clauses.language.views["anywhere"]
    if owner is None or not (in_front or free):
        return None  # "found cash in his account"
    span = clauses.tokens[prep].span.cover(clauses.tokens[views[0]].span)
    if owner < views[0]:  # "in his view": the cue is the noun alone
        span = clauses.tokens[views[0]].span
    return Cue(prep, "according", ("according to",), _meant_by(owner, governor.index, clauses), span)


def _meant_by(owner: int, verb: int, clauses: Clauses) -> int:
    """Whom "her" in "by her own account, the minister left" means: where nobody was named before, the subject."""
    mention = clauses.mention_at.get(owner)
    if clauses.tokens[owner].pos != "PRON" or (mention is not None and mention.refers_to):
        return owner
    of_body = clauses.tokens[owner].text.lower() in _OF_BODIES
    subjects = (i for i in clauses.subjects(verb) if i > owner and i in clauses.mention_heads)
    return next((i for i in subjects if of_body or not clauses.mention_at[i].entities), owner)


def _named_before(token: int, clauses: Clauses) -> int | None:
    """The nearest person, office or body before a token in its sentence: what "which" or "whom" takes up."""
    first = clauses.reading.sentence_of(token).first
    heads = {m.head for m in clauses.reading.mentions if m.kind in ("name", "role", "organisation", "metonym")}
    return next((i for i in range(token - 1, first - 1, -1) if i in heads), None)


def cue_span(verb: int, clauses: Clauses) -> Span:
    """The verb with its auxiliaries, negation and particle, as far as they stand together ("is not ruling out")."""
    parts = [verb, *clauses.below(verb, "aux", "auxpass", "neg", "prt")]
    inner = sorted(parts)
    kept = [verb]
    for index in reversed([i for i in inner if i < verb]):
        if kept[0] - index <= 2:
            kept.insert(0, index)
    kept += [i for i in inner if i > verb and i - kept[-1] <= 2]
    span = clauses.span_of(kept)
    assert span is not None
    return span

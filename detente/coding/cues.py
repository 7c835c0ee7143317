"""Finds cues: the verbs, nouns and phrases that put words into somebody's mouth, with their speakers.

A cue is only a place where speech may hang; what was said is found by quoted.py and indirect.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.coding.clauses import Clauses
from detente.coding.voices import Voices
from detente.model.span import Span

CueKind = Literal["plain", "writing", "thinking", "acting", "according", "reads"]
_DEMONSTRATIVE = frozenset({"this", "that", "it"})
# An inverted speaker's title is at most this long ("said Russian Deputy Foreign Minister X").
_LONGEST_TITLE = 14
_DOCUMENT_VERBS = frozenset({"read", "say", "state", "run", "conclude"})


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


def find_cues(clauses: Clauses, voices: Voices) -> list[Cue]:
    """All cues in text order."""
    found = []
    for token in clauses.tokens:
        if token.text.lower() == "according":
            cue = _according(token.index, clauses)
        elif token.pos in ("VERB", "AUX"):
            cue = _verb_cue(token.index, clauses)
        else:
            cue = None
        if cue is not None:
            found.append(cue)
    return found


def _verb_cue(verb: int, clauses: Clauses) -> Cue | None:
    language = clauses.language
    names = clauses.lemma_with_particle(verb)
    kind = next((kind for name in names for kind in ("plain", "writing", "acting", "thinking") if name in language.saying[kind]), None)
    if clauses.tokens[verb].dep in ("amod", "compound", "aux", "auxpass"):
        return None
    inverted = _inverted_speaker(verb, clauses)
    speakers = [inverted] if inverted is not None else clauses.subjects(verb)
    if clauses.tokens[verb].lemma in _DOCUMENT_VERBS and speakers and language.channel_kind(clauses.tokens[speakers[0]].lemma) == "document":
        owner = _document_owner(speakers[0], clauses)
        return Cue(verb, "reads", tuple(names), owner, cue_span(verb, clauses))
    if kind is None:
        return None
    passive = clauses.is_passive(verb)
    objects = clauses.objects(verb) if passive else []
    before = passive and bool(objects) and clauses.tokens[objects[0]].text.lower() in _DEMONSTRATIVE
    return Cue(verb, kind, tuple(names), speakers[0] if speakers else None, cue_span(verb, clauses), passive, before)  # type: ignore[arg-type]


def _inverted_speaker(verb: int, clauses: Clauses) -> int | None:
    """"..., affirmed Prime Minister Kurti, ...": the verb stands right after a comma or quotation mark, the speaker behind it."""
    tokens = clauses.tokens
    opened = verb > 0 and tokens[verb - 1].text in (",", '"', "'", "”", "’", "“", "—", "–", "»") and tokens[verb].tag in ("VBD", "VBZ", "VBP")
    if not opened:
        return None
    for index in range(verb + 1, min(verb + _LONGEST_TITLE, len(tokens))):
        if index in clauses.mention_heads:
            return index if tokens[index].dep not in ("poss", "compound", "amod", "nmod") else None
        if tokens[index].text in (",", '"', ".", ":") or tokens[index].pos in ("VERB", "AUX", "SCONJ") or tokens[index].text.lower() in ("that", "to", "on", "in"):
            return None
    return None


def _document_owner(noun: int, clauses: Clauses) -> int:
    """Whose statement, letter or note it is; the document itself where nobody is named."""
    owners = clauses.below(noun, "poss") or [i for name, objects in clauses.prepositions(noun).items() if name in ("of", "by", "from") for i in objects]
    return owners[0] if owners else noun


def _according(token: int, clauses: Clauses) -> Cue | None:
    """"according to X": X is the source; "according to which": whoever was named just before."""
    prep = next((c for c in clauses.below(token, "prep") if clauses.tokens[c].text.lower() == "to"), None)
    if prep is None:
        return None
    span = Span(clauses.tokens[token].span.start, clauses.tokens[prep].span.end)
    objects = clauses.below(prep, "pobj")
    if objects and clauses.tokens[objects[0]].tag in ("WDT", "WP"):
        span = span.cover(clauses.tokens[objects[0]].span)
        return Cue(token, "according", ("according to",), _named_before(token, clauses), span)
    return Cue(token, "according", ("according to",), objects[0] if objects else None, span)


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

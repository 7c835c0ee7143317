"""Statements that the encoder hears, as drafts beside those of the grammar: each statement once, with one speaker.

The grammar's words and speaker stand; what it misses is added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.coding.clauses import Clauses
from detente.coding.drafts import Draft
from detente.coding.heard import Heard, heard_statements
from detente.coding.passages import Passages
from detente.coding.speakers import speaker_at
from detente.coding.voices import Voices
from detente.model.span import Span
from detente.model.statement import Manner

_WORD = re.compile(r"\w+")
# Contents that share half of their words are one statement's.
_SAME = 0.5
# A statement that has most of its words in common with another is only told with a cue of its own among them.
_MOST = 0.5
# How far the encoder's word for it is trusted; what is less likely, or shorter, is left out.
_TRUST, _LEAST, _FEWEST = 0.9, 0.66, 2
# "Not to be named by this newspaper".
_UNNAMED_WORDS = 7


def heard_drafts(passages: Passages, clauses: Clauses, voices: Voices) -> list[Draft]:
    """What the encoder hears as drafts: with the tokens of cue and speaker, and the voice that tells it."""
    drafts = [_draft(told, clauses, voices) for told in heard_statements(passages)]
    return [draft for draft in drafts if not _is_gloss(draft, clauses) and not _stays_unnamed(draft, clauses)]


def _is_gloss(draft: Draft, clauses: Clauses) -> bool:
    """ "..., he wrote, referring to the war of 1994": the report's own explanation."""
    if draft.cue_token is None:
        return False
    token = clauses.tokens[draft.cue_token]
    return token.tag == "VBG" and token.lemma in clauses.language.glosses


def _stays_unnamed(draft: Draft, clauses: Clauses) -> bool:
    """ "A diplomat declined to be named": who is told of, and nothing said."""
    tokens = [clauses.tokens[i] for span in draft.content for i in clauses.reading.tokens_in(span)]
    named = [t for t in tokens if t.tag == "VBN" and t.lemma in clauses.language.anonymity]
    return bool(named) and len(tokens) <= _UNNAMED_WORDS and any(t.text.lower() == "to" for t in tokens)


def _draft(told: Heard, clauses: Clauses, voices: Voices) -> Draft:
    cue = _cue_token(told.cue, clauses)
    # The grammar knows best whose verb it is; the encoder, where it gives the verb to nobody.
    speaker = speaker_at(cue, clauses) if cue is not None else None
    if speaker is None:
        speaker = _speaker_token(told.source, clauses)
    anchor = cue if cue is not None else speaker
    level = voices.of(anchor) if anchor is not None else _level_around(told.content[0], voices)
    manner = manner_of(told.content, level, clauses, voices)
    quotes = [n for n in voices.spoken_at(level) if any(c.overlaps(voices.quotations[n].span) for c in told.content)]
    return Draft(
        cue,
        told.cue,
        speaker,
        list(told.content),
        manner,
        level,
        quotes=quotes,
        speaker_span=told.source,
        carried=told.channel,
        told_to=told.addressee,
        heard_source=told.source,
        confidence=round(_TRUST * told.chance, 2),
        why="heard by the encoder",
    )


def _cue_token(cue: Span | None, clauses: Clauses) -> int | None:
    """The last verb of a cue, else its last noun, else its first word."""
    if cue is None:
        return None
    tokens = list(clauses.reading.tokens_in(cue))
    for parts in (("VERB",), ("NOUN", "PROPN", "AUX")):
        found = [t for t in tokens if clauses.tokens[t].pos in parts]
        if found:
            return found[-1]
    return tokens[0] if tokens else None


def _speaker_token(source: Span | None, clauses: Clauses) -> int | None:
    """The head of the source's words: of a mention there, the first that no other one holds; else of the phrase."""
    if source is None:
        return None
    tokens = clauses.reading.tokens_in(source)
    tops = [t for t in tokens if clauses.tokens[t].head not in tokens or clauses.tokens[t].head == t]
    named = [t for t in tokens if t in clauses.mention_at]
    return next((t for t in tops if t in named), named[0] if named else tops[0] if tops else None)


def _level_around(span: Span, voices: Voices) -> int | None:
    """The voice in which a content without cue and speaker stands: the quotation around it."""
    around = [
        n for n in voices.spoken() if voices.quotations[n].span.contains(span) and voices.quotations[n].span != span
    ]
    return around[-1] if around else None


def manner_of(content: Sequence[Span], level: int | None, clauses: Clauses, voices: Voices) -> Manner:
    """Direct where all words stand in quotations of that voice, mixed where some do."""
    quoted = [voices.quotations[n].span for n in voices.spoken_at(level)]
    words = [t.span for c in content for t in (clauses.tokens[i] for i in clauses.reading.tokens_in(c))]
    inside = sum(any(q.contains(w) for q in quoted) for w in words)
    if words and inside == len(words):
        return "direct"
    return "mixed" if inside else "indirect"


def join_heard(drafts: Sequence[Draft], heard: Sequence[Draft], text: str) -> list[Draft]:
    """The drafts of both, each statement once: the grammar's words and speaker, the encoder's where it has none."""
    kept = list(drafts)
    by_words = [(draft, _words(draft, text)) for draft in drafts]
    for told in heard:
        mine = _words(told, text)
        alike = [(_alike(mine, words), draft) for draft, words in by_words]
        best, same = max(alike, key=lambda pair: pair[0], default=(0.0, None))
        if same is not None and best >= _SAME:
            # A quotation without a verb of its own was given to whoever stands near: the encoder knows better.
            unsure = not same.labelled and (same.speaker is None or same.cue_token is None)
            if told.speaker is not None and unsure:
                same.speaker, same.speaker_span, same.why = told.speaker, told.speaker_span, told.why
                same.cue, same.cue_token = same.cue or told.cue, same.cue_token or told.cue_token
            same.carried, same.told_to, same.heard_source = told.carried, told.told_to, told.heard_source
        elif _stands(told) and len(mine) >= _FEWEST and not _part_of(told, mine, by_words):
            kept.append(told)
            by_words.append((told, mine))
    return kept


def _stands(told: Draft) -> bool:
    """Whether the encoder's word alone is enough: it is sure, and something says that somebody speaks."""
    return told.confidence >= _LEAST and (told.cue is not None or told.manner == "direct")


def _part_of(told: Draft, mine: frozenset[int], others: Sequence[tuple[Draft, frozenset[int]]]) -> bool:
    """Whether most of the words are another draft's already, and its cue is not said within that one's words."""
    for other, words in others:
        if len(mine & words) > _MOST * min(len(mine), len(words)):
            within = told.cue is not None and any(span.contains(told.cue) for span in other.content)
            around = other.cue is not None and any(span.contains(other.cue) for span in told.content)
            if not within and not around:
                return True
    return False


def _words(draft: Draft, text: str) -> frozenset[int]:
    return frozenset(m.start() for s in draft.content for m in _WORD.finditer(text, s.start, s.end))


def _alike(one: frozenset[int], two: frozenset[int]) -> float:
    return 2 * len(one & two) / max(1, len(one) + len(two))

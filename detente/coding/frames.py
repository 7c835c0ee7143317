"""The frame of a statement: the words of its sentence that say who spoke, how and where, without what was said."""

from __future__ import annotations

from detente.coding.clauses import Clauses
from detente.coding.drafts import Draft
from detente.coding.voices import Voices
from detente.model.span import Span


def frame_tokens(draft: Draft, outer: Draft | None, clauses: Clauses, voices: Voices) -> list[int]:
    """The tokens of the cue's own sentence and voice outside the content; within the words of `outer` that tell it."""
    if draft.cue_token is None:
        return []
    level = voices.of(draft.cue_token)
    sentence = clauses.reading.sentence_of(draft.cue_token)
    own = [i for i in range(sentence.first, sentence.last) if voices.of(i) == level]
    if outer is not None and outer.level == level:
        own = [i for i in own if any(s.contains(clauses.tokens[i].span) for s in outer.content)]
    own = _between_semicolons(own, draft.cue_token, clauses)
    spans = [(i, clauses.tokens[i].span) for i in own]
    return [
        i
        for i, span in spans
        if not any(s.overlaps(span) for s in draft.content) and not _in_marks(span, level, voices)
    ]


def _between_semicolons(tokens: list[int], cue: int, clauses: Clauses) -> list[int]:
    """A semicolon parts two frames: what the other half stood in is no channel of this one."""
    stops = [i for i in tokens if clauses.tokens[i].text == ";"]
    first = max((i for i in stops if i < cue), default=-1)
    last = min((i for i in stops if i > cue), default=len(clauses.tokens))
    return [i for i in tokens if first < i < last]


def _in_marks(span: Span, level: int | None, voices: Voices) -> bool:
    """Whether a word stands in a quotation that is not the voice itself: scare quotes too."""
    around = None if level is None else voices.quotations[level].span
    return any(q.span != around and not (around is not None and q.span.contains(around)) for q in voices.near(span))

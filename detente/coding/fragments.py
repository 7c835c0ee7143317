"""Quotations that are only a piece of a sentence: finds the words outside the marks that belong to what was said.

"Russia, she said, “calls on ...”" says "Russia “calls on ...”"; the little clause of saying is left out.
"""

from __future__ import annotations

from detente.coding.clauses import Clauses
from detente.coding.cues import Cue
from detente.coding.drafts import trimmed_content
from detente.coding.voices import Voices
from detente.model.span import Span

_LONGEST_LEAD = 18
_STOPS = frozenset({";", ":", ".", "?", "!"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def lead_of(number: int, cue: Cue, clauses: Clauses, voices: Voices) -> list[Span]:
    """The stretches before a quotation, in its own sentence, that begin what it says."""
    reach, tokens = voices.reach[number], clauses.tokens
    inner = [i for i in reach if tokens[i].pos != "PUNCT"]
    if not inner or tokens[inner[0]].text[:1].isupper():
        return []
    start = _clause_start(number, clauses, voices)
    if cue.token >= reach.stop:
        lead = list(range(start, reach.start))
        return _spans([lead], clauses) if _begins_sentence(lead, cue, clauses) else []
    frame_start, frame_end = _frame(cue, start, reach.start, clauses)
    before = list(range(start, frame_start))
    between = list(range(frame_end, reach.start))
    if not _begins_sentence(before, cue, clauses):
        return []
    return _spans([before, between], clauses)


def joined_to(lead: list[Span], quotation: Span, text: str) -> list[Span]:
    """The stretches of a content; one that only blank space parts from the quotation is one with it."""
    if lead and not text[lead[-1].end : quotation.start].strip():
        return [*lead[:-1], lead[-1].cover(quotation)]
    return [*lead, quotation]


def _clause_start(number: int, clauses: Clauses, voices: Voices) -> int:
    """Where the quotation's clause begins: behind the last stop of its voice."""
    reach = voices.reach[number]
    first = clauses.reading.sentence_of(reach[0]).first
    level = voices.enclosing(number)
    for index in range(reach.start - 1, first - 1, -1):
        if clauses.tokens[index].text in _STOPS or voices.of(index) != level:
            return index + 1
    return first


def _frame(cue: Cue, start: int, end: int, clauses: Clauses) -> tuple[int, int]:
    """The little clause of saying between its commas, as tokens [first, last)."""
    tokens = clauses.tokens
    begins = min(cue.token, cue.speaker if cue.speaker is not None else cue.token)
    before = next((i for i in range(begins - 1, start - 1, -1) if tokens[i].text == ","), None)
    after = next((i for i in range(end - 1, cue.token, -1) if tokens[i].text == ","), None)
    if before is None or after is None:
        return start, end
    return before, after + 1


def _begins_sentence(lead: list[int], cue: Cue, clauses: Clauses) -> bool:
    """Whether these words name what the quotation speaks of: a noun or pronoun, and not the speaker."""
    if not lead or len(lead) > _LONGEST_LEAD or cue.speaker in lead or cue.token in lead:
        return False
    words = [clauses.tokens[i] for i in lead if clauses.tokens[i].pos != "PUNCT"]
    return (
        bool(words)
        and words[0].pos not in ("ADP", "CCONJ", "ADV", "SCONJ")
        and any(t.pos in ("NOUN", "PROPN", "PRON") for t in words)
    )


def _spans(stretches: list[list[int]], clauses: Clauses) -> list[Span]:
    found = []
    for stretch in stretches:
        words = [i for i in stretch if clauses.tokens[i].pos != "PUNCT"]
        span = clauses.span_of(words)
        if span is not None:
            found.append(trimmed_content(clauses.reading, span))
    return found

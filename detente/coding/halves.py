"""Contents that a little clause of saying cuts in two: "They hope, she wrote in a message, that the road will open".

Takes drafts of which one half was found and gives them the other one; whose words they are stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.coding.clauses import Clauses
from detente.coding.drafts import Draft, tokens_span, trimmed_content
from detente.coding.voices import Voices
from detente.model.reading import Token
from detente.model.span import Span

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_STOPS = frozenset({";", ":"})
_MARKS = frozenset('"“”„«»')
# Between the verb of saying and the comma that closes its clause stand a hearer, a day, a channel.
_LONGEST_TAIL = 14
_FEWEST = 2
_REASONS = frozenset({"because", "if", "unless"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# What opens the second half of a clause; "adding", "as", "while" and the like open the reporter's own words.
_GOES_ON = frozenset({"and", "but", "or", "because", "since", "so", "that", "to", "if", "unless", "until"})


def join_halves(drafts: Sequence[Draft], clauses: Clauses, voices: Voices) -> None:
    """Give each draft of indirect speech whose cue stands between commas the half of its sentence that it lacks."""
    for draft in drafts:
        commas = _commas(draft, clauses, voices)
        if commas is None or draft.cue_token is None:
            continue
        sentence = clauses.reading.sentence_of(draft.cue_token)
        before, behind = (
            _words(r, draft, clauses, voices)
            for r in (range(commas[0] - 1, sentence.first - 1, -1), range(commas[1] + 1, sentence.last))
        )
        if before is None or behind is None:
            continue
        has = [any(s.overlaps(half) for s in draft.content) for half in (before, behind)]
        if has == [True, False] and _goes_on(commas[1] + 1, draft, clauses):
            draft.content = [*draft.content, behind]
        elif has == [False, True] and _is_clause(before, clauses):
            draft.content = [before, *draft.content]


def _commas(draft: Draft, clauses: Clauses, voices: Voices) -> tuple[int, int] | None:
    """The commas around the clause of saying, where it stands in the middle of its sentence."""
    cue = draft.cue_token
    if cue is None or draft.manner == "direct" or draft.speaker is None or not _may_cut(clauses.tokens[cue]):
        return None
    sentence = clauses.reading.sentence_of(cue)
    if not sentence.first <= draft.speaker < sentence.last:
        return None
    speaker = [i for i in clauses.reading.subtree(draft.speaker) if sentence.first <= i < sentence.last]
    begins = min([cue, draft.speaker, *(i for i in speaker if i > min(cue, draft.speaker) - _LONGEST_TAIL)])
    opened = next((i for i in range(min(cue, draft.speaker) - 1, sentence.first, -1) if _is_comma(i, clauses)), None)
    last = max(cue, draft.speaker)
    closed = next((i for i in range(last + 1, min(last + _LONGEST_TAIL, sentence.last)) if _is_comma(i, clauses)), None)
    if opened is None or closed is None or begins > cue:
        return None
    level = voices.of(cue)
    inside = range(opened + 1, closed)
    others = [i for i in inside if clauses.tokens[i].pos == "VERB" and i != cue and clauses.tokens[i].tag in _FINITE]
    return (opened, closed) if not others and all(voices.of(i) == level for i in inside) else None


def _may_cut(cue: Token) -> bool:
    """Whether a cue may stand in the middle of what was said: a finite verb of its own, or "according to"."""
    return cue.pos == "ADP" or cue.text.lower() == "according" or (cue.tag in _FINITE and cue.dep != "relcl")


def _is_comma(index: int, clauses: Clauses) -> bool:
    return clauses.tokens[index].text == ","


def _words(tokens: range, draft: Draft, clauses: Clauses, voices: Voices) -> Span | None:
    """The words of one side up to a semicolon, all in the voice of the cue; None where there are too few."""
    level = voices.of(draft.cue_token or 0)
    kept: list[int] = []
    reasons = bool(tokens) and tokens.step > 0 and clauses.tokens[tokens[0]].text.lower() in _REASONS
    for index in tokens:
        following = clauses.tokens[index + 1].text.lower() if index + 1 < len(clauses.tokens) else ""
        joins = clauses.tokens[index].text == "," and following in ("and", "but")
        if clauses.tokens[index].text in _STOPS or (reasons and joins):
            break
        if voices.of(index) != level or clauses.tokens[index].text in _MARKS:
            return None
        kept.append(index)
    if not kept or (len(kept) < _FEWEST and clauses.tokens[kept[0]].dep not in _SUBJECTS):
        return None
    return trimmed_content(clauses.reading, tokens_span(clauses.reading, sorted(kept)))


def _goes_on(first: int, draft: Draft, clauses: Clauses) -> bool:
    """Whether what stands behind the second comma goes on with the clause before the first."""
    token = clauses.tokens[first]
    if token.text.lower() not in _GOES_ON and token.tag not in _FINITE:
        return False
    if token.text.lower() in _REASONS:
        return True  # "He still plans to go, two aides indicated, because the palace fears a scandal"
    sentence = clauses.reading.sentence_of(first)
    verb = next((i for i in range(first, sentence.last) if clauses.tokens[i].tag in _FINITE), None)
    return verb is None or clauses.tokens[verb].head != draft.cue_token


def _is_clause(half: Span, clauses: Clauses) -> bool:
    """Whether the words before the first comma are more than a time or a place: they have a subject or a verb."""
    tokens = [clauses.tokens[i] for i in clauses.reading.tokens_in(half)]
    return any(t.dep in ("nsubj", "nsubjpass", "expl") or t.tag in _FINITE for t in tokens)

"""Which statement is told inside which, and which ones only repeat another: the order among drafts.

Takes drafts with their speakers; drops repetitions and mere carriers; gives each draft the one around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.coding.clauses import Clauses
from detente.coding.drafts import Draft
from detente.model.span import Span
from detente.model.statement import Channel

_SAME_WORDS = 0.8
_SHORTEST_REPEATED = 3
# The next word begins so many characters behind the last one: a blank, a comma or a mark between them.
_NEXT_WORD = 2


def in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """By where their words begin; the longer first."""
    return sorted(drafts, key=lambda d: (d.start, -sum(len(s) for s in d.content), -d.end))


def without_repetitions(drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what a speaker says of his own saying ("we said that"), and drafts that repeat another's content."""
    kept: list[Draft] = []
    for draft, before in _with_those_around(drafts):
        before = [d for d in before if d in kept]
        if any(_repeats(draft, other) for other in before):
            continue
        outer = _tightest(draft, before)
        own = outer is not None and bool(outer.speaker_ids) and draft.speaker_ids == outer.speaker_ids
        if own and draft.cue is not None and (draft.manner == "indirect" or _same_voice(draft, outer)):
            continue
        kept.append(draft)
    return kept


def _same_voice(draft: Draft, outer: Draft | None) -> bool:
    """ "He demanded that they cancel what he called “a visit”": one voice, one statement."""
    return outer is not None and draft.level == outer.level and outer.manner != "direct"


def outer_of(drafts: Sequence[Draft]) -> dict[int, Draft]:
    """For each draft (by its id()) the tightest other draft whose words hold its words and its cue."""
    found: dict[int, Draft] = {}
    for draft, before in _with_those_around(drafts):
        outer = _tightest(draft, before)
        if outer is not None:
            found[id(draft)] = outer
    return found


def reach_over_inner(drafts: Sequence[Draft]) -> None:
    """Let a content that breaks off where another statement's words begin run on to their end.

    "The envoy hopes | to return, his spokesman conceded": what the spokesman conceded holds what the envoy hopes.
    """
    for inner in in_order(drafts):
        cue = inner.cue
        if cue is None:
            continue
        for outer in drafts:
            if outer is not inner and outer.level == inner.level and outer.cue != cue:
                outer.content = [_reaching(span, cue, inner) for span in outer.content]


def _reaching(span: Span, cue: Span, inner: Draft) -> Span:
    """A content's span, lengthened where it holds a cue whose words begin within or right behind it."""
    words = next((w for w in inner.content if w.start > cue.start), None)
    if words is None or not span.contains(cue) or not words.start <= span.end + _NEXT_WORD < words.end + _NEXT_WORD:
        return span
    return Span(span.start, max(span.end, words.end))


def _with_those_around(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, list[Draft]]]:
    """Each draft with those that begin no later and have not ended before it begins."""
    active: list[Draft] = []
    for draft in in_order(drafts):
        active = [d for d in active if d.end > draft.start]
        yield draft, active
        active = [*active, draft]


def _repeats(draft: Draft, other: Draft) -> bool:
    """The same words with the same cue, or nearly the same words in one level."""
    if draft.level != other.level:
        return False
    mine, theirs = sum(len(s) for s in draft.content), sum(len(s) for s in other.content)
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in draft.content for b in other.content)
    same_cue = draft.cue_token == other.cue_token and draft.cue_token is not None
    return shared > _SAME_WORDS * (mine if same_cue else max(mine, theirs))


def _tightest(draft: Draft, others: Sequence[Draft]) -> Draft | None:
    around = [o for o in others if o is not draft and _holds(o, draft)]
    return min(around, key=lambda o: sum(len(s) for s in o.content), default=None)


def _holds(outer: Draft, inner: Draft) -> bool:
    parts = list(inner.content) + ([inner.cue] if inner.cue is not None else [])
    return all(any(o.contains(p) for o in outer.content) for p in parts) and list(outer.content) != list(inner.content)


def without_carriers(drafts: Sequence[Draft], channels: Mapping[int, Channel], clauses: Clauses) -> list[Draft]:
    """ "..., the ministry said, Reuters reports": who only passes on what another says is that one's channel.

    `channels` holds the channel that each outlet's name would be.
    """
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.cue_token is not None and draft.level is None and draft.manner != "direct":
            by_sentence.setdefault(clauses.reading.sentence_number(draft.cue_token), []).append(draft)
    dropped: set[int] = set()
    for group in by_sentence.values():
        for carrier in [d for d in group if d.speaker is not None and d.speaker in channels]:
            passed_on = [d for d in group if d.speaker not in channels and _mostly_in(d, carrier)]
            for draft in passed_on:
                assert carrier.speaker is not None
                draft.channel = draft.channel or channels[carrier.speaker]
                dropped.add(id(carrier))
    return [d for d in drafts if id(d) not in dropped]


def _mostly_in(draft: Draft, outer: Draft) -> bool:
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in draft.content for b in outer.content)
    return shared > _SAME_WORDS * sum(len(s) for s in draft.content)


def name_headline_speakers(drafts: Sequence[Draft], clauses: Clauses) -> None:
    """A quotation in a headline whose words somebody speaks further down is his."""
    text = clauses.reading.report.text
    spoken = [
        (d, _bare(" ".join(s.words(text) for s in d.content))) for d in drafts if d.speaker_ids and d.manner == "direct"
    ]
    for draft in drafts:
        if draft.speaker_ids or draft.manner != "direct" or draft.level is not None:
            continue
        words = _bare(" ".join(s.words(text) for s in draft.content))
        same = next((d for d, said in spoken if f" {words} " in f" {said} " and d is not draft), None)
        if len(words.split()) >= _SHORTEST_REPEATED and same is not None:
            draft.speaker_ids, draft.speaker_span, draft.why = (
                same.speaker_ids,
                same.speaker_span,
                "the same words are spoken further down",
            )


def _bare(words: str) -> str:
    """Words without marks and capitals."""
    return " ".join("".join(c if c.isalnum() else " " for c in words.casefold()).split())

"""Where a reported clause begins and ends: what stands behind it in the same sentence is the reporter's own.

Works on the tokens of one content; cuts whole stretches off its start or end, never words out of its middle.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.codebook.datelines import dateline_end
from detente.coding.clauses import Clauses
from detente.coding.voices import Voices

_LONGEST_DATELINE = 160
_TIME_UNITS = frozenset({"minute", "hour", "day", "night", "week", "month", "year", "decade", "moment"})
_BEFORE_OR_AFTER = frozenset({"after", "before", "since", "following"})
_RELATIVES = frozenset({"which", "where", "who", "whose"})


def own_clause(tokens: Sequence[int], cue: int, clauses: Clauses, voices: Voices) -> list[int]:
    """The tokens of a content without another main clause, a later time or an explanation that follow or go before."""
    kept = _within_stops(list(tokens), cue, clauses, voices) if tokens else []
    kept = _without_dateline(kept, clauses)
    if kept and kept[0] > cue:
        kept = _with_commas(kept, clauses)
        kept = _without_tail(_without_next_deed(_without_citing(kept, clauses), clauses), clauses, voices)
    return kept


def _with_commas(tokens: list[int], clauses: Clauses) -> list[int]:
    """The marks between the words too, wherever the parser hung them."""
    inside = set(tokens)
    return [i for i in range(tokens[0], tokens[-1] + 1) if i in inside or clauses.tokens[i].pos == "PUNCT"]


def _without_citing(tokens: list[int], clauses: Clauses) -> list[int]:
    """ "reported, citing a source, that ...": the content begins with its "that"."""
    first = clauses.tokens[tokens[0]]
    if first.tag == "VBG" and first.lemma in clauses.language.saying["relaying"]:
        that = next((n for n, i in enumerate(tokens) if clauses.tokens[i].text.lower() == "that"), None)
        return tokens[that:] if that is not None else tokens
    return tokens


def _without_next_deed(tokens: list[int], clauses: Clauses) -> list[int]:
    """ "said Europe must wake up and called for more": a past tense behind an infinitive is the speaker's own deed."""
    for place, index in enumerate(tokens):
        token = clauses.tokens[index]
        head = clauses.tokens[token.head]
        own = clauses.below(index, "nsubj", "nsubjpass", "aux", "auxpass")
        if place and token.dep == "conj" and token.tag == "VBD" and head.tag == "VB" and not own:
            return tokens[: place - 1] if clauses.tokens[tokens[place - 1]].dep == "cc" else tokens[:place]
    return tokens


def _within_stops(tokens: list[int], cue: int, clauses: Clauses, voices: Voices) -> list[int]:
    """ "Two were hurt; one, he said, has died": a semicolon or colon in the cue's own voice divides."""
    level = voices.of(cue)
    reach = range(min(tokens[0], cue), max(tokens[-1], cue) + 1)
    stops = [
        i
        for i in reach
        if clauses.tokens[i].text in (";", ":") and voices.of(i) == level and not _before_quotation(i, voices)
    ]
    before = max((i for i in stops if i < cue), default=-1)
    after = min((i for i in stops if i > cue and tokens[0] < i), default=len(clauses.tokens))
    kept = [i for i in tokens if before < i < after]
    return kept


def _before_quotation(index: int, voices: Voices) -> bool:
    return index + 2 < len(voices.reading.tokens) and voices.of(index + 2) is not None and voices.of(index) is None


def _without_dateline(tokens: list[int], clauses: Clauses) -> list[int]:
    """Cut "SEOUL, June 13 —" off the words that open a paragraph."""
    if not tokens:
        return tokens
    start = clauses.tokens[tokens[0]].span.start
    paragraph = clauses.reading.paragraphs[clauses.reading.sentence_of(tokens[0]).paragraph]
    if paragraph.span.start != start:
        return tokens
    end = dateline_end(paragraph.span.words(clauses.reading.report.text)[:_LONGEST_DATELINE])
    return [i for i in tokens if clauses.tokens[i].span.start >= start + end] or tokens


def _without_tail(tokens: list[int], clauses: Clauses, voices: Voices) -> list[int]:
    """Cut what the reporter adds behind a comma: "two days after ...", "which ...", "a charge that ..."."""
    level = voices.of(tokens[0])
    for place, index in enumerate(tokens):
        if place < 2 or clauses.tokens[index].text != "," or voices.of(index) != level:
            continue
        rest = tokens[place + 1 :]
        if rest and (
            _later_time(rest, clauses) or _relative(rest, clauses) or _verdict(rest, clauses) or _noting(rest, clauses)
        ):
            return tokens[:place]
    return tokens


def _later_time(rest: Sequence[int], clauses: Clauses) -> bool:
    """ "two days after gunmen ...", "a week before ..."."""
    words = [clauses.tokens[i] for i in rest[:5]]
    unit = next((n for n, t in enumerate(words) if t.lemma.lower() in _TIME_UNITS), None)
    if unit is None or unit == 0:
        return False
    counts = all(t.pos in ("NUM", "DET", "ADV", "ADJ") for t in words[:unit])
    return counts and unit + 1 < len(words) and words[unit + 1].text.lower() in _BEFORE_OR_AFTER


def _relative(rest: Sequence[int], clauses: Clauses) -> bool:
    """ "..., which makes up two-thirds of the country": a relative clause that runs to the end."""
    if clauses.tokens[rest[0]].text.lower() not in _RELATIVES:
        return False
    verb = next(
        (i for i in clauses.reading.ancestors(rest[0]) if clauses.tokens[i].dep in ("relcl", "ccomp", "advcl")), None
    )
    if verb is None:
        return False
    return max(i for i in clauses.reading.subtree(verb) if clauses.tokens[i].pos != "PUNCT") >= _last_word(
        rest, clauses
    )


def _verdict(rest: Sequence[int], clauses: Clauses) -> bool:
    """ "..., a charge Paris called absurd": a noun for what was said, with somebody's view of it."""
    article = clauses.tokens[rest[0]]
    if article.text.lower() not in ("a", "an") or len(rest) < 3:
        return False
    noun = next((i for i in rest[1:4] if clauses.tokens[i].pos == "NOUN"), None)
    said = noun is not None and clauses.tokens[noun].lemma in clauses.language.saying_nouns
    return said and noun is not None and noun + 1 < len(clauses.tokens) and noun < rest[-1]


def _noting(rest: Sequence[int], clauses: Clauses) -> bool:
    """ "..., while noting that ...": the speaker's next words, with a cue of their own."""
    verb = next((i for i in rest[:2] if clauses.tokens[i].tag == "VBG"), None)
    if verb is None or (verb != rest[0] and clauses.tokens[rest[0]].dep != "mark"):
        return False
    return clauses.tokens[verb].lemma in clauses.language.saying["plain"] and bool(clauses.below(verb, "ccomp"))


def _last_word(tokens: Sequence[int], clauses: Clauses) -> int:
    return max((i for i in tokens if clauses.tokens[i].pos != "PUNCT"), default=tokens[-1])

"""Tells quotations that are somebody's words from scare quotes and titles.

Takes quotations and tokens, sets `Quotation.speech`. Says nothing about who speaks.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import replace

from detente.codebook.language import LanguagePack
from detente.model.reading import Quotation, Token

# A quotation of at most so many words without a finite verb is a title or scare quote, unless something introduces it.
_LONGEST_TITLE = 14
_SHORTEST_EXCLAMATION = 3
# How far before the mark the verb may stand that introduces a quotation after a comma ("X said late on Friday, “no”").
_REACH_OF_A_CUE = 8
_SENTENCE_END = (".", "!", "?", "…")


def tell_speech(
    quotations: Sequence[Quotation], tokens: Sequence[Token], language: LanguagePack
) -> tuple[Quotation, ...]:
    """Mark each quotation as speech or not."""
    starts = [t.span.start for t in tokens]
    saying = language.saying["plain"] | language.saying["writing"]
    return tuple(replace(q, speech=_is_speech(q, tokens, starts, saying)) for q in quotations)


def _is_speech(quotation: Quotation, tokens: Sequence[Token], starts: Sequence[int], saying: frozenset[str]) -> bool:
    first = bisect.bisect_left(starts, quotation.span.start)
    last = bisect.bisect_left(starts, quotation.span.end)
    inner = [t for t in tokens[first:last] if t.pos != "PUNCT"]
    if len(inner) > _LONGEST_TITLE or not quotation.closed:
        return True
    if any(t.pos in ("VERB", "AUX") and t.tag not in ("VBN", "VBG") for t in inner):
        return True
    return bool(inner) and (
        _broken_off(inner, tokens, last, saying)
        or _is_sentence(inner, tokens[first:last])
        or _introduced(tokens[max(0, first - _REACH_OF_A_CUE) : first], saying)
    )


def _broken_off(inner: Sequence[Token], tokens: Sequence[Token], last: int, saying: frozenset[str]) -> bool:
    """ "“Nonsense,” the president told them": a comma at the closing mark, and a verb of saying behind it."""
    ends = [t.text for t in tokens[inner[-1].index + 1 : last + 1] if t.text.strip("\"'")]
    following = tokens[last : last + _REACH_OF_A_CUE + 6]
    stop = next((n for n, t in enumerate(following) if t.text in (*_SENTENCE_END, ";")), len(following))
    return ends[:1] == [","] and any(t.lemma in saying and t.pos == "VERB" for t in following[:stop])


def _is_sentence(inner: Sequence[Token], all_inner: Sequence[Token]) -> bool:
    """ "“Not one more metre.”": a capital at its start and a stop before its closing mark; titles end without one."""
    marks = [t for t in all_inner if t.pos == "PUNCT" and t.text.strip("\"'")]
    stops = bool(marks) and marks[-1].index > inner[-1].index and marks[-1].text in ("!", "?")
    stops = stops or (bool(marks) and marks[-1].text == "." and marks[-1].index > inner[-1].index)
    return stops and len(inner) >= _SHORTEST_EXCLAMATION and inner[0].text[:1].isupper()


def _introduced(before: Sequence[Token], saying: frozenset[str]) -> bool:
    """Whether a colon, or a verb of saying with or without a comma, stands right before the quotation."""
    if not before:
        return False
    nearest = before[-1]
    if nearest.text == ":":
        return True
    if nearest.pos == "VERB" and nearest.lemma in saying:
        return True
    if nearest.text != ",":
        return False
    clause = _since_stop(before[:-1])
    put_it = any(a.lemma == "put" and b.text == "it" for a, b in itertools.pairwise(clause))
    return put_it or any(t.pos == "VERB" and t.lemma in saying for t in clause)


def _since_stop(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens after the last full stop, semicolon or quotation mark."""
    cut = max((n for n, t in enumerate(tokens) if t.text in (*_SENTENCE_END, ";", '"')), default=-1)
    return tokens[cut + 1 :]

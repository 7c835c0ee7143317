"""Codes events by a user's own ontologies, beside PLOVER and CAMEO, whose codings stay exactly as they were.

Works on the events of a whole report, when each happening is one event: the clauses that tell it are compared with the
examples of the user's file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.codebook.encoder import Encoder, Passage
from detente.codebook.likeness import Telling, Word, tell
from detente.codebook.own_categories import Learnt, OwnCategories, Verdict
from detente.model.coded import CodedReport
from detente.model.event import Coding, Event
from detente.model.reading import Reading, Token
from detente.model.span import Span


@dataclass(frozen=True)
class OwnKit:
    """The encoder, and the user's ontologies as learnt with it."""

    encoder: Encoder
    ontologies: Sequence[OwnCategories] = ()


@dataclass(frozen=True)
class _Match:
    """An event that a category fits, by its place in the report."""

    event: int
    ontology: OwnCategories
    learnt: Learnt
    verdict: Verdict


def word_of(token: Token, start: int = 0) -> Word:
    """A token as a word of a passage that begins at `start` in the report."""
    name = token.pos == "PROPN"
    return Word(Span(token.span.start - start, token.span.end - start), token.text, token.lemma, name)


def code_own(coded: CodedReport, reading: Reading, kit: OwnKit) -> CodedReport:
    """The same report, its events with a further coding for each category of the user's that fits them."""
    if not kit.ontologies or not coded.events:
        return coded
    tellings = _tellings(coded.events, reading, kit.encoder)
    matches = [
        match
        for ontology in kit.ontologies
        for told in _matches(ontology, coded.events, tellings)
        for match in _best_told(told, coded.events)
    ]
    events = (_coded(event, [m for m in matches if m.event == n]) for n, event in enumerate(coded.events))
    return coded.with_(events=tuple(events))


def _tellings(events: Sequence[Event], reading: Reading, encoder: Encoder) -> list[list[Telling]]:
    """For each event the tellings of its clauses."""
    numbers = sorted({n for e in events for clause in e.evidence for n in _sentences(clause, reading)})
    texts = [reading.words(reading.sentences[n].span) for n in numbers]
    passages = dict(zip(numbers, encoder.read(texts), strict=True))
    return [
        [
            telling
            for clause in event.evidence
            for n in _sentences(clause, reading)
            if (telling := _telling(event, clause, n, passages[n], reading)) is not None
        ]
        for event in events
    ]


def _sentences(clause: Span, reading: Reading) -> list[int]:
    return list(dict.fromkeys(reading.sentence_number(token) for token in reading.tokens_in(clause)))


def _telling(event: Event, clause: Span, number: int, passage: Passage, reading: Reading) -> Telling | None:
    sentence = reading.sentences[number]
    words = [word_of(t, sentence.span.start) for t in reading.tokens[sentence.first : sentence.last]]
    part = _inside(clause, sentence.span)
    return None if part is None else tell(passage, part, _inside(event.trigger, sentence.span), words)


def _inside(span: Span, sentence: Span) -> Span | None:
    """The part of a span that stands in the sentence, counted from the sentence's beginning."""
    if not span.overlaps(sentence):
        return None
    return Span(max(span.start, sentence.start) - sentence.start, min(span.end, sentence.end) - sentence.start)


def _matches(
    ontology: OwnCategories, events: Sequence[Event], tellings: Sequence[Sequence[Telling]]
) -> list[list[_Match]]:
    """For each category the events that it fits, each by the clause that tells it most surely."""
    found: list[list[_Match]] = [[] for _ in ontology.learnt]
    for n, event in enumerate(events):
        told = [ontology.verdicts(telling, _type(event)) for telling in tellings[n]]
        for place, learnt in enumerate(ontology.learnt):
            verdict = max((verdicts[place] for verdicts in told), key=lambda v: v.confidence, default=None)
            if verdict is not None and verdict.holds:
                found[place].append(_Match(n, ontology, learnt, verdict))
    return found


def _best_told(matches: Sequence[_Match], events: Sequence[Event]) -> list[_Match]:
    """Of events told by the same words those that the hints' types fit, where there are such.

    "Armenia accused Azerbaijan of shelling a reservoir": the shelling is of the category, and not the accusation too.
    """
    fitting = [m for m in matches if m.learnt.fits_type(_type(events[m.event]))]
    return [m for m in matches if m in fitting or not any(_same_words(m, f, events) for f in fitting)]


def _same_words(one: _Match, two: _Match, events: Sequence[Event]) -> bool:
    return any(a.overlaps(b) for a in events[one.event].evidence for b in events[two.event].evidence)


def _type(event: Event) -> str | None:
    coding = event.coding("PLOVER")
    return coding.code if coding else None


def _coded(event: Event, matches: Sequence[_Match]) -> Event:
    if not matches:
        return event
    codings = tuple(
        Coding(m.ontology.ontology.name, m.learnt.category.code, None, (), m.learnt.category.score) for m in matches
    )
    reasons = [
        f"{coding.ontology} {coding.code} {match.verdict.confidence:.2f}, most like {match.verdict.nearest!r}"
        for coding, match in zip(codings, matches, strict=True)
    ]
    return replace(
        event, codings=(*event.codings, *codings), why="; ".join([event.why, *reasons] if event.why else reasons)
    )

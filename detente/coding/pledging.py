"""What the finders of commitments share: a finished reading with its grammar, and a commitment in the making.

Answers who words stand for once actors are known, in which statement and event they are told, and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.codebook.commitments import CommitmentWords
from detente.coding.clauses import Clauses
from detente.coding.parties import Parties
from detente.coding.voices import Voices
from detente.model.coded import CodedReport
from detente.model.commitment import CommitmentKind
from detente.model.event import Event
from detente.model.participant import Participant
from detente.model.span import Span
from detente.model.statement import Statement
from detente.model.when import ToldTimes, When

_PRESENT_OR_PAST = frozenset({"VBD", "VBZ", "VBP"})
_CLAUSE_PARTS = frozenset({"parataxis", "ccomp"})


@dataclass
class PledgeDraft:
    """A commitment before it has an id; `token` is the word that tells it."""

    kind: CommitmentKind
    token: int
    who: tuple[str, ...]
    to: tuple[str, ...]
    what: tuple[Span, ...]
    cue: Span | None
    confidence: float
    why: str
    statement: str | None = None
    event: str | None = None
    when: When | None = None


class Ground:
    """A coded report beside its grammar."""

    def __init__(self, coded: CodedReport, clauses: Clauses, words: CommitmentWords, times: ToldTimes) -> None:
        self.coded = coded
        self.clauses = clauses
        self.tokens = clauses.tokens
        self.words = words
        self.times = times
        self.voices = Voices(clauses.reading)
        self._parties = Parties(clauses, self.voices, coded.statements)
        self.statement_by_id = {s.id: s for s in coded.statements}

    @cached_property
    def _now_called(self) -> dict[str, str]:
        """The participants that the parser found, by id, with the ids of those they turned out to be."""
        known = {p.id for p in self.coded.participants}
        owner = {span: p.id for p in self.coded.participants for span in p.mentions}
        found = {id: id for id in known}
        for participant in self.clauses.reading.participants:
            if participant.id not in known:
                same = next((owner[span] for span in participant.mentions if span in owner), None)
                if same is not None:
                    found[participant.id] = same
        return found

    def who(self, tokens: Iterable[int]) -> tuple[str, ...]:
        """The participants that these words stand for."""
        ids = self._parties.of_tokens(tokens)
        return tuple(dict.fromkeys(self._now_called[id] for id in ids if id in self._now_called))

    def known(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The ids as they are now that actors are known; without those that nothing is known of any more."""
        return tuple(self._now_called[id] for id in sorted(ids) if id in self._now_called)

    def named_in(self, span: Span) -> tuple[str, ...]:
        """The participants that are named within a span, in text order."""
        heads = [m.head for m in self.clauses.reading.mentions_in(span) if m.kind != "pronoun"]
        return self.who(heads)

    def is_political(self, id: str) -> bool:
        """Whether somebody has a side in politics: a country, a sector, or a known body."""
        participant = self.coded.participant(id)
        return participant.country is not None or participant.sector is not None or participant.entity is not None

    def not_own(self, ids: Iterable[str], who: Sequence[str]) -> tuple[str, ...]:
        """Those of the others' side: no one binds himself to his own government."""
        own = {self.coded.participant(id).country for id in who} - {None, "IGO", "NGO", "IMG"}
        return tuple(i for i in ids if i not in who and self._country(i) not in own)

    def _country(self, id: str) -> str | None:
        participant: Participant = self.coded.participant(id)
        return participant.country

    # -- where it is told

    def statement_at(self, span: Span) -> Statement | None:
        """The tightest statement in whose content the span stands."""
        around = [s for s in self.coded.statements if any(c.contains(span) for c in s.content)]
        return min(around, key=lambda s: sum(len(c) for c in s.content), default=None)

    def statement_by(self, token: int) -> Statement | None:
        """The statement that the verb introduces."""
        span = self.tokens[token].span
        return next((s for s in self.coded.statements if s.cue is not None and s.cue.overlaps(span)), None)

    def event_at(self, token: int) -> Event | None:
        """The event that is told by this word."""
        span = self.tokens[token].span
        return next((e for e in self.coded.events if e.trigger.contains(span)), None)

    def deadline_in(self, spans: Iterable[Span]) -> When | None:
        """The first deadline stated within one of these spans."""
        spans = tuple(spans)
        inside = (d for d in self.times.deadlines if d.span and any(s.contains(d.span) for s in spans))
        return next(inside, None)

    def sentence(self, token: int) -> Span:
        return self.clauses.reading.sentence_of(token).span

    # -- grammar

    def is_asserted(self, verb: int) -> bool:
        """Whether a finite verb tells what is so: not negated, asked, supposed or wished."""
        token = self.tokens[verb]
        below = self.clauses.below(verb, "aux", "auxpass", "neg", "mark", "advmod")
        beside = [self.tokens[i].text.lower() for i in below]
        language = self.clauses.language
        if any(w in language.negation or w in language.modal_hypothetical for w in beside):
            return False
        if any(w in language.modal_demanded or w in self.words.conditional for w in beside) or self._asked(verb):
            return False
        if any(w in language.modal_planned for w in beside):
            return False
        return token.tag in _PRESENT_OR_PAST or any(self.tokens[i].tag in _PRESENT_OR_PAST for i in below)

    def is_negated(self, verb: int) -> bool:
        below = self.clauses.below(verb, "neg", "aux", "advmod")
        return any(self.tokens[i].text.lower() in self.clauses.language.negation for i in below)

    def _asked(self, verb: int) -> bool:
        sentence = self.clauses.reading.sentence_of(verb)
        return self.tokens[sentence.last - 1].text == "?" or self.tokens[max(sentence.last - 2, 0)].text == "?"

    def clause(self, verb: int) -> Span:
        """The words of a verb's clause, without sentences that only stand beside it."""
        left_out: set[int] = set()
        for child in self.clauses.children[verb]:
            token = self.tokens[child]
            apart = token.dep in _CLAUSE_PARTS and child < verb
            listed = token.dep == "conj" and bool(self.clauses.below(child, "nsubj", "nsubjpass"))
            if apart or listed or token.dep == "parataxis" or token.pos == "PUNCT":
                left_out.update(self.clauses.reading.subtree(child))
        kept = [i for i in self.clauses.reading.subtree(verb) if i not in left_out]
        return self.within_voice(verb, self.clauses.span_of(kept) or self.tokens[verb].span)

    def within_voice(self, token: int, span: Span) -> Span:
        """The part of a span that stands in the same quotation as the word."""
        number = self.voices.of(token)
        if number is None:
            return span
        quotation = self.clauses.reading.quotations[number].span
        return Span(max(span.start, quotation.start), min(span.end, quotation.end))

    def in_voice(self, span: Span, of: Span) -> Span:
        """The part of a span that stands in the same quotation as another's first word."""
        tokens = self.clauses.reading.tokens_in(of)
        return self.within_voice(tokens.start, span) if len(tokens) else span

    def complement(self, verb: int, *deps: str) -> Span | None:
        """The words that hang on a verb by one of these labels, as one stretch."""
        heads = self.clauses.below(verb, *deps)
        return self.clauses.span_of(i for h in heads for i in self.clauses.reading.subtree(h))

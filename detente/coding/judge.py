"""The encoder's view of one report's events: which words tell them, and what one party does to another by these words.

Only sentences that name somebody are asked about; spans are those of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.codebook.encoder import Judgement, Pair
from detente.coding.passages import Passages
from detente.model.reading import Mention
from detente.model.span import Span

# No deed's party stands behind so many other mentions.
_NEAREST = 24

Sides = tuple[Sequence[str], Sequence[str]]
"""Sources and targets, as participant ids."""


@dataclass(frozen=True, slots=True)
class Found:
    """A token that the encoder takes for part of an event's telling: the likeliest type, and how likely."""

    token: int
    type: str
    chance: float


class Judge:
    """Answers for one reading, of the encoder's passes over it."""

    def __init__(self, passages: Passages) -> None:
        self._reading = passages.reading
        self._encoder = passages.encoder
        self._passages = passages

    def found(self) -> list[Found]:
        """For each token of a sentence that names somebody the likeliest type of event that it tells."""
        found: list[Found] = []
        for number in sorted({self._reading.sentence_number(m.head) for m in self._reading.mentions if not m.as_place}):
            passage = self._passages.sentence(number)
            if passage is None:
                continue
            start = self._reading.sentences[number].span.start
            best: dict[int, Found] = {}
            for span, name, chance in self._encoder.find(passage):
                for token in self._reading.tokens_in(Span(span.start + start, span.end + start)):
                    if token not in best or chance > best[token].chance:
                        best[token] = Found(token, name, chance)
            found += best.values()
        return found

    def judge(self, sides: Sequence[Sides], trigger: Span) -> list[Judgement]:
        """What each pair's sources do to its targets by the words of the trigger; nothing where it was not read."""
        number = self._number(trigger)
        passage = self._passages.sentence(number)
        if passage is None:
            return []
        sentence = self._reading.sentences[number].span
        inside = [_moved(Span(max(trigger.start, sentence.start), min(trigger.end, sentence.end)), sentence.start)]
        pairs = [
            Pair(self._within(sources, trigger, sentence), self._within(targets, trigger, sentence), inside)
            for sources, targets in sides
        ]
        return self._encoder.judge(passage, pairs)

    def actors(self, trigger: Span) -> list[str]:
        """The participants that the trigger's sentence names or refers to, each once, in text order.

        Of a sentence that is a long list, those nearest to the trigger.
        """
        number = self._number(trigger)
        if number < 0:
            return []
        mentions = self._reading.mentions_in(self._reading.sentences[number].span)
        near = sorted(mentions, key=lambda m: max(m.span.start - trigger.end, trigger.start - m.span.end))[:_NEAREST]
        voice = self._voice(trigger)
        kept = [m for m in mentions if m in near and not m.as_place and self._voice(m.span) == voice]
        return list(dict.fromkeys(p for m in kept if not self._is_part(m, kept) for p in m.refers_to))

    def _voice(self, span: Span) -> list[Span]:
        """The quotations around some words: who is named in somebody's words takes no part in what stands outside."""
        return [q.span for q in self._reading.quotations if q.speech and q.span.contains(span)]

    def _is_part(self, mention: Mention, others: Sequence[Mention]) -> bool:
        """Whether a mention only tells who another one is: as in "two opposition lawyers", "X's wife, Y"."""
        token = self._reading.tokens[mention.head]
        owned = token.head if token.dep == "poss" else None
        explained = (
            {c for c in self._reading.children[owned] if self._reading.tokens[c].dep == "appos"} if owned else ()
        )
        return any(
            o is not mention and (o.span.contains(mention.span) or o.head == owned or o.head in explained)
            for o in others
        )

    def _number(self, trigger: Span) -> int:
        tokens = self._reading.tokens_in(trigger)
        return self._reading.sentence_number(tokens[0]) if tokens else -1

    def _within(self, parties: Sequence[str], trigger: Span, sentence: Span) -> list[Span]:
        """Where the sentence names these parties, counted from its start."""
        return [_moved(span, sentence.start) for span in self._named(parties, trigger, sentence)]

    def _named(self, parties: Sequence[str], trigger: Span, sentence: Span) -> list[Span]:
        """Where the sentence names these parties: for each the mention nearest to the trigger."""
        found = []
        mentions = self._reading.mentions_in(sentence)
        for party in parties:
            spans = [m.span for m in mentions if party in m.refers_to]
            if spans:
                found.append(min(spans, key=lambda s: max(s.start, trigger.start) - min(s.end, trigger.end)))
        return found


def _moved(span: Span, start: int) -> Span:
    return Span(span.start - start, span.end - start)

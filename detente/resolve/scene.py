"""The scene of a report: whose country its places and parties are, sentence by sentence, and where it was filed.

Takes a coded report with its reading; answers what stands around a participant. It decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from detente.codebook.datelines import find_dateline
from detente.model.coded import CodedReport
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.reading import Mention, Reading, Sentence
from detente.model.span import Span
from detente.model.statement import Statement
from detente.resolve.clauses import clause_distance, opens_clause

# Codes of bodies of states and movements: nobody's home country.
NO_COUNTRY = frozenset({"IGO", "NGO", "IMG", "MNC"})
_NATIONAL = frozenset({"country", "demonym", "metonym"})


@dataclass(frozen=True)
class Scene:
    """A coded report and its reading, with the participants as far as they are known by now."""

    coded: CodedReport
    reading: Reading

    @cached_property
    def people(self) -> dict[str, Participant]:
        return {p.id: p for p in self.coded.participants}

    @cached_property
    def _by_span(self) -> dict[Span, tuple[str, ...]]:
        found: dict[Span, tuple[str, ...]] = {}
        for participant in self.coded.participants:
            for span in participant.mentions:
                found[span] = (*found.get(span, ()), participant.id)
        return found

    @cached_property
    def _mention_at(self) -> dict[int, Mention]:
        return {m.head: m for m in self.reading.mentions}

    @cached_property
    def _mentions_at(self) -> dict[Span, list[Mention]]:
        found: dict[Span, list[Mention]] = {}
        for mention in self.reading.mentions:
            found.setdefault(mention.span, []).append(mention)
        return found

    def mentions_of(self, participant: Participant) -> list[Mention]:
        """The mentions of a participant that are no pronouns, in text order."""
        found = [m for span in participant.mentions for m in self._mentions_at.get(span, ()) if m.kind != "pronoun"]
        return sorted(found, key=lambda mention: mention.span)

    def at(self, token: int) -> Participant | None:
        """The one participant mentioned at a token."""
        mention = self._mention_at.get(token)
        ids = self._by_span.get(mention.span, ()) if mention is not None else ()
        return self.people[ids[0]] if len(ids) == 1 else None

    def country_of(self, mention: Mention) -> str | None:
        """The country that a mention names or whose participant it is."""
        if mention.country and mention.kind in _NATIONAL:
            return _state(mention.country)
        ids = self._by_span.get(mention.span, ())
        countries = {_state(self.people[id].country) for id in ids}
        return countries.pop() if len(countries) == 1 else None

    def places_in(self, span: Span) -> list[Place]:
        """The places named within a span whose country is known."""
        return [p for p in self.coded.places if span.contains(p.span) and _state(p.country)]

    def place_in_clause(self, token: int) -> Place | None:
        """The place with a country that stands nearest in the token's clause."""
        ranked = []
        for place in self.places_in(self.reading.sentence_of(token).span):
            head = self._head(place.span)
            governor = self.reading.tokens[self.reading.tokens[head].head].head
            distance = clause_distance(token, governor, (head,), self.reading)
            if distance is not None:
                ranked.append((distance, place.span.start, place))
        return min(ranked, key=lambda item: item[:2])[2] if ranked else None

    def place_of_sentence(self, token: int) -> Place | None:
        """The one place of the token's clause where it hangs on a noun ("attacked a village near X")."""
        top = self._clause_of(token)
        places = self.places_in(self.reading.sentence_of(token).span)
        near = [p for p in places if self._clause_of(self._head(p.span)) == top]
        return near[0] if len({p.country for p in near}) == 1 else None

    def _clause_of(self, token: int) -> int:
        while not opens_clause(token, self.reading) and self.reading.tokens[token].head != token:
            token = self.reading.tokens[token].head
        return token

    def _head(self, span: Span) -> int:
        inside = self.reading.tokens_in(span)
        outer = [i for i in inside if self.reading.tokens[i].head not in inside]
        return (outer or list(inside))[-1]

    def subject_over(self, token: int) -> Participant | None:
        """Who is the subject of the clause that a token stands in, if it is not the token's own phrase."""
        at = token
        for above in self.reading.ancestors(token):
            if self.reading.tokens[at].dep.startswith("nsubj"):
                return None
            if self.reading.tokens[above].pos in ("VERB", "AUX"):
                subjects = [c for c in self.reading.children[above] if self.reading.tokens[c].dep.startswith("nsubj")]
                if subjects:
                    return self.at(subjects[0])
            at = above
        return None

    def speaker_over(self, span: Span) -> Participant | None:
        """Who says the words that hold a span; the innermost speaker, where words are told within words."""
        holding = [s for s in self.coded.statements if s.speaker and any(c.contains(span) for c in s.content)]
        if not holding:
            return None
        innermost: Statement = min(holding, key=lambda s: sum(len(c) for c in s.content))
        return self.people.get(innermost.speaker or "")

    def sentences_before(self, token: int) -> Iterator[Sentence]:
        """The sentences of the same paragraph before the token's own, the nearest first."""
        own = self.reading.sentence_of(token)
        for sentence in reversed(self.reading.sentences):
            if sentence.first < own.first and sentence.paragraph == own.paragraph:
                yield sentence

    @cached_property
    def dateline(self) -> str | None:
        """The country of the place where the report was filed, if that is said and one alone."""
        span = find_dateline(self.reading.report.text)
        countries = {p.country for p in self.places_in(span)} if span else set()
        return countries.pop() if len(countries) == 1 else None

    @cached_property
    def shares(self) -> dict[str, float]:
        """The countries of the report's places and parties, each with its share of all mentions."""
        counts: Counter[str] = Counter(p.country for p in self.coded.places if p.country)
        for participant in self.coded.participants:
            country = _state(participant.country)
            if country and participant.kind in ("country", "person", "organisation"):
                counts[country] += len(participant.mentions)
        total = counts.total()
        return {country: number / total for country, number in counts.items()}

    def opponents(self, participant: Participant) -> set[str]:
        """The countries that a participant acts against or addresses as another's, or that attack it."""
        found: set[str] = set()
        for event in self.coded.events:
            if participant.id in event.sources and participant.id not in event.targets:
                others = (self.people.get(t) for t in event.targets)
                found |= {o.country for o in others if o and o.country and o.kind == "country"}
            coding = event.coding("PLOVER")
            if participant.id in event.targets and coding is not None and coding.code == "ASSAULT":
                doers = (self.people.get(s) for s in event.sources if s not in event.targets)
                found |= {d.country for d in doers if d and d.country}
        return found


def _state(country: str | None) -> str | None:
    return None if country in NO_COUNTRY else country

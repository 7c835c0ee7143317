"""In which country a place lies that the gazetteer does not know: by what the report names around it.

A village of which nothing but the name is known is below city level; its country is always marked as inferred, and its
point is that of a town told of beside it, or none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from detente.codebook.datelines import find_dateline
from detente.model.coded import CodedReport
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.reading import Reading, Sentence
from detente.model.span import Span

_SURE, _GUESSED = 0.6, 0.4
_BODIES = frozenset({"IGO", "NGO", "IMG"})
# Points for a country by where it is named; a bystander ("two Syrian workers") tells least of the ground.
_PLACE_BEFORE, _PLACE_AFTER, _PLACE_IN_PARAGRAPH = 2.0, 1.5, 1.2
_POWER, _BYSTANDER, _SPEAKER, _FILED, _MAIN = 1.0, 0.2, 2.0, 0.8, 1.5
_POWERS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})


@dataclass(frozen=True, slots=True)
class KnownAt:
    """What is known of a place of the report: its country, and the name and point of a town."""

    country: str | None
    town: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Surroundings:
    """What a report names where, for places that nobody knows; `known` tells what the gazetteer says of the others."""

    coded: CodedReport
    reading: Reading
    known: Mapping[Span, KnownAt]

    def with_country(self, place: Place, head: int) -> Place:
        """The place with the country that stands around it; itself, where that is known or nothing tells it."""
        if place.resolution is not None:
            return place
        country, why, confidence = place.country, place.why, place.confidence
        if country is None:
            country, confidence = self._of_phrase(head), _SURE
            if country is None:
                country, confidence = self._by_points(head), _GUESSED
            why += "; country inferred from what is named around it" if country else ""
        beside = self._town_beside(head, country)
        if beside is None:
            return replace(place, country=country, resolution="below_city", confidence=confidence, why=why)
        return replace(
            place,
            country=country,
            resolution="below_city",
            latitude=beside.latitude,
            longitude=beside.longitude,
            confidence=min(confidence, _GUESSED),
            why=f"{why}; the point is that of {beside.town}, told of beside it",
        )

    def _of_phrase(self, head: int) -> str | None:
        """ "the Lebanese village of X": a nationality on the noun that the place hangs on."""
        above = [head, *list(self.reading.ancestors(head))[:2]]
        nouns = [i for i in above if self.reading.tokens[i].pos in ("NOUN", "PROPN")]
        for mention in self.reading.mentions:
            token = self.reading.tokens[mention.head]
            on_noun = token.head in nouns and token.dep in ("amod", "compound")
            if mention.country and mention.kind == "demonym" and on_noun:
                return mention.country
        return None

    def _by_points(self, head: int) -> str | None:
        points: defaultdict[str, float] = defaultdict(float)
        sentence = self.reading.sentence_of(head)
        for number, at in self._places_in(sentence):
            points[at.country or ""] += _PLACE_BEFORE if number < head else _PLACE_AFTER
        for before in self._paragraph_before(sentence):
            for _, at in self._places_in(before):
                points[at.country or ""] += _PLACE_IN_PARAGRAPH
        for country, weight in self._parties_in(sentence).items():
            points[country] += weight
        speaker = self._speaker(self.reading.tokens[head].span)
        if speaker is not None:
            points[speaker] += _SPEAKER
        if self._dateline is not None:
            points[self._dateline] += _FILED
        for country, share in self._shares.items():
            points[country] += _MAIN * share
        return min(points, key=lambda country: (-points[country], country), default=None)

    def _places_in(self, sentence: Sentence) -> list[tuple[int, KnownAt]]:
        inside = ((span, at) for span, at in self.known.items() if sentence.span.contains(span))
        return [(self.reading.tokens_in(span).start, at) for span, at in inside if at.country]

    def _parties_in(self, sentence: Sentence) -> dict[str, float]:
        """The countries of the parties named in a sentence, each once, with the weight of its strongest."""
        found: dict[str, float] = {}
        for participant in self.coded.participants:
            country = participant.country
            if country and country not in _BODIES and any(sentence.span.contains(m) for m in participant.mentions):
                found[country] = max(found.get(country, 0.0), _weight(participant))
        return found

    @cached_property
    def _people(self) -> dict[str, Participant]:
        return {p.id: p for p in self.coded.participants}

    def _speaker(self, span: Span) -> str | None:
        """The country of who tells of the place."""
        for statement in self.coded.statements:
            if statement.speaker in self._people and any(c.contains(span) for c in statement.content):
                country = self._people[statement.speaker].country
                return None if country in _BODIES else country
        return None

    def _town_beside(self, head: int, country: str | None) -> KnownAt | None:
        """The town of the same country told of nearest in the sentence, else last in the paragraph before it."""
        sentence = self.reading.sentence_of(head)
        near = [(abs(number - head), at) for number, at in self._places_in(sentence) if _is_town(at, country)]
        if near:
            return min(near, key=lambda pair: pair[0])[1]
        for before in self._paragraph_before(sentence):
            towns = [at for _, at in self._places_in(before) if _is_town(at, country)]
            if towns:
                return towns[-1]
        return None

    def _paragraph_before(self, sentence: Sentence) -> Iterator[Sentence]:
        for other in reversed(self.reading.sentences):
            if other.paragraph == sentence.paragraph and other.first < sentence.first:
                yield other

    @cached_property
    def _dateline(self) -> str | None:
        filed = find_dateline(self.reading.report.text)
        inside = {at.country for span, at in self.known.items() if at.country and filed and filed.contains(span)}
        return inside.pop() if len(inside) == 1 else None

    @cached_property
    def _shares(self) -> dict[str, float]:
        counts = Counter(at.country for at in self.known.values() if at.country)
        counts.update(m.country for m in self.reading.mentions if m.country and m.country not in _BODIES)
        return {country: number / counts.total() for country, number in counts.items()}


def _is_town(at: KnownAt, country: str | None) -> bool:
    return at.town is not None and at.country == country


def _weight(participant: Participant) -> float:
    return _POWER if participant.kind == "country" or participant.sector in _POWERS else _BYSTANDER

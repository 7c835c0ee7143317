"""Which place each mention of a report means: gathers what stands around a name, and lets the candidates be weighed.

Mentions that stand for ground come in, one choice for each goes out. Nothing is said of events here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from detente.codebook.folding import fold_name
from detente.codebook.gazetteer import Gazetteer, KnownPlace
from detente.codebook.gazetteer import Hint as PlaceHint
from detente.model.coded import CodedReport
from detente.model.reading import Mention, Reading
from detente.model.span import Span
from detente.resolve.candidates import Choice, Hints, Point, choose, lies_in, point_of

# "X, in northern Mali": at most this many characters lie between a place and the one that holds it.
REACH_OF_A_HOLDER = 40
# What may stand between a place and the place that holds it: ", in the northern".
_BETWEEN = frozenset({"PUNCT", "ADP", "DET", "ADJ"})
# ", Ill.", ", South Carolina": what stands right behind a town.
_STATED = re.compile(r",\s+((?:[^\W\d_][\w.'’-]*)(?:\s[A-Z][\w.'’-]*){0,2})")
_LISTED = re.compile(r"(?:,\s+[A-Z][\w '’.-]+)*,?\s+(?:and|or)\s+[A-Z]")
# A report with more places than this tells no more about where it plays.
_MOST_POINTS = 60
_WIDE = frozenset({"country", "sea"})


def choose_places(
    mentions: Sequence[Mention], coded: CodedReport, reading: Reading, gazetteer: Gazetteer
) -> dict[Span, Choice]:
    """One choice a mention, made twice: the second time with the places found first."""
    surroundings = _Surroundings(mentions, coded, reading, gazetteer)
    found: dict[Span, Choice] = {}
    for _ in range(2):
        told = _Told.of(mentions, found)
        senses: dict[str, Choice] = {}
        # A name with its country beside it tells what the bare name means elsewhere in the report.
        for mention in sorted(mentions, key=lambda m: (surroundings.holders[m.span] is None, m.span)):
            hints = surroundings.hints(mention, told)
            key = f"{fold_name(mention.name)} {hints.region} {hints.below_city} {hints.article}"
            if hints.held or hints.holder_name or key not in senses:
                choice = choose(reading.words(mention.span), surroundings.candidates[mention.span], hints)
                senses.setdefault(key, choice)
                found[mention.span] = choice
            else:
                found[mention.span] = senses[key]
    return found


@dataclass(frozen=True, slots=True)
class _Holder:
    """The place named beside another that holds it, as far as it is known."""

    name: str
    places: tuple[KnownPlace, ...]
    country: str | None


@dataclass(frozen=True, slots=True)
class _Told:
    """What the places of a report tell, by their names: no name supports itself."""

    countries: Counter[str] = field(default_factory=Counter)
    countries_of: Mapping[str, Counter[str]] = field(default_factory=dict)
    places: Mapping[str, KnownPlace] = field(default_factory=dict)

    @classmethod
    def of(cls, mentions: Sequence[Mention], found: Mapping[Span, Choice]) -> _Told:
        countries: Counter[str] = Counter()
        countries_of: dict[str, Counter[str]] = {}
        named: Counter[str] = Counter()
        places: dict[str, KnownPlace] = {}
        for mention in mentions:
            choice, name = found.get(mention.span), fold_name(mention.name)
            if choice is None or not choice.country:
                continue
            countries[choice.country] += 1
            countries_of.setdefault(name, Counter())[choice.country] += 1
            named[name] += 1
            if choice.place is not None:
                places.setdefault(name, choice.place)
        often = [name for name, _ in named.most_common() if name in places][:_MOST_POINTS]
        return cls(countries, countries_of, {name: places[name] for name in often})

    def others(self, name: str) -> list[KnownPlace]:
        return [place for other, place in self.places.items() if other != name]


class _Surroundings:
    """What a report names around its places, gathered once."""

    def __init__(self, mentions: Sequence[Mention], coded: CodedReport, reading: Reading, gazetteer: Gazetteer) -> None:
        self._reading, self._gazetteer = reading, gazetteer
        words = [hint for token in reading.tokens if (hint := gazetteer.context_words.get(token.text))]
        words += _regions_beside(mentions, reading, gazetteer)
        self._regions = frozenset((w.country, fold_name(w.region)) for w in words if w.country and w.region)
        self._parties = _parties(mentions, coded, reading)
        # Such words hint once each country, however often they stand.
        self._parties.update({word.country for word in words if word.country})
        self.candidates = {m.span: self._candidates(m) for m in mentions}
        self.holders = dict(self._holders(mentions))
        self._held = {holder.span: m for m, holder in _named_behind(mentions, reading)}

    def _candidates(self, mention: Mention) -> tuple[KnownPlace, ...]:
        """The places of the mention's name, or of its very words, or those of the report's countries that sound so."""
        words = self._reading.words(mention.span)
        region = self._region_word(mention)
        known = self._gazetteer.lookup(f"{words} {region}") if region else ()
        known = known or self._gazetteer.lookup(mention.name) or self._gazetteer.lookup(words)
        known = known or self._gazetteer.short(words) or self._gazetteer.short(f"{words}.")
        if known or mention.country:
            return known
        countries = set(self._parties)
        return tuple(place for place in self._gazetteer.similar(words) if place.country in countries)

    def _region_word(self, mention: Mention) -> str | None:
        """ "Broward and Palm Beach counties": the word for a region that several names share, in the singular."""
        tokens = self._reading.tokens
        for token in tokens[self._reading.tokens_in(mention.span).stop :]:
            word = token.text.casefold()
            if word in self._gazetteer.region_words:
                plural = word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")
                return plural if plural in self._gazetteer.region_words else word
            if token.pos not in ("PROPN", "CCONJ") and token.text not in (",", "-"):
                return None
        return None

    def _holders(self, mentions: Sequence[Mention]) -> Iterator[tuple[Span, _Holder | None]]:
        behind = {m.span: other for m, other in _named_behind(mentions, self._reading)}
        for mention in mentions:
            stated = self._stated(mention)
            other = behind.get(mention.span)
            if stated is None and other is not None:
                stated = _Holder(other.name, self._gazetteer.lookup(other.name), other.country)
            yield mention.span, stated

    def _stated(self, mention: Mention) -> _Holder | None:
        """ "Springfield, Ill.", "Athens, Georgia": a region or country right behind a town that it holds."""
        text = self._reading.report.text
        match = _STATED.match(text, mention.span.end, mention.span.end + REACH_OF_A_HOLDER)
        if match is None:
            return None
        words = match[1].split()
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size])
            known = self._gazetteer.short(name) or self._gazetteer.lookup(name.rstrip("."))
            after = text[match.start(1) + len(name) :][:REACH_OF_A_HOLDER]
            holding = tuple(place for place in known if self._may_be_held(mention, place, after))
            if holding:
                return _Holder(name, holding, None)
        return None

    def _may_be_held(self, mention: Mention, holder: KnownPlace, after: str) -> bool:
        inside = [place for place in self.candidates[mention.span] if lies_in(place, holder)]
        if _LISTED.match(after):  # "Paris, Georgia and Armenia" is a list
            return self.candidates[mention.span][0] in inside
        return bool(inside)

    def hints(self, mention: Mention, told: _Told) -> Hints:
        """All that stands around a mention."""
        name = fold_name(mention.name)
        holder, held = self.holders[mention.span], self._held.get(mention.span)
        reach = self._reading.tokens_in(mention.span)
        following = self._word(reach.stop)
        countries = self._parties + told.countries - told.countries_of.get(name, Counter())
        others = told.others(name)
        return Hints(
            country=mention.country,
            countries=countries,
            holders=holder.places if holder else (),
            holder_name=holder.name if holder else None,
            holder_country=holder.country if holder else None,
            held=self._gazetteer.lookup(held.name) if held else (),
            region=following in self._gazetteer.region_words,
            below_city=following in self._gazetteer.place_nouns and following not in self._gazetteer.region_words,
            article=self._word(reach.start - 1) == "the",
            regions=self._regions | frozenset(_regions(others)),
            points=tuple(p for place in others if place.resolution not in _WIDE and (p := point_of(place))),
            centres=tuple(Point(*at) for country in countries if (at := self._gazetteer.centres.get(country))),
        )

    def _word(self, index: int) -> str:
        tokens = self._reading.tokens
        return tokens[index].text.casefold() if 0 <= index < len(tokens) else ""


def _regions_beside(mentions: Sequence[Mention], reading: Reading, gazetteer: Gazetteer) -> Iterator[PlaceHint]:
    """Regions that stand in other names: "the Lincolnshire council", "Uttarakhand rescuers"; not in those of people."""
    tokens = reading.tokens
    taken = {i for m in mentions for i in reading.tokens_in(m.span)}
    taken |= {i for m in reading.mentions if m.kind == "name" for i in reading.tokens_in(m.span)}
    capital = [i for i, token in enumerate(tokens) if i not in taken and token.pos == "PROPN" and token.text.istitle()]
    for at in capital:
        for size in (3, 2, 1):
            run = tokens[at : at + size]
            if all(token.text.istitle() for token in run):
                hint = gazetteer.region_names.get(fold_name(" ".join(token.text for token in run)))
                if hint is not None:
                    yield hint
                    break


def _parties(mentions: Sequence[Mention], coded: CodedReport, reading: Reading) -> Counter[str]:
    """The countries that are named otherwise than as ground."""
    ground = [m.span for m in mentions]
    # A country named only by this ground ("the city of Tripoli"), or referred to after it, does not speak for itself.
    own = {*ground, *(m.span for m in reading.mentions if m.kind == "pronoun")}
    parties = Counter(m.country for m in reading.mentions if m.country and not m.as_place and m.kind != "pronoun")
    for participant in coded.participants:
        # "A school in Niger" has its country from the ground itself.
        from_ground = any(span.contains(place) for span in participant.mentions for place in ground)
        if (
            participant.country
            and not from_ground
            and not (participant.mentions and own.issuperset(participant.mentions))
        ):
            parties[participant.country] += 1
    return parties


def _regions(places: Iterable[KnownPlace]) -> Iterator[tuple[str, str]]:
    """The first-level regions that places are or lie in."""
    for place in places:
        region = place.name if place.resolution == "admin1" else place.admin1
        if place.country and region:
            yield place.country, fold_name(region)


def _named_behind(mentions: Sequence[Mention], reading: Reading) -> Iterator[tuple[Mention, Mention]]:
    """For each place the one named right behind it that may hold it."""
    for mention, other in pairwise(mentions):
        if _may_hold(mention, other, reading):
            yield mention, other


def _may_hold(mention: Mention, other: Mention, reading: Reading) -> bool:
    """ "Tripoli, Lebanon"; "a village in northern Mali": only commas, prepositions and adjectives between them."""
    if not 0 <= other.span.start - mention.span.end <= REACH_OF_A_HOLDER:
        return False
    between = reading.tokens[reading.tokens_in(mention.span).stop : reading.tokens_in(other.span).start]
    if reading.sentence_of(mention.head) != reading.sentence_of(other.head):
        return False
    return bool(between) and all(token.pos in _BETWEEN for token in between)

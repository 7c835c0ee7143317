"""Which names and nouns carry words (outlets, networks, papers, broadcasts), and what each channel is called.

Asks only what words are; which carrier stands around a statement is found by channels.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from detente.codebook.whoswho import WhosWho
from detente.coding.clauses import Clauses
from detente.model.reading import Mention
from detente.model.span import Span
from detente.model.statement import Channel, ChannelKind

OWN = frozenset({"this", "our"})
"""Words that make an outlet the report's own: "this newspaper"."""
US = frozenset({"me", "us"})
"""The report's own outlet as the one who hears: "told me"."""
_KINDS: Mapping[str, ChannelKind] = {"media": "outlet", "platform": "social"}
_ARTICLES = frozenset({"The", "the"})
_NETS = frozenset({"channel", "network", "station"})
_DAYS = frozenset({"DATE", "TIME"})
_NAME_PARTS = frozenset({"compound", "amod", "nmod"})


class Carriers:
    """The carriers of a reading by their words."""

    def __init__(self, clauses: Clauses, whoswho: WhosWho) -> None:
        self._clauses = clauses
        self._whoswho = whoswho
        self._mention_at = clauses.mention_at

    def carriers(self) -> frozenset[int]:
        """The head tokens of all names of outlets and networks."""
        return self._carriers

    def named(self) -> dict[int, Channel]:
        """The channel that each outlet or network is, by the head token of its name."""
        return {
            head: self.of_named(head, kind)
            for head in sorted(self._carriers)
            if (kind := self.carrier_kind(head)) is not None
        }

    @cached_property
    def _carriers(self) -> frozenset[int]:
        return frozenset(head for head in self._mention_at if self.carrier_kind(head) is not None)

    def carrier_kind(self, token: int) -> ChannelKind | None:
        """What kind of carrier the name at this token is, None for everybody else."""
        mention = self._mention_at.get(token)
        if mention is None:
            return None
        kinds = {_KINDS.get(self._whoswho.entity(id).kind) for id in self._meant(mention)}
        if mention.entities:
            return next(iter(kinds)) if len(kinds) == 1 else None
        return "outlet" if mention.kind in ("organisation", "name") and self._is_outlet(token, mention) else None

    def _meant(self, mention: Mention) -> tuple[str, ...]:
        """Whom a name may mean: "AFP" is the agency, unless the report speaks of the country of another AFP."""
        usual = self._whoswho.usual_bearer(mention.span.words(self._clauses.reading.report.text))
        others = {self._whoswho.entity(id).country for id in mention.entities if id != usual} - {None}
        told_of = {m.country for m in self._clauses.reading.mentions if m.span != mention.span}
        return (usual,) if usual in mention.entities and not others & told_of else mention.entities

    def _is_outlet(self, token: int, mention: Mention) -> bool:
        """ "Metro TV", "CNN Türk", "the broadcaster NTV", "state television": known by words in or beside the name."""
        language, tokens = self._clauses.language, self._clauses.tokens
        words = [tokens[i] for i in self._clauses.reading.tokens_in(mention.span)]
        if words[0].text.lower() in OWN:
            return False  # "told this newspaper": the report itself
        if self.is_own(mention):
            return True
        outlets = language.channel_nouns["outlet"]
        if tokens[token].lemma.lower() in outlets or any(
            w.pos == "PROPN" and w.lemma.lower() in language.outlet_names for w in words
        ):
            return True
        if any(w.text in self._media_words for w in words):
            return True
        beside = [tokens[c] for c in self._clauses.below(token, "compound", "appos", "nmod") if tokens[c].pos == "NOUN"]
        beside += [tokens[tokens[token].head]] if tokens[token].dep == "appos" else []
        return any(w.lemma in outlets for w in beside)

    def is_own(self, mention: Mention) -> bool:
        """Whether words name the report's own outlet: "this newspaper", its name, or a part that nobody else bears."""
        first, _, noun = mention.name.lower().partition(" ")
        if first in OWN and noun in self._clauses.language.channel_nouns["outlet"]:
            return True
        outlet = self._clauses.reading.report.outlet
        if outlet is None or mention.country or mention.kind not in ("name", "organisation"):
            return False
        if mention.name == outlet or mention.entities:
            return mention.name == outlet
        words, whole = set(mention.name.split()), set(outlet.split())
        telling = {word for word in whole if word.lower() not in self._clauses.language.outlet_names}
        # "The Gazette" may stand for it; a person by the name of Star is not the Evening Star.
        return words <= whole and (mention.kind == "organisation" or telling <= words | _ARTICLES)

    @cached_property
    def _media_words(self) -> frozenset[str]:
        """The names of known outlets in this report: "CNN" tells what "CNN Brasil" is."""
        text = self._clauses.reading.report.text
        known = [m for m in self._clauses.reading.mentions if m.entities]
        return frozenset(m.span.words(text) for m in known if self._whoswho.entity(m.entities[0]).kind == "media")

    def is_interview(self, channel: Channel) -> bool:
        """Whether the outlet is the report's own, or the sentence that names it speaks of an interview."""
        reading = self._clauses.reading
        tokens = reading.tokens_in(channel.span)
        if channel.kind != "outlet" or not tokens:
            return False
        first, _, noun = channel.span.words(reading.report.text).lower().partition(" ")
        if channel.name == reading.report.outlet or first in US or (first in OWN and noun):
            return True
        sentence = reading.sentence_of(tokens[0])
        words = (self._clauses.tokens[i].lemma for i in range(sentence.first, sentence.last))
        return not self._clauses.language.interviews.isdisjoint(words)

    def named_by(self, span: Span) -> Channel | None:
        """The channel that these words name: a carrier that is known, a noun for one, or an unknown name."""
        tokens = self._clauses.reading.tokens_in(span)
        for index in tokens:
            kind = self.carrier_kind(index)
            if kind is not None:
                return self.of_named(index, kind)
        known = next((found for i in self._outermost_first(tokens) if (found := self.at(i, None)) is not None), None)
        if known is not None or not tokens:
            return known
        if self._clauses.tokens[tokens[0]].text.lower() in OWN:
            return self.own_outlet(tokens[0])
        proper = [i for i in tokens if self._is_proper(i)]
        if proper and self._is_where_heard(proper[-1]):
            return None
        named = self._clauses.span_of(proper) if proper else None
        if named is not None:
            return Channel(named.words(self._clauses.reading.report.text), "outlet", named)
        nouns = [i for i in tokens if self._clauses.tokens[i].pos == "NOUN"]
        return self._called(nouns[-1], "document") if nouns else None

    def _is_where_heard(self, index: int) -> bool:
        """ "Told reporters in Dakar": where those are who heard it; a town carries nothing."""
        tokens = self._clauses.tokens
        above = tokens[tokens[index].head]
        below = tokens[above.head]
        hearers = below.pos == "NOUN" and below.dep in ("dobj", "dative", "iobj")
        told = below.lemma == "tell" and bool(self._clauses.below(below.index, "dobj", "dative"))
        return above.text.lower() in ("in", "at") and above.tag == "IN" and (hearers or told)

    def _outermost_first(self, tokens: range) -> list[int]:
        """ "A ruling of nine pages": the ruling, whose head stands outside, before its pages."""
        ancestors = self._clauses.reading.ancestors
        return sorted(tokens, key=lambda i: (sum(above in tokens for above in ancestors(i)), -i))

    def _is_proper(self, index: int) -> bool:
        token = self._clauses.tokens[index]
        return token.text[:1].isupper() and token.pos not in ("ADP", "DET", "PRON", "ADV", "SCONJ", "CCONJ")

    def name_now(self, name: str) -> str:
        """What the who's who calls a network: X for Twitter."""
        entity = next((m.entities[0] for m in self._whoswho.find_names(name) if m.entities), None)
        return self._whoswho.entity(entity).name if entity is not None else name

    def own_outlet(self, word: int) -> Channel:
        """ "told this newspaper", "tells me": the report's own outlet, by its name where the report gives it."""
        token = self._clauses.tokens[word]
        last = word if token.pos == "PRON" else max(word, token.head)
        span = Span(token.span.start, self._clauses.tokens[last].span.end)
        report = self._clauses.reading.report
        return Channel(report.outlet or span.words(report.text), "outlet", span)

    def of_named(self, index: int, kind: ChannelKind) -> Channel:
        """ "the state news agency X": by its name where it has one."""
        if self._clauses.tokens[index].pos != "NOUN":
            return self.channel(index, kind)
        below = [c for c in self._clauses.below(index, "appos", "amod") if c > index]
        named = next((c for c in below if self._clauses.tokens[c].pos == "PROPN" or c in self._mention_at), index)
        return self.channel(named, kind)

    def at(self, index: int, only: ChannelKind | None) -> Channel | None:
        """The document, broadcast or post that a common noun names, called by its own words."""
        nouns = self._clauses.language.channel_nouns
        lemma = self._clauses.tokens[index].lemma
        for kind in ("document", "social", "broadcast"):
            if lemma in nouns[kind] and (only is None or kind == only):
                before = self._clauses.tokens[index - 1]
                part = index - 1 in self._clauses.below(index, *_NAME_PARTS) and (
                    before.pos == "NOUN" or f"{before.lemma} {lemma}" in nouns[kind]
                )
                return self._called(index, kind, index - 1 if part else index)
        return None

    def _called(self, index: int, kind: ChannelKind, first: int | None = None) -> Channel:
        """A channel by the words of a noun, with what stands before it from `first` on."""
        beside = self._name_beside(index) if kind != "document" else None
        if beside is not None:
            return Channel(beside.words(self._clauses.reading.report.text), kind, beside)
        start = self._clauses.tokens[index if first is None else first].span.start
        span = Span(start, self._clauses.tokens[index].span.end)
        return Channel(span.words(self._clauses.reading.report.text).lower(), kind, span)

    def _name_beside(self, index: int) -> Span | None:
        """ "The newspaper Borsa", "the Al-Rafidain channel": the name before or behind a noun for a carrier."""
        tokens, language = self._clauses.tokens, self._clauses.language
        if tokens[index].pos != "NOUN" or tokens[index].lemma not in language.channel_nouns["outlet"] | _NETS:
            return None
        last = index
        while last + 1 < len(tokens) and tokens[last + 1].pos == "PROPN" and tokens[last + 1].text[:1].isupper():
            if tokens[last + 1].entity_type in _DAYS or tokens[last + 1].dep == "npadvmod":
                break  # "told the newspaper Monday"
            last += 1
        if last > index:
            return tokens[index + 1].span.cover(tokens[last].span)
        before = [i for c in self._clauses.below(index, "compound") for i in self._clauses.reading.subtree(c)]
        named = [i for i in before if tokens[i].pos == "PROPN" or tokens[i].tag == "HYPH"]
        return self._clauses.span_of(named) if any(tokens[i].pos == "PROPN" for i in named) else None

    def channel(self, token: int, kind: ChannelKind) -> Channel:
        """The channel whose name stands at this token, by the name that the who's who gives it."""
        mention, beside = self._mention_at.get(token), self._name_beside(token)
        if beside is not None:
            return Channel(beside.words(self._clauses.reading.report.text), kind, beside)
        if mention is None:
            return Channel(self._clauses.tokens[token].text, kind, self._clauses.tokens[token].span)
        known = kind != "institution" and mention.entities
        name = self._whoswho.entity(self._meant(mention)[0]).name if known else mention.name
        return Channel(name, kind, mention.span)

"""What only carries words: the outlet, network, agency, document or ministry through which a statement came.

A carrier never becomes the speaker while another speaker is named; an outlet that is the only source is the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from detente.codebook.whoswho import WhosWho
from detente.coding.clauses import Clauses
from detente.coding.drafts import Draft
from detente.coding.frames import frame_tokens
from detente.coding.voices import Voices
from detente.model.reading import Mention
from detente.model.span import Span
from detente.model.statement import Channel, ChannelKind

_KINDS: Mapping[str, ChannelKind] = {"media": "outlet", "platform": "social"}
_CARRYING = frozenset(
    {
        "carry",
        "publish",
        "report",
        "quote",
        "cite",
        "broadcast",
        "air",
        "post",
        "release",
        "relay",
        "share",
        "run",
        "tell",
        "distribute",
    }
)
_OWN = frozenset({"this", "our"})
_US = frozenset({"me", "us"})
_ARTICLES = frozenset({"The", "the"})
_THROUGH = frozenset({"through", "via"})
_HEARD_IN = frozenset({"in", "with", "by", "through", "via", "at", "during", "on", "from", "over"})
# The nearer to the words themselves, the better: a post on a network before the outlet that saw it.
_ORDER: Mapping[ChannelKind, int] = {"social": 0, "outlet": 1, "institution": 2, "document": 3, "broadcast": 4}
_NAME_PARTS = frozenset({"compound", "amod", "nmod"})


class Channels:
    """Finds the carrier of a statement around its cue."""

    def __init__(self, clauses: Clauses, whoswho: WhosWho, voices: Voices) -> None:
        self._clauses = clauses
        self._whoswho = whoswho
        self._voices = voices
        self._mention_at = clauses.mention_at

    def carriers(self) -> frozenset[int]:
        """The head tokens of all names of outlets and networks."""
        return self._carriers

    def named(self) -> dict[int, Channel]:
        """The channel that each outlet or network is, by the head token of its name."""
        return {
            head: self._of_named(head, kind)
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
        kinds = {_KINDS.get(self._whoswho.entity(id).kind) for id in mention.entities}
        if mention.entities:
            return next(iter(kinds)) if len(kinds) == 1 else None
        return "outlet" if mention.kind in ("organisation", "name") and self._is_outlet(token, mention) else None

    def _is_outlet(self, token: int, mention: Mention) -> bool:
        """ "Metro TV", "CNN Türk", "the broadcaster NTV", "state television": known by words in or beside the name."""
        language, tokens = self._clauses.language, self._clauses.tokens
        words = [tokens[i] for i in self._clauses.reading.tokens_in(mention.span)]
        if words[0].text.lower() in _OWN:
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
        if first in _OWN and noun in self._clauses.language.channel_nouns["outlet"]:
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

    # -- the carrier of one statement

    def of_draft(self, draft: Draft, outer: Draft | None = None) -> Channel | None:
        """The carrier around the cue: on Telegram, told CNN, by an agency, in a statement, through a ministry."""
        found = list(self._found(draft, outer))
        return min(found, key=_nearness, default=None)

    def is_interview(self, channel: Channel) -> bool:
        """Whether the outlet is the report's own, or the sentence that names it speaks of an interview."""
        reading = self._clauses.reading
        tokens = reading.tokens_in(channel.span)
        if channel.kind != "outlet" or not tokens:
            return False
        first, _, noun = channel.span.words(reading.report.text).lower().partition(" ")
        if channel.name == reading.report.outlet or first in _US or (first in _OWN and noun):
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
                return self._of_named(index, kind)
        known = next((found for i in reversed(tokens) if (found := self._at(i, None)) is not None), None)
        if known is not None or not tokens:
            return known
        if self._clauses.tokens[tokens[0]].text.lower() in _OWN:
            return self._own_outlet(tokens[0])
        proper = [i for i in tokens if self._clauses.tokens[i].text[:1].isupper()]
        named = self._clauses.span_of(proper) if proper else None
        if named is not None:
            return Channel(named.words(self._clauses.reading.report.text), "outlet", named)
        nouns = [i for i in tokens if self._clauses.tokens[i].pos == "NOUN"]
        return self._called(nouns[-1], "document") if nouns else None

    def of_speaker(self, draft: Draft) -> Channel | None:
        """ "A poll for the chamber found ...", "according to dispatch logs": a paper that speaks carries the words."""
        if draft.speaker is None or self._clauses.tokens[draft.speaker].pos != "NOUN":
            return None
        return self._at(draft.speaker, "document")

    def _own_outlet(self, word: int) -> Channel:
        """ "told this newspaper", "tells me": the report's own outlet, by its name where the report gives it."""
        token = self._clauses.tokens[word]
        last = word if token.pos == "PRON" else max(word, token.head)
        span = Span(token.span.start, self._clauses.tokens[last].span.end)
        report = self._clauses.reading.report
        return Channel(report.outlet or span.words(report.text), "outlet", span)

    def _found(self, draft: Draft, outer: Draft | None) -> Iterator[Channel]:
        if draft.carrier is not None:
            channel = self._at(draft.carrier, "document")
            if channel is None and draft.carrier != draft.speaker:
                channel = self._by_reference(draft.carrier)
            if channel is not None:
                yield channel
        for index in frame_tokens(draft, outer, self._clauses, self._voices):
            if index == draft.speaker or self._inside_speaker(index, draft):
                continue
            channel = self._own_heard(index, draft) or self._of_name(index, draft) or self._of_noun(index, draft)
            if channel is not None:
                yield channel

    def _inside_speaker(self, index: int, draft: Draft) -> bool:
        mention = self._mention_at.get(draft.speaker) if draft.speaker is not None else None
        inside = mention is not None and mention.span.contains(self._clauses.tokens[index].span)
        # A network's name is never part of a speaker's; the parser runs "on X, the army said" together.
        return inside and self.carrier_kind(index) != "social"

    def _of_name(self, index: int, draft: Draft) -> Channel | None:
        kind = self.carrier_kind(index) or self._unnamed_outlet(index) or self._told(index, draft)
        if kind is None:
            return self._through_body(index)
        token = self._clauses.tokens[index]
        governor = self._clauses.tokens[token.head]
        told = token.dep in ("dobj", "dative", "iobj", "appos", "pobj", "compound", "nsubj", "nmod", "oprd")
        if (
            token.dep == "nsubj"
            and governor.lemma not in _CARRYING
            and governor.lemma not in self._clauses.language.saying["plain"]
        ):
            return None
        return self._of_named(index, kind) if told else None

    def _told(self, index: int, draft: Draft) -> ChannelKind | None:
        """ "told Teleamazonas that ...", "a source quoted by El Comercio": an unknown name that hears or quotes."""
        mention, tokens = self._mention_at.get(index), self._clauses.tokens
        if mention is None or mention.entities or mention.country or mention.kind != "organisation":
            return None
        above = tokens[tokens[index].head]
        heard = above.index == draft.cue_token and above.lemma == "tell" and tokens[index].dep in ("dobj", "dative")
        quoting = tokens[above.head].lemma in self._clauses.language.saying["relaying"] and above.text.lower() == "by"
        return "outlet" if (heard or quoting) and tokens[index].pos == "PROPN" else None

    def _own_heard(self, index: int, draft: Draft) -> Channel | None:
        """ "told this newspaper", "tells me": words said to the report's own outlet."""
        token = self._clauses.tokens[index]
        heard = token.head == draft.cue_token and token.dep in ("dobj", "dative", "iobj")
        if not heard or draft.level is not None or self._clauses.tokens[token.head].lemma != "tell":
            return None
        if token.text.lower() in _US:  # "told me": nobody knows whom, where the report has no outlet
            return self._own_outlet(index) if self._clauses.reading.report.outlet else None
        own = next((c for c in self._clauses.below(index, "det", "poss") if self._clauses.tokens[c].text in _OWN), None)
        paper = token.lemma in self._clauses.language.channel_nouns["outlet"]
        return self._own_outlet(own) if own is not None and paper else None

    def _of_named(self, index: int, kind: ChannelKind) -> Channel:
        """ "the state news agency X": by its name where it has one."""
        if self._clauses.tokens[index].pos != "NOUN":
            return self._channel(index, kind)
        below = [c for c in self._clauses.below(index, "appos", "amod") if c > index]
        named = next((c for c in below if self._clauses.tokens[c].pos == "PROPN" or c in self._mention_at), index)
        return self._channel(named, kind)

    def _unnamed_outlet(self, index: int) -> ChannelKind | None:
        """ "told the broadcaster NTV": a name that nothing else is known of, behind a noun for outlets."""
        token = self._clauses.tokens[index]
        beside = [c for c in self._clauses.below(index, "compound") if c == index - 1]
        outlet = any(self._clauses.tokens[c].lemma in self._clauses.language.channel_nouns["outlet"] for c in beside)
        mention = self._mention_at.get(index)
        unknown = mention is None or not mention.entities
        return "outlet" if outlet and unknown and token.text[:1].isupper() else None

    def _through_body(self, index: int) -> Channel | None:
        """ "through the Foreign Ministry"."""
        token = self._clauses.tokens[index]
        above = self._clauses.tokens[token.head]
        mention = self._mention_at.get(index)
        body = mention is not None and mention.kind in ("organisation", "metonym", "role", "name")
        return (
            self._channel(index, "institution")
            if body and token.dep == "pobj" and above.text.lower() in _THROUGH
            else None
        )

    def _of_noun(self, index: int, draft: Draft) -> Channel | None:
        """ "in a televised address", "with a note", "shot off a letter": what the words stood in."""
        token = self._clauses.tokens[index]
        if draft.cue is not None and draft.cue.contains(token.span):
            return None  # "by her own account" is no account on a network
        if token.pos not in ("NOUN", "PROPN") or token.dep not in ("pobj", "conj"):
            return None
        above = self._clauses.tokens[token.head]
        if above.text.lower() not in _HEARD_IN:
            return None
        return self._at(index, None)

    def _at(self, index: int, only: ChannelKind | None) -> Channel | None:
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
        start = self._clauses.tokens[index if first is None else first].span.start
        span = Span(start, self._clauses.tokens[index].span.end)
        return Channel(span.words(self._clauses.reading.report.text).lower(), kind, span)

    def _by_reference(self, index: int) -> Channel | None:
        """The outlet that a carrier's name or pronoun refers to ("it quotes officials as saying")."""
        mention = self._mention_at.get(index)
        kind = self.carrier_kind(index)
        if mention is None:
            return None
        for other in sorted(self._carriers):
            if kind is None and set(self._mention_at[other].refers_to) & set(mention.refers_to):
                return self._channel(other, self.carrier_kind(other) or "outlet")
        return self._of_named(index, "outlet")

    def announced_before(self, draft: Draft) -> Channel | None:
        """ "X shot off a letter. “...,” he wrote": the sentence before names what the words stood in."""
        reading = self._clauses.reading
        sentences = reading.sentences
        token = draft.cue_token if draft.cue_token is not None else reading.tokens_in(draft.content[0]).start
        number = reading.sentence_number(token)
        first = reading.sentence_number(reading.tokens_in(draft.content[0]).start)
        number = min(number, first)
        if number == 0 or sentences[number - 1].paragraph != sentences[number].paragraph or draft.level is not None:
            return None
        before = sentences[number - 1]
        inside = range(before.first, before.last)
        named = [
            m
            for i in inside
            if (m := self._mention_at.get(i)) is not None and set(m.refers_to) & set(draft.speaker_ids)
        ]
        if not named:
            return None
        wrote = (
            draft.cue_token is not None
            and self._clauses.tokens[draft.cue_token].lemma in self._clauses.language.saying["writing"]
        )
        found = [c for i in inside if self._voices.of(i) is None and (c := self._announced(i)) is not None]
        found = [c for c in found if wrote or c.kind == "social"]
        return min(found, key=_nearness, default=None)

    def _announced(self, index: int) -> Channel | None:
        if self.carrier_kind(index) == "social":
            return self._channel(index, "social")
        written = self._clauses.language.channel_nouns["document"] | self._clauses.language.channel_nouns["social"]
        token = self._clauses.tokens[index]
        is_object = token.dep in ("dobj", "pobj", "nsubj", "attr") and token.lemma in written
        return self._at(index, None) if is_object else None

    def _channel(self, token: int, kind: ChannelKind) -> Channel:
        mention = self._mention_at.get(token)
        if mention is None:
            return Channel(self._clauses.tokens[token].text, kind, self._clauses.tokens[token].span)
        known = kind != "institution" and mention.entities
        name = self._whoswho.entity(mention.entities[0]).name if known else mention.name
        return Channel(name, kind, mention.span)


def _nearness(channel: Channel) -> tuple[int, bool, int]:
    """Kinds in their order; a name before a common noun; the first named."""
    return _ORDER[channel.kind], channel.name.islower(), channel.span.start

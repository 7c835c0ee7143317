"""What only carries words: the outlet, network, agency, document or ministry through which a statement came.

A carrier never becomes the speaker while another speaker is named; an outlet that is the only source is the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.codebook.whoswho import WhosWho
from detente.coding.carriers import OWN, US, Carriers
from detente.coding.clauses import Clauses
from detente.coding.drafts import Draft
from detente.coding.frames import frame_tokens
from detente.coding.voices import Voices
from detente.model.statement import Channel, ChannelKind

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
_THROUGH = frozenset({"through", "via"})
# What an outlet does with a paper that it does not publish.
_GOT = frozenset({"see", "obtain", "review", "leak", "share", "send", "acquire", "receive", "get", "view", "show"})
_HEARD_IN = frozenset({"in", "with", "by", "through", "via", "at", "during", "on", "from", "over"})
# The nearer to the words themselves, the better: a post on a network before the outlet that saw it.
_ORDER: Mapping[ChannelKind, int] = {"social": 0, "outlet": 1, "institution": 2, "document": 3, "broadcast": 4}


class Channels:
    """Finds the carrier of a statement around its cue; `known` tells what carries words at all."""

    def __init__(self, clauses: Clauses, whoswho: WhosWho, voices: Voices) -> None:
        self.known = Carriers(clauses, whoswho)
        self._clauses = clauses
        self._voices = voices
        self._mention_at = clauses.mention_at

    # -- the carrier of one statement

    def of_draft(self, draft: Draft, outer: Draft | None = None) -> Channel | None:
        """The carrier around the cue: on Telegram, told CNN, by an agency, in a statement, through a ministry."""
        found = list(self._found(draft, outer))
        return min((c for c in found if not self._passed_on(c, found)), key=_nearness, default=None)

    def _passed_on(self, channel: Channel, found: Sequence[Channel]) -> bool:
        """ "In a letter seen by Reuters": the words stood in the letter; the outlet has only seen it."""
        tokens = self._clauses.reading.tokens_in(channel.span)
        if channel.kind != "outlet" or not tokens:
            return False
        papers = {i for c in found if c.kind == "document" for i in self._clauses.reading.tokens_in(c.span)}
        above = [tokens[-1], *self._clauses.reading.ancestors(tokens[-1])]
        paper = next((n for n, i in enumerate(above) if i in papers), None)
        return paper is not None and any(self._clauses.tokens[i].lemma in _GOT for i in above[:paper])

    def of_speaker(self, draft: Draft) -> Channel | None:
        """ "A poll for the chamber found ...", "according to dispatch logs": a paper that speaks carries the words."""
        if draft.speaker is None or self._clauses.tokens[draft.speaker].pos != "NOUN":
            return None
        return self.known.at(draft.speaker, "document")

    def of_verb(self, draft: Draft) -> Channel | None:
        """ "The minister tweeted that ...": the verb tells the network."""
        if draft.cue_token is None:
            return None
        verb = self._clauses.tokens[draft.cue_token]
        name = self._clauses.language.network_verbs.get(verb.lemma)
        return Channel(self.known.name_now(name), "social", verb.span) if name is not None else None

    def _found(self, draft: Draft, outer: Draft | None) -> Iterator[Channel]:
        if draft.carrier is not None:
            channel = self.known.at(draft.carrier, "document")
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
        return inside and self.known.carrier_kind(index) != "social"

    def _of_name(self, index: int, draft: Draft) -> Channel | None:
        kind = self.known.carrier_kind(index) or self._unnamed_outlet(index) or self._told(index, draft)
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
        return self.known.of_named(index, kind) if told else None

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
        if token.text.lower() in US:  # "told me": nobody knows whom, where the report has no outlet
            return self.known.own_outlet(index) if self._clauses.reading.report.outlet else None
        own = next((c for c in self._clauses.below(index, "det", "poss") if self._clauses.tokens[c].text in OWN), None)
        paper = token.lemma in self._clauses.language.channel_nouns["outlet"]
        return self.known.own_outlet(own) if own is not None and paper else None

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
            self.known.channel(index, "institution")
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
        return self.known.at(index, None)

    def _by_reference(self, index: int) -> Channel | None:
        """The outlet that a carrier's name or pronoun refers to ("it quotes officials as saying")."""
        mention = self._mention_at.get(index)
        kind = self.known.carrier_kind(index)
        if mention is None:
            return None
        for other in sorted(self.known.carriers()):
            if kind is None and set(self._mention_at[other].refers_to) & set(mention.refers_to):
                return self.known.channel(other, self.known.carrier_kind(other) or "outlet")
        return self.known.of_named(index, "outlet")

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
        if self.known.carrier_kind(index) == "social":
            return self.known.channel(index, "social")
        written = self._clauses.language.channel_nouns["document"] | self._clauses.language.channel_nouns["social"]
        token = self._clauses.tokens[index]
        is_object = token.dep in ("dobj", "pobj", "nsubj", "attr") and token.lemma in written
        return self.known.at(index, None) if is_object else None


def _nearness(channel: Channel) -> tuple[int, bool, int]:
    """Kinds in their order; a name before a common noun; the first named."""
    return _ORDER[channel.kind], channel.name.islower(), channel.span.start

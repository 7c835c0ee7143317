"""What only carries words: the outlet, network, agency or ministry through which a statement came.

A carrier never becomes the speaker while another speaker is named; an outlet that is the only source is the speaker.
"""

from __future__ import annotations

from collections.abc import Mapping

from detente.codebook.whoswho import WhosWho
from detente.coding.clauses import Clauses
from detente.model.reading import Mention
from detente.model.statement import Channel, ChannelKind

_KINDS: Mapping[str, ChannelKind] = {"media": "outlet", "platform": "social"}
_CARRYING = frozenset({"carry", "publish", "report", "quote", "cite", "broadcast", "air", "post", "release", "relay", "share", "run", "tell", "distribute"})
_THROUGH = frozenset({"through", "via"})


class Channels:
    """Finds the carrier of a statement around its cue."""

    def __init__(self, clauses: Clauses, whoswho: WhosWho) -> None:
        self._clauses = clauses
        self._whoswho = whoswho
        self._mention_at: dict[int, Mention] = {m.head: m for m in clauses.reading.mentions}

    def carrier_kind(self, token: int) -> ChannelKind | None:
        """What kind of carrier the name at this token is, None for everybody else."""
        mention = self._mention_at.get(token)
        if mention is None or not mention.entities:
            return None
        return _KINDS.get(self._whoswho.entity(mention.entities[0]).kind)

    def carriers(self) -> frozenset[int]:
        """The head tokens of all names of outlets and networks."""
        return frozenset(head for head in self._mention_at if self.carrier_kind(head) is not None)

    def of_cue(self, cue: int, speaker: int | None) -> Channel | None:
        """The carrier named in the cue's own clause: on Telegram, told CNN, carried by KCNA, through the ministry."""
        found = self._in_phrases(cue, speaker) or self._told_to(cue, speaker) or self._according_aside(cue, speaker)
        return found

    def _in_phrases(self, cue: int, speaker: int | None) -> Channel | None:
        tokens = self._clauses.tokens
        for child in self._clauses.below(cue, "prep", "agent"):
            word = tokens[child].text.lower()
            if word not in self._clauses.language.channel_prepositions:
                continue
            for index in self._clauses.reading.subtree(child):
                if index == speaker or (kind := self.carrier_kind(index)) is None:
                    continue
                return self._channel(index, kind)
            objects = self._clauses.below(child, "pobj")
            if word in _THROUGH and objects and objects[0] in self._mention_at and self._is_body(objects[0]):
                return self._channel(objects[0], "institution")
        return None

    def _is_body(self, token: int) -> bool:
        return self._mention_at[token].kind in ("organisation", "metonym", "role", "name")

    def _told_to(self, cue: int, speaker: int | None) -> Channel | None:
        """"told CNN": the outlet that was told carries the words."""
        for index in self._clauses.objects(cue) + self._clauses.indirect_objects(cue):
            kind = self.carrier_kind(index)
            if kind is not None and index != speaker:
                return self._channel(index, kind)
        head = self._clauses.tokens[cue].head
        if self._clauses.tokens[cue].dep == "pcomp" and self._clauses.tokens[self._clauses.tokens[head].head].lemma in _CARRYING:
            for agent in self._clauses.agents(self._clauses.tokens[head].head):  # "was quoted by TASS as saying"
                kind = self.carrier_kind(agent)
                if kind is not None:
                    return self._channel(agent, kind)
        return None

    def _according_aside(self, cue: int, speaker: int | None) -> Channel | None:
        """"Russia, she said, according to CNN, ...": a second source in the sentence that is an outlet carries."""
        sentence = self._clauses.reading.sentence_of(cue)
        for index in range(sentence.first, sentence.last):
            if self._clauses.tokens[index].text.lower() == "according" and index != cue:
                for below in self._clauses.reading.subtree(index)[:8]:
                    kind = self.carrier_kind(below)
                    if kind is not None and below != speaker:
                        return self._channel(below, kind)
        for index in range(sentence.first, sentence.last):
            kind = self.carrier_kind(index)
            verb = self._clauses.tokens[self._clauses.tokens[index].head]
            if kind is not None and index != speaker and verb.lemma in _CARRYING and verb.index != cue and self._clauses.tokens[index].dep in ("nsubj", "pobj"):
                return self._channel(index, kind)
        return None

    def _channel(self, token: int, kind: ChannelKind) -> Channel:
        mention = self._mention_at[token]
        name = self._whoswho.entity(mention.entities[0]).name if kind != "institution" and mention.entities else mention.name
        return Channel(name, kind, mention.span)

"""Which participants the words of a slot stand for.

A name or office stands for itself, "forces of X" and "Russian ships" for their owner, "we" in a quotation for its
speaker, "you" for the one addressed. Places, objects and ideas stand for nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.coding.clauses import Clauses
from detente.coding.deeds import Deed
from detente.coding.voices import Voices
from detente.model.reading import Mention
from detente.model.statement import Statement

_OF_LIKE = frozenset({"of", "from", "by"})

# Types that answer somebody's offer or demand: it is his who made it.
_ANSWERS = frozenset({"AGREE", "REJECT", "CONCEDE"})


class Parties:
    """Answers who a token stands for, given the reading's mentions and statements."""

    def __init__(self, clauses: Clauses, voices: Voices, statements: Sequence[Statement]) -> None:
        self._clauses = clauses
        self._tokens = clauses.tokens
        self._voices = voices
        self._mention_at: dict[int, Mention] = {m.head: m for m in clauses.reading.mentions}
        self._speaker_of = self._speakers(statements)

    def _speakers(self, statements: Sequence[Statement]) -> dict[int, Statement]:
        """The statement whose content each quotation is, by the quotation's number."""
        found: dict[int, Statement] = {}
        for number in range(len(self._voices.quotations)):
            holders = [s for s in statements if self._voices.covered(number, s.content)]
            if holders:
                found[number] = min(holders, key=lambda s: sum(len(c) for c in s.content))
        return found

    def in_one_voice(self, token: int, others: Sequence[int]) -> bool:
        """Whether any of these words is told in the same voice as the token, outside the quotation it introduces."""
        voice = self._voices.of(token)
        words = (i for i in others if self._tokens[i].pos not in ("PUNCT", "ADP"))
        return any(self._voices.of(i) == voice for i in words)

    def of_tokens(self, tokens: Iterable[int]) -> tuple[str, ...]:
        """The participants that these tokens stand for, each once, in text order."""
        return tuple(dict.fromkeys(id for token in tokens for id in self.of(token)))

    def of(self, token: int, depth: int = 0) -> tuple[str, ...]:
        """The participants that one token stands for; empty for things, places and ideas."""
        mention = self._mention_at.get(token)
        if mention is not None:
            if mention.kind == "pronoun" and not mention.refers_to:
                return self._of_voice(token)
            if mention.refers_to and not mention.as_place:
                return mention.refers_to
            if mention.kind == "place" or mention.as_place:
                return ()
        if depth > 2 or self._tokens[token].pos not in ("NOUN", "PROPN", "NUM", "ADJ", "PRON", "DET"):
            return ()
        return self._of_owner(token, depth)

    def _of_owner(self, token: int, depth: int) -> tuple[str, ...]:
        """Whose forces, ships or positions a noun names: by nationality, possessor or "of"."""
        word = self._tokens[token]
        for child in self._clauses.below(token, "amod", "compound", "poss", "nmod"):
            owner = self._mention_at.get(child)
            if owner is not None and owner.refers_to and (not owner.as_place or owner.kind == "demonym"):
                return owner.refers_to
            if owner is not None and owner.kind == "pronoun":
                return self._of_voice(child)
        if word.lemma in self._clauses.language.containers or word.pos in ("NUM", "DET", "PRON"):
            for name, objects in self._clauses.prepositions(token).items():
                if name in _OF_LIKE:
                    return tuple(id for o in objects for id in self.of(o, depth + 1))
        return ()

    def _of_voice(self, token: int) -> tuple[str, ...]:
        """ "I", "we", "our" in a quotation: its speaker; "you": the one it is said to."""
        person = self._clauses.language.pronouns.get(self._tokens[token].text.lower())
        number = self._voices.of(token)
        statement = self._speaker_of.get(number) if number is not None else None
        if statement is None:
            return ()
        if person == "first" and statement.speaker is not None:
            return (statement.speaker,)
        if person == "second" and len(statement.addressees) == 1:
            return statement.addressees
        return ()

    def owned_by(self, party: str, owners: Sequence[str]) -> bool:
        """Whether a party belongs to one of these ("its fighters"): nobody acts on his own people by this."""
        participant = self._clauses.reading.participant_by_id.get(party)
        return participant is not None and participant.principal in owners and participant.principal is not None

    def beside_object(self, deed: Deed) -> tuple[str, ...]:
        """Whom an object belongs or points to: "a pact with X", "the offer of X", "the Greek demand"."""
        objects = deed.slots.get("object", ()) if not deed.is_noun else ()
        names = [*deed.predicate.target, "with", "by"]
        if deed.predicate.plover in _ANSWERS:
            names += ["of", "from"]
        for token in objects:
            found = self.of(token) if deed.predicate.act else ()
            prepositions = self._clauses.prepositions(token)
            for name in names:
                found = found or self.of_tokens(prepositions.get(name, ()))
            if found:
                return found
        return ()

    def slot(self, deed: Deed, names: Sequence[str], ground: bool = False) -> tuple[str, ...]:
        """The participants in the first of these slots that holds any; with `ground` countries named as places too."""
        for name in names:
            tokens = [t for t in deed.slots.get(name, ()) if not (name == "object" and self._is_moved(deed, t))]
            found = self.of_tokens(tokens)
            if ground and not found:
                mentions = [self._mention_at[t] for t in tokens if t in self._mention_at]
                found = tuple(dict.fromkeys(p for m in mentions if m.kind == "country" for p in m.refers_to))
            if found:
                return found
        return ()

    def _is_moved(self, deed: Deed, token: int) -> bool:
        """ "Peru sent two warships to Lima": forces that are sent or moved are their sender's own."""
        mention = self._mention_at.get(token)
        verb = self._tokens[deed.token].lemma
        own = mention is not None and mention.sector == "MIL" and mention.country is None and not mention.entities
        return own and not deed.is_noun and verb in self._clauses.language.motion

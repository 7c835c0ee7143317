"""Who governs what in a sentence: subjects, objects, preposition phrases and complements of a verb or noun.

Reads the dependency labels of the parse (ClearNLP style, as spaCy's English models give them); knows no event types.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from detente.codebook.language import LanguagePack
from detente.model.reading import Mention, Reading, Token
from detente.model.span import Span

_SUBJECTS = ("nsubj", "csubj")
_PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_OBJECTS = ("dobj", "obj")
_MARKS = frozenset('"“”„«»')
_MAIN = frozenset({"ROOT", "conj", "ccomp", "parataxis"})
_FREE = frozenset({"nsubj", "nsubjpass", "ROOT", "appos", "npadvmod", "dep", "attr", "conj"})
_CLAUSE_END = frozenset({"ccomp", "advcl", "relcl", "parataxis", "ROOT", "acl", "pcomp"})


class Clauses:
    """Grammatical questions about a reading's tokens, answered by token index."""

    def __init__(self, reading: Reading, language: LanguagePack) -> None:
        self.reading = reading
        self.tokens = reading.tokens
        self.children = reading.children
        self.language = language
        self.speaker_heads = frozenset(m.head for m in reading.mentions if m.kind != "place")
        self.person_heads = frozenset(m.head for m in reading.mentions if not m.as_place)
        # Who can act or speak: heads of all mentions but ground and mere adjectives.
        self.mention_heads = frozenset(
            m.head for m in reading.mentions if not m.as_place and m.kind not in ("demonym", "place")
        )

    @cached_property
    def mention_at(self) -> dict[int, Mention]:
        """The mention whose head a token is."""
        return {m.head: m for m in self.reading.mentions}

    @cached_property
    def actor_ending_at(self) -> dict[int, Mention]:
        """The mention of somebody who can act or speak whose last word a token is."""
        return {
            self.reading.tokens_in(m.span).stop - 1: m for m in self.reading.mentions if m.head in self.mention_heads
        }

    # -- small questions

    def below(self, index: int, *deps: str) -> list[int]:
        """The dependants of a token with one of these labels, in text order."""
        return [c for c in self.children[index] if self.tokens[c].dep in deps]

    def is_passive(self, verb: int) -> bool:
        """Whether a verb is passive: "was shelled", also without its auxiliary ("the town shelled by ...")."""
        if self.below(verb, "auxpass", *_PASSIVE_SUBJECTS):
            return True
        token = self.tokens[verb]
        if token.dep == "conj" and token.tag == "VBN" and not self.below(verb, "aux"):
            return self.is_passive(token.head)  # "20 were killed and dozens wounded"
        return token.tag == "VBN" and (bool(self.below(verb, "agent")) or token.dep in ("acl", "amod"))

    def particle(self, verb: int) -> str | None:
        found = self.below(verb, "prt")
        return self.tokens[found[0]].text.lower() if found else None

    def prepositions(self, index: int) -> dict[str, list[int]]:
        """The preposition phrases on a token: preposition to the heads of its objects, lists unfolded."""
        found: dict[str, list[int]] = {}
        for child in self.children[index]:
            token = self.tokens[child]
            if token.dep in ("prep", "agent", "dative") and token.pos in ("ADP", "SCONJ", "VERB", "PART"):
                for name, objects in self._preposition(child):
                    found.setdefault(name, []).extend(objects)
        return found

    def _preposition(self, prep: int) -> Iterable[tuple[str, list[int]]]:
        name = self.tokens[prep].text.lower()
        if name == "according":
            return  # a source, not a party
        objects = [i for c in self.below(prep, "pobj", "pcomp") for i in self.with_conjuncts(c)]
        if objects:
            yield name, objects
        for inner in self.below(prep, "prep"):  # "out of", "up to", "between A and B"
            for _, deeper in self._preposition(inner):
                yield f"{name} {self.tokens[inner].text.lower()}", deeper
                yield self.tokens[inner].text.lower(), deeper

    def with_conjuncts(self, index: int) -> list[int]:
        """A token and all that is listed with it ("Russia, Iran and Turkey")."""
        found: list[int] = []
        waiting = [index]
        while waiting:
            found.append(waiting.pop())
            waiting += reversed(self.below(found[-1], "conj"))
        return found

    # -- subjects and objects

    def subjects(self, verb: int, seen: frozenset[int] = frozenset()) -> list[int]:
        """The heads of whoever does what an active verb tells; for a passive the agent after "by"."""
        if verb in seen:
            return []
        if self.is_passive(verb):
            return self.agents(verb)
        own = [i for s in self.below(verb, *_SUBJECTS) for i in self.with_conjuncts(s)]
        if own:
            return self._antecedents(own, verb)
        return self._inherited(verb, seen | {verb}) or self._guessed(verb)

    def _guessed(self, verb: int) -> list[int]:
        """The subject of a finite verb that the parse lost: the nearest actor before it that nothing else governs."""
        if self.tokens[verb].tag not in ("VBD", "VBZ", "VBP") or self.tokens[verb].dep not in _MAIN:
            return []
        first = self.reading.sentence_of(verb).first
        for index in range(verb - 1, first - 1, -1):
            if self.tokens[index].text in _MARKS:
                break  # what a quotation says has no subject outside it
            if index in self.mention_heads and self.tokens[index].dep in _FREE:
                return [index]
        return []

    def agents(self, verb: int) -> list[int]:
        """Who a passive names after "by"."""
        found: list[int] = []
        for child in self.children[verb]:
            if self.tokens[child].dep == "agent" or (
                self.tokens[child].dep == "prep" and self.tokens[child].text.lower() == "by"
            ):
                found += [i for c in self.below(child, "pobj") for i in self.with_conjuncts(c)]
        return found

    def objects(self, verb: int, seen: frozenset[int] = frozenset()) -> list[int]:
        """Whom or what the verb is done to: its direct object, or the subject of its passive."""
        if verb in seen:
            return []  # listed verbs ask each other for an object that none of them has
        seen |= {verb}
        if self.is_passive(verb):
            elided = _SUBJECTS if self.tokens[verb].dep == "conj" else ()
            own = [i for s in self.below(verb, *_PASSIVE_SUBJECTS, *elided) for i in self.with_conjuncts(s)]
            if own:
                return self._antecedents(own, verb)
            token = self.tokens[verb]
            if token.dep in ("acl", "amod", "relcl"):
                return [token.head]
            if token.dep == "conj":
                return self.objects(token.head, seen)
            return []
        own = [i for o in self.below(verb, *_OBJECTS) for i in self.with_conjuncts(o)]
        if own:
            return self._antecedents(own, verb)
        # The subject of a small clause is the object: "urged Iran to stop", "let observers in".
        small = [s for c in self.below(verb, "ccomp", "xcomp") if self._is_small(c) for s in self.below(c, "nsubj")]
        if small:
            return [i for s in small for i in self.with_conjuncts(s)]
        if self.tokens[verb].dep == "conj" and not self.below(verb, "prep", "ccomp", "xcomp"):
            # "shelled and burned the village": the object stands on the last verb only, or on the first.
            return [i for s in self.below(verb, "conj") for i in self.objects(s, seen)]
        return []

    def _is_small(self, complement: int) -> bool:
        """A complement without a finite verb or "that": "held him responsible", "called the vote a farce"."""
        token = self.tokens[complement]
        bare = not self.below(complement, "mark") and not any(
            self.tokens[a].tag in ("VBD", "VBZ", "VBP", "MD") for a in self.below(complement, "aux", "cop", "auxpass")
        )
        return bare and (token.tag in ("VB", "VBG") or token.pos in ("ADJ", "NOUN", "PROPN"))

    def indirect_objects(self, verb: int) -> list[int]:
        found = [i for d in self.below(verb, "dative", "iobj") for i in self.with_conjuncts(d)]
        return [c for i in found for c in (self.below(i, "pobj") if self.tokens[i].pos == "ADP" else [i])]

    def _antecedents(self, heads: list[int], verb: int) -> list[int]:
        """ "who shelled": the noun before the relative clause instead of the pronoun."""
        found: list[int] = []
        for head in heads:
            token = self.tokens[head]
            if token.tag in ("WDT", "WP") and token.text.lower() in ("who", "which", "that", "whom"):
                noun = self._relative_noun(verb)
                found += [noun] if noun is not None else [head]
            else:
                found.append(head)
        return found

    def _relative_noun(self, verb: int) -> int | None:
        token = self.tokens[verb]
        while token.dep in ("conj", "xcomp", "ccomp") and token.head != token.index:
            token = self.tokens[token.head]
        return token.head if token.dep == "relcl" else None

    def _inherited(self, verb: int, seen: frozenset[int]) -> list[int]:
        """The doer of a verb without a subject of its own, taken from the verb or noun it hangs on."""
        token = self.tokens[verb]
        head = self.tokens[token.head]
        if token.head == verb:
            return []
        if token.dep == "conj" and head.pos in ("VERB", "AUX"):
            return self.subjects(token.head, seen)
        if token.dep in ("acomp", "attr", "oprd"):  # "are due to meet": the subject stands on "are"
            return self.subjects(token.head, seen)
        if token.dep in ("xcomp", "ccomp", "advcl") and token.tag == "VB":
            asked = self._asked(token.head)
            if asked:
                return asked
        if token.dep in ("xcomp", "ccomp") and (token.tag in ("VB", "VBG") or self._having(verb)):
            if head.lemma not in self.language.subject_control:
                controlled = self.objects(token.head)
                if controlled:
                    return controlled
            if self.is_passive(token.head):  # "was ordered to leave": whoever was ordered leaves
                return self.objects(token.head)
            return self.subjects(token.head, seen)
        if token.dep == "advcl" and token.tag in ("VBG", "VB"):
            return self.objects(token.head) if self.is_passive(token.head) else self.subjects(token.head, seen)
        if token.dep == "acl":
            if token.tag == "VBG":
                return [token.head]  # "troops moving south"
            return self._noun_owner(token.head, seen)  # "a plan to attack", "the decision to leave"
        if token.dep == "relcl" and not self.below(verb, "nsubj"):
            return [token.head]
        if token.dep == "pcomp":
            governor = self.tokens[head.head]
            if governor.pos in ("VERB", "AUX"):
                return self._controller_through(head, governor, seen)
            return self._noun_owner(governor.index, seen)
        if token.dep in ("ccomp", "parataxis", "dep", "conj") and head.pos == "NOUN":
            return self._noun_owner(token.head, seen)
        return []

    def _having(self, verb: int) -> bool:
        """ "denied having bombed": a participle with "having" has the subject of the verb above."""
        return any(self.tokens[c].tag in ("VBG", "VB") for c in self.below(verb, "aux"))

    def _asked(self, verb: int) -> list[int]:
        """Who is to do what is demanded: "calls on the parties to stop", "appealed to both to return"."""
        if not any(n in self.language.modality["demanded"] for n in self.lemma_with_particle(verb)):
            return []
        prepositions = self.prepositions(verb)
        return (
            self.objects(verb)
            or prepositions.get("on", [])
            or prepositions.get("to", [])
            or prepositions.get("with", [])
        )

    def _controller_through(self, prep: Token, governor: Token, seen: frozenset[int]) -> list[int]:
        """ "accused Iran of arming": the accused arms; "succeeded in arming": the subject does."""
        if prep.text.lower() in ("of", "for", "from") and self.objects(governor.index):
            return self.objects(governor.index)
        return self.subjects(governor.index, seen)

    def _noun_owner(self, noun: int, seen: frozenset[int]) -> list[int]:
        """Whose plan, decision or offer it is: the possessor, else the subject of the verb that governs the noun."""
        owners = [i for p in self.below(noun, "poss") for i in self.with_conjuncts(p)]
        if owners:
            return owners
        token = self.tokens[noun]
        if token.dep in _OBJECTS and self.tokens[token.head].pos == "VERB":
            return self.subjects(token.head, seen)
        return []

    # -- stretches of text

    def clause_root(self, index: int) -> int:
        """The verb (or headless noun) of the smallest finite clause that a token stands in."""
        while self.tokens[index].dep not in _CLAUSE_END and self.tokens[index].head != index:
            if (
                self.tokens[index].dep == "conj"
                and self.tokens[index].pos in ("VERB", "AUX")
                and self.below(index, *_SUBJECTS, *_PASSIVE_SUBJECTS)
            ):
                break
            index = self.tokens[index].head
        return index

    def span_of(self, indices: Iterable[int]) -> Span | None:
        """The stretch of text from the first to the last of these tokens."""
        items = sorted(indices)
        if not items:
            return None
        return Span(self.tokens[items[0]].span.start, self.tokens[items[-1]].span.end)

    def lemma_with_particle(self, verb: int) -> list[str]:
        """The verb's names from long to short: "walk out of", "walk out", "walk"."""
        lemma = self.tokens[verb].lemma
        particle = self.particle(verb)
        names = []
        preps = [self.tokens[c].text.lower() for c in self.below(verb, "prep")]
        if particle:
            names += [f"{lemma} {particle} {p}" for p in preps] + [f"{lemma} {particle}"]
        return [*names, *(f"{lemma} {p}" for p in preps), lemma]

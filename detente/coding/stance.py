"""How a speaker stands to those he speaks about: for or against them, with the words that show it.

Statements go in and come out with `stance`; whoever is blamed or praised by the cue itself ("accused X of ...") is then
among those the statement is about. Only words that govern or describe a participant count: what is told of a deed
without a word of judgement is no stance, and a participant without one stands at neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.codebook.tone import Tone
from detente.coding.clauses import Clauses
from detente.coding.parties import Parties
from detente.model.statement import Stance, Statement

_AGAINST, _FOR = -1, 1
# What words of blame and of praise name their object by, where it is no direct one: "scorn for X", "gratitude to X".
_BLAMED_BY = ("on", "at", "about", "against")
_PRAISED_BY = ("to", "in", "for", "with", "of")
# "Gratitude to X", "confidence in X" are the speaker's own; "support for X" in the content may be anybody's.
_OWED_TO = ("to", "in")
# What may stand before the one whom a content begins with: "the Russian side".
_OPENING = frozenset({"DET", "ADJ", "PROPN", "NUM"})
# A word that says what somebody is: "X is a liar", "X is reckless".
_SAID_OF = ("attr", "acomp", "oprd")
_MARKS = frozenset("\"“”„«»'‘’")


class Stances:
    """Finds the stances of statements, given what is known of the reading they stand in."""

    def __init__(self, clauses: Clauses, parties: Parties, tone: Tone) -> None:
        self._clauses = clauses
        self._tokens = clauses.tokens
        self._reading = clauses.reading
        self._parties = parties
        self._tone = tone
        self._demands = clauses.language.modality["demanded"] | {"want"}

    def of(self, statement: Statement) -> tuple[Stance, ...]:
        """The stances of one statement, toward each participant that of the surest rule."""
        found: dict[str, Stance] = {}
        rules = (self._cue, self._description, self._charge, self._removal, self._tribute, self._judgement)
        for rule in rules:
            for stance in rule(statement):
                if stance.toward != statement.speaker:
                    found.setdefault(stance.toward, stance)
        return tuple(found.values())

    def addressed(self, statement: Statement) -> tuple[str, ...]:
        """Whom "you" and "your" in the content refer to."""
        pronouns = self._clauses.language.pronouns
        second = (i for i in self._content(statement) if pronouns.get(self._tokens[i].text.lower()) == "second")
        return tuple(p for p in self._parties.of_tokens(second) if p != statement.speaker)

    # -- what the cue does

    def _cue(self, statement: Statement) -> Iterator[Stance]:
        """ "accused X of ...", "praised X"."""
        for value, words, names in (
            (_AGAINST, self._tone.blaming, _BLAMED_BY),
            (_FOR, self._tone.praising, _PRAISED_BY),
        ):
            for cue in self._cues(statement, words):
                for party in self._named_by(cue, names, statement):
                    yield Stance(party, value, self._tokens[cue].span)

    def _description(self, statement: Statement) -> Iterator[Stance]:
        """ "called X 'a liar'", "dismissed X's plan as 'fishing'": against, unless there is praise in the words."""
        for cue in self._cues(statement, self._tone.describing):
            words = self._quoted_words(statement, cue)
            span = self._clauses.span_of(words)
            if span is None or self._tokens[words[0]].tag == "VB":  # "called on all to 'step back'"
                continue
            value = _FOR if any(self._value(i) > 0 for i in words) else _AGAINST
            for party in self._whose(self._described(cue)):
                yield Stance(party, value, span)

    def _described(self, verb: int) -> list[int]:
        """Whom "called" describes: not the description itself, nor the speaker; the parse may take both for names."""
        objects = self._clauses.objects(verb) or self._clauses.below(verb, "oprd")[:1]
        return [i for i in objects if self._is_described(i, verb)]

    def _cues(self, statement: Statement, words: frozenset[str]) -> list[int]:
        """The words of a statement's cue that are among these."""
        tokens = self._reading.tokens_in(statement.cue) if statement.cue is not None else range(0)
        return [i for i in tokens if self._tokens[i].lemma.lower() in words]

    def _named_by(self, word: int, names: Sequence[str], statement: Statement) -> tuple[str, ...]:
        """Whom a word of blame or praise names: its object, what stands after it, or whom the content begins with."""
        found = self._whose(self._clauses.objects(word))
        prepositions = self._clauses.prepositions(word)
        for name in names:
            found = found or self._parties.of_tokens(prepositions.get(name, ()))
        return found or self._first_of(statement)

    def _whose(self, objects: Sequence[int]) -> tuple[str, ...]:
        """The participants that objects are or belong to; "a report by X" is X's."""
        authors = (a for i in objects for a in self._clauses.prepositions(i).get("by", ()))
        return self._parties.of_tokens(objects) or self._parties.of_tokens(authors)

    def _first_of(self, statement: Statement) -> tuple[str, ...]:
        for i in self._reading.tokens_in(statement.content[0]) if statement.content else ():
            if found := self._parties.of(i):
                return found
            if self._tokens[i].pos not in _OPENING:
                break
        return ()

    # -- what the content says of somebody

    def _charge(self, statement: Statement) -> Iterator[Stance]:
        """ "alleged that X had ...": the doer of what is alleged."""
        if not self._cues(statement, self._tone.charging):
            return
        for root in self._roots(statement):
            span = self._clauses.span_of(self._reading.subtree(root))
            if span is not None and not self._negated(root):
                for party in self._parties.of_tokens(self._clauses.subjects(root)):
                    yield Stance(party, _AGAINST, span)
            return

    def _removal(self, statement: Statement) -> Iterator[Stance]:
        """ "demanded that X resign", "wants X's dismissal"."""
        if not self._cues(statement, self._demands):
            return
        for i in self._content(statement):
            if self._tokens[i].lemma.lower() in self._tone.removing:
                heads = [*self._clauses.below(i, "poss", "compound", "nsubj", "nsubjpass"), *self._clauses.objects(i)]
                for party in self._parties.of_tokens(heads):
                    yield Stance(party, _AGAINST, self._tokens[i].span)

    def _tribute(self, statement: Statement) -> Iterator[Stance]:
        """ "full confidence in X", "our gratitude to X": a noun of praise in the content, and to whom it goes."""
        for i in self._content(statement):
            token = self._tokens[i]
            if token.pos == "NOUN" and token.lemma.lower() in self._tone.praising and not self._negated(i):
                prepositions = self._clauses.prepositions(i)
                heads = [t for n in _OWED_TO for t in prepositions.get(n, ())]
                if token.dep == "dobj":  # "owe our gratitude to X"
                    heads += self._clauses.indirect_objects(token.head)
                for party in self._parties.of_tokens(heads):
                    yield Stance(party, _FOR, token.span)

    def _judgement(self, statement: Statement) -> Iterator[Stance]:
        """ "the reckless government", "X lied to us", "shame on X", "X is a reliable partner"."""
        for i in self._content(statement):
            value = self._value(i)
            for party in self._parties.of_tokens(self._governed(i)) if value else ():
                yield Stance(party, value, self._tokens[i].span)

    def _value(self, i: int) -> int:
        """Whether a word judges (-1) or honours (1); turned round where it is negated."""
        lemma = self._tokens[i].lemma.lower()
        value = _AGAINST if lemma in self._tone.judging else _FOR if lemma in self._tone.honouring else 0
        return -value if value and self._negated(i) else value

    def _negated(self, i: int) -> bool:
        head = self._tokens[i].head
        heads = (i, head) if self._tokens[i].dep in (*_SAID_OF, "xcomp", "amod") else (i,)
        return any(
            self._tokens[c].dep == "neg" or self._tokens[c].lemma.lower() in self._clauses.language.negation
            for h in heads
            for c in self._clauses.children[h]
        )

    def _governed(self, i: int) -> list[int]:
        """Whom a word of judgement is about: the subject of its verb, the noun it describes, or "shame on ..."."""
        token = self._tokens[i]
        if token.pos in ("VERB", "AUX"):
            return self._clauses.subjects(i)
        if token.dep in ("amod", "compound", "appos"):
            return self._governed(token.head) if self._tokens[token.head].dep in _SAID_OF else [token.head]
        naming = self._tokens[token.head].lemma.lower() in self._tone.describing
        if token.dep in ("oprd", "dobj") and naming:  # "branded X a liar"
            return [h for h in self._described(token.head) if h != i]
        if token.dep in _SAID_OF:
            return self._clauses.subjects(token.head)
        return self._clauses.prepositions(i).get("on", [])

    # -- where words stand

    def _content(self, statement: Statement) -> Iterator[int]:
        for span in statement.content:
            yield from self._reading.tokens_in(span)

    def _roots(self, statement: Statement) -> Iterator[int]:
        """The verbs of the content that no other word of it governs."""
        for span in statement.content:
            inside = self._reading.tokens_in(span)
            for i in inside:
                token = self._tokens[i]
                if token.pos in ("VERB", "AUX") and (token.head not in inside or token.head == i):
                    yield i

    def _quoted_words(self, statement: Statement, cue: int) -> list[int]:
        """The words from the content's first quotation mark on, else those quoted behind the cue; none without."""
        sentence = self._reading.sentence_of(cue)
        for words in (list(self._content(statement)), list(range(cue, sentence.last))):
            first = next((n for n, i in enumerate(words) if self._tokens[i].text in _MARKS), len(words))
            if quoted := [i for i in words[first:] if self._tokens[i].pos != "PUNCT"]:
                return quoted
        return []

    def _is_described(self, i: int, cue: int) -> bool:
        """Whether an object of "called" is the one described: not the description itself, nor the speaker."""
        quoted = any(q.span.contains(self._tokens[i].span) for q in self._reading.quotations)
        own = self._tokens[i].text.lower().endswith(("self", "selves"))
        return not quoted and not own and (i > cue or self._clauses.is_passive(cue))


def add_stances(statements: Sequence[Statement], stances: Stances) -> tuple[Statement, ...]:
    """The statements with their stances; whoever a stance is toward is among those they are about."""
    return tuple(_with(s, stances.addressed(s), stances.of(s)) for s in statements)


def _with(statement: Statement, addressed: Sequence[str], stance: tuple[Stance, ...]) -> Statement:
    about = dict.fromkeys((*statement.about, *addressed, *(s.toward for s in stance)))
    return replace(statement, about=tuple(about), stance=stance)

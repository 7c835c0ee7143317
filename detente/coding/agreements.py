"""Agreements that a report refers to as standing: "the 2020 trilateral agreements", "the ceasefire deal".

Not those that are only sought or possible. Their parties are those that the words name, else whoever relies on them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from detente.coding.pledging import Ground, PledgeDraft
from detente.model.reading import Mention
from detente.model.span import Span
from detente.model.when import When

# A name or a year makes it sure which agreement is meant; parties counted from the sentence are a guess.
_NAMED, _DESCRIBED, _GUESSED = 0.7, 0.6, 0.5
_YEAR = re.compile(r"(?:19|20)\d\d")
_MODIFIERS = ("amod", "compound", "nmod", "nummod", "poss")
_PARTY_KINDS = frozenset({"country", "demonym", "organisation", "name"})
_SMALL = frozenset({"DET", "PUNCT", "PART"})


def find_agreements(ground: Ground) -> list[PledgeDraft]:
    """Each agreement once, with all the words that refer to it."""
    found: list[PledgeDraft] = []
    for token in ground.tokens:
        if token.lemma.lower() in ground.words.agreements and token.pos in ("NOUN", "PROPN"):
            _add(token.index, found, ground)
    return found


def _add(noun: int, found: list[PledgeDraft], ground: Ground) -> None:
    earlier = next((d for d in found if _is_same(noun, d.token, ground)), None)
    if earlier is not None:
        earlier.what = (*earlier.what, _phrase(noun, ground))
        earlier.cue = earlier.cue or _cue(noun, ground)
        return
    draft = _draft(noun, ground) if _stands(noun, ground) else None
    if draft is not None:
        found.append(draft)


def _modifiers(noun: int, ground: Ground) -> list[int]:
    direct = ground.clauses.below(noun, *_MODIFIERS)
    return [i for d in direct for i in ground.clauses.reading.subtree(d) if ground.tokens[i].pos not in _SMALL]


def _features(noun: int, ground: Ground) -> frozenset[str]:
    words = [ground.tokens[i] for i in _modifiers(noun, ground)]
    return frozenset(form.lower() for word in words for form in (word.lemma, word.text))


def _is_same(noun: int, earlier: int, ground: Ground) -> bool:
    """Whether a noun takes up an agreement told before: the same noun with no other words, or with the same ones."""
    one, other = ground.tokens[noun], ground.tokens[earlier]
    if one.lemma != other.lemma:
        return False
    own, told = _features(noun, ground), _features(earlier, ground)
    if own:
        return own <= told or (told <= own and bool(told))
    return _is_definite(noun, ground) or bool(ground.clauses.below(noun, "relcl"))


def _determiners(noun: int, ground: Ground) -> list[str]:
    return [ground.tokens[i].text.lower() for i in ground.clauses.below(noun, "det", "poss")]


def _is_definite(noun: int, ground: Ground) -> bool:
    return any(d in ground.words.definite for d in _determiners(noun, ground))


# -- whether it is one


def _stands(noun: int, ground: Ground) -> bool:
    """Whether the words refer to an agreement that there is."""
    words = ground.words
    determiners = _determiners(noun, ground)
    features = _features(noun, ground)
    if any(d in words.indefinite for d in determiners) or features & words.not_standing or _is_sought(noun, ground):
        return False
    lemma = ground.tokens[noun].lemma.lower()
    dated = _year(noun, ground) is not None
    named = any(ground.tokens[i].pos == "PROPN" for i in _modifiers(noun, ground))
    between = bool(_parties(noun, ground))
    definite = _is_definite(noun, ground) or bool(ground.clauses.below(noun, "poss"))
    if features & words.standing or (dated and (definite or named)):
        return True
    if lemma in words.plain:
        return definite
    kind = bool(features & (words.about | set(words.sides)))
    if lemma in words.named_only:
        return definite and (named or between or kind)
    return definite and (named or between or kind)


def _is_sought(noun: int, ground: Ground) -> bool:
    """Whether it is only wanted or talked about: "talks on the ceasefire", "called for a truce to be signed"."""
    token = ground.tokens[noun]
    above = ground.tokens[token.head]
    for _ in range(2):
        if above.index == token.index:
            return False
        names = ground.clauses.lemma_with_particle(above.index) if above.pos == "VERB" else [above.lemma]
        if token.dep in ("dobj", "pobj", "prep", "compound", "nsubjpass") and any(
            n in ground.words.sought for n in names
        ):
            return True
        if above.pos != "ADP" or above.text.lower() not in ground.words.sought_links:
            return False
        token, above = above, ground.tokens[above.head]
    return False


def _year(noun: int, ground: Ground) -> str | None:
    """A year in front of the noun, or in the phrase right behind it ("of 9 November 2020")."""
    near = _modifiers(noun, ground)
    for prep in ground.clauses.below(noun, "prep", "acl"):
        near += ground.clauses.reading.subtree(prep)
    return next((w for i in near if _YEAR.fullmatch(w := ground.tokens[i].text)), None)


# -- whose it is


def _parties(noun: int, ground: Ground) -> tuple[str, ...]:
    """The parties in the noun's own phrase: "the Ruritania-Graustark treaty", "with Graustark", "between the two"."""
    prepositions = ground.clauses.prepositions(noun)
    heads = [i for name in ("between", "with", "among") for i in prepositions.get(name, ())]
    signed = list(ground.clauses.below(noun, "acl", "relcl"))
    heads += [i for v in signed for i in (*ground.clauses.agents(v), *ground.clauses.prepositions(v).get("with", ()))]
    mentions = ground.clauses.mention_at
    heads += [i for i in _modifiers(noun, ground) if i in mentions and _is_party(mentions[i], ground)]
    as_countries = {p for h in heads if h in mentions and mentions[h].kind == "demonym" for p in mentions[h].refers_to}
    return tuple(dict.fromkeys((*ground.who(heads), *ground.known(as_countries))))


def _is_party(mention: Mention, ground: Ground) -> bool:
    """Whether a word in front of the noun names a party; in "the Minsk accords" a capital says where it was signed."""
    if mention.kind not in _PARTY_KINDS:
        return False
    words = ground.clauses.reading.words(mention.span)
    names = [ground.coded.participant(id).name for id in ground.known(mention.refers_to)]
    return mention.kind != "country" or words.isupper() or any(words in name for name in names)


def _counted(noun: int, relying: Sequence[str], ground: Ground) -> tuple[str, ...]:
    """ "trilateral": the sides that the sentence names with whoever relies on it, if they are as many."""
    wanted = next((n for w in _features(noun, ground) if (n := ground.words.sides.get(w))), None)
    if wanted is None:
        return ()
    sides: dict[str, str] = {}
    for id in (*ground.named_in(ground.sentence(noun)), *relying):
        country = ground.coded.participant(id).country
        if country is not None:
            sides.setdefault(country, id)
    return tuple(sides.values()) if len(sides) == wanted else ()


def _relying(noun: int, ground: Ground) -> tuple[str, ...]:
    """Who speaks of the agreement: the subject of its clause where that acts, else the speaker."""
    root = ground.clauses.clause_root(noun)
    subjects = (
        [s for s in ground.clauses.subjects(root) if s != noun] if ground.tokens[root].pos in ("VERB", "AUX") else []
    )
    acting = tuple(id for id in ground.who(subjects) if ground.is_political(id))
    statement = ground.statement_at(ground.tokens[noun].span)
    spoken = (statement.speaker,) if statement is not None and statement.speaker is not None else ()
    return acting or spoken


def _draft(noun: int, ground: Ground) -> PledgeDraft | None:
    relying = _relying(noun, ground)
    parties, confidence, why = _parties(noun, ground), _NAMED, "the words name its parties"
    if len(parties) == 1:
        parties = tuple(dict.fromkeys((*relying, *parties)))
    if not parties:
        parties, confidence, why = _counted(noun, relying, ground), _GUESSED, "as many sides as it has are named here"
    if not parties:
        parties, confidence, why = relying, _DESCRIBED, "whoever speaks of it relies on it"
    if not any(ground.is_political(id) for id in parties):
        return None
    to = parties if len(parties) > 1 else ()
    phrase = _phrase(noun, ground)
    return PledgeDraft(
        "agreement", noun, parties, to, (phrase,), _cue(noun, ground), confidence, why, when=_when(phrase, ground)
    )


def _when(phrase: Span, ground: Ground) -> When | None:
    """The time that stands in the agreement's own words."""
    return next((t for t in ground.times.times if t.span is not None and phrase.contains(t.span)), None)


def _phrase(noun: int, ground: Ground) -> Span:
    """The noun with what stands before it, and with the phrases behind that say whose or when."""
    parts = [noun, *ground.clauses.below(noun, "det", *_MODIFIERS)]
    parts += [p for p in ground.clauses.below(noun, "prep") if p > noun and p - noun <= 2]
    parts += [v for v in ground.clauses.below(noun, "relcl") if v > noun]
    whole = [i for p in parts for i in (ground.clauses.reading.subtree(p) if p != noun else [noun])]
    return ground.within_voice(noun, ground.clauses.span_of(whole) or ground.tokens[noun].span)


def _cue(noun: int, ground: Ground) -> Span | None:
    """The verb that says what becomes of the agreement, where it tells that as so."""
    relative = [v for v in ground.clauses.below(noun, "relcl") if ground.is_asserted(v)]
    if relative:
        return ground.tokens[relative[0]].span
    verb = ground.clauses.clause_root(noun)
    if ground.tokens[verb].pos != "VERB" or not ground.is_asserted(verb):
        return None
    arguments = [*ground.clauses.objects(verb), *ground.clauses.subjects(verb)]
    prepositions = [i for objects in ground.clauses.prepositions(verb).values() for i in objects]
    return ground.tokens[verb].span if noun in (*arguments, *prepositions) else None

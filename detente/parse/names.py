"""Names in a report: those the codebook knows, and those only the parser sees.

The alias automaton goes first; the parser's entities fill the gaps; what both leave is a run of capitalised words.
Says whether a name stands for ground or for a government; not which of several bearers is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from detente.codebook.gazetteer import Gazetteer
from detente.codebook.language import LanguagePack
from detente.codebook.whoswho import NameMatch, WhosWho
from detente.model.reading import Token
from detente.model.span import Span
from detente.parse.phrases import Grammar

NameKind = Literal["person", "country", "demonym", "adjective", "capital", "metonym", "organisation", "media", "platform", "place", "unknown"]

_SURELY_GROUND = frozenset({"in", "near", "outside", "around", "across"})
_ENTITY_KINDS: dict[str, NameKind] = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "demonym"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name's tokens `[first, last]`, the token at its head, its kind and the codebook's entities for it."""

    first: int
    last: int
    head: int
    span: Span
    kind: NameKind
    entities: tuple[str, ...] = ()
    as_place: bool = False


@dataclass(frozen=True)
class Known:
    """The knowledge that finding names needs."""

    whoswho: WhosWho
    gazetteer: Gazetteer
    language: LanguagePack


def find_names(text: str, grammar: Grammar, known: Known) -> tuple[Name, ...]:
    """All names of a text in order; none overlaps another."""
    names = [_from_match(match, grammar, known) for match in known.whoswho.find_names(text)]
    kept = [name for name in names if name is not None and not _inside_longer_person(name, grammar)]
    taken = {index for name in kept for index in range(name.first, name.last + 1)}
    kept += _from_entities(grammar, known, taken)
    taken = {index for name in kept for index in range(name.first, name.last + 1)}
    kept += _from_capitals(text, grammar, known, taken)
    kept = [name for name in kept if name.entities or not _is_body_or_office(name, grammar, known)]
    return tuple(sorted(_surnames_as_people(kept, grammar), key=lambda name: name.first))


def _is_body_or_office(name: Name, grammar: Grammar, known: Known) -> bool:
    """"the Foreign Ministry", "First Lady": common nouns written large, which finds.py reads as what they are."""
    words = " ".join(t.text.lower() for t in grammar.tokens[name.first : name.last + 1])
    return words in known.language.bodies or words in known.language.roles


def _surnames_as_people(names: Sequence[Name], grammar: Grammar) -> list[Name]:
    """A lone unknown word that is the surname of somebody named in full elsewhere in the report is that person."""
    surnames = {grammar.tokens[n.last].text.casefold() for n in names if n.kind == "person"}
    return [
        replace(n, kind="person") if n.kind in ("unknown", "organisation", "place") and not n.entities and n.first == n.last and grammar.tokens[n.last].text.casefold() in surnames else n
        for n in names
    ]


def _tokens_of(span: Span, grammar: Grammar) -> tuple[int, int] | None:
    reach = grammar.reach(span)
    return (reach.start, reach.stop - 1) if len(reach) else None


def _from_match(match: NameMatch, grammar: Grammar, known: Known) -> Name | None:
    reach = _tokens_of(Span(match.start, match.end), grammar)
    if reach is None or not match.entities:
        return None
    first, last = reach
    kind = _match_kind(match, known)
    if kind == "person":
        last = _longer_surname(last, grammar)
    span = Span(match.start, max(match.end, grammar.tokens[last].span.end))
    return Name(first, last, _head(first, last, grammar), span, kind, match.entities)


def _longer_surname(last: int, grammar: Grammar) -> int:
    """"Moussa Faki | Mahamat": the report gives more of a person's name than the codebook knows."""
    token = grammar.tokens[last]
    following = grammar.tokens[last + 1] if last + 1 < len(grammar.tokens) else None
    goes_on = following is not None and token.dep == "compound" and token.head == last + 1 and following.pos == "PROPN"
    return last + 1 if goes_on else last


def _match_kind(match: NameMatch, known: Known) -> NameKind:
    if match.how in ("demonym", "adjective", "capital", "metonym"):
        return match.how  # type: ignore[return-value]
    kind = known.whoswho.entity(match.entities[0]).kind
    return {"group": "organisation"}.get(kind, kind)  # type: ignore[return-value]


def _head(first: int, last: int, grammar: Grammar) -> int:
    """The token of the run whose own head lies outside it."""
    for index in range(last, first - 1, -1):
        head = grammar.tokens[index].head
        if (head < first or head > last or head == index) and grammar.tokens[index].dep not in ("punct", "case"):
            return index
    return last


def _inside_longer_person(name: Name, grammar: Grammar) -> bool:
    """Whether a country's or city's name is part of somebody's name ("Paris Nakamura", "Michael Jordan")."""
    if name.kind in ("person", "organisation", "media", "adjective", "demonym"):
        return False
    before = grammar.tokens[name.first - 1] if name.first else None
    after = grammar.tokens[name.last + 1] if name.last + 1 < len(grammar.tokens) else None
    return _continues_person(grammar.tokens[name.first], before) or (
        after is not None and after.entity_type == "I-PERSON" and grammar.tokens[name.last].entity_type.endswith("PERSON")
    )


def _continues_person(token: Token, before: Token | None) -> bool:
    return token.entity_type == "I-PERSON" and before is not None and before.entity_type.endswith("PERSON")


def _from_entities(grammar: Grammar, known: Known, taken: set[int]) -> list[Name]:
    """Names that only the parser sees, where no known name stands."""
    found: list[Name] = []
    for first, last, label in _runs(grammar.tokens):
        while first <= last and (first in taken or grammar.tokens[first].pos in ("DET", "PUNCT", "ADJ") or _is_title(first, grammar, known)):
            first += 1
        while last >= first and (last in taken or grammar.tokens[last].pos in ("PART", "PUNCT")):
            last -= 1
        if first > last or label not in _ENTITY_KINDS or taken & set(range(first, last + 1)):
            continue
        if all(t.pos not in ("PROPN", "X") for t in grammar.tokens[first : last + 1]):
            continue
        span = Span(grammar.tokens[first].span.start, grammar.tokens[last].span.end)
        kind = _checked_kind(_ENTITY_KINDS[label], first, last, grammar, known)
        found.append(Name(first, last, _head(first, last, grammar), span, kind))
    return found


def _is_title(index: int, grammar: Grammar, known: Known) -> bool:
    token = grammar.tokens[index].text.lower()
    return token in known.language.honorifics or token in known.language.former or token in known.language.roles


def _runs(tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
    runs: list[tuple[int, int, str]] = []
    for token in tokens:
        mark, _, label = token.entity_type.partition("-")
        if mark == "B":
            runs.append((token.index, token.index, label))
        elif mark == "I" and runs and runs[-1][1] == token.index - 1:
            runs[-1] = (runs[-1][0], token.index, label)
    return runs


def _checked_kind(kind: NameKind, first: int, last: int, grammar: Grammar, known: Known) -> NameKind:
    """The small model calls many a region an organisation: the gazetteer is asked before it is believed."""
    words = " ".join(t.text for t in grammar.tokens[first : last + 1]).replace(" - ", "-")
    if kind in ("person", "unknown") and _after_locative(first, grammar, known, _SURELY_GROUND):
        return "place"  # "near Dhar Bala": nobody is inside or near a person
    if kind in ("organisation", "demonym", "unknown") or (kind == "person" and first == last):
        if known.gazetteer.lookup(words) and _after_locative(first, grammar, known):
            return "place"
        if kind != "person" and any(p.population == 0 or p.resolution in ("region", "sea", "admin1") for p in known.gazetteer.lookup(words)):
            return "place"
    if kind == "demonym":
        return "unknown"
    return kind


def _after_locative(first: int, grammar: Grammar, known: Known, only: frozenset[str] | None = None) -> bool:
    before = first - 1
    while before >= 0 and grammar.tokens[before].pos in ("DET", "ADJ") and grammar.tokens[before].head >= first:
        before -= 1
    return before >= 0 and grammar.tokens[before].text.lower() in (known.language.locative if only is None else only)


def _from_capitals(text: str, grammar: Grammar, known: Known, taken: set[int]) -> list[Name]:
    """Runs of proper nouns that neither the codebook nor the parser's entities cover."""
    found: list[Name] = []
    run: list[int] = []
    for token in [*grammar.tokens, None]:
        free = token is not None and token.pos == "PROPN" and token.index not in taken and token.text[:1].isupper()
        if free and token is not None and (not run or run[-1] == token.index - 1):
            run.append(token.index)
            continue
        if run:
            found += _capital_run(run, text, grammar, known)
        run = [token.index] if free and token is not None else []
    return found


def _capital_run(run: list[int], text: str, grammar: Grammar, known: Known) -> list[Name]:
    while run and (_is_title(run[0], grammar, known) or _is_common(run[0], grammar, known)):
        run = run[1:]
    if not run or _is_common(run[-1], grammar, known) or grammar.tokens[run[-1]].entity_type.endswith(("DATE", "CARDINAL", "ORDINAL", "TIME")):
        return []
    first, last = run[0], run[-1]
    span = Span(grammar.tokens[first].span.start, grammar.tokens[last].span.end)
    kind = _checked_kind("unknown", first, last, grammar, known)
    return [Name(first, last, _head(first, last, grammar), span, kind)]


def _is_common(index: int, grammar: Grammar, known: Known) -> bool:
    """Whether a capitalised word is only a common noun of office or body written large ("Ministry", "Army")."""
    word = grammar.tokens[index].text.lower()
    return word in known.language.bodies or word in known.language.roles or word in known.language.saying_nouns

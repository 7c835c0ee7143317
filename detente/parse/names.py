"""Names in a report: those the codebook knows, and those only the parser sees.

The alias automaton goes first; the parser's entities fill the gaps; what both leave is a run of capitalised words.
Says whether a name stands for ground or for a government; not which of several bearers is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.codebook.whoswho import NameMatch
from detente.model.reading import Token
from detente.model.span import Span
from detente.parse.name import Name, NameKind, head_of
from detente.parse.name_kinds import Known, settle_kinds
from detente.parse.phrases import Grammar

_ENTITY_KINDS: dict[str, NameKind] = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "demonym",
}
# The sector of states that few recognise.
_UNRECOGNISED = "PRE"
_COUNTS = ("DATE", "CARDINAL", "ORDINAL", "TIME")
# The parser takes many a foreign city for a date; a city of so many people is believed to be one.
_LARGE = 50_000
_NO_END = ("PART", "PUNCT", "ADP", "CCONJ", "DET")


__all__ = ["Known", "Name", "NameKind", "find_names"]


def find_names(text: str, grammar: Grammar, known: Known, labels: Sequence[Span] = ()) -> tuple[Name, ...]:
    """All names of a text in order; none overlaps another. `labels` name the speakers of a transcript."""
    names = [_from_match(match, grammar, known) for match in known.whoswho.find_names(text)]
    kept = [name for name in names if name is not None and not _inside_longer_person(name, grammar)]
    kept = [name for name in kept if not _inside_body(name, grammar, known)]
    taken = {index for name in kept for index in range(name.first, name.last + 1)}
    kept += _from_entities(grammar, known, taken)
    taken = {index for name in kept for index in range(name.first, name.last + 1)}
    kept += _from_capitals(text, grammar, known, taken)
    taken = {index for name in kept for index in range(name.first, name.last + 1)}
    kept += [name for label in labels if (name := _from_label(label, grammar, taken)) is not None]
    kept = [name for name in kept if name.entities or not _is_body_or_office(name, grammar, known)]
    return tuple(sorted(settle_kinds(text, kept, grammar, known), key=lambda name: name.first))


def _is_body_or_office(name: Name, grammar: Grammar, known: Known) -> bool:
    """ "the Foreign Ministry", "First Lady": common nouns written large, which finds.py reads as what they are."""
    words = " ".join(t.text.lower() for t in grammar.tokens[name.first : name.last + 1])
    return words in known.language.bodies or words in known.language.roles


def _inside_body(name: Name, grammar: Grammar, known: Known) -> bool:
    """ "The Ministry of Foreign Affairs": what a body or office is for is not the medium of that name."""
    if name.kind != "media" or name.first < 2:
        return False
    noun, of = grammar.tokens[name.first - 2 : name.first]
    words = noun.text.lower()
    return of.pos == "ADP" and (words in known.language.bodies or words in known.language.roles)


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
    return Name(first, last, head_of(first, last, grammar), span, kind, match.entities)


def _longer_surname(last: int, grammar: Grammar) -> int:
    """ "Moussa Faki | Mahamat": the report gives more of a person's name than the codebook knows."""
    token = grammar.tokens[last]
    following = grammar.tokens[last + 1] if last + 1 < len(grammar.tokens) else None
    goes_on = following is not None and token.dep == "compound" and token.head == last + 1 and following.pos == "PROPN"
    return last + 1 if goes_on else last


def _match_kind(match: NameMatch, known: Known) -> NameKind:
    if match.how in ("demonym", "adjective", "capital", "metonym"):
        return match.how  # type: ignore[return-value]
    entity = known.whoswho.entity(match.entities[0])
    kind = entity.kind
    if _UNRECOGNISED in entity.sectors:
        return "country"  # Abkhazia is ground and a government like any country
    return {"group": "organisation"}.get(kind, kind)  # type: ignore[return-value]


def _inside_longer_person(name: Name, grammar: Grammar) -> bool:
    """Whether a country's or city's name is part of somebody's name ("Paris Nakamura", "Michael Jordan")."""
    if name.kind in ("person", "organisation", "media", "adjective", "demonym"):
        return False
    before = grammar.tokens[name.first - 1] if name.first else None
    after = grammar.tokens[name.last + 1] if name.last + 1 < len(grammar.tokens) else None
    # "Sri Lanka's Leader" is read as one person too: only a further name goes on with a name.
    longer = after is not None and after.entity_type == "I-PERSON" and after.pos == "PROPN"
    return _continues_person(grammar.tokens[name.first], before) or (
        longer and grammar.tokens[name.last].entity_type.endswith("PERSON")
    )


def _continues_person(token: Token, before: Token | None) -> bool:
    return token.entity_type == "I-PERSON" and before is not None and before.entity_type.endswith("PERSON")


def _from_entities(grammar: Grammar, known: Known, taken: set[int]) -> list[Name]:
    """Names that only the parser sees, where no known name stands."""
    found: list[Name] = []
    used = set(taken)
    for first, last, label in _parts(grammar, known):
        cut = not used.isdisjoint(range(first, last + 1))
        first = _past_honorific(first, last, label, grammar, known)
        while first <= last and (first in used or _is_no_beginning(first, grammar, known)):
            first += 1
        while last >= first and (last in used or grammar.tokens[last].pos in _NO_END):
            last -= 1
        if first > last or label not in _ENTITY_KINDS or used & set(range(first, last + 1)):
            continue
        if not _is_written_as_name(first, last, label, grammar, known):
            continue
        last = _past_hyphens(last, grammar, used)
        span = Span(grammar.tokens[first].span.start, grammar.tokens[last].span.end)
        kind = _ENTITY_KINDS[label]
        if not cut or kind != "organisation":  # what is left of a body's name is no place ("Real | Madrid")
            kind = _checked_kind(kind, first, last, grammar, known)
        found.append(Name(first, last, head_of(first, last, grammar), span, kind))
        used |= set(range(first, last + 1))
    return found


def _is_written_as_name(first: int, last: int, label: str, grammar: Grammar, known: Known) -> bool:
    """Capitals and proper nouns; a place may be taken for another kind of word ("in Beni"), if it is known."""
    tokens = grammar.tokens[first : last + 1]
    if not any(t.text[:1].isupper() for t in tokens):
        return False  # "the east bank"
    words = " ".join(t.text for t in tokens)
    if any(t.pos in ("PROPN", "X") for t in tokens):
        # "Rebels based in Goma": a common noun that opens its sentence.
        return first != last or known.whoswho.role_noun(words) is None or known.gazetteer.knows(words)
    return _ENTITY_KINDS[label] == "place" and known.gazetteer.knows(words)


def _past_honorific(first: int, last: int, label: str, grammar: Grammar, known: Known) -> int:
    """ "Will Mr Sule": a person's name begins behind the form of address, whatever stands before it."""
    tokens = grammar.tokens[first : last + 1]
    forms = [t.index for t in tokens if t.text.lower() in known.language.honorifics and t.text[:1].isupper()]
    return forms[-1] if label == "PERSON" and forms else first


def _is_no_beginning(index: int, grammar: Grammar, known: Known) -> bool:
    return grammar.tokens[index].pos in ("DET", "PUNCT", "ADJ", "ADP") or _is_title(index, grammar, known)


def _past_hyphens(last: int, grammar: Grammar, taken: set[int]) -> int:
    """ "Kyzyl-Bel": the parser takes a hyphen for the end of a name."""
    tokens = grammar.tokens
    while last + 2 < len(tokens) and tokens[last + 1].text == "-" and not taken & {last + 1, last + 2}:
        joined = tokens[last].span.end == tokens[last + 1].span.start
        joined = joined and tokens[last + 1].span.end == tokens[last + 2].span.start
        if not joined or not tokens[last + 2].text[:1].isupper():
            break
        last += 2
    return last


def _parts(grammar: Grammar, known: Known) -> list[tuple[int, int, str]]:
    """The parser's entities, those cut in two that run over a comma, "with", "to", or an "and" between two places."""
    parts: list[tuple[int, int, str]] = []
    for first, last, label in _runs(grammar.tokens):
        start = first
        for index in range(first + 1, last):
            if _cuts(index, first, grammar, known):
                parts.append((start, index - 1, label))
                start = index + 1
        parts.append((start, last, label))
    return parts


def _cuts(index: int, first: int, grammar: Grammar, known: Known) -> bool:
    token = grammar.tokens[index]
    if token.text == "," or (token.pos == "ADP" and token.text.lower() in ("with", "to")):
        return True
    before, after = " ".join(t.text for t in grammar.tokens[first:index]), grammar.tokens[index + 1].text
    if token.pos == "ADP" and token.text.lower() in known.language.locative:
        return known.gazetteer.knows(before) and known.gazetteer.knows(after)  # "Lake Victoria off Mwanza"
    if token.pos != "CCONJ":
        return False
    return known.gazetteer.knows(before) or known.gazetteer.knows(after)


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
    if kind in ("organisation", "demonym", "unknown"):
        regions = ("region", "sea", "admin1")
        if any(p.population == 0 or p.resolution in regions for p in known.gazetteer.lookup(words)):
            return "place"
    return "unknown" if kind == "demonym" else kind


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
    if not run or _is_common(run[-1], grammar, known):
        return []
    first, last = run[0], run[-1]
    if grammar.tokens[last].entity_type.endswith(_COUNTS) and not _is_large(grammar.tokens[last].text, known):
        return []
    span = Span(grammar.tokens[first].span.start, grammar.tokens[last].span.end)
    kind = _checked_kind("unknown", first, last, grammar, known)
    return [Name(first, last, head_of(first, last, grammar), span, kind)]


def _from_label(label: Span, grammar: Grammar, taken: set[int]) -> Name | None:
    """A label as a name, where its words are not part of one yet."""
    reach = _tokens_of(label, grammar)
    if reach is None or not taken.isdisjoint(range(reach[0], reach[1] + 1)):
        return None
    return Name(*reach, head_of(*reach, grammar), label, "unknown")


def _is_large(words: str, known: Known) -> bool:
    """Whether a large place, or one of our own tables, bears the name: a month ("May") is that of hamlets only."""
    return any(p.population >= _LARGE or p.id.startswith("place:") for p in known.gazetteer.lookup(words))


def _is_common(index: int, grammar: Grammar, known: Known) -> bool:
    """Whether a capitalised word is only a common noun of office or body written large ("Ministry", "Army")."""
    word = grammar.tokens[index].text.lower()
    return word in known.language.bodies or word in known.language.roles or word in known.language.saying_nouns

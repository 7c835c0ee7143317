"""Which words of a sentence stand in one clause, and how near in grammar: for times and places of events.

Token numbers of a reading in, distances out; knows labels of the parser and no words of a language.
"""

from __future__ import annotations

from collections.abc import Iterable

from detente.model.event import Event
from detente.model.reading import Reading
from detente.model.span import Span

# Labels of Universal and Penn-style dependencies at which another clause begins.
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "acl:relcl", "parataxis", "csubj", "pcomp", "xcomp"})
CLAUSE_HEADS = frozenset({"VERB", "AUX"})


def heads(span: Span, reading: Reading) -> list[int]:
    """The topmost token of a span, as a list of at most one."""
    inside = reading.tokens_in(span)
    top = [i for i in inside if reading.tokens[i].head not in inside or reading.tokens[i].head == i]
    words = [i for i in top if reading.tokens[i].pos not in ("PUNCT", "SPACE")]
    return (words or top)[:1]


def event_points(event: Event, reading: Reading) -> list[int]:
    """The tokens whose clause may tell of the event: the trigger first, then the head of every other telling."""
    points = heads(event.trigger, reading)
    for span in event.evidence:
        if not span.overlaps(event.trigger):
            points += heads(span, reading)
    return points


def gap(one: Span, other: Span) -> int:
    """How many characters lie between two spans."""
    return max(one.start - other.end, other.start - one.end, 0)


def is_origin(place: Span, reading: Reading) -> bool:
    """ "Tamil Nadu fishermen": a place in front of a noun for people tells where they come from."""
    inside = reading.tokens_in(place)
    outer = [i for i in inside if reading.tokens[i].head not in inside]
    if not outer:
        return False
    token, first = reading.tokens[outer[-1]], inside.start
    noun = reading.tokens[token.head]
    # "in Kismayo several hundred people": the parser may hang the place on the people all the same.
    if first and reading.tokens[first - 1].pos == "ADP":
        return False
    return token.dep in ("compound", "amod", "nmod") and noun.tag == "NNS" and noun.index > token.index


def clause_distance(point: int, governor: int, own: Iterable[int], reading: Reading) -> int | None:
    """How far a phrase (its tokens and the word it hangs on) is from a word within one clause; None outside it."""
    sentence = reading.sentence_of(point)
    if not sentence.first <= governor < sentence.last:
        return None
    if point in own or governor == point:
        return 0
    below = steps_up(governor, point, reading)
    if below is not None:
        return below
    above = steps_up(point, governor, reading)
    return above + 1 if above is not None else shared_verb(point, governor, reading)


def steps_up(lower: int, upper: int, reading: Reading) -> int | None:
    """The number of heads from one token up to another, None where it leaves the clause or never gets there."""
    token, steps = lower, 0
    while token != upper:
        if opens_clause(token, reading) or reading.tokens[token].head == token:
            return None
        token, steps = reading.tokens[token].head, steps + 1
    return steps


def opens_clause(token: int, reading: Reading) -> bool:
    """Whether the token heads a clause of its own; a later verb of a list starts one unless it lacks a subject."""
    word = reading.tokens[token]
    if word.dep in CLAUSES:
        return True
    if word.dep != "conj" or word.pos not in CLAUSE_HEADS:
        return False
    return any(reading.tokens[child].dep.startswith("nsubj") for child in reading.children[token])


def shared_verb(point: int, governor: int, reading: Reading) -> int | None:
    """A time on another part of the same clause ("On Monday the army, in a raid, killed ..."): both below one verb."""
    above = [governor, *reading.ancestors(governor)]
    for verb in above:
        if reading.tokens[verb].pos not in CLAUSE_HEADS:
            continue
        up, other = steps_up(governor, verb, reading), steps_up(point, verb, reading)
        # A time that hangs on another noun of the clause may be that noun's own ("the 2020 war").
        if up is not None and other is not None and reading.tokens[governor].pos in CLAUSE_HEADS:
            return up + other + 3
        return None
    return None

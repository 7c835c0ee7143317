"""Turns of a transcript: paragraphs that open with who speaks and a colon ("DANN: No, I will stay.").

A report is one only where speakers take turns (two labels at least, and one of them more than once) and talk: they ask,
or say "I", "we" or "you". Sections with headings ("Strikes: ...") do not. Says where each turn's words stand; who the
labels name is found with the other names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from detente.model.reading import Paragraph, Quotation
from detente.model.span import Span

_LABEL = re.compile(r"((?:[^\W\d_][\w.'’-]*)(?: [^\W\d_][\w.'’-]*){0,4}):\s+(?=\S)")
_WORD = re.compile(r"[^\W\d_]+|\?")
_QUOTED = re.compile('[“«„"].*?[”»“"]')
_MARKS = frozenset("“”„«»‘\"'")
_FEWEST_LABELS, _FEWEST_TURNS = 2, 3
# One turn in so many asks or says "I"; less is prose under headings.
_TALKING = 3
# Small words inside a title are not capital: "Secretary of State Blinken".
_LONGEST_SMALL_WORD = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks by the words of a label, and what is said to the end of the paragraph; `again` without a label."""

    label: Span
    words: Span
    again: bool = False


def find_turns(
    text: str,
    paragraphs: Sequence[Paragraph],
    talking: Collection[str],
    no_labels: Collection[str] = (),
    told: Collection[int] = (),
) -> tuple[Turn, ...]:
    """The turns of a transcript in text order; none where the report is no transcript.

    `talking` are the pronouns of those who talk to each other, `no_labels` the labels that name nobody ("update").
    `told` are the numbers of paragraphs in which somebody is told to speak: those are no turns that go on.
    """
    found: list[Turn | None] = [_turn(text, p.span, no_labels) for p in paragraphs]
    turns = [turn for turn in found if turn is not None]
    labels = Counter(turn.label.words(text) for turn in turns)
    if len(labels) < _FEWEST_LABELS or len(turns) < _FEWEST_TURNS or max(labels.values()) < _FEWEST_LABELS:
        return ()
    if sum(_talks(text, turn.words, talking) for turn in turns) * _TALKING < len(turns):
        return ()
    return tuple(_with_further_paragraphs(text, paragraphs, found, talking, told))


def _turn(text: str, paragraph: Span, no_labels: Collection[str]) -> Turn | None:
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if match is None or match[1].lower() in no_labels:
        return None
    first, *between = match[1].split()
    small = [word for word in between[:-1] if word.islower() and len(word) <= _LONGEST_SMALL_WORD]
    if not all(word[:1].isupper() for word in (first, *between) if word not in small):
        return None
    return Turn(Span(match.start(1), match.end(1)), Span(match.end(), paragraph.end))


def _talks(text: str, words: Span, talking: Collection[str]) -> bool:
    """Whether somebody asks or speaks of himself or to somebody; what prose quotes is not its own talk."""
    said = words.words(text)
    if said[0] not in _MARKS:
        said = _QUOTED.sub(" ", said)
    return any(word == "?" or word.lower() in talking for word in _WORD.findall(said))


def _with_further_paragraphs(
    text: str,
    paragraphs: Sequence[Paragraph],
    found: Sequence[Turn | None],
    talking: Collection[str],
    told: Collection[int],
) -> Iterator[Turn]:
    """The turns, with the paragraphs between two of them in which the same speaker talks on."""
    last = max(n for n, turn in enumerate(found) if turn is not None)
    speaking: Turn | None = None
    for number, (paragraph, turn) in enumerate(zip(paragraphs, found, strict=True)):
        if turn is not None:
            speaking = turn
            yield turn
        elif speaking is not None and number < last and number not in told and _talks(text, paragraph.span, talking):
            yield Turn(speaking.label, paragraph.span, again=True)
        else:
            speaking = None


def with_turns(quotations: Sequence[Quotation], turns: Sequence[Turn], text: str) -> tuple[Quotation, ...]:
    """The quotations with the turns that stand in no marks of their own, each around what is quoted within it."""
    bare = [turn for turn in turns if text[turn.words.start] not in _MARKS]
    if not bare:
        return tuple(quotations)
    both: list[tuple[Span, int | None]] = [(q.span, n) for n, q in enumerate(quotations)]
    both += [(turn.words, None) for turn in bare]
    both.sort(key=lambda item: (item[0].start, -item[0].end, item[1] is not None))
    place = {old: new for new, (_, old) in enumerate(both) if old is not None}
    around = [(span, new) for new, (span, old) in enumerate(both) if old is None]
    number = dict(around)
    before = {turn.words: number.get(last.words) for last, turn in pairwise(turns) if turn.again}
    found = []
    for span, old in both:
        if old is None:
            found.append(Quotation(span, continues=before.get(span)))
            continue
        own = quotations[old]
        turn = next((new for words, new in around if words.contains(own.span)), None)
        found.append(
            replace(
                own,
                depth=own.depth + (turn is not None),
                inside=turn if own.inside is None else place[own.inside],
                continues=None if own.continues is None else place[own.continues],
            )
        )
    return tuple(found)

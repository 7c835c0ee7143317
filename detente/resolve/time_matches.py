"""Where the patterns of times.yaml match in a text: the best matches without overlap, with the frames around them.

Which days the words mean is not said here. Patterns are tried only near a word of their sort: reports are long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from detente.codebook.time_patterns import ANYWHERE, FIGURE, YEAR
from detente.codebook.times import TimeFrame, TimePattern, TimeWords

REACH = 45
"""Characters around a word of time within which the whole expression lies."""
FRAME_REACH = 60
_FRAMES_AT_MOST = 4
_LAST_WORD = re.compile(r"([^\W_]+|-)\s*$")
_WORD = re.compile(r"[a-zA-Z]+")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_OWNED = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """Words before a time that pick a part of it, with their own parts ("the {second} {week} of")."""

    does: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """Words that tell a time: the rule that reads their parts, and the frames around them from the inside out."""

    start: int
    end: int
    rule: str
    parts: Mapping[str, str]
    weak: bool = False
    alone: bool = False
    frames: tuple[Frame, ...] = field(default=())


def told_times(text: str, words: TimeWords, alone: bool = False) -> list[Told]:
    """All that is told of times in a text, in its order; weak ones still have to be held by something."""
    best = _without_overlap(_matches(text, words, alone))
    return _swallowed([_framed(told, text, words.frames) for told in best])


def _matches(text: str, words: TimeWords, alone: bool) -> Iterator[Told]:
    near = _Nearness(text, words)
    for pattern in words.patterns:
        if pattern.alone and not alone:
            continue
        for start, end in near.windows(pattern):
            for match in pattern.pattern.finditer(text, start, end):
                cut = match.end() == end and end < len(text)
                if not cut and _is_time(pattern.rule, match, words):
                    yield _told(pattern, match)


class _Nearness:
    """The stretches of a text in which a pattern may match: around the rarest of the words it cannot be without."""

    def __init__(self, text: str, words: TimeWords) -> None:
        self._length = len(text)
        self._words: dict[str, list[tuple[int, int]]] = {}
        for match in _WORD.finditer(text):
            self._words.setdefault(match.group().lower(), []).append(match.span())
        self._signs = {sign: self._places(needed) for sign, needed in words.signs.items()}
        self._signs[YEAR] += [match.span() for match in _YEAR.finditer(text)]
        self._signs[ANYWHERE] = [(0, len(text))]
        self._known: dict[frozenset[str] | str, list[tuple[int, int]]] = {ANYWHERE: self._signs[ANYWHERE]}

    def _places(self, needed: frozenset[str]) -> list[tuple[int, int]]:
        return [place for word in needed & self._words.keys() for place in self._words[word]]

    def windows(self, pattern: TimePattern) -> list[tuple[int, int]]:
        """Where to look for the pattern; nowhere, where a word that it needs is missing."""
        where: frozenset[str] | str = pattern.sign
        found = self._signs[pattern.sign]
        for needed in pattern.needs:
            places = self._places(needed)
            if len(places) < len(found) or where == ANYWHERE:
                where, found = needed, places
        if where not in self._known:
            self._known[where] = self._around(sorted(found))
        return self._known[where]

    def _around(self, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for start, end in places:
            start, end = max(0, start - REACH), min(self._length, end + REACH)
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return found


def _told(pattern: TimePattern, match: re.Match[str]) -> Told:
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    weak = pattern.weak and not is_held(pattern.held, match.string, match.start())
    return Told(match.start(), match.end(), pattern.rule, parts | {"words": match.group()}, weak, pattern.alone)


def is_held(held: re.Pattern[str] | None, text: str, start: int) -> bool:
    """Whether one of the words that make it a time stands before it."""
    return held is not None and held.search(text[max(0, start - 20) : start]) is not None


def _without_overlap(found: Iterator[Told]) -> Iterator[Told]:
    """The earliest first, of those the longest; the first pattern among equals."""
    end = 0
    for told in sorted(found, key=lambda told: (told.start, -told.end, told.weak)):
        if told.start >= end:
            end = told.end
            yield told


def _is_time(rule: str, match: re.Match[str], words: TimeWords) -> bool:
    """Whether the match is not part of a name ("March 23 Movement", "Bloody Sunday") or a plain number of things."""
    text = match.string
    if words.name_after.match(text, match.end()) or words.name_before.search(
        text, max(0, match.start() - 20), match.start()
    ):
        return False
    return not (rule == "year" and match.group("year").endswith("00") and words.plural.match(text, match.end()))


def _framed(told: Told, text: str, frames: Sequence[TimeFrame]) -> Told:
    """The time with the words before it that say which part of it is meant."""
    if _OWNED.match(text, told.end):
        return told  # "two days after Monday's attack": Monday is the attack's
    for _ in range(_FRAMES_AT_MOST):
        found = _frame_before(text[max(0, told.start - FRAME_REACH) : told.start], frames)
        if found is None:
            break
        frame, match = found
        parts = {name: value for name, value in match.groupdict().items() if value is not None}
        start = told.start - (match.end() - match.start())
        told = replace(told, start=start, weak=False, frames=(*told.frames, Frame(frame.does, parts)))
    return told


def _frame_before(before: str, frames: Sequence[TimeFrame]) -> tuple[TimeFrame, re.Match[str]] | None:
    """The longest frame that ends where the time begins."""
    last = _LAST_WORD.search(before.removesuffix("the ").removesuffix("The "))
    word = last.group(1).casefold() if last else ""
    word = FIGURE if word[-1:].isdigit() else word
    found = [(frame, match) for frame in frames if word in frame.ends and (match := frame.pattern.search(before))]
    return min(found, key=lambda pair: pair[1].start(), default=None)


def _swallowed(found: list[Told]) -> list[Told]:
    """Without those that a later one's frame takes in: "the last week" in "the last week of May"."""
    kept: list[Told] = []
    for told in found:
        while kept and kept[-1].end > told.start:
            kept.pop()
        kept.append(told)
    return kept

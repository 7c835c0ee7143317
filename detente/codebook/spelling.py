"""Compares names over transliterations: Pashynian and Pashinyan, Zelensky and Zelenskyy, Qaddafi and Gaddafi.

The equal sounds come from a table; nothing is known of single names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

# Consonants that transliterations do not keep apart; a skeleton only says where to look, the score is of the spelling.
_NEAR = str.maketrans("gpzfj", "kbsvs")
_CONSONANTS = str.maketrans("gpzfj", "kbsvs", "aeiou")
_SAME_SKELETON = 0.86


@dataclass(frozen=True)
class Sounds:
    """The table of spellings that stand for one sound, in the order in which they apply."""

    pairs: Sequence[tuple[str, str]]

    def spelled(self, folded: str) -> str:
        """The name in one spelling: equal sounds alike, doubled letters single."""
        for old, new in self.pairs:
            folded = folded.replace(old, new)
        return re.sub(r"(.)\1+", r"\1", folded)

    def skeleton(self, spelled: str) -> str:
        """The consonants of a spelled name, near ones alike: a key to look under."""
        return spelled[:1].translate(_NEAR) + spelled[1:].translate(_CONSONANTS)

    def nearest(self, wanted: str, spelled: Sequence[str], least: float) -> list[tuple[int, float]]:
        """The places of the names in a list that are at least so like the wanted one, with how alike."""
        alike = {
            place: ratio / 100
            for _, ratio, place in process.extract_iter(wanted, spelled, scorer=fuzz.ratio, score_cutoff=least * 100)
        }
        if len(wanted) > 4:
            sound = self.skeleton(wanted)
            for place, other in enumerate(spelled):
                # Names of one sound begin with one letter or with its twin: most are told apart by that.
                if len(other) <= 4 or other[0].translate(_NEAR) != sound[0]:
                    continue
                if alike.get(place, 0.0) < _SAME_SKELETON and self.skeleton(other) == sound:
                    alike[place] = _SAME_SKELETON
        return sorted(alike.items())

    def likeness(self, one: str, two: str) -> float:
        """How alike two spelled names are, 0 to 1."""
        ratio = fuzz.ratio(one, two) / 100
        if len(one) > 4 and len(two) > 4 and self.skeleton(one) == self.skeleton(two):
            return max(ratio, _SAME_SKELETON)
        return ratio


@dataclass(frozen=True, slots=True)
class PlaceSound:
    """A place's name in one spelling, and the consonants it is looked up under."""

    spelled: str
    skeleton: str


@dataclass(frozen=True)
class PlaceSounds:
    """The spellings that stand for one sound in place names, in their order, and the articles that may be left out."""

    pairs: Sequence[tuple[str, str]]
    articles: frozenset[str]

    def sound(self, folded: str) -> PlaceSound:
        """How a folded name sounds: without articles, equal sounds alike, doubled letters single, no last "h"."""
        words = [word for word in folded.replace("-", " ").split() if word not in self.articles] or folded.split()
        spelled = " ".join(word.removesuffix("h") if len(word) > 3 else word for word in words)
        for old, new in self.pairs:
            spelled = spelled.replace(old, new)
        spelled = re.sub(r"(.)\1+", r"\1", spelled)
        return PlaceSound(spelled, re.sub(r"[aeiou ]", "", spelled).translate(_NEAR))

"""Tells which language a text is in, offline, and which languages can be read: those that have a pack.

Never guesses where the words are too few: then the input's own word counts, and without one the text is read as
English, as it always was. The only importer of py3langid.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from detente.codebook.files import DATA, DataError, load_yaml

# How sure the model must be. Of 13,087 English texts of corpus/, none was taken for another language at this level;
# 41 were at any level (headlines, mostly taken for Nigerian Pidgin).
SURE = 0.9
FEWEST_WORDS = 6
# Languages of English words that the model tells apart and the English pack can be tried on.
KIN = {"pcm": "en"}
LOOKED_AT = 10_000
# A text of which more letters than this are in another alphabet is not in English, whichever language it is in.
OTHER_ALPHABET = 0.5
# A text with so large a share of the words that tell a language, so many of them different, is in it: most reports are
# told so, at a fiftieth of the cost and without the model's 80 MB. Of running English a sixth are such words.
TELLING_SHARE, TELLING_WORDS, TELLING_FROM = 0.1, 4, 20
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Told:
    """A language and whether that is certain; None where nothing can be said."""

    code: str | None
    sure: bool = False


class Languages:
    """Knows some hundred languages; loaded at its first question."""

    @cached_property
    def readable(self) -> frozenset[str]:
        """The languages that have a pack."""
        return frozenset(path.parent.name for path in (DATA / "language").glob("*/words.yaml"))

    @cached_property
    def _telling(self) -> dict[str, frozenset[str]]:
        """For each language that has a list of them, the words that tell it at a glance."""
        paths = sorted((DATA / "language").glob("*/telling.yaml"))
        return {path.parent.name: _words_in(path) for path in paths}

    @cached_property
    def _model(self) -> Any:
        # Late, because a command that reads nothing needs none of it.
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def tell(self, text: str) -> Told:
        """The language of the words."""
        sample = text[:LOOKED_AT]
        plain = self._at_a_glance(sample)
        if plain is not None:
            return Told(plain, sure=True)
        letters = [c for c in sample if c.isalpha()]
        if not letters:
            return Told(None)
        code, share = self._model.classify(sample)
        code = KIN.get(str(code), str(code))
        foreign = sum(not _is_latin(c) for c in letters) > OTHER_ALPHABET * len(letters)
        if foreign:
            return Told(code if code not in self.readable else None, sure=True)
        return Told(code, sure=float(share) >= SURE and len(sample.split()) >= FEWEST_WORDS)

    def _at_a_glance(self, sample: str) -> str | None:
        """The language whose telling words fill the text, or None."""
        words = WORD.findall(sample.lower())
        if len(words) < TELLING_FROM:
            return None
        for code, telling in self._telling.items():
            found = [word for word in words if word in telling]
            if len(found) >= TELLING_SHARE * len(words) and len(set(found)) >= TELLING_WORDS:
                return code
        return None


def _words_in(path: Path) -> frozenset[str]:
    raw = load_yaml(path)
    words = raw.get("telling") if isinstance(raw, dict) else None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise DataError(f'{path}: must hold a list of words under "telling"')
    return frozenset(words)


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or unicodedata.name(letter, "").startswith(("LATIN", "FULLWIDTH LATIN", "MODIFIER"))

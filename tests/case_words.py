"""Words of a case file as spans of its text, and names as people compare them.

Square brackets pick the words that are meant out of their surroundings: "[he] warned" is the "he" before "warned".
"""

from __future__ import annotations

import re
import unicodedata

from detente.model.span import Span

_PICKED = re.compile(r"\[([^\]]+)\]")
_OPENING = re.compile(r"^(the|a|an|his|her|its|their|my|our)\s+")
_NOT_WORDS = re.compile(r"[^\w\s]+")


def find_words(text: str, words: str) -> list[Span]:
    """Where the words stand in the text, as whole words; a line break counts as a blank."""
    # The brackets of an editor's insertion stand in the text itself and pick nothing.
    if words in text:
        return _places(text, _pattern(words), 0)
    picked = _PICKED.search(words)
    if picked is None:
        return _places(text, _pattern(words), 0)
    before, after = words[: picked.start()], words[picked.end() :]
    return _places(text, f"{_pattern(before)}({_pattern(picked[1])}){_pattern(after)}", 1)


def _pattern(words: str) -> str:
    return r"\s+".join(re.escape(part) for part in re.split(r"\s+", words))


def _places(text: str, pattern: str, group: int) -> list[Span]:
    return [Span(m.start(group), m.end(group)) for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]


def plain(name: str) -> str:
    """A name without case, accents, article, possessive and punctuation."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in letters if not unicodedata.combining(c)).replace("ı", "i")
    letters = re.sub(r"['’]s?$", "", letters.strip())
    return " ".join(_NOT_WORDS.sub(" ", _OPENING.sub("", letters)).split())


def alternatives(value: str) -> list[str]:
    """The values that "A | B" allows."""
    return [one.strip() for one in value.split("|")]


def overlap(one: Span, other: Span) -> float:
    """How well two spans cover each other, from 0 (apart) to 1 (the same)."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * max(0, shared) / (len(one) + len(other)) if len(one) + len(other) else 0.0

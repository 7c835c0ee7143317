"""The surroundings of the words that a search looked for, cut from a report's text. Says nothing about what matches.

Done here and not in the database, whose own snippets take minutes where one long text repeats a word very often.
"""

from __future__ import annotations

import re
import unicodedata

from detente.store.found import Piece

WORD = re.compile(r"\w+")
# Looked through for the words; beyond it the text's beginning is shown.
LOOKED_AT = 200_000
BEFORE, LENGTH = 60, 180


def pieces(text: str, words: str) -> tuple[Piece, ...]:
    """A stretch of the text around the first of the words, parted where one is found."""
    wanted = {folded(word) for word in WORD.findall(words)}
    text = text[:LOOKED_AT]
    first = next((m.start() for m in WORD.finditer(text) if folded(m.group()) in wanted), 0)
    start = text.find(" ", max(0, first - BEFORE), first) + 1 if first > BEFORE else 0
    end = min(len(text), start + LENGTH)
    found = [Piece("\u2026", False)] if start else []
    for match in WORD.finditer(text, start, end):
        if folded(match.group()) in wanted:
            found += [Piece(text[start : match.start()], False), Piece(match.group(), True)]
            start = match.end()
    return tuple(
        piece for piece in (*found, Piece(text[start:end] + "\u2026" * (end < len(text)), False)) if piece.words
    )


def folded(word: str) -> str:
    """Words in small letters without accents, as the index sees them."""
    return "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))

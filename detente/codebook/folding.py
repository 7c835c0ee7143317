"""Folds names so that spellings can be compared: no diacritics, one kind of apostrophe, hyphen and blank.

`fold_text` keeps the length, so that offsets found in the folded text hold in the report. No names are known here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SAME = {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u02bb": "'", "\u02b9": "'", "`": "'", "\u00b4": "'"}
_SAME |= dict.fromkeys("-\u2010\u2011\t\n\r\u00a0\u2009\u202f", " ")
# Letters that Unicode does not take apart.
_SAME |= {
    "\u0131": "i",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "þ": "t",
    "Þ": "T",
    "ß": "s",
}
_SAME |= {"ə": "a", "Ə": "A", "æ": "a", "Æ": "A", "œ": "o", "Œ": "O"}
# Signs that a name is compared without, and those that stand between its words.
_SILENT = re.compile(r"['.,\"“”\u02b0-\u02ff\u0300-\u036f]")
_GAPS = re.compile(r"[\u2012-\u2015_/]+")
# The blocks of Latin letters with marks: beyond them one letter is left as it is.
_LATIN = (range(0xC0, 0x250), range(0x1E00, 0x1F00))


@cache
def _table() -> dict[int, str]:
    table = {ord(letter): plain for letter, plain in _SAME.items()}
    for code in (code for block in _LATIN for code in block):
        plain = unicodedata.normalize("NFKD", chr(code))[0]
        table.setdefault(code, plain if plain.isascii() else chr(code))
    return table


def fold_text(text: str) -> str:
    """The text without diacritics, with plain apostrophes and blanks for hyphens; exactly as long as before."""
    return text.translate(_table())


def lower_text(folded: str) -> str:
    """The folded text in lower case, exactly as long as before."""
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in folded)


def fold_name(name: str) -> str:
    """The key under which a name is looked up: folded, lower case, without apostrophes, stops and a leading "the"."""
    plain = lower_text(fold_text(unicodedata.normalize("NFC", name)))
    plain = _SILENT.sub("", _GAPS.sub(" ", plain))
    return " ".join(plain.split()).removeprefix("the ")


def slug(name: str) -> str:
    """The name as part of an id: lower case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")


def singulars(key: str) -> list[str]:
    """What a folded English noun may be the plural of."""
    found = []
    if key.endswith("ies"):
        found.append(key[:-3] + "y")
    if key.endswith("men"):
        found.append(key[:-3] + "man")
    if key.endswith("es"):
        found.append(key[:-2])
    if key.endswith("s"):
        found.append(key[:-1])
    return found

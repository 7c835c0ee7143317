"""Bytes come in, text goes out, with a warning where the encoding had to be guessed or bytes could not be read.

Newlines stay as they are. A UTF-8 byte order mark stays too, as the first character of the text (U+FEFF): the text is
the file's own content and all offsets count it. Says nothing about formats; `sniff` tells binary content apart.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

# The order matters: the mark of UTF-32 (little endian) starts with that of UTF-16.
WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Guessing looks at this many bytes around the first one that is no UTF-8: enough for a language model, quick on 20 MB.
GUESSED_FROM = 64_000
# UTF-16 without its mark is told by this much of a file, of at least so many characters. Texts in other alphabets have
# zeros in their spaces and line ends only, one character in twelve or so.
LOOKED_AT, WIDE_LEAST, WIDE_SHARE = 4096, 8, 0.04
# The usual encoding of Western text that is not UTF-8: taken where it fits as well as the best guess does.
USUAL = "cp1252"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and what a person should know about how its bytes were read."""

    text: str
    warnings: tuple[str, ...] = ()


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 where the bytes open with its mark."""
    return next((name for mark, name in WIDE_MARKS if data.startswith(mark)), None)


def unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of spaces and Latin letters is zero, and no byte between them is."""
    sample = data[:LOOKED_AT] if len(data) > LOOKED_AT else data[: len(data) // 2 * 2]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    name = "utf-16-le" if not even else "utf-16-be" if not odd else None
    if name is None or max(even, odd) < WIDE_SHARE * len(sample) / 2:
        return None
    text = sample.decode(name, "replace")
    printable = sum(1 for c in text if c.isprintable() or c in "\t\r\n\f\ufeff")
    return name if len(text) >= WIDE_LEAST and printable >= 0.98 * len(text) and "\ufffd" not in text[:-1] else None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of these bytes: UTF-8, else the declared encoding, else the likeliest one with a warning."""
    wide = wide_encoding(data) or (unmarked_wide(data) if b"\x00" in data[:LOOKED_AT] else None)
    if wide:
        warning = f"not UTF-8: read as {wide.upper()}; save it as UTF-8 to be sure"
        return Decoded(data.decode(wide, "replace"), (warning,))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as problem:
        first_bad = problem.start
    text = _strict(data, declared) if declared else None
    return Decoded(text) if text is not None else _guessed(data, first_bad)


def _guessed(data: bytes, first_bad: int) -> Decoded:
    """Mostly UTF-8 keeps UTF-8 with marks for the unreadable bytes; anything else takes the likeliest encoding."""
    replaced = data.decode("utf-8", "replace")
    lost = replaced.count("\ufffd")
    if sum(1 for c in replaced if c > "\x7f") - lost < lost:
        name = _likeliest(data[max(0, first_bad - GUESSED_FROM // 2) : first_bad + GUESSED_FROM // 2])
        text = _strict(data, name) if name else None
        if text is not None:
            return Decoded(text, (f"not UTF-8: read as {name}, a guess; save it as UTF-8 to be sure",))
    warning = f"mixed or wrong encoding: {lost} unreadable places stand as \ufffd; save it as UTF-8 to be sure"
    return Decoded(replaced, (warning,))


def _likeliest(sample: bytes) -> str | None:
    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        return None
    usual = _strict(sample, USUAL)
    # Short Western texts fit a dozen code pages equally well and the guesser picks by alphabet (cp1250 before cp1252).
    western = best.encoding.startswith(("cp125", "iso8859", "latin", "mac", "cp8", "cp4", "cp5", "cp7"))
    if usual is not None and western and _mostly_ascii(sample) and _ordinary(usual):
        return USUAL
    return best.encoding


def _mostly_ascii(sample: bytes) -> bool:
    """Whether four bytes in five are ASCII, as in English with accented names and curly quotation marks."""
    return sum(1 for byte in sample if byte < 0x80) >= 0.8 * len(sample)


def _ordinary(text: str) -> bool:
    return not any("\x80" <= c <= "\x9f" for c in text)


_MEANT_AS_WINDOWS = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii"}


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        # Whoever says Latin 1 means the Western encoding of Windows where the two differ (WHATWG Encoding, 4.2).
        return data.decode("cp1252" if encoding.lower() in _MEANT_AS_WINDOWS else encoding)
    except (LookupError, UnicodeError, ValueError):
        return None

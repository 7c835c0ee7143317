"""Says what an input is by its content: binary, a web page, JSON Lines or plain text. The file's ending never counts.

Works on bytes for what is not text at all, and on the decoded text for the rest. Reads no files.
"""

from __future__ import annotations

import json
import re

from detente.ingest.encoding import unmarked_wide, wide_encoding

# The first bytes by which files that are no text give themselves away, with the word a person knows them by.
MAGIC = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet table"),
)
# Share of control characters above which bytes are no text; real reports have none but tabs and line ends.
CONTROL_SHARE = 0.05
CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27})
HEAD = 8192
# Elements a page or a saved part of one opens with. What stands before is taken once and for all, (?>...): else a file
# of many comments could be divided in more ways than anybody can try.
PAGE_START = re.compile(
    r"\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?>(?:<!--.*?-->\s*)*)"
    r"<(?:!doctype\s+html|(?:html|head|body|article|main|section|header|div|p|h1|meta|title|link|script)[\s>/])",
    re.IGNORECASE | re.DOTALL,
)
JSON_START = re.compile(r'\s*\{\s*"')
LINES_LOOKED_AT = 10


def binary_kind(data: bytes) -> str | None:
    """What the bytes are where they are no text ("a PDF document"), or None for text."""
    for magic, name in MAGIC:
        if data.startswith(magic):
            return name
    if wide_encoding(data) or unmarked_wide(data):
        return None
    controls = len(data) - len(data.translate(None, CONTROLS))
    if b"\x00" in data or controls > CONTROL_SHARE * len(data):
        return "binary data"
    return None


def is_page(text: str) -> bool:
    """Whether the text opens like a web page."""
    return PAGE_START.match(text[:HEAD]) is not None


def is_json(text: str) -> bool:
    """A first line that opens an object, or a first few lines of which half are objects (the first may be broken)."""
    body = text.removeprefix("\ufeff")
    if JSON_START.match(body[:HEAD]):
        return True
    if body[:HEAD].lstrip()[:1] == "[":
        return _holds(body, list)
    lines = [line for line in body[:200_000].split("\n", 50) if line.strip()][:LINES_LOOKED_AT]
    return sum(_holds(line, dict) for line in lines) * 2 >= max(2, len(lines))


def _holds(text: str, kind: type) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, kind) and (not isinstance(value, list) or any(isinstance(item, dict) for item in value))

"""What an XML file is by its first element, and whether it declares entities: those are refused, whatever they are for.

No news feed needs entities of its own; files that declare them fill the memory or ask for other files.
"""

from __future__ import annotations

import re

from detente.ingest.outcome import Given, SetAside

HEAD = 65_536
# What stands before the first element is taken once and for all (?>...), as in `sniff`.
ROOT = re.compile(
    r"\A\ufeff?\s*(?>(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^\[>]*(?:\[[^\]]*\]\s*)?>\s*)*)"
    r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)",
    re.DOTALL,
)
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


def root_of(text: str | None) -> str:
    """The name of the first element, without its prefix, in lower case; empty where the text is no XML."""
    if text is None or "<" not in text[:256]:
        return ""
    found = ROOT.match(text[:HEAD])
    return found[2].lower() if found else ""


def refused(given: Given) -> SetAside | None:
    """Why this file is not even opened, or None."""
    if ENTITY.search(given.text or ""):
        return SetAside(
            given.source, "XML that declares entities of its own", "take the declarations out, if you trust it"
        )
    return None

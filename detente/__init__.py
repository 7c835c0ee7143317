"""Détente reads the news of international politics: who did what to whom, who said what, where and when.

import detente as dt
reading = dt.read(text, published="2023-09-19")
reading.to_dict()
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0.dev0"
__all__ = ["__version__", "read"]

if TYPE_CHECKING:
    from detente.model.coded import CodedReport

_reader: Any = None


def read(text: str, published: str | date | None = None, **about: str | None) -> CodedReport:
    """Read one report and give its full reading.

    `published` is a date or "YYYY-MM-DD"; ValueError for anything else. `about` takes title, outlet, url and language.
    The first call loads the parser and the knowledge (about two seconds); later calls reuse them.
    """
    # Imported here so that `import detente` costs nothing; the reader is kept because loading it is dear.
    global _reader
    from detente.model.report import Report
    from detente.pipeline import open_reader

    if _reader is None:
        _reader = open_reader()
    day = date.fromisoformat(published) if isinstance(published, str) else published
    coded: CodedReport = _reader.read(Report(text, published=day, **about))  # type: ignore[arg-type]
    return coded

"""Files come in, reports go out; what is no report is set aside with its reason.

Nothing is read for its meaning here.
"""

from __future__ import annotations

from detente.ingest.outcome import Note, Outcome, SetAside, Taken
from detente.ingest.source import read_pair_source, read_series_source, read_source

__all__ = ["Note", "Outcome", "SetAside", "Taken", "read_pair_source", "read_series_source", "read_source"]

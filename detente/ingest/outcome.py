"""The words for what comes of an input, which live in `model/inputs.py`, for the files of this folder."""

from __future__ import annotations

from detente.model.inputs import Given, Note, Outcome, SetAside, Taken, one_line

__all__ = ["Given", "Note", "Outcome", "SetAside", "Taken", "one_line"]

"""The command line: `detente read`, `show`, `list` and `search`. Thin: what is done is done on the floors below."""

from __future__ import annotations

from detente.cli.app import app, main

__all__ = ["app", "main"]

"""Readings as other programs' files: one class a format, found through the entry point `detente.exporter`."""

from detente.export.exporters import all_exporters

__all__ = ["all_exporters"]

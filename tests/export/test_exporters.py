"""The door to the exporters: ours and those of other packages, by name."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from detente.export import exporters

HERE = "detente.export.geojson:GeoJson"


def installed(monkeypatch: pytest.MonkeyPatch, *points: EntryPoint) -> None:
    monkeypatch.setattr(exporters, "entry_points", lambda group: points if group == exporters.GROUP else ())


def test_the_formats_are_those_of_the_contract() -> None:
    assert {
        *("polecat", "icews", "gdelt-events", "gdelt-mentions", "plover-json", "csv", "parquet", "geojson", "graphml"),
        *("ftm", "bundle"),
    } <= exporters.all_exporters().keys()


def test_an_exporter_of_another_package_is_there_too(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, EntryPoint("village-map", HERE, exporters.GROUP))
    assert "village-map" in exporters.all_exporters.__wrapped__()


def test_a_foreign_exporter_that_cannot_be_loaded_is_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = EntryPoint("broken", "detente.no_such_module:Thing", exporters.GROUP)
    installed(monkeypatch, broken, EntryPoint("csv", "detente.no_such_module:Thing", exporters.GROUP))
    found = exporters.all_exporters.__wrapped__()
    assert "broken" not in found and "csv" in found and "broken" in caplog.text

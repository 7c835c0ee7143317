"""What every exporter must satisfy, tried over all installed ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from factory import sample

from detente.export.exporters import all_exporters
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written

NAMES = sorted(all_exporters())
HOSTILE = "=cmd|' /C calc'!A0\tnext\r\nline\u2028\x1b[31m\x00<script>&\"'"


def hostile() -> CodedReport:
    coded = sample()
    report = replace(coded.report, title=HOSTILE, outlet=HOSTILE, url=HOSTILE)
    return coded.with_(
        report=report, participants=tuple(replace(p, name=HOSTILE, office=HOSTILE) for p in coded.participants)
    )


def written(
    name: str, readings: Iterable[CodedReport], folder: Path, wishes: Wishes | None = None
) -> tuple[Written, bytes]:
    target = folder / "out"
    told = all_exporters()[name].write(readings, target, wishes or Wishes())
    files = sorted(target.iterdir()) if target.is_dir() else [target]
    return told, b"".join(path.read_bytes() for path in files)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_readings_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    first, second = (written(name, [sample(), hostile()], tmp_path / part) for part in "ab")
    assert first == second and first[0].rows > 0


@pytest.mark.parametrize("name", NAMES)
def test_readings_may_go_by_only_once(name: str, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    whole = written(name, [sample(), hostile()], tmp_path / "a")
    assert written(name, iter([sample(), hostile()]), tmp_path / "b") == whole


@pytest.mark.parametrize("name", NAMES)
def test_an_archive_without_reports_gives_a_file_without_rows(name: str, tmp_path: Path) -> None:
    assert written(name, [], tmp_path)[0] == Written(0)


@pytest.mark.parametrize("name", NAMES)
def test_what_only_might_happen_goes_out_on_request(name: str, tmp_path: Path) -> None:
    coded = sample()
    planned = coded.with_(events=tuple(replace(e, status="planned") for e in coded.events))
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    assert written(name, [planned], tmp_path / "a")[0].rows == 0
    assert written(name, [planned], tmp_path / "b", Wishes(all_statuses=True))[0].rows > 0


@pytest.mark.parametrize("name", NAMES)
def test_private_persons_are_named_on_request_only(name: str, tmp_path: Path) -> None:
    coded = sample()
    parties = tuple(
        replace(p, entity=None, wikidata=None, office=None, sectors=("CVL",)) if p.kind == "person" else p
        for p in coded.participants
    )
    person = next(p for p in parties if p.kind == "person")
    first = replace(coded.events[0], sources=(person.id,), evidence=(person.mentions[0],))
    private = coded.with_(participants=parties, events=(first, *coded.events[1:]))
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    assert person.name.encode() not in unpacked(written(name, [private], tmp_path / "a")[1])
    shown = unpacked(written(name, [private], tmp_path / "b", Wishes(names=True))[1])
    assert name == "gdelt-mentions" or person.name.casefold().encode() in shown.lower()


def unpacked(data: bytes) -> bytes:
    """The bytes as they are read: what a zip holds, the values of Parquet."""
    import io
    import zipfile

    import pyarrow.parquet as pq

    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if data[:4] == b"PAR1":
        parts = [b"PAR1" + part for part in data.split(b"PAR1PAR1")]
        whole = [p if p.startswith(b"PAR1PAR1") is False else p[4:] for p in parts]
        return b"".join(str(pq.read_table(io.BytesIO(_closed(p))).to_pylist()).encode() for p in whole)
    return data


def _closed(part: bytes) -> bytes:
    part = part.removeprefix(b"PAR1PAR1") if part.startswith(b"PAR1PAR1") else part.removeprefix(b"PAR1")
    return b"PAR1" + part.removesuffix(b"PAR1") + b"PAR1"

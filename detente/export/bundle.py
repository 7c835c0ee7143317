"""The evidence bundle: one zip with the coded rows, the words they stand on, their sources, versions and checksums."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from detente.export.folders import table_paths, write_tables
from detente.export.tables import TABLES
from detente.export.tidy_csv import open_csv
from detente.model.coded import CodedReport, Versions
from detente.model.exported import Wishes, Written

# Files in a zip bear a date; the same archive must give the same bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_README = """What a detente archive tells, with the words it stands on.

events.csv, statements.csv, participants.csv, places.csv: the coded rows; `words` are the report's own, and the columns
`trigger_start`, `trigger_end` and `content` count Unicode code points of its text. reports.csv: the sources, with the
versions of program, parser and knowledge that read each and a hash of its text. manifest.json: what was asked for, the
rows of each table, and all versions. verdicts.csv: what reviewers said. tombstones.csv: what was deleted. SHA256SUMS:
check with `sha256sum -c SHA256SUMS`.
Events in which `told_in` is filled stand on somebody's word. Texts are not in here: they are their publishers'.
"""


class Bundle:
    """Writes the zip; the same archive gives the same bytes."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        # Beside the target: the folder for temporary files may be too small for an archive.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f"{target.name}.") as name:
            folder = Path(name)
            versions: dict[Versions, int] = {}
            paths = table_paths(folder, TABLES, ".csv")
            rows = write_tables(_counting(readings, versions), paths, wishes, open_csv)
            (folder / "manifest.json").write_text(_manifest(wishes, rows, versions), encoding="utf-8")
            (folder / "README.txt").write_text(_README, encoding="utf-8")
            _pack(sorted(folder.iterdir()), target)
        return Written(rows["events"])


def _counting(readings: Iterable[CodedReport], versions: dict[Versions, int]) -> Iterator[CodedReport]:
    """The readings, with note taken of the versions that made them."""
    for coded in readings:
        if coded.versions is not None:
            versions[coded.versions] = versions.get(coded.versions, 0) + 1
        yield coded


def _manifest(wishes: Wishes, rows: dict[str, int], versions: dict[Versions, int]) -> str:
    told = {
        "software": wishes.software,
        "all_statuses": wishes.all_statuses,
        "names": wishes.names,
        "rows": rows,
        "versions": sorted(
            (version.to_dict() | {"reports": count} for version, count in versions.items()),
            key=lambda told: [str(value) for value in told.values()],
        ),
    }
    return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def _pack(paths: Iterable[Path], target: Path) -> None:
    sums = []
    with zipfile.ZipFile(target, "w") as archive:
        for path in paths:
            with path.open("rb") as source, archive.open(_entry(path.name), "w", force_zip64=True) as goal:
                shutil.copyfileobj(source, goal, 1 << 20)
            with path.open("rb") as source:
                sums.append(f"{hashlib.file_digest(source, 'sha256').hexdigest()}  {path.name}\n")
        archive.writestr(_entry("SHA256SUMS"), "".join(sums))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _NO_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    # Else the zip says on which system it was made.
    entry.create_system = 3
    return entry

"""The evidence bundle: one zip with the coded rows, the words they stand on, their sources, versions and checksums."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from detente.export.lines import write_csv
from detente.export.tables import TABLES, rows_of
from detente.model.coded import CodedReport
from detente.model.exported import Wishes, Written

# Files in a zip bear a date; the same archive must give the same bytes.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_README = """What a detente archive tells, with the words it stands on.

events.csv, statements.csv, participants.csv, places.csv: the coded rows; `words` are the report's own, and the columns
`trigger_start`, `trigger_end` and `content` count Unicode code points of its text. reports.csv: the sources, with the
versions of program, parser and knowledge that read each. SHA256SUMS: check with `sha256sum -c SHA256SUMS`.
Events in which `told_in` is filled stand on somebody's word. Texts are not in here: they are their publishers'.
"""


class Bundle:
    """Writes the zip; the same archive gives the same bytes."""

    def write(self, readings: Iterable[CodedReport], target: Path, wishes: Wishes) -> Written:
        with tempfile.TemporaryDirectory() as folder:
            files, rows = {}, 0
            for name, (_, columns) in TABLES.items():
                files[f"{name}.csv"] = path = Path(folder) / f"{name}.csv"
                count = write_csv(rows_of(name, readings, wishes), columns, path)
                rows = count if name == "events" else rows
            manifest = {
                "software": wishes.software,
                "all_statuses": wishes.all_statuses,
                "names": wishes.names,
                "rows": rows,
            }
            for name, words in (("manifest.json", json.dumps(manifest, indent=1) + "\n"), ("README.txt", _README)):
                files[name] = Path(folder) / name
                files[name].write_text(words, encoding="utf-8")
            _pack(files, target)
        return Written(rows)


def _pack(files: dict[str, Path], target: Path) -> None:
    sums = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files.items()):
            info = zipfile.ZipInfo(name, _NO_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            digest = hashlib.sha256()
            with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as goal:
                while block := source.read(1 << 20):
                    digest.update(block)
                    goal.write(block)
            sums.append(f"{digest.hexdigest()}  {name}\n")
        archive.writestr(zipfile.ZipInfo("SHA256SUMS", _NO_DATE), "".join(sums))

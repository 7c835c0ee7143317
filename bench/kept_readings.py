"""Readings of a gold set that are kept between runs, so that only what changed is read again.

Reports in, their readings out, by the program's own command. A reading is kept under the code and data that made it and
the report itself; what fusing, archives and commands do comes after and changes no reading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from readings import OUT, ROOT, run_detente

from detente.model.report import Report

_KEPT = OUT / "kept"
_AFTERWARDS = {"fuse", "fusing", "fusing.py", "store", "cli", "analyse", "export", "serve", "spark", "watch"}


def read_kept(reports: Sequence[Report]) -> list[str]:
    """The readings of these reports, one line of JSON each, in their order."""
    _KEPT.mkdir(parents=True, exist_ok=True)
    paths = [_KEPT / f"{_code()}-{report.id}.json" for report in reports]
    new = [(report, path) for report, path in zip(reports, paths, strict=True) if not path.exists()]
    if new:
        texts = OUT / "kept-texts.jsonl"
        lines = [json.dumps({k: v for k, v in r.to_dict().items() if k != "id"}) + "\n" for r, _ in new]
        texts.write_text("".join(lines), encoding="utf-8")
        read = {}
        for line in run_detente("read", str(texts), "--format", "json").output.splitlines():
            read[json.loads(line)["report"]["id"]] = line
        for report, path in new:
            path.write_text(read[report.id], encoding="utf-8")
    return [path.read_text(encoding="utf-8") for path in paths]


@cache
def _code() -> str:
    """A hash of all files that have a part in reading."""
    total = hashlib.sha256()
    for path in sorted((ROOT / "detente").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and not _AFTERWARDS & set(_within(path)):
            total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:12]


def _within(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT / "detente").parts

"""The forms of a reading: a line of JSON is one line to every tool, and pages find their file names."""

from __future__ import annotations

import json
from pathlib import Path

from factory import sample, small

from detente.cli.formats import json_line, page_path


def test_a_line_of_json_is_one_line_and_the_contract() -> None:
    coded = small("a\nb\r\n\u2028c\u2029d\x85e\x0bf\x1cg\x00")
    line = json_line(coded)
    assert len(line.splitlines()) == 1
    assert json.loads(line) == coded.to_dict()
    assert json.loads(json_line(sample())) == sample().to_dict()


def test_pages_go_to_the_file_beside_it_or_into_the_folder(tmp_path: Path) -> None:
    id = sample().report.id
    assert page_path(tmp_path / "a.html", sample(), 1) == tmp_path / "a.html"
    assert page_path(tmp_path / "a.html", sample(), 3) == tmp_path / "a-3.html"
    assert page_path(tmp_path, sample(), 1) == tmp_path / f"{id}.html"
    assert page_path(tmp_path / "new", sample(), 2) == tmp_path / "new" / f"{id}.html"

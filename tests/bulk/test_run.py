from __future__ import annotations

import errno
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from bulk_stand_in import open_other_version, open_stand_in

from detente.bulk.batch import Coder
from detente.bulk.plan import OutputFailed, Plan, Progress, Refused, Share, Summary
from detente.bulk.run import Run

pytestmark = pytest.mark.slow


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Two shards of lines and one of Parquet: 45 rows, one of them bad, one a copy, one with a repeated id."""
    folder = tmp_path / "in"
    folder.mkdir()
    texts = [f"Report {n}." for n in range(20)]
    lines(folder / "a.jsonl", [*texts[:18], "EXPLODE", texts[0]])
    lines(folder / "b.jsonl", [f"Report {n} of another day." for n in range(5)])
    table = pa.table({"id": [f"c{n % 19}" for n in range(20)], "text": texts, "published": ["2024-05-14"] * 20})
    parquet.write_table(table, folder / "c.parquet")
    return folder


def lines(path: Path, texts: Sequence[str]) -> None:
    told = [{"id": f"{path.stem}{n}", "text": text, "published": "2024-05-13"} for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(item) + "\n" for item in told))


def go(
    plan: Plan,
    open_coder: Callable[[], Coder] = open_stand_in,
    watch: Callable[[Progress], None] = lambda progress: None,
) -> Summary:
    return Run(plan, watch, open_coder).go()


def files(out: Path) -> dict[str, bytes]:
    """Everything in the output folder."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def table(out: Path, name: str) -> list[dict[str, Any]]:
    return [row for path in sorted((out / name).glob("*.parquet")) for row in parquet.read_table(path).to_pylist()]


def test_the_tables_hold_every_row_once_and_name_what_was_set_aside(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = go(Plan(source, out, 2, part_rows=6))
    assert (summary.complete, summary.errors, summary.repeated_ids, summary.replaced) == (True, 2, 0, 0)
    reports, errors = table(out, "reports"), table(out, "errors")
    assert sorted((r["shard"], r["row"]) for r in [*reports, *errors]) == [
        *(("a.jsonl", n) for n in range(20)),
        *(("b.jsonl", n) for n in range(5)),
        *(("c.parquet", n) for n in range(20)),
    ]
    assert [(e["shard"], e["row"]) for e in errors] == [("a.jsonl", 18), ("c.parquet", 19)]
    assert [(r["shard"], r["row"], r["copy_of"]) for r in reports if r["copy_of"] is not None] == [("a.jsonl", 19, 0)]
    assert len({event["id"] for event in table(out, "events")}) == len(table(out, "events")) == 5 * 42
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["complete"] and manifest["missing"] == []
    assert manifest["counts"]["events"] == 210
    assert manifest["knowledge"] == "2024-05-01"
    written = {path for shard in manifest["shards"] for path in shard["files"]}
    assert written == {path for path in files(out) if path.endswith(".parquet")}


def test_the_same_bytes_for_any_number_of_workers_one_of_them_killed(source: Path, tmp_path: Path) -> None:
    killed = json.dumps({"id": "k", "text": f"KILL {tmp_path / 'flag'}", "published": "2024-05-14"})
    (source / "b.jsonl").write_text((source / "b.jsonl").read_text() + killed + "\n")
    first, second = tmp_path / "one", tmp_path / "three"
    assert go(Plan(source, first, 1, part_rows=6)).replaced == 1
    assert go(Plan(source, second, 3, part_rows=6)).replaced == 0
    assert files(first) == files(second)


def test_a_run_that_was_broken_off_goes_on_and_ends_the_same(source: Path, tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    go(Plan(source, whole, 1, part_rows=6))

    def stop(progress: Progress) -> None:
        if progress.read > 14:
            raise KeyboardInterrupt

    plan = Plan(source, broken, 1, part_rows=6)
    with pytest.raises(KeyboardInterrupt):
        go(plan, watch=stop)
    assert not (broken / "manifest.json").exists()
    with pytest.raises(Refused, match="holds an earlier run; go on with it by --resume"):
        go(plan)
    summary = go(replace(plan, resume=True))
    assert (summary.progress.skipped, summary.progress.read) == (12, 33)
    assert files(broken) == files(whole)


def test_going_on_does_again_what_is_broken_or_changed_and_nothing_else(source: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    plan = Plan(source, out, 1, part_rows=6, resume=True)
    go(plan)
    assert go(plan).progress.read == 0
    part = out / "statements" / "a.jsonl-00001.parquet"
    part.write_bytes(part.read_bytes()[:-1])
    assert go(plan).progress.read == 6
    lines(source / "b.jsonl", ["Another report."])
    assert go(plan).progress.read == 1
    go(Plan(source, whole, 1, part_rows=6))
    assert files(out) == files(whole)


def test_other_versions_never_mix(source: Path, tmp_path: Path) -> None:
    plan = Plan(source, tmp_path / "out", 1)
    go(plan)
    before = files(plan.out)
    with pytest.raises(Refused, match="knowledge '2024-05-01' instead of '2025-01-01'"):
        go(replace(plan, resume=True), open_other_version)
    assert files(plan.out) == before


def test_jobs_of_an_array_share_the_shards_and_the_last_manifest_is_whole(source: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    go(Plan(source, whole, 1))
    summaries = [go(Plan(source, out, 1, Share(number, 2))) for number in (2, 1)]
    assert [(s.complete, s.progress.shards, s.progress.read) for s in summaries] == [(False, 1, 5), (True, 2, 40)]
    assert files(out) == files(whole)
    assert go(Plan(source, tmp_path / "more", 1, Share(5, 5))).progress.shards == 0


def test_ids_that_several_shards_have_are_counted(source: Path, tmp_path: Path) -> None:
    (source / "d.jsonl").write_text((source / "b.jsonl").read_text())
    assert go(Plan(source, tmp_path / "out", 1)).repeated_ids == 5


def test_a_full_disk_ends_the_run_cleanly(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    go(Plan(source, whole, 1, part_rows=6))
    write, written = parquet.write_table, 0

    def full(table: pa.Table, path: Path, **more: Any) -> None:
        nonlocal written
        written += 1
        if written > 10:
            path.write_bytes(b"PAR1")
            raise OSError(errno.ENOSPC, "No space left on device")
        write(table, path, **more)

    monkeypatch.setattr(parquet, "write_table", full)
    with pytest.raises(OutputFailed, match=r"No space left on device\); make room there .* go on with --resume"):
        go(Plan(source, out, 1, part_rows=6))
    assert [path for path in files(out) if "/." in path] == []
    monkeypatch.setattr(parquet, "write_table", write)
    assert go(Plan(source, out, 1, part_rows=6, resume=True)).progress.skipped == 6
    assert files(out) == files(whole)


@pytest.mark.parametrize("place", ["in", "in/out", "."])
def test_an_output_folder_within_the_input_is_refused(source: Path, tmp_path: Path, place: str) -> None:
    with pytest.raises(Refused, match="lie in each other"):
        go(Plan(source, tmp_path / place))


def test_a_folder_with_files_of_others_is_refused(source: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").touch()
    with pytest.raises(Refused, match="files that are not from a bulk run"):
        go(Plan(source, tmp_path / "out"))
    with pytest.raises(Refused, match="a file, no folder"):
        go(Plan(source, tmp_path / "out" / "thesis.doc"))

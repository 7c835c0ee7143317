from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from bulk_stand_in import open_stand_in
from factory import DAY, TEXT, sample

from detente.bulk.columns import ColumnsMissing
from detente.bulk.schema import READINGS

PAGE = Path(__file__).parents[2] / "examples" / "gulf-tanker.html"


def batch(**columns: list[object] | pa.Array) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


def code(table: pa.RecordBatch) -> list[dict[str, object]]:
    answer = open_stand_in().code(table)
    assert answer.schema == READINGS
    return answer.to_pylist()


def test_a_row_holds_the_whole_reading() -> None:
    [row] = code(batch(id=["x"], text=[TEXT], published=["2024-05-14"], outlet=["The Strelsau Courier"]))
    told = sample().to_dict()
    assert row["error"] is None
    assert row["published"] == DAY
    assert row["participants"] == told["participants"]
    assert row["statements"][0]["when"]["first"] == DAY  # type: ignore[index]
    event = row["events"][0]  # type: ignore[index]
    assert event["parties"] == [
        {"id": "a1", "name": "Ruritania", "code": "RUR GOV"},
        {"id": "a2", "name": "Graustark", "code": "GRA GOV"},
    ]
    assert event["size"]["dead"]["words"] == told["events"][0]["size"]["dead"]["words"]  # type: ignore[index]
    assert event["when"]["span"] == told["events"][0]["when"]["span"]  # type: ignore[index]


def test_a_bad_report_leaves_the_others_alone() -> None:
    texts: list[object] = [TEXT, "EXPLODE", None, "  ", "BROKEN"]
    rows = code(batch(id=["a", "b", "c", "d", "e"], text=texts, published=[None] * 5))
    reasons = [row["error"] and row["error"]["reason"] for row in rows]  # type: ignore[index]
    assert reasons.pop().startswith("reading failed (UnicodeEncodeError")
    assert reasons == [
        None,
        "reading failed (RecursionError: too deep)",
        'no "text" field that is a string',
        "the text is empty",
    ]
    assert [row["input_id"] for row in rows] == ["a", "b", "c", "d", "e"]
    assert rows[1]["events"] is None


def test_rows_do_not_depend_on_the_batch() -> None:
    table = batch(id=[str(n) for n in range(6)], text=[f"{TEXT} {n}" for n in range(6)], published=["2024-05-14"] * 6)
    coder = open_stand_in()
    whole = coder.code(table)
    apart = pa.concat_batches([coder.code(table.slice(n, 1)) for n in reversed(range(6))])
    assert apart.take(list(reversed(range(6)))).equals(whole)


@pytest.mark.parametrize(
    "published",
    [
        pa.array([date(2024, 5, 14)]),
        pa.array([datetime(2024, 5, 14, 23, 30)], pa.timestamp("us")),
        pa.array([datetime(2024, 5, 14, 23, 30, tzinfo=UTC)], pa.timestamp("ms", tz="UTC")),
        pa.array([datetime(2024, 5, 14, 20, 30, tzinfo=UTC)], pa.timestamp("s", tz="+03:00")),
        pa.array(["2024-05-14T23:30:00Z"], pa.large_string()),
        pa.array(["2024-05-14"]).dictionary_encode(),
    ],
)
def test_days_come_in_many_types(published: pa.Array) -> None:
    [row] = code(batch(id=pa.array([7]), text=pa.array([TEXT], pa.large_string()), published=published))
    assert (row["input_id"], row["published"]) == ("7", DAY)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (batch(id=["x"], text=[TEXT]), "no column published"),
        (batch(id=["x"], text=[3], published=["2024-05-14"]), "the column text holds int64; write text"),
        (batch(id=["x"], text=[TEXT], published=[20240514]), "the column published holds int64"),
        (batch(text=[TEXT], published=["2024-05-14"]), "no column id"),
    ],
)
def test_wrong_columns_are_named(table: pa.RecordBatch, words: str) -> None:
    with pytest.raises(ColumnsMissing, match=words):
        open_stand_in().code(table)


def test_a_saved_page_stands_for_the_text() -> None:
    [row] = code(batch(id=["p"], text=[None], published=[None], url=["https://x.example/1"], page=[PAGE.read_bytes()]))
    assert row["error"] is None
    assert row["title"]


def test_a_date_that_cannot_be_read_is_a_warning() -> None:
    [row] = code(batch(id=["x"], text=[TEXT], published=["last week"]))
    assert row["published"] is None
    assert any("last week" in warning for warning in row["warnings"])  # type: ignore[attr-defined]

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from bulk_stand_in import open_stand_in

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytest.importorskip("pyspark", reason="no Spark here; to run these tests: pip install 'detente[spark]'")

from detente.bulk.batch import code_batch
from detente.bulk.columns import ColumnsMissing
from detente.bulk.schema import READINGS, REPORTS_IN
from detente.spark import code
from detente.spark.coding import Hand
from detente.spark.schema import ddl

TEXTS = [
    "Norway's envoy met Chile's president in Oslo on Monday. Chile's president said: “We will sign the treaty.”",
    "Troops of Ruritania shelled a village near Goris on Tuesday and killed three people.",
    " ",
]


@pytest.mark.slow
def test_spark_gives_the_rows_of_the_plain_loop(session: SparkSession) -> None:
    rows = [(n, text, date(2024, 5, 14), "The Courier") for n, text in enumerate(TEXTS)]
    frame = session.createDataFrame(rows, "id bigint, text string, published date, outlet string")
    told = code(frame.coalesce(1)).toArrow().cast(READINGS).sort_by("input_id")
    given = {"id": [0, 1, 2], "text": TEXTS, "published": [date(2024, 5, 14)] * 3, "outlet": ["The Courier"] * 3}
    plain = pa.Table.from_batches([code_batch(pa.RecordBatch.from_pydict(given))])
    assert told.to_pylist() == plain.to_pylist()
    assert [len(row["events"] or ()) > 0 for row in told.to_pylist()] == [True, True, False]


def test_columns_are_checked_before_anything_is_read(session: SparkSession) -> None:
    with pytest.raises(ColumnsMissing, match=r"no column published .*; name its columns id, text, published"):
        code(session.createDataFrame([("1", "A text.")], "id string, text string"))
    with pytest.raises(ColumnsMissing, match="the column text holds binary; write text"):
        code(session.createDataFrame([("1", b"x", None)], "id string, text binary, published string"))
    with pytest.raises(ColumnsMissing, match="the column published holds bool; write text"):
        code(session.createDataFrame([("1", "x", True)], "id string, text string, published boolean"))


def test_a_worker_opens_its_models_anew_after_many_reports() -> None:
    opened = 0

    def count() -> object:
        nonlocal opened
        opened += 1
        return open_stand_in()

    hand = Hand(count, renewed=4)  # type: ignore[arg-type]
    two = pa.RecordBatch.from_pylist([{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}], schema=REPORTS_IN)
    for _ in range(5):
        assert hand.code(two).num_rows == 2
    assert opened == 3


def test_schemas_in_the_words_of_spark() -> None:
    schema = pa.schema([("a", pa.list_(pa.struct([("when", pa.date32()), ("n", pa.int8())]))), ("b", pa.string())])
    assert ddl(schema) == "`a` array<struct<`when`: date, `n`: tinyint>>, `b` string"

"""A Parquet table with a report in each row becomes reports. Which column is which is told as with CSV."""

from __future__ import annotations

import io
from collections.abc import Iterator

from detente.ingest.described import NO_TEXT, column_names, counted, report_of, shown_value, told_by
from detente.ingest.limits import LARGEST_INSIDE, TooMuch, told
from detente.ingest.outcome import Given, Outcome, SetAside

MAGIC = b"PAR1"
AT_A_TIME = 500


class Parquet:
    """A table in Apache Parquet."""

    name = "Parquet"

    def fits(self, given: Given) -> float:
        return 0.9 if given.data.startswith(MAGIC) else 0.0

    def read(self, given: Given) -> Iterator[Outcome]:
        # Late, because the library takes a third of a second to load and most inputs are no tables.
        import pyarrow as arrow
        from pyarrow import parquet

        try:
            table = parquet.ParquetFile(io.BytesIO(given.data))
            names = column_names(table.schema_arrow.names, given.columns)
            if "text" not in names:
                rows = table.metadata.num_rows
                reason = f"a table of {counted(rows, 'row', 'rows')} without a column of texts: metadata only"
                yield SetAside(given.source, reason, "name the column of texts: --columns text=NAME")
                return
            _check_size(table)
            number = 0
            for batch in table.iter_batches(AT_A_TIME, columns=sorted(set(names.values()))):
                for row in batch.to_pylist():
                    number += 1
                    yield _report(given, f"{given.source}, row {number}", row, names)
        except (arrow.ArrowException, OSError, ValueError) as problem:
            reason = f"a Parquet table that is broken or not whole ({str(problem)[:200]})"
            yield SetAside(given.source, reason, "get the file anew; rows that came before were read")


def _check_size(table: object) -> None:
    """TooMuch where a part of the table unpacks to more than the memory should hold."""
    about = table.metadata  # type: ignore[attr-defined]
    largest = max((about.row_group(n).total_byte_size for n in range(about.num_row_groups)), default=0)
    if largest > LARGEST_INSIDE:
        raise TooMuch(f"a part of it unpacks to more than {told(LARGEST_INSIDE)}")


def _report(given: Given, source: str, row: dict[str, object], names: dict[str, str]) -> Outcome:
    text = shown_value(row[names["text"]])
    outcome = report_of(source, "Parquet", text, told_by(row, names, "the column"), given)
    if isinstance(outcome, SetAside) and outcome.reason == NO_TEXT:
        return SetAside(source, "the text is empty", "give its text")
    return outcome

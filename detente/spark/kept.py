"""Steps of a long way whose rows are kept: what is done is not done again when a run goes on, and no worker's loss
undoes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyspark.sql import DataFrame, SparkSession

from detente.spark.storage import Folder

ZSTD = {"compression": "zstd"}


@dataclass(frozen=True)
class KeptSteps:
    """The steps in a folder that are made of one thing: `of` names it, and what was made of another is made anew."""

    session: SparkSession
    out: Folder
    of: str

    def keep(self, name: str, make: Callable[[], DataFrame]) -> DataFrame:
        """The rows of a step, made and written where that is not done yet."""
        mark = f"done/{name.replace('/', '-')}.txt"
        if self.out.read(mark) != self.of:
            self.write(name, make())
            self.out.write(mark, self.of)
        return self.session.read.parquet(self.out.at(name))

    def passing(self, name: str, frame: DataFrame) -> DataFrame:
        """The rows, written and read back: for what is made anew whenever its step is."""
        self.write(name, frame)
        return self.session.read.parquet(self.out.at(name))

    def write(self, name: str, frame: DataFrame) -> None:
        frame.write.mode("overwrite").options(**ZSTD).parquet(self.out.at(name))

"""The journey on a cluster: Apache Spark hands reports to the functions that a laptop runs (extra: detente[spark]).

`code` reads the reports of a DataFrame; `python -m detente.spark IN OUT` reads shards into the tables of a bulk run,
and goes on to stories, incidents and series. Nothing here judges a text.
"""

from __future__ import annotations

try:
    import pyspark  # noqa: F401
except ImportError as missing:
    raise ImportError("detente.spark needs Apache Spark; install it with: pip install 'detente[spark]'") from missing

from detente.spark.coding import code

__all__ = ["code"]

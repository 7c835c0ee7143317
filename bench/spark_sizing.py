"""What a run on a cluster takes: seconds and bytes of a report as measured here, and fusing simulated in size.

    python bench/spark_sizing.py [--reports 40] [--events 1000000 10000000 100000000]

Reads some reports of our own and measures each stage on one core. Fusing of many events is not run but simulated: how
many accounts share a key is drawn from shares that fall with the rank (Zipf), as those of countries, names and places
in news do; what their pairs would cost follows from the cost of one pair. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as parquet
from bulk_scale import MEDIAN_WORDS, ROOT, SPREAD

from detente.bulk.batch import open_coder
from detente.fuse.copies import likeness, text_of
from detente.fuse.gathering import FusingKit, hang_together
from detente.fuse.signatures import keys_of
from detente.fusing import open_kit, told_in
from detente.model.fused_contract import account_from_dict, account_to_dict
from detente.model.outlet import Outlets
from detente.model.report import Report
from detente.spark.told import coded_of

YEARS = 10
_DAYS = 365.25 * YEARS
_PAIRS = 20_000
# Countries, names and places of the news, and how fast their shares fall. Assumed; say others on the command line.
_COUNTRIES, _NAMES, _PLACES, _TYPES = 200, 2_000_000, 300_000, 16
_FALL = 1.0
# The days of a bucket of each kind of key.
_SPANS = {"d": 4.0, "m": 30.4, "h": 182.6, "s": 8.0}
_TEXTS = 120


@dataclass(frozen=True)
class Unit:
    """What one report, account or pair takes, measured on one core of this machine."""

    reports: int
    words_a_report: float
    read_seconds_a_report: float
    told_seconds_a_report: float
    reading_bytes_a_report: float
    told_bytes_a_report: float
    accounts_a_report: float
    events_a_report: float
    keys_an_account: dict[str, float]
    text_keys_a_report: float
    microseconds_a_pair: float
    microseconds_to_prepare: float
    text_pairs_that_share_a_key: float
    microseconds_a_text_pair: float


@dataclass(frozen=True)
class Blocks:
    """The blocks of one kind of key over all years."""

    kind: str
    blocks: float
    largest: int
    pairs: float
    pairs_in_blocks_up_to_10000: float


def main() -> None:
    """Measure, simulate, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=40)
    asked.add_argument("--events", type=int, nargs="+", default=[1_000_000, 10_000_000, 100_000_000])
    asked.add_argument("--fall", type=float, default=_FALL, help="the exponent by which shares fall with the rank")
    given = asked.parse_args()
    unit = measured(given.reports)
    found = [simulated(events, unit, given.fall) for events in given.events]
    print(json.dumps({"unit": asdict(unit), "years": YEARS, "fall": given.fall, "fusing": found}, indent=1))


def measured(count: int) -> Unit:
    """Each stage on reports of our own, spread over some weeks."""
    chance = random.Random(5)
    texts = [_cut(text, chance) for text in _whole_texts(count)]
    days = [date(2024, 3, 1) + timedelta(days=chance.randrange(28)) for _ in texts]
    given = {"id": [str(n) for n in range(count)], "text": texts, "published": days}
    coder = open_coder()
    coder.code(pa.RecordBatch.from_pydict({**given, "text": ["Officials met in Oslo."] * count}).slice(0, 2))
    start = time.process_time()
    readings = coder.code(pa.RecordBatch.from_pydict(given))
    read = time.process_time() - start
    rows = [row | {"text": text} for row, text in zip(readings.to_pylist(), texts, strict=True)]
    coded = [coded_of(row) for row in rows]
    kit = open_kit(Outlets())
    told_in(coded[0], kit, None)
    start = time.process_time()
    accounts = [account for each in coded for account in told_in(each, kit, None)]
    keys = [kit.keys(account) for account in accounts]
    text_keys = sum(len(keys_of(each.report, kit.stories.text(each.report), kit.rarity)) for each in coded)
    told = time.process_time() - start
    bodies = [json.dumps(account_to_dict(account), ensure_ascii=False) for account in accounts]
    kinds = Counter(f"{key[0]}@{key.rpartition('@')[2][0]}" for some in keys for key in some)
    fresh = open_kit(Outlets())
    start = time.process_time()
    for body in bodies:
        fresh.view(account_from_dict(json.loads(body)))
    prepared = time.process_time() - start
    pairs = [pair for pair in combinations(accounts, 2) if not (pair[0].bare and pair[1].bare)]
    pairs = chance.sample(pairs, min(_PAIRS, len(pairs)))
    start = time.process_time()
    for one, other in pairs:
        hang_together(one, other, kit)
    compared = time.process_time() - start
    sharing, microseconds = _text_pairs(kit)
    kept = pa.Table.from_batches([readings]).append_column("text", pa.array(texts))
    return Unit(
        reports=count,
        words_a_report=round(sum(len(text.split()) for text in texts) / count, 1),
        read_seconds_a_report=round(read / count, 3),
        told_seconds_a_report=round(told / count, 3),
        reading_bytes_a_report=_bytes(kept) / count,
        told_bytes_a_report=_bytes(pa.table({"body": bodies, "keys": [sorted(some) for some in keys]})) / count,
        accounts_a_report=round(len(accounts) / count, 1),
        events_a_report=round(sum(not account.bare for account in accounts) / count, 1),
        keys_an_account={kind: round(number / len(accounts), 2) for kind, number in sorted(kinds.items())},
        text_keys_a_report=text_keys / count,
        microseconds_a_pair=round(1e6 * compared / len(pairs), 1),
        microseconds_to_prepare=round(1e6 * prepared / len(accounts), 1),
        text_pairs_that_share_a_key=sharing,
        microseconds_a_text_pair=microseconds,
    )


def _text_pairs(kit: FusingKit) -> tuple[float, float]:
    """How many pairs of texts on different matters, a day apart at most, share a key; and what comparing two takes."""
    reports = [Report(text, published=date(2024, 3, 1)) for text in _whole_texts(_TEXTS)]
    texts = [text_of(report.text) for report in reports]
    keys = [keys_of(report, text, kit.rarity) for report, text in zip(reports, texts, strict=True)]
    pairs = list(combinations(range(len(texts)), 2))
    sharing = sum(not keys[one].isdisjoint(keys[other]) for one, other in pairs)
    start = time.process_time()
    for one, other in pairs:
        likeness(texts[one], texts[other])
    return round(sharing / len(pairs), 5), round(1e6 * (time.process_time() - start) / len(pairs), 1)


def _cut(text: str, chance: random.Random) -> str:
    """The text, no longer than news are: its first paragraphs."""
    wanted, kept = chance.lognormvariate(0, SPREAD) * MEDIAN_WORDS, ""
    for paragraph in text.split("\n\n"):
        kept += paragraph + "\n\n"
        if len(kept.split()) >= wanted:
            break
    return kept


def _whole_texts(count: int) -> list[str]:
    paths = sorted((ROOT / "corpus/statements/training").glob("*.txt"))[:count]
    return [path.read_text(encoding="utf-8").partition("\n---\n")[2] for path in paths]


def _bytes(table: pa.Table) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        parquet.write_table(table, path, compression="zstd")
        return float(path.stat().st_size)


def simulated(events: int, unit: Unit, fall: float) -> dict[str, Any]:
    """Fusing of so many events over the years: blocks, pairs, core-hours, bytes sent about."""
    chance = np.random.default_rng(9)
    accounts = events * unit.accounts_a_report / unit.events_a_report
    found = [
        _blocks(kind, accounts * keys, _SPANS[kind[-1]], _shares(kind, fall), chance)
        for kind, keys in unit.keys_an_account.items()
        if kind[-1] in "dmh"
    ]
    # Two sentences without an event are never compared.
    compared = 1 - (1 - unit.events_a_report / unit.accounts_a_report) ** 2
    pairs = compared * sum(blocks.pairs for blocks in found)
    capped = compared * sum(blocks.pairs_in_blocks_up_to_10000 for blocks in found)
    reports = events / unit.events_a_report
    near = reports / _DAYS * _SPANS["s"]
    text_pairs = 1.5 * reports * near / 2 * unit.text_pairs_that_share_a_key
    sent = accounts * sum(unit.keys_an_account.values())
    prepare_hours = sent * unit.microseconds_to_prepare / 3.6e9
    return {
        "events": events,
        "accounts": round(accounts),
        "reports": round(reports),
        "core_hours_to_read": _few(reports * unit.read_seconds_a_report / 3600),
        "core_hours_to_tell": _few(reports * unit.told_seconds_a_report / 3600),
        "core_hours_of_text_pairs": _few(text_pairs * unit.microseconds_a_text_pair / 3.6e9),
        "blocks": [asdict(blocks) for blocks in found],
        "pairs": _few(pairs),
        "core_hours_of_pairs": _few(pairs * unit.microseconds_a_pair / 3.6e9),
        "core_hours_of_pairs_in_blocks_up_to_10000": _few(capped * unit.microseconds_a_pair / 3.6e9),
        "core_hours_to_prepare_at_most": _few(prepare_hours),
        "terabytes_sent_at_most": _few(sent * unit.told_bytes_a_report / unit.accounts_a_report / 1e12),
        "terabytes_kept": _few(reports * (unit.reading_bytes_a_report + unit.told_bytes_a_report) / 1e12),
    }


def _few(number: float) -> float:
    return float(f"{number:.3g}")


def _shares(kind: str, fall: float) -> npt.NDArray[np.float64]:
    """How often each value of a key is told, the commonest first."""
    if kind[0] in "ct":
        single = _zipf(_COUNTRIES, fall)
        pairs = np.outer(single, single)[np.triu_indices(_COUNTRIES, 1)]
        typed = np.outer(single, _zipf(_TYPES, fall)).ravel()
        shares = pairs if kind[0] == "c" else typed
        return np.asarray(np.sort(shares / shares.sum())[::-1], dtype=np.float64)
    return _zipf(_NAMES if kind[0] == "n" else _PLACES, fall)


def _zipf(count: int, fall: float) -> npt.NDArray[np.float64]:
    weights = 1.0 / np.arange(1, count + 1, dtype=np.float64) ** fall
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def _blocks(
    kind: str, filed: float, span: float, shares: npt.NDArray[np.float64], chance: np.random.Generator
) -> Blocks:
    """The blocks of a kind of key: drawn for one stretch of days, counted for all."""
    stretches = _DAYS / span
    sizes = chance.poisson(filed / stretches * shares).astype(np.float64)
    pairs = sizes * (sizes - 1) / 2
    small = float(pairs[sizes <= 10_000].sum()) * stretches
    several = float((sizes > 1).sum()) * stretches
    return Blocks(kind, round(several), int(sizes.max()), _few(float(pairs.sum()) * stretches), _few(small))


if __name__ == "__main__":
    main()

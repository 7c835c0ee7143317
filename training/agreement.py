"""Krippendorff's alpha between any number of coders who coded the same items.

    python training/agreement.py SHEET SHEET ...      sheets as JSON Lines or CSV; see corpus/kit
    python training/agreement.py --card               renews the tables in corpus/README.md

Nominal alpha (Krippendorff, Content Analysis) with 95 per cent intervals from 1,000 seeded bootstrap draws over items.
Items that fewer than two coders answered do not count. It says how far coders agree, not whether they are right.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from sheets import NONE, Answer, Sheet, SheetError, ontology, read_sheet

ROOT = Path(__file__).resolve().parent.parent
CARD = ROOT / "corpus" / "README.md"
DOUBLE = ROOT / "corpus" / "double"
DRAWS, SEED = 1000, 1
BLOCK = re.compile(r"(?s)(?<=<!-- agreement -->\n).*?(?=<!-- end of agreement -->)")
HEADING = "| what | items | alpha | 95 % | pairs of coders |"

# The answers to one item by coder, and a unit that they give: how often each value was given.
Item = Mapping[str, Answer]
Unit = Counter[str]


@dataclass(frozen=True)
class Agreement:
    """Alpha of one thing coded, with its interval and the lowest and highest of any two coders; None: not defined."""

    name: str
    items: int
    alpha: float | None
    interval: tuple[float, float] | None
    pairs: tuple[float, float] | None


def alpha(units: Sequence[Unit]) -> float | None:
    """Nominal alpha of some units; None where nothing is comparable or all values are the same."""
    return _weighted([units])([1])


def _weighted(items: Sequence[Sequence[Unit]]) -> Callable[[Sequence[int]], float | None]:
    """Alpha as a function of how often each item counts: what its units give only has to be added up."""
    values = sorted({value for units in items for unit in units for value in unit})
    counts = np.zeros((len(items), len(values)))
    observed = np.zeros(len(items))
    for row, units in enumerate(items):
        for unit in units:
            given = np.array([unit[value] for value in values], dtype=float)
            if (coders := given.sum()) > 1:
                counts[row] += given
                observed[row] += (coders**2 - (given**2).sum()) / (coders - 1)

    def told(weights: Sequence[int]) -> float | None:
        weighed = np.asarray(weights, dtype=float)
        totals = weighed @ counts
        everything = totals.sum()
        expected = everything**2 - (totals**2).sum()
        return float(1 - (everything - 1) * (weighed @ observed) / expected) if expected > 0 else None

    return told


def interval(items: Sequence[Sequence[Unit]]) -> tuple[float, float] | None:
    """The middle 95 per cent of alpha over samples of items drawn with replacement."""
    chance, told = random.Random(SEED), _weighted(items)
    drawn = []
    for _ in range(DRAWS if items else 0):
        sample = chance.choices(range(len(items)), k=len(items))
        drawn.append(told(np.bincount(sample, minlength=len(items)).tolist()))
    defined = [value for value in drawn if value is not None]
    if not defined:
        return None
    low, high = np.quantile(defined, (0.025, 0.975))
    return float(low), float(high)


def measure(sheets: Sequence[Sheet]) -> list[Agreement]:
    """All things coded, for these coders."""
    coders = {str(number): sheet for number, sheet in enumerate(sheets)}
    names = sorted({name for sheet in sheets for name in sheet})
    items = [{coder: sheet[name] for coder, sheet in coders.items() if name in sheet} for name in names]
    return [_agreement(name, units_of, items, list(coders)) for name, units_of in THINGS.items()]


def _agreement(
    name: str, units_of: Callable[[Item], list[Unit]], items: Sequence[Item], coders: list[str]
) -> Agreement:
    told = _comparable(map(units_of, items))
    apart = []
    for pair in combinations(coders, 2):
        shared = ({coder: item[coder] for coder in pair if coder in item} for item in items)
        apart.append(alpha([unit for units in _comparable(map(units_of, shared)) for unit in units]))
    defined = [value for value in apart if value is not None]
    whole = alpha([unit for units in told for unit in units])
    return Agreement(name, len(told), whole, interval(told), (min(defined), max(defined)) if defined else None)


def _comparable(items: Iterator[list[Unit]]) -> list[list[Unit]]:
    """What at least two coders gave a value for."""
    found = ([unit for unit in units if unit.total() > 1] for units in items)
    return [units for units in found if units]


def _of(value: Callable[[Answer], str | None]) -> Callable[[Item], list[Unit]]:
    """One unit an item: the value that each coder gave, of those who gave one."""
    return lambda item: [Counter(told for told in map(value, item.values()) if told is not None)]


def _seen_by_all(item: Item) -> list[Unit]:
    answers = [answer.type for answer in item.values()]
    return [] if NONE in answers else [Counter(answers)]


def _mode(answer: Answer) -> str | None:
    if answer.type == NONE or not ontology().modes(answer.type):
        return None
    return f"{answer.type} {'+'.join(sorted(answer.modes)) or '-'}"


def _direction(item: Item) -> list[Unit]:
    """Who acts on whom, in numbers of the item's parties by the alphabet: `1>2` is as good a word as any for chance."""
    events = [answer for answer in item.values() if answer.type != NONE]
    parties = sorted({party for answer in events for party in (*answer.sources, *answer.targets)})
    return [Counter(f"{_numbers(a.sources, parties)}>{_numbers(a.targets, parties)}" for a in events)]


def _numbers(named: Sequence[str], parties: Sequence[str]) -> str:
    return "+".join(str(number) for number, party in enumerate(parties, start=1) if party in named)


def _contexts(item: Item) -> list[Unit]:
    """A unit for each context that any coder gave or might have given: yes or no."""
    events = [answer for answer in item.values() if answer.type != NONE]
    return [Counter("yes" if name in a.contexts else "no" for a in events) for name in ontology().contexts]


THINGS: Mapping[str, Callable[[Item], list[Unit]]] = {
    "type or no event": _of(lambda answer: answer.type),
    "type, where all see an event": _seen_by_all,
    "type and mode, of types with modes": _of(_mode),
    "status": _of(lambda answer: answer.status),
    "direction": _direction,
    "CAMEO root": _of(lambda answer: answer.cameo[:2] if answer.cameo else None),
    "contexts, each yes or no": _contexts,
}


def table(agreements: Sequence[Agreement]) -> list[str]:
    """The lines of a Markdown table."""
    rows = [
        f"| {a.name} | {a.items} | {_shown(a.alpha)} | {_between(a.interval)} | {_between(a.pairs)} |"
        for a in agreements
    ]
    return [HEADING, "|---|---:|---:|---:|---:|", *rows]


def _shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def _between(ends: tuple[float, float] | None) -> str:
    return "" if ends is None else f"{ends[0]:.2f} to {ends[1]:.2f}"


def confusions(sheets: Sequence[Sheet], most: int = 10) -> list[str]:
    """The types that were given most often to one item by different coders."""
    found: Counter[tuple[str, str]] = Counter()
    for one, two in combinations(sheets, 2):
        for name in one.keys() & two.keys():
            if one[name].type != two[name].type:
                first, second = sorted((one[name].type, two[name].type))
                found[first, second] += 1
    ordered = sorted(found.items(), key=lambda told: (-told[1], told[0]))
    return [f"{first} / {second} {times}" for (first, second), times in ordered[:most]]


def card() -> str:
    """The tables of all batches that were coded more than once, as corpus/README.md shows them."""
    lines = []
    for folder in sorted(path for path in DOUBLE.iterdir() if path.is_dir()):
        sheets = [read_sheet(path) for path in sorted(folder.glob("*.jsonl")) if path.name != "items.jsonl"]
        names = set().union(*sheets)
        lines += [f"**Batch `{folder.name}`: {len(names)} items, {len(sheets)} codings.**", "", *_note(folder)]
        lines += table(measure(sheets))
        lines += ["", f"Most often confused: {', '.join(confusions(sheets, 6))}.", ""]
    return "\n".join(lines)


def _note(folder: Path) -> list[str]:
    """How a batch was coded: what its figures owe to the form, for one, belongs beside them."""
    note = folder / "note.md"
    return [note.read_text(encoding="utf-8").strip(), ""] if note.exists() else []


def main() -> int:
    """Print the table for some sheets, or renew the corpus' card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheets", nargs="*", type=Path)
    parser.add_argument("--card", action="store_true", help="renew the tables in corpus/README.md")
    options = parser.parse_args()
    if not options.card and len(options.sheets) < 2:
        parser.error("give the sheets of at least two coders, or --card")
    try:
        if options.card:
            CARD.write_text(BLOCK.sub(lambda _: card(), CARD.read_text(encoding="utf-8")), encoding="utf-8")
            return 0
        sheets = [read_sheet(path) for path in options.sheets]
    except SheetError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join([*table(measure(sheets)), "", f"Most often confused: {', '.join(confusions(sheets))}"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

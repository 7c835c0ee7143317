"""How well a user's own ontology is coded: sentences of our own, each read by the real reader as a report.

`python bench/own_ontology.py` prints the figures of examples/ontology-water.yaml on bench/gold/ontology/test.jsonl;
`python bench/own_ontology.py development` those of the ontology on which the way of comparing was chosen.
`--wrong` (development only) lists the sentences that went wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from readings import ROOT

from detente.model.report import Report
from detente.pipeline import open_reader

GOLD = ROOT / "bench" / "gold" / "ontology"
DAY = date(2024, 3, 4)


@dataclass(frozen=True)
class Read:
    """A sentence with the codes that it should have and those that it got, and whether any event was found in it."""

    text: str
    kind: str
    wanted: frozenset[str]
    given: frozenset[str]
    found: bool


@dataclass(frozen=True)
class Tally:
    """How often a category was right, given wrongly and missed, and how often no event was found to carry it."""

    right: int
    wrong: int
    missed: int
    unfound: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def row(self) -> list[str]:
        """The figures as cells."""
        shares = [f"{share:.2f}" for share in (self.precision, self.recall, self.f1)]
        return [str(self.right + self.missed), *shares, str(self.wrong), str(self.unfound)]


@dataclass(frozen=True)
class Part:
    """A set of sentences and the ontology that they are coded by."""

    name: str
    ontology: Path
    sentences: Path

    @cached_property
    def read(self) -> list[Read]:
        """Every sentence, read."""
        found = []
        with open_reader(ontology=self.ontology) as reader:
            for line in self.sentences.read_text(encoding="utf-8").splitlines():
                told = json.loads(line)
                events = reader.read(Report(told["text"], published=DAY)).events
                given = frozenset(c.code for e in events for c in e.own_codings)
                found.append(Read(told["text"], told["kind"], frozenset(told["codes"]), given, bool(events)))
        return found

    def tallies(self) -> dict[str, Tally]:
        """The figures by category, and all together under "all"."""
        codes = sorted({code for read in self.read for code in read.wanted})
        tallies = {code: _tally(code, self.read) for code in codes}
        columns = zip(*((t.right, t.wrong, t.missed, t.unfound) for t in tallies.values()), strict=True)
        return tallies | {"all": Tally(*(sum(column) for column in columns))}


PARTS = {
    "test": Part("test", ROOT / "examples" / "ontology-water.yaml", GOLD / "test.jsonl"),
    "development": Part("development", GOLD / "development.yaml", GOLD / "development.jsonl"),
}
HEAD = ["category", "sentences", "precision", "recall", "F1", "given wrongly", "missed for want of an event"]


def _tally(code: str, read: Sequence[Read]) -> Tally:
    wanted = [r for r in read if code in r.wanted]
    right = sum(code in r.given for r in wanted)
    wrong = sum(code in r.given for r in read if code not in r.wanted)
    return Tally(right, wrong, len(wanted) - right, sum(not r.found for r in wanted))


def table(part: Part) -> list[str]:
    """The figures as a table in Markdown."""
    rows = [[name, *tally.row()] for name, tally in part.tallies().items()]
    lines = [HEAD, ["---", *["---:"] * (len(HEAD) - 1)], *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    part = PARTS["development" if "development" in arguments else "test"]
    print("\n".join(table(part)))
    plain = [r for r in part.read if not r.wanted]
    near = [r for r in plain if r.kind.startswith("near miss")]
    print(f"\n{len(plain)} sentences of no category, {len(near)} of them near misses:", end=" ")
    print(f"{sum(bool(r.given) for r in plain)} coded, {sum(bool(r.given) for r in near)} of them near misses")
    if "--wrong" in arguments and part.name == "development":
        for read in part.read:
            if read.given != read.wanted:
                print(sorted(read.wanted), "->", sorted(read.given), "" if read.found else "(no event)", read.text)


if __name__ == "__main__":
    main(sys.argv[1:])

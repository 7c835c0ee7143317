"""How well the encoder tells each of PLOVER's types, on the test parts of the corpus.

`python bench/by_type.py` prints a table; `make bench` puts it into bench/RESULTS.md, and from there it comes into the
codebook page (docs/hooks.py). Pairs of two parties that the writers marked are judged, without the words of the deeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pairs

from detente.codebook.encoder import NONE
from detente.codebook.ontology import load_ontology

TESTS = ("test", "test_plain")
HEADING = "| type | part | pairs | precision | recall | F1 |"
ABOUT = """\
The encoder alone on the test parts of `corpus/sentences`, pairs of parties given: is there an event, and of which type?
The corpus is of our own writing and no person has coded it: these are figures of consistency with the codebook."""


@dataclass(frozen=True)
class TypeFigure:
    """One type in one part: how many pairs have it, precision and recall."""

    type: str
    part: str
    pairs: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def table() -> list[str]:
    """The lines of the section, as Markdown; says so where there is nothing to measure."""
    told = [figure for part in TESTS if pairs.part_of(part) for figure in figures(part, _coded(part))]
    if not told:
        return ["Not measured: no test part of the corpus is there."]
    rows = [
        f"| `{f.type}` | {f.part} | {f.pairs} | {f.precision:.2f} | {f.recall:.2f} | {f.f1:.2f} |"
        for f in sorted(told, key=lambda figure: list(load_ontology().types).index(figure.type))
    ]
    return [ABOUT, "", HEADING, "|---|---|---:|---:|---:|---:|", *rows]


def _coded(part: str) -> list[tuple[str, str]]:
    """Wanted and given type of each judged pair of two parties."""
    return [(pair.type, told.best("type")) for _, pair, told in pairs.judged(part) if pair.source and pair.target]


def figures(part: str, coded: Sequence[tuple[str, str]]) -> list[TypeFigure]:
    """The figures of each type that occurs in the part."""
    found = []
    for name in sorted({wanted for wanted, _ in coded} - {NONE}):
        hits = sum(wanted == given == name for wanted, given in coded)
        wanted_in_all = sum(wanted == name for wanted, _ in coded)
        given_in_all = sum(given == name for _, given in coded)
        found.append(TypeFigure(name, part, wanted_in_all, hits / max(given_in_all, 1), hits / wanted_in_all))
    return found


if __name__ == "__main__":
    print("\n".join(table()))

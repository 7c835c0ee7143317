"""The coding kit: 200 questions from the corpus for people to code, stratified by type, status and "no event".

    python training/kit.py [--out corpus/kit]

Writes items.csv (the questions), sheet.csv (to fill in) and, apart, key.csv (the writers' own coding). Seeded by
hashes: the same corpus gives the same kit. Two kinds of question: what is this deed (a trigger is given), and what does
one of these two parties do to the other, if anything (none is given). Half of the latter have an event, so that a
missing trigger gives nothing away.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus" / "sentences"
# Named, so that a new part of the corpus leaves a kit that people are coding as it is.
PARTS = ("development", "test", "w1", "w2", "w3", "w4")
SEED = "kit 1"
NONE = "NONE"
# Of each type so many questions about a deed and about a pair; pairs without an event about as often as with one.
DEEDS, PAIRS, NOTHING = 7, 3, 40
# How often a status is wanted; rarer ones are shown far more often than news tells them.
HAPPENED, UNDER_WAY, OTHER = 0.5, 0.14, 0.06
_SHARES = {"happened": HAPPENED, "under_way": UNDER_WAY}
SHEET = ("id", "source", "target", "type", "mode", "contexts", "cameo", "status", "background")
SEPARATOR = "; "


@dataclass(frozen=True)
class Question:
    """One thing to code: a text, the parties, the deed's words or None, and what the writers answered."""

    corpus_id: str
    part: str
    text: str
    parties: tuple[str, ...]
    trigger: str | None
    answer: Mapping[str, str]

    @property
    def type(self) -> str:
        return self.answer["type"]

    @property
    def rank(self) -> str:
        """An order that is the same each time and has nothing to do with the content."""
        words = "|".join((SEED, self.corpus_id, self.trigger or "", *self.parties))
        return hashlib.sha256(words.encode()).hexdigest()


def questions(part: str, row: Mapping[str, Any]) -> Iterator[Question]:
    """All questions that a row of the corpus gives; words that stand twice in a text are not asked for."""
    events = [(event, _named(event["source"]), _named(event["target"])) for event in row["events"]]
    named = {word for _, sources, targets in events for word in (*sources, *targets)}
    everyone = tuple(sorted(named | {word for pair in row["none"] for word in pair}))
    for event, sources, targets in events:
        both = tuple(sorted({*sources, *targets}))
        answer = _answer(event, sources, targets)
        if both:
            yield Question(row["id"], part, row["text"], everyone, event["trigger"], answer)
        if len(both) == 2 and sum({*both} <= {*s, *t} for _, s, t in events) == 1 and sources and targets:
            yield Question(row["id"], part, row["text"], both, None, answer)
    for pair in row["none"]:
        if not any({*pair} <= {*s, *t} for _, s, t in events):
            yield Question(row["id"], part, row["text"], tuple(sorted(pair)), None, {"type": NONE})


def _named(party: str | list[str] | None) -> list[str]:
    if party is None:
        return []
    return [party] if isinstance(party, str) else party


def _answer(event: Mapping[str, Any], sources: Sequence[str], targets: Sequence[str]) -> dict[str, str]:
    if event["reciprocal"]:
        sources = targets = list(dict.fromkeys((*sources, *targets)))
    told = {name: str(event[name] or "") for name in ("type", "mode", "cameo", "status")}
    told["contexts"] = SEPARATOR.join(event["contexts"])
    told["background"] = "yes" if event["background"] else "no"
    return {**told, "source": SEPARATOR.join(sources), "target": SEPARATOR.join(targets)}


def chosen(candidates: Sequence[Question]) -> list[Question]:
    """The questions of the kit, in the order of their ranks; one of a sentence at most."""
    picking = _Picking(candidates)
    types = sorted({question.type for question in candidates} - {NONE})
    for triggered, number in ((False, PAIRS), (True, DEEDS)):
        for _ in range(number):
            for name in types:
                picking.take(name, triggered)
    for _ in range(NOTHING):
        picking.take(NONE, False)
    return sorted(picking.taken, key=lambda question: question.rank)


class _Picking:
    """Takes questions one by one: the status that is furthest behind, then the scarcest mode and part."""

    def __init__(self, candidates: Sequence[Question]) -> None:
        self._left = [q for q in candidates if not any("#" in w or SEPARATOR in w for w in q.parties)]
        self.taken: list[Question] = []

    def take(self, name: str, triggered: bool) -> None:
        """Take the best question of this type; nothing where there is none."""
        statuses = Counter(question.answer.get("status") for question in self.taken)
        modes = Counter((question.type, question.answer.get("mode")) for question in self.taken)
        parts = Counter((question.type == NONE, question.part) for question in self.taken)

        def cost(question: Question) -> tuple[float, int, int, str]:
            status = question.answer.get("status", "")
            behind = (statuses[status] + 1) / _SHARES.get(status, OTHER) if name != NONE else 0.0
            mode, part = (name, question.answer.get("mode")), (name == NONE, question.part)
            return behind, modes[mode], parts[part], question.rank

        fitting = [q for q in self._left if q.type == name and (q.trigger is not None) == triggered]
        if fitting:
            best = min(fitting, key=cost)
            self.taken.append(best)
            self._left = [question for question in self._left if question.corpus_id != best.corpus_id]


def write(kit: Sequence[Question], folder: Path) -> None:
    """The three tables; ids tell nothing of where a question comes from."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = [f"K{number:03}" for number in range(1, len(kit) + 1)]
    told = list(zip(ids, kit, strict=True))
    items = [[key, q.text, SEPARATOR.join(q.parties), q.trigger or ""] for key, q in told]
    _table(folder / "items.csv", ("id", "text", "parties", "trigger"), items)
    _table(folder / "sheet.csv", SHEET, [[key, *[""] * (len(SHEET) - 1)] for key in ids])
    answers = [[key, *[q.answer.get(name, "") for name in SHEET[1:]], q.corpus_id] for key, q in told]
    _table(folder / "key.csv", (*SHEET, "corpus_id"), answers)


def _table(path: Path, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows([heading, *rows])


def read_questions(folder: Path = CORPUS) -> list[Question]:
    """All questions that the parts of the corpus give."""
    return [
        question
        for part in PARTS
        for line in (folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
        for question in questions(part, json.loads(line))
    ]


def main() -> None:
    """Make the kit and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "corpus" / "kit")
    options = parser.parse_args()
    kit = chosen(read_questions())
    write(kit, options.out)
    for name in ("type", "status", "mode"):
        print(name, dict(Counter(question.answer.get(name, "") for question in kit).most_common()))
    print("part", dict(Counter(question.part for question in kit)))
    print(f"{len(kit)} questions, {sum(q.trigger is None for q in kit)} of them about a pair: {options.out}")


if __name__ == "__main__":
    main()

"""The floors of quality: fails when a figure on the development set or the specimen falls below bench/floors.json.

`python bench/gate.py` checks; `python bench/gate.py --raise` sets floors to what is reached now, upwards only. Lowering
one is done by hand, in a commit of its own that says why. They hold for the gold data whose digest stands beside them.
"""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass

import quality
from lists import KNOWLEDGE_LISTS, ListSet
from readings import DEVELOPMENT, ROOT, SPECIMEN, GoldSet

FLOORS = ROOT / "bench" / "floors.json"
FLOORED = (
    *quality.BARS,
    "events.type.F1",
    "events.+both.F1",
    "statements.relation.F1",
    "places.found",
    "places.country",
)


@dataclass(frozen=True)
class Floor:
    """The lowest figures allowed on one gold set, and the digest of the gold they were reached on."""

    digest: str
    figures: dict[str, float]


def load() -> dict[str, Floor]:
    """The floors by gold set."""
    if not FLOORS.exists():
        return {}
    raw = json.loads(FLOORS.read_text(encoding="utf-8"))
    return {name: Floor(str(floor["digest"]), dict(floor["figures"])) for name, floor in raw.items()}


def save(floors: dict[str, Floor]) -> None:
    """Write the floors."""
    raw = {name: {"digest": floor.digest, "figures": floor.figures} for name, floor in floors.items()}
    FLOORS.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")


def reached(gold: GoldSet | ListSet) -> dict[str, float]:
    """What the program reaches now, rounded down so that a floor is never above what was measured."""
    if isinstance(gold, ListSet):
        shares = gold.figures()
    else:
        figures = quality.measure(gold)
        shares = {name: figures[name].value or 0.0 for name in FLOORED}
    return {name: math.floor(share * 1000) / 1000 for name, share in shares.items()}


def measured() -> tuple[GoldSet | ListSet, ...]:
    """All that has floors; readings can be scored only where the analysts' script lies beside the project."""
    if quality.can_score():
        return (DEVELOPMENT, SPECIMEN, KNOWLEDGE_LISTS)
    print("readings not measured: the scorer, ../shared/seed/score_reading.py, does not lie beside the project")
    return (KNOWLEDGE_LISTS,)


def falls(gold: GoldSet | ListSet, floor: Floor | None) -> list[str]:
    """What is wrong, in one line each; nothing when all floors hold."""
    if floor is None:
        return [f"{gold.name}: no floor yet; set it with: python bench/gate.py --raise"]
    if floor.digest != gold.digest():
        return [f"{gold.name}: the gold data changed; set its floors anew with: python bench/gate.py --raise"]
    now = reached(gold)
    low = [(name, least) for name, least in floor.figures.items() if now[name] < least]
    return [f"{gold.name}: {name} is {now[name]:.3f}, its floor is {least:.3f}" for name, least in low]


def raised(gold: GoldSet | ListSet, floor: Floor | None) -> Floor:
    """The floor lifted to what is reached now; after a change of the gold data it is set anew."""
    now, digest = reached(gold), gold.digest()
    old = floor.figures if floor and floor.digest == digest else {}
    return Floor(digest, {name: max(value, old.get(name, 0.0)) for name, value in now.items()})


def main(arguments: list[str]) -> int:
    """Check or raise; the exit status of the command."""
    floors = load()
    if arguments == ["--raise"]:
        save(floors | {gold.name: raised(gold, floors.get(gold.name)) for gold in measured()})
        print(f"floors written to {FLOORS.relative_to(ROOT)}")
        return 0
    if arguments:
        print("usage: python bench/gate.py [--raise]", file=sys.stderr)
        return 2
    problems = [line for gold in measured() for line in falls(gold, floors.get(gold.name))]
    print("\n".join(problems) or "all floors hold")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

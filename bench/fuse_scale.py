"""What fusing costs as an archive grows: synthetic accounts, in one go and one by one, from 10,000 to 100,000.

    python bench/fuse_scale.py [ACCOUNTS ...]

The news grow longer, not denser: forty accounts a day of pairs of countries, each happening told by two to six reports.
Prints processor time per account and the peak of memory. The bar: flat within 20 %, under 2 GB.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from detente.fuse.gathering import gather
from detente.fuse.memory import MemoryShelf
from detente.fusing import open_kit
from detente.model.account import Account, AccountParty, AccountPlace, EventKey
from detente.model.outlet import Outlets

SIZES = (10_000, 30_000, 100_000)
_COUNTRIES = ("ARM", "AZE", "GEO", "RUS", "UKR", "TUR", "IRN", "IRQ", "SYR", "ISR", "LBN", "EGY", "SDN", "ETH", "KEN")
_TYPES = ("ASSAULT", "COERCE", "CONSULT", "AGREE", "SANCTION", "PROTEST", "AID", "ACCUSE")
_DEEDS = ("shelled", "raided", "searched", "visited", "signed", "expelled", "blocked", "supplied", "accused", "seized")
_SYLLABLES = (
    "ba",
    "ke",
    "li",
    "mo",
    "nu",
    "ra",
    "se",
    "ti",
    "vo",
    "za",
    "da",
    "fe",
    "go",
    "hi",
    "ka",
    "le",
    "pu",
    "ru",
)
_A_DAY = 40


@dataclass(frozen=True)
class Cost:
    """Processor seconds per account and megabytes at the peak."""

    accounts: int
    seconds: float
    megabytes: float
    incidents: int


def synthetic(count: int, seed: int = 6) -> Iterator[Account]:
    """Accounts of invented happenings, in the order of their publication."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        told = chance.randint(2, 6)
        yield from _happening(made, min(told, count - made), chance)
        made += told


def _happening(at: int, told: int, chance: random.Random) -> Iterator[Account]:
    day = date(1980, 1, 1) + timedelta(days=at // _A_DAY)
    one, other = chance.sample(_COUNTRIES, 2)
    type, deed = chance.choice(_TYPES), chance.choice(_DEEDS)
    town = "".join(chance.sample(_SYLLABLES, 3)).capitalize()
    place = AccountPlace(
        town, other, resolution="city", latitude=chance.uniform(-50, 60), longitude=chance.uniform(0, 90)
    )
    dead = chance.randint(2, 90)
    for teller in range(told):
        published = day + timedelta(days=chance.choice((0, 0, 1, 2)))
        told_dead = dead + chance.choice((0, 0, 1))
        words = f"soldiers {deed} {town} and {told_dead} people were in the {chance.choice(_DEEDS)} place"
        yield Account(
            EventKey(f"{at:07}-{teller}", "e1"), published, f"Outlet {chance.randint(1, 60)}", type, None, "happened",
            (AccountParty(one, "country", f"country:{one}", one, f"{one} MIL"),),
            (AccountParty(other, "country", f"country:{other}", other, f"{other} CVL"),),
            first=day, last=day, basis="stated", precision="day", place=place, words=(words,), context=words,
            story=f"{at:07}-{teller}",
        )  # fmt: skip


def cost(count: int, one_by_one: bool) -> Cost:
    """What fusing so many accounts costs in this process."""
    kit, shelf = open_kit(Outlets()), MemoryShelf()
    accounts = list(synthetic(count))
    start = time.process_time()
    if one_by_one:
        for account in accounts:
            gather([account], (), shelf, kit)
    else:
        gather(accounts, (), shelf, kit)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return Cost(count, seconds / count, peak, len(shelf.incidents))


def apart(count: int, one_by_one: bool) -> Cost:
    """The same in a process of its own, so that no run pays for another's memory."""
    arguments = [sys.executable, __file__, "--one", str(count), str(int(one_by_one))]
    parts = subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.split()
    return Cost(int(parts[0]), float(parts[1]), float(parts[2]), int(parts[3]))


def rows(sizes: tuple[int, ...] = SIZES) -> list[str]:
    """A row of the page for each size and way."""
    found = []
    for one_by_one in (False, True):
        took = [apart(size, one_by_one) for size in sizes]
        spread = max(t.seconds for t in took) / min(t.seconds for t in took) - 1
        for item in took:
            way = "one by one" if one_by_one else "in one go"
            found.append(
                f"| {way} | {item.accounts:,} | {item.seconds * 1000:.2f} ms | {item.megabytes:.0f} MB "
                f"| {item.incidents:,} | {spread:.0%} |"
            )
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        done = cost(int(sys.argv[2]), sys.argv[3] == "1")
        print(done.accounts, done.seconds, done.megabytes, done.incidents)
    else:
        print("\n".join(rows(tuple(map(int, sys.argv[1:])) or SIZES)))

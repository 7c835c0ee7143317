"""Counts in how many sentences of corpus/ a word stands, into detente/data/fusing/rarity.tsv.

    python training/rarity.py corpus/sentences

Names of countries, their people, adjectives and capitals tell less than other names: they get at least a fixed count.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from detente.codebook.folding import fold_name
from detente.codebook.rarity import FILE, STEM

LEAST = 12
# A word of a country's name weighs about a third of a name that is met nowhere.
COUNTRY = 800
COUNTRY_NAMES = Path(__file__).resolve().parent.parent / "detente/data/whoswho/country_names.psv"
_WORD = re.compile(r"[^\W\d_]{3,}")


def main(folder: Path) -> None:
    """Count and write."""
    seen: Counter[str] = Counter()
    sentences = 0
    for file in sorted([*folder.glob("w*.jsonl"), *folder.glob("development*.jsonl")]):
        for line in file.read_text(encoding="utf-8").splitlines():
            sentences += 1
            seen.update({fold_name(word)[:STEM] for word in _WORD.findall(json.loads(line)["text"])})
    kept = {stem: count for stem, count in seen.items() if count >= LEAST}
    for stem in country_stems():
        kept[stem] = max(kept.get(stem, 0), COUNTRY)
    rows = sorted(kept.items(), key=lambda row: (-row[1], row[0]))
    head = [
        f"# How many of {sentences} sentences of corpus/sentences hold a word that begins so (six letters, folded);",
        f"# those not listed stand in fewer than {LEAST}. Words of countries' names, people and capitals get at least",
        f"# {COUNTRY}: they tell less than other names. Made by training/rarity.py; CC BY 4.0 as the corpus.",
    ]
    FILE.write_text("\n".join([*head, *(f"{stem}\t{count}" for stem, count in rows)]) + "\n", encoding="utf-8")
    print(f"{len(rows)} beginnings of words from {sentences} sentences, into {FILE}")


def country_stems() -> set[str]:
    """The beginnings of the words that name countries, their people and capitals."""
    found: set[str] = set()
    for line in COUNTRY_NAMES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found |= {fold_name(word)[:STEM] for word in _WORD.findall(line.partition("|")[2])}
    return {stem for stem in found if len(stem) >= 3}


if __name__ == "__main__":
    main(Path(sys.argv[1]))

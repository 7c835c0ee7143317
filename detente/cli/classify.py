"""`detente classify FILE`: the type of event between two parties that somebody else has found in a sentence.

A line that will not do is set aside with its reason and the others are done; what was set aside makes exit status 1.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated

import typer

from detente.cli.messages import say, working
from detente.ingest import SetAside, read_pair_source
from detente.model.pair import AskedPair

# Enough to put sentences of like length together, few enough that the first answers come at once.
_TOGETHER = 512


def classify(
    file: Annotated[str, typer.Argument(metavar="FILE.jsonl", help="JSON Lines; - for standard input.")],
) -> None:
    """Say what the source does to the target, for sentences whose pairs are known.

    Each line: {"uid", "sentence", "source", "target"}, the last two being words of the sentence. Each answer:
    {"uid", "root", "quad", "confidence"}: PLOVER type and quad class, both null for no event.
    """
    # Late, because it loads the encoder: `detente --help` and a missing file must answer at once.
    from detente.codebook.encoder import Encoder
    from detente.codebook.ontology import load_ontology
    from detente.coding.pairs import code_pairs

    done = True
    encoder: Encoder | None = None
    for group in _groups(read_pair_source(file)):
        for item in group:
            if isinstance(item, SetAside):
                say(item.line)
                done = False
        asked = [item for item in group if isinstance(item, AskedPair)]
        if asked and encoder is None:
            with working("loading the encoder"):
                encoder, ontology = Encoder(), load_ontology()
        if asked and encoder is not None:
            for coding in code_pairs(asked, encoder, ontology):
                sys.stdout.write(json.dumps(coding.to_dict(), ensure_ascii=False) + "\n")
    if not done:
        raise typer.Exit(1)


def _groups(items: Iterable[AskedPair | SetAside]) -> Iterator[list[AskedPair | SetAside]]:
    steady = iter(items)
    while group := list(islice(steady, _TOGETHER)):
        yield group

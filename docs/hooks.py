"""Puts generated parts into pages while the documentation is built: the codebook from its data, figures from the bench.

A page holds a line `<!-- generated: NAME -->`; nothing generated is kept in the tree, so nothing can grow stale.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detente.codebook.examples import Example, TypeExamples, load_examples
from detente.codebook.files import DATA
from detente.codebook.ontology import Ontology, load_ontology

RESULTS = Path(__file__).parent.parent / "bench" / "RESULTS.md"
DEFINITIONS = DATA / "ontology" / "definitions.md"
# A row of bench/by_type.py: type, part, pairs, precision, recall, F1.
FIGURE = re.compile(r"^\| `([A-Z]+)` \| (\w+) \| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE)
NO_EVENT = "no event"
MARKER = re.compile(r"^<!-- generated: (\S+) -->$", re.MULTILINE)
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by MkDocs for each page."""
    return MARKER.sub(lambda marker: generated(marker[1]), markdown)


def generated(name: str) -> str:
    """The generated part of that name."""
    if name == "figures":
        return figures()
    if name == "pairs":
        return section("pairs", "types")
    if name == "statements":
        return section("statements", "own ontology")
    ontology = load_ontology()
    parts = {"types": types, "contexts": contexts, "sectors": sectors, "cameo": cameo}
    return parts[name](ontology)


def types(ontology: Ontology) -> str:
    """A section for each PLOVER type: score, modes, definition, examples, near misses, and how well it is told."""
    examples = load_examples(ontology)
    results = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    return "\n\n".join(_type(ontology, code, examples, results) for code in ontology.types)


def _type(ontology: Ontology, code: str, examples: Mapping[str, TypeExamples], results: str) -> str:
    modes = [f"`{mode}` ({ontology.plover_score(code, mode):g})" for mode in ontology.modes(code)]
    quad = ontology.quad(code)
    head = (
        f"Score {ontology.plover_score(code):g}; quad class {quad}, {QUADS[quad]}. Modes: {', '.join(modes) or 'none'}."
    )
    parts = [
        f"### {code}",
        head,
        _with_lists(ontology.definition(code)),
        "**Examples**",
        _table(("example", "mode", "source", "target", "CAMEO"), [_shown(e) for e in examples[code].examples]),
        "**Near misses**",
        _table(("what looks like it", "is", "because"), [_missed(e) for e in examples[code].near_misses]),
        f"**How well it is told.** {type_figures(code, results)}",
    ]
    return "\n\n".join(parts)


def _shown(example: Example) -> tuple[str, ...]:
    target = "(each other)" if example.reciprocal else " + ".join(example.targets)
    return example.text, example.mode or "", " + ".join(example.sources), target, f"`{example.cameo}`"


def _missed(example: Example) -> tuple[str, ...]:
    if example.type is None:
        return example.text, NO_EVENT, example.because or ""
    status = "" if example.status == "happened" else f", {example.status}"
    return example.text, f"{_code(example)}, `{example.cameo}`{status}", example.because or ""


def _code(example: Example) -> str:
    return f"`{example.type}` {example.mode}" if example.mode else f"`{example.type}`"


def _table(heading: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heading, ("---",) * len(heading), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def type_figures(code: str, results: str) -> str:
    """What `make bench` found of a type on the test parts of the corpus."""
    told = [
        f"F1 {f1} on `{part}` ({pairs} pairs; precision {precision}, recall {recall})"
        for name, part, pairs, precision, recall, f1 in FIGURE.findall(results)
        if name == code
    ]
    return f"{'; '.join(told)}." if told else "Not measured yet: run `make bench`."


def _with_lists(text: str) -> str:
    """Markdown wants an empty line before a list."""
    return re.sub(r"(?m)^(?!- )(.+)\n(?=- )", r"\1\n\n", text)


def contexts(ontology: Ontology) -> str:
    """A table of the contexts with their definitions."""
    meanings = definitions_of(ontology.contexts)
    return _table(("context", "what it is about"), [(f"`{name}`", meaning) for name, meaning in meanings.items()])


def definitions_of(names: tuple[str, ...]) -> dict[str, str]:
    """What the codebook says of each of these names in its lists; a name without a line is a fault."""
    told = dict(re.findall(r"(?m)^- (\w+): (.+)$", DEFINITIONS.read_text(encoding="utf-8").partition("\n## 3 ")[2]))
    return {name: told[name] for name in names}


def sectors(ontology: Ontology) -> str:
    """A table of the sectors."""
    rows = [f"| `{code}` | {meaning} |" for code, meaning in ontology.sectors.items()]
    return "\n".join(["| sector | meaning |", "|---|---|", *rows])


def cameo(ontology: Ontology) -> str:
    """A table of all CAMEO codes."""
    rows = [f"| `{code.code}` | {code.name} | {code.goldstein:g} | {code.quad} |" for code in ontology.cameo.values()]
    return "\n".join(["| code | name | Goldstein value | quad class |", "|---|---|---:|---:|", *rows])


def figures() -> str:
    """The latest figures of `make bench`, without their title."""
    if not RESULTS.exists():
        return "No figures yet: run `make bench`."
    text = RESULTS.read_text(encoding="utf-8")
    return text.partition("\n")[2].replace("\n- Date", "\n\n- Date")


def section(name: str, next_one: str) -> str:
    """A section of the measured figures, without its heading."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    found = text.partition(f"<!-- {name} -->")[2].partition(f"<!-- {next_one} -->")[0]
    return found.partition("\n## ")[2].partition("\n")[2] or "No figures yet: run `make bench`."
    text = RESULTS.read_text(encoding="utf-8")
    return text.partition("\n")[2].replace("\n- Date", "\n\n- Date")


def pairs() -> str:
    """The figures of the encoder on pairs in sentences."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    section = text.partition("<!-- pairs -->")[2].partition("<!-- types -->")[0]
    return section.partition("\n## ")[2].partition("\n")[2] or "No figures yet: run `make bench`."

"""Puts generated parts into pages while the documentation is built: the codebook from its data, figures from the bench.

A page holds a line `<!-- generated: NAME -->`; nothing generated is kept in the tree, so nothing can grow stale.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from detente.codebook.ontology import Ontology, load_ontology

RESULTS = Path(__file__).parent.parent / "bench" / "RESULTS.md"
MARKER = re.compile(r"^<!-- generated: (\S+) -->$", re.MULTILINE)
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Called by MkDocs for each page."""
    return MARKER.sub(lambda marker: generated(marker[1]), markdown)


def generated(name: str) -> str:
    """The generated part of that name."""
    if name == "figures":
        return figures()
    ontology = load_ontology()
    parts = {"types": types, "contexts": contexts, "sectors": sectors, "cameo": cameo}
    return parts[name](ontology)


def types(ontology: Ontology) -> str:
    """A section for each PLOVER type: score, quad class, modes with their scores, definition."""
    return "\n\n".join(_type(ontology, code) for code in ontology.types)


def _type(ontology: Ontology, code: str) -> str:
    modes = [f"`{mode}` ({ontology.plover_score(code, mode):g})" for mode in ontology.modes(code)]
    quad = ontology.quad(code)
    head = (
        f"Score {ontology.plover_score(code):g}; quad class {quad}, {QUADS[quad]}. Modes: {', '.join(modes) or 'none'}."
    )
    return f"### {code}\n\n{head}\n\n{_with_lists(ontology.definition(code))}"


def _with_lists(text: str) -> str:
    """Markdown wants an empty line before a list."""
    return re.sub(r"(?m)^(?!- )(.+)\n(?=- )", r"\1\n\n", text)


def contexts(ontology: Ontology) -> str:
    """The names of all contexts."""
    return ", ".join(f"`{context}`" for context in ontology.contexts)


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

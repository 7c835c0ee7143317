"""The documentation cannot lie: every command, option and field stands in it, and it names none that is not there."""

from __future__ import annotations

import importlib
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
import typer.main

from detente.cli import app
from detente.codebook.examples import load_examples
from detente.codebook.ontology import load_ontology
from detente.ingest.described import NAMES
from detente.ingest.readers import all_readers
from detente.model.coded import CodedReport, Versions
from detente.model.commitment import Commitment
from detente.model.event import Coding, Event, Size
from detente.model.origin import Field as FoundField
from detente.model.origin import Found, Origin
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.reading import Unresolved
from detente.model.report import Report
from detente.model.span import Span
from detente.model.statement import Channel, Stance, Statement
from detente.model.when import When

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
HERE = Span(0, 1)
DAY = date(2024, 3, 6)


def commands() -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return dict(group.commands)


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def test_every_command_has_its_section() -> None:
    page = text("commands.md")
    assert [name for name in commands() if f"## `detente {name}" not in page] == []


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_option_stands_on_the_page_of_commands(name: str) -> None:
    options = [option for parameter in commands()[name].params for option in parameter.opts if option.startswith("--")]
    section = text("commands.md").partition(f"## `detente {name}")[2].partition("\n## ")[0]
    assert [option for option in options if option not in section] == []


def test_no_page_names_a_command_that_does_not_exist() -> None:
    pages = [*PAGES, ROOT / "examples" / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    named = {
        (page.name, word) for page in pages for word in re.findall(r"(?<!import )\bdetente ([a-z]+)\b", _code(page))
    }
    assert {(page, word) for page, word in named if word not in commands()} == set()


def _code(page: Path) -> str:
    """What a page shows as code: indented lines and `words in marks`."""
    words = page.read_text(encoding="utf-8")
    return "\n".join([*re.findall(r"^    (.+)$", words, re.MULTILINE), *re.findall(r"`[^`\n]+`", words)])


def test_every_field_of_the_contract_is_described() -> None:
    page = text("contract.md")
    assert sorted(field for field in _fields(_full_reading().to_dict()) if f"`{field}`" not in page) == []


def _fields(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_fields, value.values()))
    return set().union(*map(_fields, value)) if isinstance(value, list) else set()


def _full_reading() -> CodedReport:
    """One item of each kind, so that no field is left out."""
    place = Place(id="p1", span=HERE, name="Dar")
    when = When(DAY, DAY, "stated", "day")
    statement = Statement(
        "s1", "a1", (HERE,), "direct", channel=Channel("CNN", "outlet", HERE), stance=(Stance("a1", 1, HERE),)
    )
    event = Event(
        "e1", (), (), (Coding("PLOVER", "AID"),), "happened", HERE, (HERE,), size=Size(), place=place, when=when
    )
    origin = Origin("mail", "0", (Found("id", "1", "the Message-ID header"),))
    return CodedReport(
        Report(text="x", origin=origin), (Participant("a1", "A", "person", (HERE,)),), (place,), (statement,), (event,),
        (Unresolved(HERE, "actor", "unknown"),), versions=Versions("1", "2", "3"),
        commitments=(Commitment("c1", "demand", ("a1",), (), (HERE,), when=when, deadline=when),),
    )  # fmt: skip


def test_every_format_and_every_column_stands_on_the_page_of_inputs() -> None:
    page = text("inputs.md")
    assert [reader.name for reader in all_readers() if not re.search(rf"(?m)^\| .*\b{reader.name}\b", page)] == []
    for field, names in NAMES.items():
        assert f"| `{field}` | {', '.join(names)} |" in page
    assert [field for field in get_args(FoundField) if f"`{field}`" not in text("contract.md")] == []


def test_the_codebook_page_is_made_from_the_ontology() -> None:
    page = text("codebook.md")
    assert all(f"<!-- generated: {part} -->" in page for part in ("types", "contexts", "sectors", "cameo"))
    for code in load_ontology().types:
        assert f"### {code}" not in page, "generated parts are not kept in the tree"


def test_the_built_codebook_shows_each_type_with_all_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DOCS))
    page = importlib.import_module("hooks").on_page_markdown(text("codebook.md"))
    assert "<!-- generated" not in page
    sections = dict(re.findall(r"(?ms)^### ([A-Z]+)\n(.*?)(?=^##)", page))
    ontology = load_ontology()
    for code, told in load_examples(ontology).items():
        section = sections[code]
        assert ontology.definition(code).splitlines()[0] in section
        assert [e.text for e in (*told.examples, *told.near_misses) if f"| {e.text} |" not in section] == []
        assert [mode for mode in ontology.modes(code) if f" | {mode} | " not in section] == []
        assert "**How well it is told.** " in section
    assert [name for name in ontology.contexts if not re.search(rf"(?m)^\| `{name}` \| \S.+ \|$", page)] == []


def test_links_between_pages_lead_somewhere() -> None:
    broken = [
        (page.name, link)
        for page in PAGES
        for link in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [str(page.relative_to(DOCS)) for page in PAGES if str(page.relative_to(DOCS)) not in contents] == []


def test_files_that_pages_name_exist() -> None:
    named = {
        name
        for page in PAGES
        for name in re.findall(r"`((?:detente|bench|tests|examples)/[^`*<>{ ]+)`", page.read_text("utf-8"))
    }
    built = {"detente/data/knowledge.sqlite"}
    assert {name for name in named - built if not (ROOT / name).exists()} == set()


def _rows(path: Path) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return sum(bool(line.strip()) and not line.startswith("#") for line in lines) - (path.suffix == ".csv")


@pytest.mark.parametrize("folder", ["whoswho", "gazetteer"])
def test_every_table_of_the_knowledge_is_listed_with_its_rows(folder: str) -> None:
    tables = [
        path for path in (ROOT / "detente" / "data" / folder).iterdir() if path.suffix in {".csv", ".psv", ".tsv"}
    ]
    told = {
        name: int(rows.replace(",", ""))
        for name, rows in re.findall(r"^\| `([\w.]+)` \| ([\d,]+) \|", text("knowledge.md"), re.MULTILINE)
    }
    assert not {path.name for path in tables} - set(told), "list them in docs/knowledge.md"
    for path in tables:
        rows = _rows(path)
        # A few rows more need no new page; a table that doubled does.
        assert abs(told[path.name] - rows) <= 0.05 * rows + 5, f"docs/knowledge.md: {path.name} has {rows} rows"

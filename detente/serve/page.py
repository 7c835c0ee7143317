"""A coded report becomes one self-contained HTML file: the text on the left, what was read in it on the right.

The page asks nothing of any network, and its own policy forbids it to. Everything that comes from a report is escaped.
"""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from detente.model.coded import CodedReport
from detente.model.quads import QUADS
from detente.serve import cards
from detente.serve.segments import segments
from detente.serve.wording import clean, cut

TITLE_LENGTH = 120
# Lines longer than any typed width are paragraphs.
PARAGRAPH = 120


def page(coded: CodedReport, in_desk: bool = False) -> str:
    """The page of one reading, by itself or with the links to the desk's other pages."""
    loader = PackageLoader("detente.serve")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["breaks"] = _breaks
    # Our own files, so they go in as they are; no "</" may stand in them.
    style, script = (Markup(loader.get_source(environment, name)[0]) for name in ("page.css", "page.js"))
    keys = cards.Keys.of(coded)
    return environment.get_template("page.html").render(
        coded=coded,
        title=_title(coded),
        outlet=clean(coded.report.outlet or ""),
        address=_address(coded.report.url),
        warnings=[clean(warning) for warning in coded.warnings],
        spaced=_is_spaced(coded.report.text),
        segments=segments(coded.report.text, cards.marks(coded, keys)),
        events=cards.event_cards(coded, keys),
        statements=cards.statement_cards(coded, keys),
        actors=cards.actor_cards(coded, keys),
        places=cards.place_cards(coded, keys),
        unresolved=cards.open_cards(coded),
        quads=QUADS,
        style=style,
        script=script,
        # Only this very script may run, whatever a hostile report might smuggle in.
        script_hash=_hash(script),
        style_hash=_hash(style),
        in_desk=in_desk,
    )


def page_policy() -> str:
    """What a browser may do with the page: run our script and take our style, by their hashes, and nothing else."""
    loader, environment = PackageLoader("detente.serve"), Environment()
    style, script = (_hash(loader.get_source(environment, name)[0]) for name in ("page.css", "page.js"))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )


def _hash(words: str) -> str:
    return base64.b64encode(hashlib.sha256(words.encode("utf-8")).digest()).decode("ascii")


def _title(coded: CodedReport) -> str:
    """The report's title, else its first line."""
    first_line = coded.report.text.lstrip("\ufeff \t\r\n")[:1000].split("\n", 1)[0]
    return cut(clean(coded.report.title or first_line), TITLE_LENGTH) or "Untitled report"


def _breaks(words: str) -> Markup:
    """The words, escaped, with their line breaks in elements that can be given a height."""
    return Markup('<span class="nl">\n</span>').join(words.split("\n"))


def _is_spaced(text: str) -> bool:
    """Whether single line breaks part the paragraphs, so that they want room; not in texts of short broken lines."""
    lines = text.split("\n")
    return not any(not line.strip() for line in lines) and len(text) > PARAGRAPH * len(lines)


def _address(url: str | None) -> str:
    """The report's address where it is one a browser may follow; other schemes could run code."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""

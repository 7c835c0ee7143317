"""HTML as a tree, and the words of a piece of it with a line for each paragraph. The only importer of lxml.

For what is all text: entries of feeds, letters. Pages, which have menus around their article, go to `webpage`. Fetches
nothing and runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# Elements that end the line they stand in, and those whose content nobody sees.
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
HIDDEN = frozenset({"head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"})
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);|<!")
# What no tree can hold; browsers show a mark for it too.
UNFIT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")


def tree(html: str) -> Any | None:
    """The elements of a page or a piece of one, or None where there are none."""
    # Late, because most inputs are no HTML.
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        # As bytes: words with an encoding declared in them are refused.
        return document_fromstring(
            UNFIT.sub("\ufffd", html).encode("utf-8"), parser=HTMLParser(encoding="utf-8", no_network=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def words_of(html: str) -> str:
    """The text of a piece of HTML; words without any markup stay as they are."""
    if not TAG.search(html):
        return html.strip()
    root = tree(html)
    lines = "".join(_pieces(root)).split("\n") if root is not None else []
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _pieces(root: Any) -> Iterator[str]:
    """The words in their order, a line break before and after each block; walks without climbing down by calls."""
    from lxml.etree import iterwalk

    hidden = 0
    for event, element in iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += name in HIDDEN
            text = element.text
        else:
            hidden -= event == "end" and name in HIDDEN
            text = element.tail
        if name in BLOCKS:
            yield "\n"
        if text and not hidden:
            # Line breaks in the source are spaces on the page.
            yield text.replace("\n", " ").replace("\r", " ")

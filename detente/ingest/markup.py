"""The words of a piece of HTML, with a line for each paragraph. For what is all text: entries of feeds, letters.

Pages, which have menus around their article, go to `webpage`. Fetches nothing and runs nothing.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Elements that end the line they stand in, and those whose content nobody sees.
BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
HIDDEN = frozenset({"head", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"})
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[str]] = [[]]
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in HIDDEN
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in HIDDEN))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.lines[-1].append(data)

    def _break(self, tag: str) -> None:
        if tag in BLOCKS and self.lines[-1]:
            self.lines.append([])


def words_of(html: str) -> str:
    """The text of a piece of HTML; words without any markup stay as they are."""
    if not TAG.search(html):
        return html.strip()
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (" ".join("".join(line).split()) for line in parser.lines)
    return "\n".join(line for line in lines if line)

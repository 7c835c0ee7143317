"""How a text tells that a named person is a child: the words around the name, as the language pack lists them.

Only what stands right beside a name is looked at; where nothing stands there, nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detente.codebook.files import DATA, DataError, load_yaml

# As far as the words beside a name reach.
_NEAR = 60


@dataclass(frozen=True, slots=True)
class MinorWords:
    """Patterns before and behind a name, and the age from which nobody is a child."""

    before: tuple[re.Pattern[str], ...]
    after: tuple[re.Pattern[str], ...]
    of_age: int

    def tell(self, text: str, start: int, end: int) -> bool:
        """Whether the words around the name at `[start, end)` say that its bearer is a child."""
        left, right = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
        found = [pattern.search(left) for pattern in self.before] + [pattern.search(right) for pattern in self.after]
        return any(self._young(match) for match in found if match)

    def _young(self, match: re.Match[str]) -> bool:
        age = match.groupdict().get("age")
        return age is None or int(age) < self.of_age


@cache
def load_minors(code: str = "en", folder: Path | None = None) -> MinorWords:
    """A language's words for children; DataError names the file and what does not fit."""
    path = (folder or DATA / "language" / code) / "minors.yaml"
    raw = load_yaml(path)
    try:
        nouns = "|".join(re.escape(str(noun)) for noun in raw["nouns"])
        before, after = (tuple(_patterns(raw[side], nouns)) for side in ("before", "after"))
        return MinorWords(before, after, int(raw["of_age"]))
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise DataError(f"{path}: needs `of_age`, `nouns`, and patterns `before` and `after` ({error})") from error


def _patterns(given: Iterable[str], nouns: str) -> Iterable[re.Pattern[str]]:
    for words in given:
        filled = words.replace("{age}", r"(?P<age>\d{1,2})").replace("{noun}", f"(?:{nouns})")
        yield re.compile(filled, re.IGNORECASE)

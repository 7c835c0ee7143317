"""What the build keeps of one actor: its entity and the names it is found under. Also the names of all countries.

Takes the tables of countries; gives entities with names. Reads no report and writes no file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from detente.codebook.sources import Sources, several

# A remark in a name, as in "(prior to 15 August 2021)".
_REMARK = re.compile(r"\s*\([^)]*\)\s*")


@dataclass
class Draft:
    """An actor while the tables are being joined."""

    id: str
    name: str
    kind: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    wikidata: str | None = None
    gender: str | None = None
    names: dict[str, str] = field(default_factory=dict)
    """How the actor is found (name, alias, metonym, capital, adjective, demonym, former ...) by each spelling."""
    source: str = "curated"
    dated: dict[str, tuple[date | None, date | None]] = field(default_factory=dict)
    """The days from which and until which a spelling was borne, where that is known."""

    def add(self, name: str, how: str) -> None:
        """Another spelling; the first way in which a spelling stands for the actor is kept."""
        clean = _REMARK.sub(" ", name).strip(" ,;")
        if clean:
            self.names.setdefault(clean, how)
            self._particle_variant(clean, how)

    def add_dated(self, name: str, how: str, start: date | None, end: date | None) -> None:
        """A spelling borne from a day to a day."""
        self.names[name] = how
        self.dated[name] = (start, end)

    def _particle_variant(self, name: str, how: str) -> None:
        # "Al-Shabaab" is written "al-Shabaab" as often; the search takes capitals for small letters, never the reverse.
        if name[:3] in {"Al-", "El-", "Al ", "El "}:
            self.names.setdefault(name[0].lower() + name[1:], how)


@dataclass(frozen=True)
class CountryWords:
    """The words by which a country's bodies are named: "of Russia", "Russian"."""

    iso3: str
    of: str
    adjectives: tuple[str, ...]


def build_countries(sources: Sources) -> tuple[list[Draft], list[CountryWords]]:
    """All countries with their names, peoples, adjectives and capitals; and the words for their bodies."""
    drafts: dict[str, Draft] = {}
    for _, row in sources.csv_rows("countries.csv"):
        draft = Draft(f"country:{row['iso3']}", row["name"].removeprefix("The "), "country", row["iso3"], ("GOV",))
        draft.add(row["name"], "name")
        draft.add(row["official_name"], "name")
        drafts[row["iso3"]] = draft
    words: dict[str, CountryWords] = {}
    for line, fields in sources.psv_rows("country_names.psv", 5):
        iso3 = fields[0]
        if iso3 not in drafts:
            sources.set_aside("country_names.psv", line, f"unknown country {iso3}")
            continue
        names, people, adjectives, capitals = (several(cell) for cell in fields[1:])
        _add_all(drafts[iso3], names, people, adjectives, capitals)
        if iso3 not in words:
            words[iso3] = CountryWords(iso3, _of(drafts[iso3].name, names), tuple(adjectives))
    return list(drafts.values()), list(words.values())


def _add_all(draft: Draft, names: list[str], people: list[str], adjectives: list[str], capitals: list[str]) -> None:
    for how, group in (("name", names), ("adjective", adjectives), ("demonym", people), ("capital", capitals)):
        for name in group:
            draft.add(name, how)


def _of(name: str, names: list[str]) -> str:
    """ "of Russia", "of the United States"."""
    article = f"The {name}" in names or re.search(r"\b(Republic|United|Islands)\b", name)
    return f"of the {name}" if article else f"of {name}"

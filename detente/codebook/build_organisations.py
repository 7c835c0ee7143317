"""Joins the tables of organisations, armed groups, media, platforms and the bodies that every country has.

Rows that name the same organisation become one entity. Companies are not known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from detente.codebook.actors import ADDED
from detente.codebook.build_names import CountryWords, Draft
from detente.codebook.build_tenures import OfficeRow
from detente.codebook.folding import fold_name, slug
from detente.codebook.sources import Sources, several

# Our own tables of actors, a file a subject.
_OURS = "actors_*.psv"
_KINDS = {"armed group": "group", "de facto authority": "group"}
# Without a country and sectors of their own: what a body of states or a free association is coded as.
_BODIES_OF_STATES = {"IGO": (), "NGO": ("SOC",)}
# As many letters of a body's noun are looked for in a title.
_STEM = 8
# Classes of offices that are held in a body, which the words of the office may name.
_OFFICES_OF_BODIES = frozenset({"io_head", "armed_group_leader", "party", "opposition", "spokesperson"})


class Organisations:
    """All organisations by name: a later row that bears the name of an earlier one is joined to it."""

    def __init__(self) -> None:
        self.drafts: dict[str, Draft] = {}
        self._by_name: dict[tuple[str, str | None], Draft] = {}

    def join(self, draft: Draft, aliases: Iterable[str], how: str = "alias") -> Draft:
        """Adds an organisation, or its spellings to the one that bears its name in the same country."""
        aliases = list(aliases)
        known = self._find(draft, aliases)
        if known is None:
            known = self._new(draft)
        for name, kind in ((draft.name, "name"), *((alias, how) for alias in aliases)):
            known.add(name, kind)
        for name in (draft.name, *(alias for alias in aliases if not _acronym(alias))):
            self._by_name.setdefault((fold_name(name), draft.country), known)
        return known

    def _find(self, draft: Draft, aliases: list[str]) -> Draft | None:
        spellings = [draft.name, *(alias for alias in aliases if not _acronym(alias))]
        found = (self._by_name.get((fold_name(name), draft.country)) for name in spellings)
        return next((known for known in found if known), None)

    def _new(self, draft: Draft) -> Draft:
        while draft.id in self.drafts:
            draft.id += "-" + (draft.country or "x").lower()
        self.drafts[draft.id] = draft
        return draft


def build_organisations(sources: Sources, countries: list[CountryWords]) -> list[Draft]:
    """All organisations, groups, media and platforms with their names."""
    known = Organisations()
    for row in sources.own_rows():
        if row.kind in ("group", "organisation", "media"):
            sectors = row.sectors or (("JRN",) if row.kind == "media" else ())
            draft = Draft(f"org:{slug(row.name)}", row.name, row.kind, row.country, sectors, source=ADDED)
            known.join(draft, row.aliases)
    _bodies(sources, countries, known)
    _curated(sources, known)
    _media(sources, known)
    _listed(sources, known)
    return list(known.drafts.values())


def _bodies(sources: Sources, countries: list[CountryWords], known: Organisations) -> None:
    for _, (key, name, patterns, _words, sector) in sources.psv_rows("bodies.psv", 5):
        for words in countries:
            draft = Draft(
                f"org:{words.iso3.lower()}-{key}", name.format(of=words.of), "organisation", words.iso3, (sector,)
            )
            known.join(draft, _fill(several(patterns), words))


def _fill(patterns: list[str], words: CountryWords) -> list[str]:
    filled = []
    for pattern in patterns:
        for adjective in words.adjectives if "{adj}" in pattern else ("",):
            filled.append(pattern.format(adj=adjective, of=words.of))
    return filled


def _curated(sources: Sources, known: Organisations) -> None:
    files = [path.name for path in sorted(sources.folder.glob(_OURS))]
    rows = [fields for file in files for _, fields in sources.psv_rows(file, 7)]
    for name, aliases, metonyms, kind, country, sectors, _note in rows:
        prefix = "platform" if kind == "platform" else "org"
        draft = Draft(f"{prefix}:{slug(name)}", name, kind, country or None, tuple(several(sectors)))
        joined = known.join(draft, several(aliases))
        if joined.source == ADDED:
            # What the user says of a body counts before our own row.
            joined.sectors = joined.sectors or draft.sectors
        elif joined is not draft:
            # The curated row knows the usual name and sector better than the pattern of bodies.
            joined.name, joined.sectors = name, draft.sectors or joined.sectors
        for metonym in several(metonyms):
            joined.names.pop(metonym, None)
            joined.add(metonym, "metonym")


def _media(sources: Sources, known: Organisations) -> None:
    for _, (name, aliases, home, _note) in sources.psv_rows("curated_media.psv", 4):
        known.join(Draft(f"media:{slug(name)}", name, "media", home or None, ("JRN",)), several(aliases))


def _listed(sources: Sources, known: Organisations) -> None:
    """The older list, behind our own tables: a name that stands there is not taken from here."""
    crosswalk = {code: sector for _, (code, sector) in sources.psv_rows("sectors.psv", 2)}
    left_out = {fold_name(name) for _, (name, _why) in sources.psv_rows("organisations_left_out.psv", 2)}
    taken = left_out | {fold_name(name) for draft in known.drafts.values() for name in draft.names}
    for _, row in sources.csv_rows("organisations.csv"):
        if fold_name(row["name"]) in taken:
            continue
        country, sectors = _country_and_sectors(row, crosswalk)
        kind = _KINDS.get(row["kind"], "organisation")
        draft = Draft(f"org:{slug(row['name'])}", row["name"], kind, country, sectors, source=row["source"])
        aliases = [name for name in several(row["aliases"]) if fold_name(name) not in taken and not _acronym(name)]
        known.join(draft, aliases)


def _country_and_sectors(row: dict[str, str], crosswalk: dict[str, str]) -> tuple[str | None, tuple[str, ...]]:
    for body, sectors in _BODIES_OF_STATES.items():
        if row["code"].startswith(body):
            return body, sectors
    home = row["home"] or None
    rest = row["code"].removeprefix(home or "")
    if rest.startswith("IMG"):
        return "IMG", ("REB",)
    parts = [crosswalk.get(rest[at : at + 3], "") for at in range(0, len(rest), 3)]
    return home, tuple(dict.fromkeys(part for part in parts if part))


class Bodies:
    """Of which body an office is one, where it is not one of the state: "secretary general of NATO"."""

    def __init__(self, organisations: Iterable[Draft], sources: Sources) -> None:
        self._ids = {draft.id for draft in organisations}
        self._by_name: dict[str, list[Draft]] = defaultdict(list)
        for draft in sorted(organisations, key=lambda d: d.source not in (ADDED, "curated")):
            for folded in dict.fromkeys(fold_name(name) for name in draft.names):
                self._by_name[folded].append(draft)
        # "presiden" is in "presidency" and in "press secretary of the president".
        stems = {
            (fold_name(noun)[:_STEM], key)
            for _, (key, _name, _patterns, nouns, _sector) in sources.psv_rows("bodies.psv", 5)
            for noun in several(nouns)
        }
        self._stems = sorted(stems, key=lambda stem: (-len(stem[0]), stem))

    def of_office(self, row: OfficeRow) -> str | None:
        """The id of the body that the row names, or that the words of its role name; None for the state's offices."""
        if row.organisation:
            return self._one(fold_name(row.organisation), row.country, anywhere=True)
        if row.role_class not in _OFFICES_OF_BODIES and row.country not in _BODIES_OF_STATES:
            return None
        words = fold_name(row.role).split()
        runs = [(start, end) for start in range(len(words)) for end in range(len(words), start, -1)]
        named = (self._one(" ".join(words[start:end]), row.country) for start, end in sorted(runs, key=_longest))
        return next((id for id in named if id), None) or self._of_state(" ".join(words), row)

    def _one(self, folded: str, country: str, anywhere: bool = False) -> str | None:
        known = self._by_name.get(folded, [])
        here = [d for d in known if d.country in (country, "IGO", "NGO", "IMG")]
        fitting = here or (known if anywhere else [])
        return fitting[0].id if fitting else None

    def _of_state(self, role: str, row: OfficeRow) -> str | None:
        """Whose words a spokesman of the state speaks: those of the ministry, presidency or army in his title."""
        if row.role_class != "spokesperson":
            return None
        ids = (f"org:{row.country.lower()}-{key}" for stem, key in self._stems if len(stem) == _STEM and stem in role)
        return next((id for id in ids if id in self._ids), None)


def _longest(run: tuple[int, int]) -> tuple[int, int]:
    return run[0] - run[1], run[0]


def _acronym(name: str) -> bool:
    return len(name) <= 6 and name.upper() == name

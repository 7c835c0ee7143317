"""What the words of a question tell: a name, an office, the country or body it belongs to, whether it is a former one.

"Former President Sarkozy", "the Kremlin spokesman", "Russia's foreign minister Sergei Lavrov". Nobody is chosen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from detente.codebook.folding import fold_name
from detente.codebook.language import LanguagePack, RoleNoun
from detente.codebook.name_finder import NameMatch
from detente.codebook.whoswho import WhosWho
from detente.model.participant import Description
from detente.model.span import Span

_WORD = re.compile(r"[^\W_][\w.'’\u2010-\u2015-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
# A name whose owner has what follows.
_OWNS = re.compile(r"['’]s?\s+\w")
# More words than any name or title has: what is longer is no question of this kind.
_LONGEST = 40


@dataclass(frozen=True)
class Asked:
    """A question taken apart.

    `people` are the persons named in full, `name` the words that may be a name, `office` the words of an office,
    `all_words` every word but the names of whose office it is; `countries` and `bodies` are those named beside them,
    `body_words` the words of all their names, `short_names` those of one word.
    """

    people: tuple[str, ...] = ()
    name: str = ""
    office: str = ""
    noun: RoleNoun | None = None
    former: bool = False
    soldier: bool = False
    countries: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    body_words: frozenset[str] = frozenset()
    short_names: frozenset[str] = frozenset()
    all_words: str = ""

    @property
    def country(self) -> str | None:
        return self.countries[0] if self.countries else None

    def description(self) -> Description | None:
        """The office as a report would describe it; None where the question names none."""
        if not self.office:
            return None
        role_class = self.noun.role_class if self.noun else None
        sector = self.noun.sector if self.noun else None
        body = self.bodies[0] if self.bodies else None
        return Description(Span(0, 0), self.office, role_class, self.country, sector, body, self.former)


@dataclass
class _Words:
    """The words outside the known names, sorted into name and office."""

    name: list[str] = field(default_factory=list)
    office: list[str] = field(default_factory=list)
    noun: RoleNoun | None = None
    former: bool = False
    soldier: bool = False


def understand(query: str, whoswho: WhosWho, language: LanguagePack) -> Asked:
    """Takes a question apart by the names that are known and the words of offices of the language pack."""
    matches = whoswho.find_names(query)
    kinds = {id: whoswho.entity(id).kind for match in matches for id in match.entities}
    # "Vladimir Putin's spokesman" is another.
    people = [
        id for match in matches if not _OWNS.match(query, match.end) for id in match.entities if kinds[id] == "person"
    ]
    owners = _owners(matches, whoswho)
    others = [id for m in matches for id in m.entities if kinds[id] not in ("person", "country")]
    names = [fold_name(name) for id in others for name in whoswho.names(id)]
    rest = _sorted_words(_outside(query, matches), language)
    return Asked(
        people=tuple(dict.fromkeys(people)),
        name=" ".join(rest.name),
        office=" ".join(rest.office),
        noun=rest.noun,
        former=rest.former,
        soldier=rest.soldier,
        countries=tuple(owners),
        bodies=tuple(dict.fromkeys(others)),
        body_words=frozenset(word for name in names for word in name.split()) - language.office_fillers,
        short_names=frozenset(name for name in names if " " not in name),
        all_words=_without_country(query, next(iter(owners), None), whoswho),
    )


def _owners(matches: Iterable[NameMatch], whoswho: WhosWho) -> list[str]:
    """Whose office it may be, in order: "Israel's ambassador to the UN" is Israel's, "UN envoy for Syria" the UN's.

    Bodies that several countries have under one name tell none.
    """
    found: list[str] = []
    for match in matches:
        homes = {whoswho.entity(id).country for id in match.entities if not id.startswith("person:")} - {None}
        found += [home for home in homes if home] if len(homes) == 1 else []
    return list(dict.fromkeys(found))


def _without_country(query: str, country: str | None, whoswho: WhosWho) -> str:
    """The question without the names of the holder's country: "of the Russian Federation" is no Federation Council."""
    for name in sorted(whoswho.names(f"country:{country}"), key=len, reverse=True):
        query = re.sub(rf"\b{re.escape(name)}\b", " ", query)
    return query


def _outside(query: str, matches: Iterable[NameMatch]) -> list[list[str]]:
    """The words between the known names, run by run."""
    runs, at = [], 0
    for match in matches:
        runs.append(query[at : match.start])
        at = match.end
    runs.append(query[at:])
    return [_WORD.findall(run)[:_LONGEST] for run in runs]


def _sorted_words(runs: Iterable[list[str]], language: LanguagePack) -> _Words:
    found = _Words()
    for run in runs:
        words = [_POSSESSIVE.sub("", word) for word in run[_behind_master(run, language) :]]
        at = 0
        while at < len(words):
            at += _take(words, at, found, language)
    return found


def _behind_master(run: Sequence[str], language: LanguagePack) -> int:
    """Where the words begin that ask for somebody of a named person's: "President Duda's spokesman" is not Duda."""
    for at in range(len(run) - 2, -1, -1):
        name = _POSSESSIVE.sub("", run[at])
        office = name.lower() in language.office_words or _role([name], language.roles) is not None
        if name != run[at] and name[:1].isupper() and not office:
            return at + 1
    return 0


def _take(words: list[str], at: int, found: _Words, language: LanguagePack) -> int:
    """Puts the next word, or the office of several words that begins here, where it belongs; how many were taken."""
    following = words[at + 1].lower() if at + 1 < len(words) else ""
    # "General Zaluzhny" has a rank, "commander of the army" an office.
    ranked = following and following not in language.office_fillers and following not in language.office_words
    if words[at].lower().rstrip(".") in language.ranks and ranked:
        found.soldier = True
        return 1
    for end in range(len(words), at, -1):
        noun = _role(words[at:end], language.roles)
        if noun is not None:
            # "Deputy Foreign Minister": the longest office tells; a rank before it adds words only.
            if found.noun is None or len(noun.words) > len(found.noun.words):
                found.noun = noun
            found.office += [word.lower() for word in words[at:end]]
            return end - at
    word = words[at]
    plain = word.lower()
    if plain in language.former:
        found.former = True
    elif plain in language.honorifics or plain.rstrip(".") in language.honorifics or plain in language.current:
        pass
    elif word[0].isupper() and plain not in language.office_words:
        found.name.append(word)
    else:
        found.office.append(plain)
    return 1


def _role(words: list[str], roles: Mapping[str, RoleNoun]) -> RoleNoun | None:
    text = " ".join(word.lower() for word in words)
    return roles.get(text) or roles.get(text.replace("-", " ")) or roles.get(fold_name(text))

"""Which side a phrase without a name tells by its own words: "prison guards", "armed herders", "party workers".

The longest noun phrase that the tables know gives the sector; a word in front may change it. Who is meant is not asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.parse.name_kinds import Known
from detente.parse.phrases import NO_SECTOR, Office, body_sector, known_ending

_LONGEST = 4


def side_told(words: Sequence[str], office: Office | None, known: Known, lone: bool) -> str | None:
    """The sector that lower-case words tell, their noun last; NO_SECTOR for bodies of no told side, None for others.

    With `lone` a noun by itself counts that only the table of role nouns has ("reporters"); several words always do.
    """
    told, length = _longest(words, known, lone)
    if office is not None and length <= office.last - office.first + 1:
        told, length = office.noun.sector or told, office.last - office.first + 1
    before = words[: len(words) - length] if length else words[:-1]
    members = _of_members(words, known) if length < 2 else None
    return _coloured(told, before, known) or members or told


def side_to_the_right(words: Sequence[str], known: Known) -> str | None:
    """The sector of a body whose noun opens its name: "chamber of commerce", "court of appeal"."""
    runs = (words[:end] for end in range(len(words), 1, -1))
    told = (known_ending(run, known.language) or known.whoswho.role_noun(" ".join(run)) for run in runs)
    return next((sector for sector in told if sector not in (None, NO_SECTOR)), None)


def _longest(words: Sequence[str], known: Known, lone: bool) -> tuple[str | None, int]:
    """The sector of the longest ending that a table knows, and of how many words it is."""
    for start in range(max(0, len(words) - _LONGEST), len(words)):
        ending = words[start:]
        body = known_ending(ending, known.language)
        if body is not None:
            return body, len(ending)
        noun = known.whoswho.role_noun(" ".join(ending).replace(" - ", "-")) if lone or len(ending) > 1 else None
        if noun is not None:
            return noun, len(ending)
    return None, 0


def _coloured(told: str | None, before: Sequence[str], known: Known) -> str | None:
    """What a word in front makes of them: "armed" villagers are fighters of an unknown side."""
    for colour in known.language.colours:
        if colour.words.intersection(before) and told in colour.of:
            return colour.sector
    return None


def _of_members(words: Sequence[str], known: Known) -> str | None:
    """Those who only belong to a body are of its side: "union members", "hospital staff", "court officials"."""
    forms = {words[-1], words[-1].removesuffix("s"), words[-1].replace("men", "man")}
    if len(words) < 2 or not forms & known.language.members:
        return None
    sector = body_sector(words[:-1], known.language) or known.whoswho.role_noun(words[-2])
    return sector if sector != NO_SECTOR else None

"""The language pack: verbs of saying, role nouns, pronouns, negation, modals, quotation marks of one language.

Comes from `data/language/<code>/words.yaml`; says what words may mean, never what a sentence says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from detente.codebook.files import DATA, DataError, load_yaml

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """An office or side named by a noun: its class, sector and gender where the word tells them."""

    words: str
    role_class: str
    sector: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Colour:
    """Words that, in front of nouns of some sectors, make another of them: "displaced" makes REF of CVL."""

    sector: str
    words: Words
    of: Words


@dataclass(frozen=True)
class LanguagePack:
    """The closed and half-closed word classes of a language; sets hold lemmas, several words joined by spaces."""

    code: str
    quotation_marks: Mapping[str, str]
    saying: Mapping[str, Words]
    saying_noun_phrase: Words
    naming: Words
    saying_infinitive: Words
    anonymity: Words
    accounts: Words
    continuing: Words
    saying_nouns: Words
    channel_nouns: Mapping[str, Words]
    outlet_names: Words
    network_verbs: Mapping[str, str]
    occasions: Words
    askers: Words
    interviews: Words
    interviewing: Words
    some_people: Words
    views: Mapping[str, Words]
    entry_labels: Words
    turn_labels: Words
    circumstances: Words
    glosses: Words
    roles: Mapping[str, RoleNoun]
    family: Mapping[str, str]
    former: Words
    current: Words
    honorifics: Mapping[str, str]
    office_names: Mapping[str, str]
    office_fillers: Words
    office_words: Words
    ranks: Words
    subordinates: Words
    top_offices: Words
    listing: Words
    bodies: Mapping[str, str]
    colours: tuple[Colour, ...]
    members: Words
    followers: Words
    joint: Mapping[str, str]
    joint_determiners: Words
    pronouns: Mapping[str, str]
    locative: Words
    motion: Words
    ground_verbs: Words
    ground_deeds: Words
    negation: Words
    modality: Mapping[str, Words]
    modal_planned: Words
    modal_hypothetical: Words
    modal_demanded: Words
    conditional: Words
    aspect: Words
    background: Words
    background_verbs: Words
    light_verbs: Words
    frame_nouns: Words
    endings: Words
    definite: Words
    occurring: Words
    arms: Words
    addressing: Words
    alone: Words
    lemmas: Mapping[str, str]
    sending: Words
    subject_control: Words
    deciding: Words
    ongoing: Words
    background_adverbs: Words
    containers: Words
    numbers: Mapping[str, int]
    round_numbers: Mapping[str, tuple[int, int]]
    multipliers: Mapping[str, int]
    more_than: tuple[str, ...]
    size_words: Mapping[str, str]

    def all_saying(self) -> Words:
        """Every verb that puts words into somebody's mouth."""
        return frozenset().union(*self.saying.values())

    def channel_kind(self, noun: str) -> str | None:
        """The kind of channel a noun names ("letter" is a document), or None."""
        return next((kind for kind, nouns in self.channel_nouns.items() if noun in nouns), None)


_SECTIONS = frozenset(field.name for field in fields(LanguagePack)) - {"code"}


def load_language(code: str = "en", folder: Path | None = None) -> LanguagePack:
    """Load a language pack; DataError names the file and the missing, malformed or unknown section."""
    path = (folder or DATA / "language" / code) / "words.yaml"
    raw = load_yaml(path)
    if not isinstance(raw, dict):
        raise DataError(f"{path}: must be a mapping of sections")
    unknown = sorted({str(name) for name in raw} - _SECTIONS)
    if unknown:
        raise DataError(f"{path}: unknown section {', '.join(unknown)}; sections are: {', '.join(sorted(_SECTIONS))}")
    try:
        return _pack(code, raw)
    except KeyError as error:
        raise DataError(f"{path}: section {error} is missing; see docs/language-packs.md") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise DataError(f"{path}: a section is not of the form that docs/language-packs.md gives: {error}") from error


def _pack(code: str, raw: Mapping[str, Any]) -> LanguagePack:
    def words(name: str) -> Words:
        return frozenset(str(word) for word in raw[name])

    return LanguagePack(
        code=code,
        quotation_marks=dict(raw["quotation_marks"]),
        saying=_groups(raw["saying"]),
        saying_noun_phrase=words("saying_noun_phrase"),
        naming=words("naming"),
        saying_infinitive=words("saying_infinitive"),
        anonymity=words("anonymity"),
        accounts=words("accounts"),
        continuing=words("continuing"),
        saying_nouns=words("saying_nouns"),
        channel_nouns=_groups(raw["channel_nouns"]),
        outlet_names=words("outlet_names"),
        occasions=words("occasions"),
        askers=words("askers"),
        network_verbs={str(verb): str(name) for verb, name in raw["network_verbs"].items()},
        interviews=words("interviews"),
        interviewing=words("interviewing"),
        some_people=words("some_people"),
        views=_groups(raw["views"]),
        entry_labels=words("entry_labels"),
        turn_labels=words("turn_labels"),
        circumstances=words("circumstances"),
        glosses=words("glosses"),
        roles=_roles(raw["roles"]),
        family=_inverted(raw["family"]),
        former=words("former"),
        current=words("current"),
        honorifics=_inverted(raw["honorifics"]),
        office_names=dict(raw["office_names"]),
        office_fillers=words("office_fillers"),
        office_words=words("office_words"),
        ranks=words("ranks"),
        subordinates=words("subordinates"),
        top_offices=words("top_offices"),
        listing=words("listing"),
        bodies=_inverted(raw["bodies"]),
        colours=tuple(_colour(entry) for entry in raw["colours"]),
        members=words("members"),
        followers=words("followers"),
        joint=_inverted(raw["joint"]),
        joint_determiners=words("joint_determiners"),
        pronouns=_inverted(raw["pronouns"]),
        locative=words("locative"),
        motion=words("motion"),
        ground_verbs=words("ground_verbs"),
        ground_deeds=words("ground_deeds"),
        negation=words("negation"),
        modality=_groups(raw["modality"]),
        modal_planned=words("modal_planned"),
        modal_hypothetical=words("modal_hypothetical"),
        modal_demanded=words("modal_demanded"),
        conditional=words("conditional"),
        aspect=words("aspect"),
        background=words("background"),
        background_verbs=words("background_verbs"),
        light_verbs=words("light_verbs"),
        frame_nouns=words("frame_nouns"),
        endings=words("endings"),
        definite=words("definite"),
        occurring=words("occurring"),
        arms=words("arms"),
        addressing=words("addressing"),
        alone=words("alone"),
        lemmas=dict(raw["lemmas"]),
        sending=words("sending"),
        subject_control=words("subject_control"),
        deciding=words("deciding"),
        ongoing=words("ongoing"),
        background_adverbs=words("background_adverbs"),
        containers=words("containers"),
        numbers=dict(raw["numbers"]),
        round_numbers={word: (low, high) for word, (low, high) in raw["round_numbers"].items()},
        multipliers=dict(raw["multipliers"]),
        more_than=tuple(raw["more_than"]),
        size_words=_inverted(raw["size_words"]),
    )


def _groups(raw: Mapping[str, Iterable[object]]) -> dict[str, Words]:
    return {name: frozenset(str(word) for word in words) for name, words in raw.items()}


def _inverted(raw: Mapping[str, Iterable[object]]) -> dict[str, str]:
    """From class -> words to word -> class; the first class that names a word keeps it."""
    found: dict[str, str] = {}
    for name, words in raw.items():
        for word in words:
            found.setdefault(str(word), name)
    return found


def _colour(raw: Mapping[str, Any]) -> Colour:
    return Colour(str(raw["sector"]), frozenset(map(str, raw["words"])), frozenset(map(str, raw["of"])))


def _roles(raw: Iterable[Mapping[str, Any]]) -> dict[str, RoleNoun]:
    found: dict[str, RoleNoun] = {}
    for entry in raw:
        for words in entry["words"]:
            noun = RoleNoun(str(words), str(entry["class"]), entry.get("sector"), entry.get("gender"))
            found[noun.words] = noun if noun.words not in found or noun.gender else found[noun.words]
    return found

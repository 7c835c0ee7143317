"""Which mentions mean the same one within a report: names, surnames, offices, families, "both sides".

Finds go in, in text order; participants and mentions come out. Pronouns are linked by pronouns.py. Nothing here asks
who held an office on a day; that is resolving.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from detente.model.participant import Description, Kind
from detente.model.reading import Quotation
from detente.parse.clusters import Cluster
from detente.parse.find import Find
from detente.parse.names import Known
from detente.parse.phrases import Grammar

# Two spellings of one surname ("Pashinyan", "Pashynian") are at least this alike; "Petrov" and "Pavlov" are not.
_SAME_SURNAME = 77
# An addressee is named at most this many words before the words that veil him.
_VEIL_REACH = 30
_PLURAL = frozenset({"NNS", "NNPS"})
# What kinds of participants a joint word may take up ("both governments": countries only).
_SIDES = frozenset({"country", "organisation", "group"})
_JOINT_KINDS = {"countries": frozenset({"country"}), "people": frozenset({"person", "role"}), "sides": _SIDES}


class Links:
    """The clusters of a report while its finds are being linked, one after another."""

    def __init__(self, grammar: Grammar, quotations: Sequence[Quotation], known: Known) -> None:
        self.grammar = grammar
        self.quotations = quotations
        self.known = known
        self.clusters: list[Cluster] = []
        self.by_head: dict[int, tuple[int, ...]] = {}
        self.aliases: dict[int, int] = {}  # merged cluster -> the one that stays
        self.named_groups: set[int] = set()  # heads of plurals whose people are named beside them
        self.waiting: dict[int, Find] = {}  # finds still to be linked, by head: an owner may stand behind what it owns

    def resolve(self, number: int) -> Cluster:
        while number in self.aliases:
            number = self.aliases[number]
        return self.clusters[number]

    def alive(self) -> list[Cluster]:
        return [c for c in self.clusters if c.number not in self.aliases]

    def at_head(self, token: int) -> Cluster | None:
        """The one participant mentioned at that token."""
        numbers = self.by_head.get(token, ())
        return self.resolve(numbers[0]) if len(numbers) == 1 else None

    def link(self, find: Find) -> None:
        """Give a find (not a pronoun) its participant: an old one that fits, else a new one."""
        self.waiting.pop(find.head, None)
        if find.kind == "place":
            return
        if len(find.nations) > 1:
            self._link_nations(find)
            return
        if find.owner in self.waiting:
            self.link(self.waiting[find.owner])
        if find.kind == "group" and find.entities:
            find = self._people_or_state(find)
        cluster = self._in_apposition(find) or self._old(find) or self._veiled(find)
        if find.body == "joint":
            self.by_head[find.head] = tuple(c.number for c in self._pair_before(find))
            return
        owners = self.by_head.get(find.owner, ()) if find.owner is not None else ()
        if cluster is None and len(owners) > 1 and find.kind == "group":
            self.by_head[find.head] = owners  # "troops of the two rivals": both act
            return
        if cluster is None:
            cluster = self._new(find)
        elif cluster.entity is None and len(find.entities) == 1:
            cluster.entity = find.entities[0]
        cluster.add(find)
        self.by_head[find.head] = (cluster.number,)
        self._name_group(find, cluster)

    def _people_or_state(self, find: Find) -> Find:
        """ "The Americans": people told of before, else the state of that name."""
        people = replace(find, entities=())
        before = [c for c in self.alive() if c.plural and c.country == find.country and c.kind == "group"]
        one = len(find.entities) == 1 and find.entities[0].startswith("country:")
        return replace(find, kind="country", sector=None, plural=False, body=None) if one and not before else people

    def _name_group(self, find: Find, cluster: Cluster) -> None:
        """ "The governors of A and B, X and Y, met": those who are named are the ones that met."""
        if find.kind != "name" or find.same_as is None or self.grammar.tokens[find.same_as].tag not in _PLURAL:
            return
        if find.same_as in self.named_groups:
            self.by_head[find.same_as] = (*self.by_head[find.same_as], cluster.number)
        elif any(self.resolve(n).plural for n in self.by_head.get(find.same_as, ())):
            self.named_groups.add(find.same_as)
            self.by_head[find.same_as] = (cluster.number,)

    def _link_nations(self, find: Find) -> None:
        """ "Chinese and Indian soldiers" are two groups, one a country."""
        numbers = []
        for country in find.nations:
            one = replace(find, country=country, nations=(), owner=None)
            cluster = self._by_body(one) if one.body is not None else None
            cluster = cluster if cluster is not None and cluster.country == country else self._new(one)
            cluster.add(one)
            numbers.append(cluster.number)
        self.by_head[find.head] = tuple(numbers)

    # -- finding an old participant

    def _in_apposition(self, find: Find) -> Cluster | None:
        """ "the spokesman for the presidency, Dmitry Peskov": the two phrases are one person."""
        if find.kind == "country" or find.as_place:
            return None
        named = [
            c for c in self.grammar.children[find.head] if self.grammar.tokens[c].dep == "appos" and c in self.by_head
        ]
        beside = find.same_as if find.same_as is not None else named[0] if named else None
        other = self.at_head(beside) if beside is not None else None
        if other is None or other.ground_only != find.as_place or other.kind == "country":
            return None
        if find.kind == "name" and other.kind == "person" and not _same_name(find, other):
            return None  # two names side by side are two people
        if find.kind == "name" and other.kind == "organisation" and other.entity is not None:
            return None  # "in an interview with Le Monde, Karl Lund said"
        if (
            find.kind == "name"
            or other.kind in ("person", "role")
            or (find.kind == "organisation" and other.kind == "organisation" and find.body)
        ):
            if find.entities and other.entity and other.entity not in find.entities:
                return None
            other.entity = other.entity or (find.entities[0] if len(find.entities) == 1 else None)
            other.body = other.body or find.body
            return other if find.plural == other.plural else None
        return None

    def _old(self, find: Find) -> Cluster | None:
        if find.entities:
            known = self._by_entity(find)
            if known is not None or find.kind != "name":
                return known
        if find.kind == "name" or (find.kind == "organisation" and not find.body and not find.entities):
            return self._by_name(find)
        if find.family:
            return self._by_family(find)
        if find.kind == "role":
            return self._by_office(find)
        if find.body is not None:
            return self._by_body(find)
        return None

    def _by_entity(self, find: Find) -> Cluster | None:
        return next((c for c in self.alive() if c.entity is not None and c.entity in find.entities), None)

    def _by_name(self, find: Find) -> Cluster | None:
        """The same full name, else the one person with that surname, spelt nearly so."""
        people = [c for c in self.alive() if c.kind in ("person", "role", "organisation") and _same_entity(find, c)]
        exact = [
            c
            for c in people
            if c.name.casefold() == find.name.casefold() or any(m.name == find.name for m in c.mentions)
        ]
        if exact:
            return exact[-1]
        candidates = [
            c for c in people if c.kind == "person" and _same_name(find, c) and _same_country(find.country, c)
        ]
        return max(candidates, key=lambda c: (_likeness(find, c), c.last_token), default=None)

    def _by_family(self, find: Find) -> Cluster | None:
        owner = self._owner_of(find)
        if owner is None:
            return None
        return next(
            (c for c in self.alive() if c.family and c.owner == owner.number and c.gender in (None, find.gender)), None
        )

    def _by_office(self, find: Find) -> Cluster | None:
        """The latest person whose office, country and gender this description fits."""
        owner = self._owner_of(find)
        if owner is not None and owner.kind == "country":
            find = replace(
                find, descriptions=tuple(replace(d, country=d.country or owner.country) for d in find.descriptions)
            )
        fitting = [c for c in self.alive() if c.kind in ("person", "role") and not c.plural and self._fits(find, c)]
        if not find.definite and not any(d.country for d in find.descriptions):
            fitting = []
        return max(fitting, key=lambda c: c.last_token, default=None)

    def _fits(self, find: Find, cluster: Cluster) -> bool:
        if find.gender and cluster.gender and find.gender != cluster.gender:
            return False
        return any(self._holds(wanted, cluster) for wanted in find.descriptions)

    def _holds(self, wanted: Description, cluster: Cluster) -> bool:
        for had in cluster.descriptions:
            # "A spokesman ..." holds no office that one could know; "the spokesman" is he all the same.
            called = cluster.kind == "role" and had.role_class is None and had.role == wanted.role
            same = (called or had.role_class == wanted.role_class) and had.former == wanted.former
            same = same and (
                had.role == wanted.role
                or had.role_class not in ("leader", "relation", "expert", "official", "civilian", "minister")
            )
            if same and _same_country(wanted.country, cluster) and _same_body(wanted, had):
                return True
        return self._known_to_hold(wanted, cluster)

    def _known_to_hold(self, wanted: Description, cluster: Cluster) -> bool:
        """Whether the codebook gives the person such an office in that country or body at some time."""
        if (
            cluster.entity is None
            or cluster.kind != "person"
            or (wanted.country is None and wanted.organisation is None)
        ):
            return False
        tenures = [t for t in self.known.whoswho.tenures(cluster.entity) if t.role_class == wanted.role_class]
        return any(t.country == wanted.country and (t.end is not None or not wanted.former) for t in tenures)

    def _by_body(self, find: Find) -> Cluster | None:
        """The same body or kind of people of the same country ("the Foreign Ministry", "the soldiers")."""
        same = [c for c in self.alive() if c.body == find.body and c.plural == find.plural]
        if (
            find.definite
            and not same
            and find.sector is None
            and find.country is None
            and find.kind == "organisation"
            and find.owner is None
        ):
            # "the bloc", "the mission": the organisation named last.
            same = [c for c in self.alive() if c.kind == "organisation" and not c.body and not c.plural]
        if find.country is not None:
            same = [c for c in same if c.country in (find.country, None)]
        elif not find.definite and find.kind == "group":
            same = []
        return max(same, key=lambda c: c.last_token, default=None)

    def _veiled(self, find: Find) -> Cluster | None:
        """ "A colleague told me ...", in a message to somebody: the unnamed one is most likely the addressee."""
        if find.kind != "role" or find.definite or not any(d.role_class == "relation" for d in find.descriptions):
            return None
        opened = next((q.span.start for q in self.quotations if q.speech and q.span.contains(find.span)), None)
        if opened is None:
            return None
        tokens = self.grammar.tokens
        before = [
            c for c in self.alive() if c.kind == "person" and any(self._addressed(m.head, opened) for m in c.mentions)
        ]
        nearest = max(before, key=lambda c: c.last_token, default=None)
        if (
            nearest is not None
            and find.head - nearest.last_token < _VEIL_REACH
            and tokens[nearest.last_token].span.start < opened
        ):
            nearest.why.append(f"{find.name!r} is taken for the addressee of these words")
            return nearest
        return None

    def _addressed(self, token: int, before: int) -> bool:
        """Whether words are sent to the person at this token, before that place of the text."""
        tokens = self.grammar.tokens
        preposition = tokens[tokens[token].head]
        governor = tokens[preposition.head]
        says = (
            governor.lemma in self.known.language.saying_nouns
            or governor.lemma in self.known.language.sending
            or governor.lemma in self.known.language.all_saying()
        )
        return (
            tokens[token].span.start < before
            and tokens[token].dep == "pobj"
            and preposition.text.lower() == "to"
            and says
        )

    def _pair_before(self, find: Find) -> list[Cluster]:
        """Who "both sides" are: the pair last named side by side, else the two countries named most."""
        kinds = _JOINT_KINDS[self.known.language.joint[find.words[0]]]
        for place in range(find.head - 1, -1, -1):
            here = self.at_head(place)
            if here is None or self.grammar.tokens[place].dep != "conj" or self.grammar.tokens[place].pos == "ADJ":
                continue
            first = self.at_head(self.grammar.tokens[place].head)
            if first is not None and first is not here and {first.kind, here.kind} <= kinds:
                return [first, here]
        named = {
            c.number: sum(m.head < find.head for m in c.mentions)
            for c in self.alive()
            if c.kind == "country" and "country" in kinds
        }
        most = sorted((n for n in named if named[n]), key=lambda n: -named[n])[:2]
        return [self.clusters[n] for n in most] if len(most) == 2 else []

    # -- a new participant

    def _new(self, find: Find) -> Cluster:
        cluster = Cluster(len(self.clusters), _kind(find), find.name, body=find.body, plural=find.plural)
        if find.entities:
            cluster.entity = find.entities[0] if len(find.entities) == 1 else None
            if find.kind != "name" and cluster.entity:
                cluster.name = self.known.whoswho.entity(cluster.entity).name
        owner = self._owner_of(find)
        if owner is not None:
            cluster.owner, cluster.family = owner.number, find.family
            if find.kind in ("organisation", "group", "role") and not find.family:
                cluster.country = find.country or owner.country  # "his Qatari counterpart" is Qatari
        if find.family and owner is not None:
            cluster.country = owner.country
        self.clusters.append(cluster)
        return cluster

    def _owner_of(self, find: Find) -> Cluster | None:
        return self.at_head(find.owner) if find.owner is not None else None

    def merge(self, stays: Cluster, goes: Cluster) -> None:
        """Two clusters turned out to be one: the first keeps all mentions, in text order."""
        if stays is goes:
            return
        for find in goes.mentions:
            stays.add(find)
        stays.mentions.sort(key=lambda f: f.head)
        stays.entity = stays.entity or goes.entity
        stays.owner = stays.owner if stays.owner is not None else goes.owner
        stays.family = stays.family or goes.family
        self.aliases[goes.number] = stays.number

    def merge_families(self) -> None:
        """ "his wife" told before "Pashinyan's wife, Anna": one wife a husband."""
        seen: dict[tuple[int, str | None], Cluster] = {}
        for cluster in self.alive():
            if not cluster.family or cluster.owner is None or cluster.plural:
                continue
            key = (self.resolve(cluster.owner).number, cluster.gender)
            if key in seen:
                named = sorted((seen[key], cluster), key=lambda c: c.kind != "person")
                self.merge(named[0], named[1])
                seen[key] = named[0]
            else:
                seen[key] = cluster


def _kind(find: Find) -> Kind:
    if find.kind in ("country", "demonym"):
        # "European" names the Union, not a country.
        return "country" if all(id.startswith("country:") for id in find.entities) else "organisation"
    if find.kind == "name":
        return "person"
    if find.kind in ("organisation", "metonym"):
        return "organisation"
    return "group" if find.plural or find.kind == "group" else "role"


def _same_entity(find: Find, cluster: Cluster) -> bool:
    return not find.entities or cluster.entity is None or cluster.entity in find.entities


def _same_country(country: str | None, cluster: Cluster) -> bool:
    return country is None or cluster.country is None or country == cluster.country


def _same_body(wanted: Description, had: Description) -> bool:
    return (
        wanted.organisation is None
        or had.organisation is None
        or wanted.organisation == had.organisation
        or wanted.country == had.country
    )


def _same_name(find: Find, cluster: Cluster) -> bool:
    return _likeness(find, cluster) >= _SAME_SURNAME


def _likeness(find: Find, cluster: Cluster) -> float:
    """How alike the surnames are (0 to 100); first names, where both give one, must agree in their first letter."""
    if not find.words or cluster.kind not in ("person", "role"):
        return 0.0
    surname = find.words[-1].casefold()
    given = find.words[0].casefold() if len(find.words) > 1 else None
    best = 0.0
    for other in _name_words(cluster.mentions):
        if given and len(other) > 1 and other[0][:1] != given[:1]:
            continue
        for candidate in {other[-1], *(other if given is None else ())}:
            if candidate[:1] == surname[:1]:
                best = max(best, fuzz.ratio(candidate, surname))
    return best if (best >= _SAME_SURNAME and len(surname) > 3) or best == 100 else 0.0


def _name_words(mentions: Iterable[Find]) -> list[list[str]]:
    return [[w.casefold() for w in m.words] for m in mentions if m.kind == "name" and m.words]

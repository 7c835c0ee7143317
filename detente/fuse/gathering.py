"""Joins accounts of many reports into incidents, and goes on where it stopped when new reports come.

New accounts and a shelf of earlier ones in, changed incidents out. Only accounts that share a key with a new one are
looked at, and only groups that hang together with it are made again; the outcome is the same as of all at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from detente.codebook.fusing import Weights
from detente.codebook.meaning import MeaningReader
from detente.codebook.rarity import Rarity
from detente.fuse.accounts import AccountWords
from detente.fuse.agreement import Signs, signs_of
from detente.fuse.blocks import keys_of
from detente.fuse.incidents import incident_of
from detente.fuse.joining import Links, Pair, clusters_of, groups_of, pair
from detente.fuse.stories import StoryKit
from detente.fuse.views import View, view_of
from detente.model.account import Account, EventKey
from detente.model.incident import Incident
from detente.model.outlet import Outlets
from detente.model.shelf import AccountShelf

# Prepared accounts that are kept at hand, and new ones that are taken at a time.
_KEPT, _AT_A_TIME = 20_000, 1000
# Pairs of accounts whose score is kept.
_SCORED = 300_000


@dataclass
class FusingKit:
    """What joining needs: weights, how telling words are, the words of accounts, their meaning, the known outlets."""

    weights: Weights
    rarity: Rarity
    words: AccountWords
    meaning: MeaningReader
    outlets: Outlets = field(default_factory=Outlets)
    stories: StoryKit = field(init=False)
    _views: dict[EventKey, tuple[View, frozenset[str]]] = field(default_factory=dict)
    _contents: dict[EventKey, str] = field(default_factory=dict)
    _told: dict[str, tuple[View, frozenset[str]]] = field(default_factory=dict)
    _scores: dict[tuple[str, str, bool], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.stories = StoryKit(self.rarity)

    def view(self, account: Account) -> View:
        """The account, prepared."""
        return self._prepared(account)[0]

    def keys(self, account: Account) -> frozenset[str]:
        """The keys it is filed under."""
        return self._prepared(account)[1]

    def signs(self, one: Account, other: Account) -> Signs:
        """What speaks for and against the two telling one happening."""
        first, second = sorted((one, other), key=lambda account: account.key)
        return signs_of(self.view(first), self.view(second), self.weights.kin)

    def score(self, one: Account, other: Account) -> int:
        """How likely the two tell one happening.

        Copies of a text tell the same in the same words: what was weighed once is not weighed again for each of them.
        """
        first, second = self._contents_of(one), self._contents_of(other)
        if second < first:
            first, second, one, other = second, first, other, one
        one_story = one.story is not None and one.story == other.story and one.key.report != other.key.report
        known = self._scores.get((first, second, one_story))
        if known is None:
            if len(self._scores) >= _SCORED:
                self._scores.clear()
            signs = signs_of(self.view(one), self.view(other), self.weights.kin)
            known = self._scores[first, second, one_story] = self.weights.score(signs, one.bare or other.bare)
        return known

    def _contents_of(self, account: Account) -> str:
        self._prepared(account)
        return self._contents[account.key]

    def _prepared(self, account: Account) -> tuple[View, frozenset[str]]:
        found = self._views.get(account.key)
        if found is None or found[0].account != account:
            if len(self._views) >= _KEPT:
                self._views.clear()
                self._contents.clear()
                self._told.clear()
            content = _content(account)
            known = self._told.get(content)
            if known is None:
                view = view_of(account, self.rarity, self.words.spelled)
                known = self._told[content] = (view, keys_of(view))
            found = self._views[account.key] = (replace(known[0], account=account), known[1])
            self._contents[account.key] = content
        return found


_NOBODY = EventKey("", "")


def _content(account: Account) -> str:
    """A name for all that an account tells, whoever tells it."""
    told = replace(account, key=_NOBODY, outlet=None, story=None, confidence=0.0)
    return hashlib.blake2b(repr(told).encode("utf-8", "backslashreplace") + told.meaning, digest_size=12).hexdigest()


def gather(fresh: Iterable[Account], gone: Collection[EventKey], shelf: AccountShelf, kit: FusingKit) -> list[Incident]:
    """Files new and changed accounts, forgets those that are gone, and gives the incidents of all that they touch.

    Many accounts are taken some at a time in the order of their days, so that what is compared lies together.
    """
    touched: set[EventKey] = set()
    touched |= shelf.groups_of(gone)
    for key in gone:
        shelf.drop_account(key)
    touched -= set(gone)
    ordered = sorted(fresh, key=lambda account: (account.published or date.min, account.key))
    made: dict[EventKey, Incident] = {}
    for some in [ordered[at : at + _AT_A_TIME] for at in range(0, len(ordered), _AT_A_TIME)] or [[]]:
        touched |= shelf.groups_of([account.key for account in some])
        for account in some:
            shelf.put_account(account, kit.keys(account))
            touched.add(account.key)
        for incident in regroup(touched, shelf, kit):
            made |= dict.fromkeys(incident.events, incident)
        touched.clear()
    return list({incident.id: incident for incident in made.values()}.values())


def regroup(touched: Collection[EventKey], shelf: AccountShelf, kit: FusingKit) -> list[Incident]:
    """Makes the groups of these accounts again, with all that hang together with them."""
    accounts, links = _linked(touched, shelf, kit)
    made: list[Incident] = []
    for group in groups_of(accounts, links):
        incidents = [
            incident
            for cluster in clusters_of(group, links)
            if (incident := incident_of([accounts[key] for key in cluster], kit.outlets))
        ]
        shelf.put_group(group, incidents)
        made += incidents
    return made


def _linked(
    touched: Collection[EventKey], shelf: AccountShelf, kit: FusingKit
) -> tuple[dict[EventKey, Account], Links]:
    """All accounts that hang together with these, and the scores between them."""
    accounts: dict[EventKey, Account] = {}
    scores: dict[Pair, int] = {}
    together: set[Pair] = set()
    apart: set[Pair] = set()
    ahead, seen = set(touched), set[EventKey]()
    while ahead:
        seen |= ahead
        accounts |= shelf.accounts(ahead)
        mates: dict[EventKey, set[EventKey]] = {}
        for key in ahead & accounts.keys():
            mates[key] = shelf.accounts_at(kit.keys(accounts[key])) - {key}
        others = shelf.accounts({mate for found in mates.values() for mate in found} - accounts.keys())
        known = {**accounts, **others}
        near: set[EventKey] = set()
        for decision in shelf.decisions(ahead):
            edge = pair(decision.one, decision.other)
            (together if decision.verdict == "together" else apart).add(edge)
            if decision.verdict == "together":
                near |= set(edge)
        for key, found in mates.items():
            for mate in found:
                edge = pair(key, mate)
                if edge not in scores and mate in known and not (known[key].bare and known[mate].bare):
                    scores[edge] = kit.score(known[key], known[mate])
                    if is_same_report(known[key], known[mate]):
                        apart.add(edge)
                bare = mate in known and (known[key].bare or known[mate].bare)
                least = kit.weights.retold if bare else kit.weights.join
                if edge in scores and scores[edge] > least and edge not in apart:
                    near.add(mate)
        # Whoever was seen came with all that hang together with it.
        ahead = shelf.groups_of(near - seen) - seen
    inside = {edge: score for edge, score in scores.items() if edge[0] in accounts and edge[1] in accounts}
    weights = kit.weights
    joined = frozenset(together)
    sentences = frozenset(key for key, account in accounts.items() if account.bare)
    links = Links(inside, weights.join, weights.strangers, joined, frozenset(apart - joined), sentences, weights.retold)
    return accounts, links


def hang_together(one: Account, other: Account, kit: FusingKit) -> bool:
    """Whether two accounts with a key in common are looked at as one group; nothing beyond the two decides that."""
    if (one.bare and other.bare) or is_same_report(one, other):
        return False
    return kit.score(one, other) > (kit.weights.retold if one.bare or other.bare else kit.weights.join)


def is_same_report(one: Account, other: Account) -> bool:
    """Whether one report tells both: it then tells two happenings, for within a report one happening is one event."""
    return one.key.report == other.key.report and not set(one.words) & set(other.words)

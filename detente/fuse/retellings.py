"""Sentences without an event of their own, as bare accounts: they may retell what other reports have an event for.

A coded report in, bare accounts out. Nothing is made of them alone, for nobody says what happened in them.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.fuse.accounts import TAKEN, AccountWords, countries_about, named_in, place_of
from detente.fuse.days import time_in, times_told
from detente.fuse.sentences import sentences_of
from detente.fuse.tolls import tolls_of
from detente.model.account import Account, AccountPlace, AccountSize, EventKey
from detente.model.coded import CodedReport
from detente.model.span import Span
from detente.model.when import When

# Shorter sentences name too little: a dateline, "It was the third time."
_SHORTEST = 30
_LOCAL = frozenset({"below_city", "city", "admin2", "sea", "admin1", "region"})


def retellings_of(coded: CodedReport, words: AccountWords, story: str | None = None) -> Iterator[Account]:
    """The report's sentences that tell no event which happened, but name a place or somebody with a country."""
    times = times_told(coded, words.times)
    taken = [span for e in coded.events if e.status in TAKEN for span in (e.trigger, *e.evidence)]
    for sentence in sentences_of(coded.report.text):
        if len(sentence) < _SHORTEST or any(span.overlaps(sentence) for span in taken):
            continue
        account = _bare(coded, sentence, words, time_in(sentence, times), story)
        if account.place or any(party.country for party in account.named):
            yield account


def _bare(coded: CodedReport, sentence: Span, words: AccountWords, when: When | None, story: str | None) -> Account:
    told = sentence.words(coded.report.text)
    return Account(
        key=EventKey.of_sentence(coded.report.id, sentence),
        published=coded.report.published,
        outlet=coded.report.outlet,
        type="",
        mode=None,
        status="happened",
        sources=(),
        targets=(),
        first=when.first if when else None,
        last=when.last if when else None,
        basis=when.basis if when else None,
        precision=when.precision if when else None,
        place=_place(coded, sentence),
        sizes=tuple(AccountSize(f, n, n) for f, n in tolls_of(told, "", words.spelled, words.tolls).items()),
        words=(told,),
        context=told,
        story=story,
        named=named_in(coded, (sentence,)),
        about=countries_about(coded),
        bare=True,
    )


def _place(coded: CodedReport, sentence: Span) -> AccountPlace | None:
    """The first place finer than a country."""
    return next((place_of(p) for p in coded.places if sentence.contains(p.span) and p.resolution in _LOCAL), None)

"""Accounts and reports of invented happenings for tests of fusing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from factory import span

from detente.fuse.gathering import FusingKit
from detente.fusing import open_kit
from detente.model.account import Account, AccountParty, AccountPlace, AccountSize, EventKey
from detente.model.coded import CodedReport
from detente.model.event import Coding, Count, Event, Size
from detente.model.outlet import Outlet, Outlets
from detente.model.participant import Participant
from detente.model.place import Place
from detente.model.report import Report
from detente.model.when import When

DAY = date(2024, 3, 4)
ARM = AccountParty("Armenia", "country", "country:ARM", "ARM", "ARM MIL")
AZE = AccountParty("Azerbaijan", "country", "country:AZE", "AZE", "AZE MIL")
GORIS = AccountPlace("Goris", "ARM", "Syunik", "city", 174895, 39.51, 46.34)
KAPAN = AccountPlace("Kapan", "ARM", "Syunik", "city", 174875, 39.2, 46.41)


def account(report: str, event: str = "e1", **more: object) -> Account:
    """An account of one shelling: three dead at the bus station of Goris."""
    base = Account(
        EventKey(report, event),
        DAY + timedelta(days=1),
        f"Outlet of {report}",
        "ASSAULT",
        None,
        "happened",
        (AZE,),
        (ARM,),
        first=DAY,
        last=DAY,
        basis="stated",
        precision="day",
        place=GORIS,
        sizes=(AccountSize("dead", 3, 3),),
        words=(f"three people were killed when shells struck the bus station of Goris, said {report}",),
        context="Three people were killed when shells struck the bus station of Goris on Monday.",
        score=-9.0,
        goldstein=-10.0,
        story=report,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def elsewhere(report: str, event: str = "e1", **more: object) -> Account:
    """Another shelling of another day and town."""
    there = {
        "place": KAPAN,
        "first": DAY + timedelta(days=9),
        "last": DAY + timedelta(days=9),
        "published": DAY + timedelta(days=9),
        "words": (f"a barn burnt down near Kapan after mortar fire, {report} writes",),
        "context": "A barn burnt down near Kapan after mortar fire, and nobody was in it.",
        "sizes": (),
    }
    return account(report, event, **(there | more))


def kit(*outlets: Outlet) -> FusingKit:
    """What fusing needs, with these outlets known."""
    return open_kit(Outlets.of(outlets))


def coded(text: str, outlet: str, published: date = DAY, dead: int | None = None) -> CodedReport:
    """A reading of a report that tells that Ruritania shelled Aldova."""
    report = Report(text, None, outlet, None, published, "en")
    words = span("shelled", text)
    size = Size(dead=Count(dead, dead, words)) if dead else None
    place = Place("p1", span("Aldova", text), "Aldova", "place", "GRA", "North", resolution="city", geonames_id=12345)
    event = Event(
        "e1",
        ("a1",),
        ("a2",),
        (Coding("PLOVER", "ASSAULT", score=-9.0), Coding("CAMEO", "194", score=-10.0)),
        "happened",
        words,
        (words,),
        size=size,
        place=place,
        when=When(DAY, DAY, "stated", "day"),
    )
    parties = (
        Participant("a1", "Ruritania", "country", (span("Ruritania", text),), "country:RUR", "RUR", ("GOV",)),
        Participant("a2", "Graustark", "country", (), "country:GRA", "GRA", ("GOV",)),
    )
    return CodedReport(report, parties, (place,), (), (event,))


# Two tell of one day, one of the same from afar.
TEXTS = (
    coded("Ruritania shelled the market of Aldova on Monday, killing three people, the mayor said.", "Courier", DAY, 3),
    coded("Five people died on Monday when Ruritania shelled Aldova, whose market burnt down.", "Herald", DAY, 5),
    coded(
        "Nine days ago Ruritania shelled the market of Aldova; villagers still search there.",
        "Post",
        DAY + timedelta(9),
    ),
)

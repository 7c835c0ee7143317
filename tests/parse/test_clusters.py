"""What a participant in the making learns from each of its mentions."""

from __future__ import annotations

from dataclasses import replace

from detente.model.participant import Description
from detente.model.span import Span
from detente.parse.clusters import Cluster
from detente.parse.find import Find

AIDE = Find(Span(0, 8), 1, "role", "the aide", gender="n")
VELIK = Find(Span(20, 31), 5, "name", "Marta Velik", gender="f", country="NOR", words=("Marta", "Velik"))
OFFICE = Description(Span(40, 52), "minister", "minister", "NOR", "GOV")


def test_a_name_takes_the_place_of_an_office() -> None:
    cluster = Cluster(0, "role", "the aide")
    cluster.add(AIDE)
    cluster.add(VELIK)
    assert (cluster.name, cluster.kind, cluster.surnames) == ("Marta Velik", "person", {"Velik"})


def test_the_longer_name_stays() -> None:
    cluster = Cluster(0, "person", "Marta Velik")
    cluster.add(VELIK)
    cluster.add(Find(Span(60, 65), 9, "name", "Velik", words=("Velik",)))
    assert cluster.name == "Marta Velik"


def test_mentions_stand_in_text_order_however_they_come() -> None:
    cluster = Cluster(0, "role", "the aide")
    cluster.add(VELIK)
    cluster.add(AIDE)
    assert [m.head for m in cluster.mentions] == [1, 5]
    assert cluster.last_token == 5


def test_what_is_known_first_is_kept() -> None:
    cluster = Cluster(0, "person", "Marta Velik")
    cluster.add(VELIK)
    cluster.add(replace(VELIK, head=9, gender="m", country="SWE"))
    assert (cluster.gender, cluster.country) == ("f", "NOR")


def test_a_word_for_no_gender_tells_none() -> None:
    cluster = Cluster(0, "role", "the aide")
    cluster.add(AIDE)
    assert cluster.gender is None


def test_an_office_gives_its_sector_a_past_one_does_not() -> None:
    holder, past = Cluster(0, "person", "Velik"), Cluster(1, "person", "Velik")
    holder.add(replace(VELIK, descriptions=(OFFICE,)))
    past.add(replace(VELIK, descriptions=(replace(OFFICE, former=True),)))
    assert (holder.sector, past.sector) == ("GOV", None)


def test_the_same_description_is_kept_once() -> None:
    cluster = Cluster(0, "person", "Velik")
    for _ in range(2):
        cluster.add(replace(VELIK, descriptions=(OFFICE,)))
    assert cluster.descriptions == [OFFICE]


def test_it_is_only_ground_until_something_acts() -> None:
    ground = Find(Span(0, 4), 0, "country", "Lima", as_place=True)
    cluster = Cluster(0, "country", "Peru")
    cluster.add(ground)
    assert cluster.ground_only
    cluster.add(replace(ground, head=7, as_place=False))
    assert not cluster.ground_only

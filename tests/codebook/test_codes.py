"""Codes that changed with time: read with their days, and contradictions set aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from detente.codebook.build_codes import add_dated_names, build_codes, mark_usual_bearers
from detente.codebook.build_names import Draft
from detente.codebook.sources import Sources
from detente.codebook.whoswho import DATA, WhosWho

COUNTRIES = "iso2,iso3,gec,iso_numeric,cow,cameo,geonameid,name,official_name,capital\n"
GROUP = Draft("org:red-band", "Red Band", "group", "XXA", ("REB",), names={"Red Band": "name"})
TWINS = [Draft("org:a", "Twin", "group", "XXA"), Draft("org:b", "Twin", "group", "XXB")]


def sources(tmp_path: Path, codes: str = "", names: str = "", usual: str = "") -> Sources:
    (tmp_path / "usual_bearers.psv").write_text(usual, encoding="utf-8")
    (tmp_path / "codes.psv").write_text(codes, encoding="utf-8")
    (tmp_path / "dated_names.psv").write_text(names, encoding="utf-8")
    (tmp_path / "countries.csv").write_text(COUNTRIES, encoding="utf-8")
    return Sources(tmp_path)


def test_a_group_changes_sides(tmp_path: Path) -> None:
    table = "Red Band|PLOVER|XXA|MIL||2020-04|\nRed Band|PLOVER|XXA|REB|2020-05-01||\n"
    codes = build_codes(sources(tmp_path, table), [GROUP])
    assert [(c.sectors, c.holds_on(date(2020, 4, 30)), c.holds_on(date(2020, 5, 1))) for c in codes] == [
        (("MIL",), True, False),
        (("REB",), False, True),
    ]


def test_rows_that_cannot_hold_are_set_aside_with_file_and_line(tmp_path: Path) -> None:
    table = (
        "Red Band|PLOVER|XXA|MIL||2020|\nRed Band|PLOVER|XXA|REB|2019||\nBlue Band|PLOVER|XXA|REB|||\n"
        "Twin|PLOVER|XXA|REB|||\nRed Band|CAMEO|XXA|REB|2021|2020|\nRed Band|CAMEO|XXA|REB|soon||\n"
    )
    told = sources(tmp_path, table)
    assert len(build_codes(told, [GROUP, *TWINS])) == 1
    assert [note.split(": ")[0] for note in told.aside] == [f"codes.psv:{line}" for line in (2, 3, 4, 5, 6)]


def test_a_name_borne_for_a_time_keeps_its_days(tmp_path: Path) -> None:
    group = Draft("org:red-band", "Red Band", "group", "XXA")
    told = sources(tmp_path, names="Red Band|Red Guard|former|2011|2016-07\nRed Band|Old Guard|nick||\n")
    add_dated_names(told, [group])
    assert group.dated == {"Red Guard": (date(2011, 1, 1), date(2016, 7, 31))}
    assert told.aside == ["dated_names.psv:2: 'nick' is none of alias, former, official, transliteration"]


def test_the_taliban_before_and_after_august_2021() -> None:
    with WhosWho.open() as whoswho:
        (taliban,) = whoswho.lookup("Taliban")
        before, after = (whoswho.code_on(taliban, date(2021, 8, day)) for day in (14, 15))
    assert before is not None and before.sectors == ("REB",)
    assert after is not None and after.sectors == ("GOV",)


def test_a_name_of_several_is_shared_by_all_but_the_usual_one(tmp_path: Path) -> None:
    red = Draft("org:red-band", "Red Band", "group", "XXA", names={"Red Band": "name", "RB": "alias"})
    blue = Draft("org:rose-band", "Rose Band", "group", "XXB", names={"Rose Band": "name", "RB": "alias"})
    told = sources(tmp_path, usual="RB|Red Band\nRose Band|Rose Band\nRB|Green Band\n")
    mark_usual_bearers(told, [red, blue])
    assert (red.names["RB"], blue.names["RB"]) == ("alias", "shared")
    assert [note.split(": ")[0] for note in told.aside] == ["usual_bearers.psv:2", "usual_bearers.psv:3"]


def test_one_acronym_of_several() -> None:
    with WhosWho.open() as whoswho:
        usual = {name: whoswho.usual_bearer(name) for name in ("SDF", "JeM", "JEM", "Guam", "NATO")}
    assert usual == {
        "SDF": "org:syrian-democratic-forces",
        "JeM": "org:jaish-e-mohammed",
        "JEM": "org:justice-and-equality-movement",
        "Guam": "country:GUM",
        "NATO": "org:nato",
    }


SIDES = (
    ("Rapid Support Forces", date(2023, 4, 14), "MIL"),
    ("Rapid Support Forces", date(2023, 4, 15), "REB"),
    ("Tigray People's Liberation Front", date(2019, 1, 1), "PTY"),
    ("Tigray People's Liberation Front", date(2022, 11, 2), "REB"),
    ("Revolutionary Armed Forces of Colombia", date(2016, 1, 1), "REB"),
    ("Revolutionary Armed Forces of Colombia", date(2020, 1, 1), "PTY"),
    ("Hayat Tahrir al-Sham", date(2024, 12, 8), "GOV"),
    ("Wagner Group", date(2023, 6, 23), "REB"),
    ("Wagner Group", date(2023, 6, 25), "PRM"),
)


@pytest.mark.parametrize(("name", "day", "sector"), SIDES)
def test_the_side_of_the_day(name: str, day: date, sector: str) -> None:
    with WhosWho.open() as whoswho:
        (id,) = whoswho.lookup(name)
        code = whoswho.code_on(id, day)
    assert code is not None and code.sectors[0] == sector


def test_every_code_names_a_known_sector() -> None:
    known = {row.split("\t")[0] for row in (DATA / "ontology" / "sectors.tsv").read_text("utf-8").splitlines()}
    told = Sources(DATA / "whoswho")
    ours = [(file.name, row[5]) for file in told.folder.glob("actors_*.psv") for _, row in told.psv_rows(file.name, 7)]
    codes = [("codes.psv", row[3]) for _, row in told.psv_rows("codes.psv", 7)]
    assert [(file, cell) for file, cell in ours + codes if set(filter(None, cell.split(";"))) - known] == []


def test_persons_and_offices_are_no_organisations() -> None:
    with WhosWho.open() as whoswho:
        bearers = [id for name in ("Louise Arbour", "Un Envoy") for id in whoswho.lookup(name)]
        assert [id for id in bearers if id.startswith("org:")] == []


def test_a_row_of_our_own_wins_over_the_older_list() -> None:
    with WhosWho.open() as whoswho:
        (id,) = whoswho.lookup("Ansar Allah")
        assert (whoswho.entity(id).country, whoswho.entity(id).source) == ("YEM", "curated")


def test_a_name_that_the_user_gave_means_that_actor_first(tmp_path: Path) -> None:
    ours = Draft("org:red-band", "Red Band", "group", "XXA", names={"RB": "alias"})
    added = Draft("org:rope-band", "Rope Band", "group", "XXB", names={"RB": "alias"}, source="added")
    mark_usual_bearers(sources(tmp_path), [ours, added])
    assert (ours.names["RB"], added.names["RB"]) == ("shared", "alias")

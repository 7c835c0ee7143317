"""Codes that changed with time: read with their days, and contradictions set aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from detente.codebook.build_codes import add_dated_names, build_codes
from detente.codebook.build_names import Draft
from detente.codebook.sources import Sources
from detente.codebook.whoswho import WhosWho

COUNTRIES = "iso2,iso3,gec,iso_numeric,cow,cameo,geonameid,name,official_name,capital\n"
GROUP = Draft("org:red-band", "Red Band", "group", "XXA", ("REB",), names={"Red Band": "name"})
TWINS = [Draft("org:a", "Twin", "group", "XXA"), Draft("org:b", "Twin", "group", "XXB")]


def sources(tmp_path: Path, codes: str = "", names: str = "") -> Sources:
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

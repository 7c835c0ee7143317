"""Countries in other people's code lists, and the columns of their formats."""

from __future__ import annotations

import pytest

from detente.codebook.formats import columns_of, country_in, place_in

LISTS = ("iso2", "cow", "gec", "cameo", "icews", "name")


@pytest.mark.parametrize(
    ("iso3", "codes"),
    [
        ("XKX", ("XK", "347", "KV", "KSV", "Kosovo", "Kosovo")),
        ("PSE", ("PS", None, None, "PSE", "Occupied Palestinian Territory", "Palestinian Territory")),
        ("TWN", ("TW", "713", "TW", "TWN", "Taiwan", "Taiwan")),
        ("ESH", ("EH", None, "WI", "ESH", "Western Sahara", "Western Sahara")),
        ("ROU", ("RO", "360", "RO", "ROM", "Romania", "Romania")),
        ("USA", ("US", "2", "US", "USA", "United States", "United States")),
        ("ISR", ("IL", "666", "IS", "ISR", "Israel", "Israel")),
        ("COD", ("CD", "490", "CG", "COD", "Democratic Republic of Congo", "Democratic Republic of the Congo")),
        ("IGO", (None,) * 6),
    ],
)
def test_a_country_goes_by_each_lists_own_code(iso3: str, codes: tuple[str | None, ...]) -> None:
    assert tuple(country_in(list, iso3) for list in LISTS) == codes
    assert country_in("gec", None) is None


def test_no_two_states_share_a_number() -> None:
    from detente.codebook.formats import _lists

    numbers = [number for number in _lists()["cow"].values() if number]
    assert sorted(numbers) == sorted(set(numbers)) and len(numbers) > 190


def test_parts_of_a_country_have_codes_of_their_own() -> None:
    assert place_in("gec", "PSE", ("Deir Amun", "Gaza Strip")) == "GZ"
    assert place_in("gec", "PSE", ("Deir Amun", "West Bank")) == "WE"
    assert place_in("gec", "PSE", ("Palestine", None)) is None
    assert place_in("gec", "KEN", ("Gaza Strip",)) == "KE"


def test_formats_have_their_columns() -> None:
    found = [len(columns_of(name)) for name in ("polecat", "icews", "gdelt2_events", "gdelt2_mentions", "plover_json")]
    assert found == [40, 20, 61, 16, 23]
    with pytest.raises(KeyError):
        columns_of("excel")

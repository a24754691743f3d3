"""What countries and languages are called."""

import pytest

from movies.geography import CONTINENTS, SUCCESSORS
from movies.names import country_name, language_name


def test_every_country_has_a_name_that_no_other_has() -> None:
    names = [country_name(code) for code in CONTINENTS]

    assert all(names)
    assert len(set(names)) == len(names)


def test_former_states_are_called_as_they_were() -> None:
    assert {country_name(code) for code in SUCCESSORS} == {
        "Netherlands Antilles", "Burma", "Serbia and Montenegro", "Soviet Union", "East Timor",
        "Czechoslovakia", "East Germany", "Northern Ireland", "Yugoslavia", "Zaire",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("LY", "Libya"),
        ("GP", "Guadeloupe"),
        ("SZ", "Eswatini"),
        ("MK", "North Macedonia"),
        ("CZ", "Czechia"),
        ("BA", "Bosnia and Herzegovina"),
        ("CD", "DR Congo"),
        ("CG", "Republic of the Congo"),
        ("HK", "Hong Kong"),
        ("XK", "Kosovo"),
    ],
)
def test_countries_are_called_as_people_call_them(code: str, name: str) -> None:
    assert country_name(code) == name


@pytest.mark.parametrize(
    ("code", "name"),
    [("cn", "Cantonese"), ("xx", "No language"), ("ky", "Kyrgyz"), ("sh", "Serbo-Croatian")],
)
def test_languages_are_called_by_tmdbs_codes_too(code: str, name: str) -> None:
    assert language_name(code) == name


def test_a_code_that_is_none_has_no_name() -> None:
    for code in ("QX", "EU", "ZZ", "001", ""):
        assert country_name(code) is None
    assert language_name("qx") is None

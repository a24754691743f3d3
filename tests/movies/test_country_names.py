"""Countries by the names that people know them by."""

import pytest

from movies.country_names import countries_called, country_called, other_names
from movies.geography import CONTINENTS
from movies.names import country_name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("usa", "US"),
        ("U.S.A.", "US"),
        ("america", "US"),
        ("england", "GB"),
        ("Great Britain", "GB"),
        ("uk", "GB"),
        ("holland", "NL"),
        ("The Netherlands", "NL"),
        ("czechia", "CZ"),
        ("Czech Republic", "CZ"),
        ("ivory coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("cote d’ivoire", "CI"),
        ("burma", "MM"),
        ("swaziland", "SZ"),
        ("turkey", "TR"),
        ("bosnia and herzegovina", "BA"),
        ("Hong Kong SAR China", "HK"),
        ("ussr", "SU"),
        ("czechoslovakia", "XC"),
        ("GDR", "XG"),
        ("  south   KOREA ", "KR"),
        ("Deutschland", "DE"),
        ("Atlantis", None),
        ("it", None),
        ("", None),
        ("?!", None),
    ],
)
def test_a_country_is_found_by_any_name(typed: str, code: str | None) -> None:
    assert country_called(typed) == code


def test_every_country_is_found_by_the_name_that_is_shown() -> None:
    shown = {code: country_name(code) for code in CONTINENTS}
    found = {code: country_called(name or "") for code, name in shown.items()}

    # Of a former state and what it became, today's.
    assert {code: other for code, other in found.items() if code != other} == {
        "BU": "MM",
        "TP": "TL",
    }


def test_a_name_that_is_begun_finds_all_that_begin_so() -> None:
    assert countries_called("united") == ["AE", "GB", "US"]
    assert countries_called("burm") == ["MM", "BU"]
    assert countries_called("us") == ["US"]
    assert countries_called("un") == []
    assert countries_called("!") == []


def test_other_names_are_those_that_are_not_shown() -> None:
    assert other_names("TR") == ["Turkey"]
    assert "Bosnia & Herzegovina" in other_names("BA")
    assert other_names("FR") == []

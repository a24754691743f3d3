"""Whose film it is: the rule by cases worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from movies.home import home_countries

CODES = st.sampled_from(
    ["US", "GB", "FR", "DE", "CH", "IN", "CN", "HK", "SU", "XC", "YU", "AQ", "QQ"]
)


@pytest.mark.parametrize(
    ("origins", "language", "companies", "home"),
    [
        # One is home, whatever is spoken and whoever has paid.
        ("JP", "en", "US US", "JP"),
        # The language tells.
        ("DE FR", "fr", "DE DE DE", "FR"),
        ("AT DE IT", "de", "", "AT DE"),
        ("CN US", "cn", "US", "CN"),
        ("HK US", "cn", "US", "HK"),
        ("BA SI", "sh", "", "BA"),
        ("NO SE", "no", "SE", "NO"),
        ("PH US", "tl", "US", "PH"),
        ("FI SE", "fi", "", "FI"),
        ("CH FR", "it", "", "CH"),
        # Of a part of a country where no other has it as a whole.
        ("ES FR", "ca", "FR", "ES"),
        ("GB IN", "te", "GB", "IN"),
        # A former state speaks what its successors do.
        ("SU IT", "ru", "IT", "SU"),
        ("SU IT", "ka", "IT", "SU"),
        ("XC FR", "sk", "FR", "XC"),
        ("YU DE", "sl", "DE", "YU"),
        ("XG PL", "de", "PL", "XG"),
        # English says little: the companies tell, of those countries alone.
        ("CZ DE US", "en", "US US DE CZ US", "US"),
        ("US FR", "en", "FR FR FR US US TR TR TR TR", "FR"),
        ("AU US", "en", "US US AU AU", "AU US"),
        # So they do where nobody speaks the language.
        ("QA US", "om", "US US QA", "US"),
        ("GB DE", "it", "DE", "DE"),
        ("CZ US", "xx", "CZ", "CZ"),
        ("CZ US", "qq", "CZ", "CZ"),
        ("CZ US", "", "CZ", "CZ"),
        # No company tells.
        ("CZ US", "en", "", "US"),
        ("CZ US", "en", "FR FR", "US"),
        ("IN GB US", "en", "", "GB US"),
        ("DE AT", "fa", "", "DE AT"),
        ("ES BG", "en", "", "ES BG"),
        # Nobody's is nobody's.
        ("", "en", "US", ""),
    ],
)
def test_home_is_where_the_rule_puts_it(
    origins: str, language: str, companies: str, home: str
) -> None:
    assert home_countries(origins.split(), [], language, companies.split()) == home.split()


def test_companies_that_are_not_known_tell_nothing() -> None:
    assert home_countries(["CZ", "US"], [], "en", None) == ["US"]


def test_without_an_origin_the_production_countries_are_it() -> None:
    assert home_countries([], ["FR", "DE"], "de", []) == ["DE"]
    assert home_countries(["FR"], ["DE"], "de", []) == ["FR"]
    assert home_countries([], ["FI"], "sv", []) == ["FI"]


def test_twelve_countries_of_origin_have_a_home_among_them() -> None:
    twelve = ["AR", "BE", "BR", "CH", "CL", "CO", "DE", "ES", "FR", "IT", "MX", "US"]

    assert home_countries(twelve, twelve, "pt", ["FR"]) == ["BR"]
    assert home_countries(twelve, twelve, "ja", []) == ["US"]
    assert home_countries(twelve, twelve, "en", ["BR", "IT"]) == ["BR", "IT"]


@given(
    st.lists(CODES, max_size=12), st.lists(CODES), st.sampled_from(["en", "fr", "cn", "sh", "xx"]),
    st.none() | st.lists(CODES),
)  # fmt: skip
def test_home_is_never_none_and_never_elsewhere(
    origins: list[str], production: list[str], language: str, companies: list[str] | None
) -> None:
    home = home_countries(origins, production, language, companies)

    assert bool(home) == bool(origins or production)
    assert set(home) <= set(origins or production)
    assert len(home) == len(set(home))

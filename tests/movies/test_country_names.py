"""Countries by the names that people know them by."""

import pytest

from movies.country_names import (
    TAKE_THE,
    countries_called,
    countries_nearly_called,
    country_called,
    name_in_sentence,
    other_names,
)
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


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("swizerland", ["CH"]),
        ("fance", ["FR"]),
        ("south corea", ["KR"]),
        ("Untied Kingdom", ["GB"]),
        ("czechoslovakya", ["XC"]),
        ("irn", []),
        ("alien", []),
        ("xqzzy", []),
    ],
)
def test_a_misspelt_name_leads_to_the_nearest(typed: str, codes: list[str]) -> None:
    assert countries_nearly_called(typed) == codes


def test_an_article_begins_no_country() -> None:
    assert countries_called("the") == []
    assert countries_called("the gam") == ["GM"]


def test_some_names_take_an_article_in_a_sentence() -> None:
    assert name_in_sentence("NL", "Netherlands") == "the Netherlands"
    assert name_in_sentence("JP", "Japan") == "Japan"
    assert TAKE_THE.issubset(CONTINENTS)

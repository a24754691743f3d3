"""Countries as the reference import leaves them: where they lie, what former ones became."""

import pytest

from importer.models import ImportRun
from movies.geography import CODES_BY_CONTINENT, CONTINENTS, continent, successors
from movies.models import Country
from tests.conftest import RunImport
from tools.sandbox import reference

FORMER = {
    "AN": {"BQ", "CW", "SX"},
    "BU": {"MM"},
    "CS": {"RS", "ME"},
    "SU": {
        *("AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD"),
        *("RU", "TJ", "TM", "UA", "UZ"),
    },
    "TP": {"TL"},
    "XC": {"CZ", "SK"},
    "XG": {"DE"},
    "XI": {"GB"},
    "YU": {"BA", "HR", "ME", "MK", "RS", "SI", "XK"},
    "ZR": {"CD"},
}


def test_every_country_of_tmdb_lies_on_a_continent(run_import: RunImport) -> None:
    assert run_import("reference").state == ImportRun.State.SUCCEEDED

    assert Country.objects.count() == len(reference.countries())
    assert not Country.objects.filter(continent="").exists()


def test_countries_come_by_their_names_whatever_their_accents(run_import: RunImport) -> None:
    run_import("reference")

    names = list(Country.objects.values_list("name", flat=True))

    for name, before in (("Réunion", "Romania"), ("Türkiye", "Turkmenistan")):
        assert names.index(name) < names.index(before)


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("EG", "Africa"),
        ("AQ", "Antarctica"),
        ("JP", "Asia"),
        ("SU", "Europe"),
        ("PA", "North America"),
        ("CO", "South America"),
        ("NZ", "Oceania"),
        ("QQ", ""),
    ],
)
def test_a_continent_is_told_by_the_code(code: str, where: str) -> None:
    assert continent(code) == where


def test_no_country_lies_on_two_continents() -> None:
    assert len(CONTINENTS) == sum(len(codes.split()) for codes in CODES_BY_CONTINENT.values())


def test_former_states_know_what_they_became(run_import: RunImport) -> None:
    run_import("reference")

    former = Country.objects.filter(is_current=False)
    assert {country.code: set(country.successors) for country in former} == FORMER


def test_current_countries_have_no_successors(run_import: RunImport) -> None:
    run_import("reference")

    current = Country.objects.filter(is_current=True)
    assert set(current.values_list("code", flat=True)) >= {"GB", "RU", "DE"}
    assert not current.exclude(successors=[]).exists()


@pytest.mark.parametrize("code", FORMER)
def test_what_a_former_state_became_are_countries_of_today(code: str) -> None:
    assert all(not successors(later) and continent(later) for later in successors(code))

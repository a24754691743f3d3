"""How many films a narrowed list has: counted once, until the lists change."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from movies.lists.country import CountryList, Weighting
from movies.models import Lens
from tests.conftest import RunImport
from tests.films import film
from tools.sandbox.sources import Films

DRAMAS = CountryList("GB", Lens.ORIGIN, genre=18, since=1990, until=1999)


@pytest.fixture(autouse=True)
def catalogue(run_import: RunImport) -> None:
    run_import("daily")


def test_it_is_the_number_of_films_in_the_list() -> None:
    assert DRAMAS.count() == 12
    assert replace(DRAMAS, genre=35).count() == 0
    assert replace(DRAMAS, since=2000, until=2009).count() == 0
    assert replace(DRAMAS, country="FR").count() == 0


def test_it_is_counted_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    DRAMAS.count()
    # Each reads which version there is.
    with django_assert_num_queries(2):
        DRAMAS.count()
        replace(DRAMAS, weighting=Weighting(1, 7)).count()


def test_after_another_ranking_it_is_counted_anew(run_import: RunImport, source: Films) -> None:
    source.films[13] = film(13)
    run_import("movies", "--ids", "13")
    assert DRAMAS.count() == 12
    # By itself, as the fixture would forget all that is kept.
    call_command("run_import", "ranking", stdout=StringIO())
    assert DRAMAS.count() == 13

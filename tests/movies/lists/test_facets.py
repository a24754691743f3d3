"""What a country's list can be narrowed by: each choice has as many films as it says."""

from itertools import product
from typing import Any

import pytest

from movies.derived.ranking import remove_from_ranking
from movies.lists.country import CountryList
from movies.lists.directors import directors_from
from movies.lists.facets import best_decade, count_facets
from movies.models import Lens
from tests.films import film
from tests.sample_films import made_in
from tools.sandbox.sources import Films

DRAMA, COMEDY, WAR = 18, 35, 10752

pytestmark = pytest.mark.usefixtures("catalogue")


def directed_by(*people: tuple[int, str]) -> dict[str, Any]:
    crew = [{"id": number, "name": name, "job": "Director"} for number, name in people]
    return {"cast": [], "crew": crew}


KEY = [{"id": number, "name": "-"} for number in (DRAMA, COMEDY, WAR)]
VARDA, DENIS = (1, "Agnès Varda"), (2, "Claire Denis")
FRENCH = made_in("FR", "France")


@pytest.fixture(scope="module")
def world() -> Films:
    return Films(
        [
            film(
                1, release_date="1962-04-11", genres=KEY[:1], **FRENCH, credits=directed_by(VARDA)
            ),
            film(
                2, release_date="1965-02-10", genres=KEY[:2], **FRENCH, credits=directed_by(VARDA)
            ),
            film(
                3, release_date="1999-05-03", genres=KEY[2:], **FRENCH, credits=directed_by(DENIS)
            ),
            film(4, release_date="1999-01-01", genres=KEY[1:2], runtime=9, **FRENCH),
            film(
                5, release_date="", genres=[], vote_count=5, **FRENCH, credits=directed_by(DENIS)
            ),
            # Mostly Belgian.
            film(
                6,
                release_date="1988-01-01",
                genres=KEY[1:2],
                original_language="nl",
                origin_country=["BE", "FR"],
                production_countries=[],
            ),
            film(7, vote_count=0, release_date="1930-01-01", **FRENCH),
        ]
    )


def france(**narrowed: Any) -> CountryList:
    return CountryList("FR", Lens.HOME, **narrowed)


def test_decades_and_genres_are_those_of_the_films_that_are_listed() -> None:
    facets = count_facets(france())

    assert facets.decades == {1960: 2, 1990: 1}
    assert list(facets.decades) == [1960, 1990]
    assert facets.genres == {DRAMA: 2, COMEDY: 1, WAR: 1}
    assert facets.best_decade == 1960
    assert count_facets(france(shorts=True)).genres == {DRAMA: 2, COMEDY: 2, WAR: 1}


def test_one_choice_narrows_the_other() -> None:
    assert count_facets(france(genre=WAR)).decades == {1990: 1}
    assert count_facets(france(since=1960, until=1969)).genres == {DRAMA: 2, COMEDY: 1}
    assert best_decade(france(genre=WAR, since=1990, until=1999)) == 1960


@pytest.mark.parametrize("shorts", [False, True])
@pytest.mark.parametrize(
    "whose", [{"by": by} for by in Lens] + [{"by": Lens.HOME, "co_productions": True}]
)
def test_each_choice_leaves_as_many_films_as_it_says(whose: dict[str, Any], shorts: bool) -> None:
    for country in ("FR", "BE"):
        whole = CountryList(country, shorts=shorts, **whose)
        facets = count_facets(whole)
        for decade, genre in product([None, *facets.decades], [None, *facets.genres]):
            until = None if decade is None else decade + 9
            chosen = CountryList(
                country, shorts=shorts, genre=genre, since=decade, until=until, **whose
            )
            counted = count_facets(chosen)
            if decade is not None:
                assert counted.decades.get(decade, 0) == chosen.count()
            if genre is not None:
                assert counted.genres.get(genre, 0) == chosen.count()


def test_co_productions_are_counted_by_themselves() -> None:
    assert count_facets(france(co_productions=True)).decades == {1980: 1}
    assert count_facets(CountryList("AQ", Lens.HOME)).best_decade is None


def test_a_film_that_leaves_the_catalogue_leaves_the_numbers_at_once() -> None:
    remove_from_ranking([3])

    assert count_facets(france()).decades == {1960: 2}
    assert WAR not in count_facets(france()).genres


def test_directors_are_those_with_most_films_that_enough_people_have_rated() -> None:
    found = directors_from("FR")

    assert [(one.person.name, one.films) for one in found] == [
        ("Agnès Varda", 2),
        ("Claire Denis", 2),
    ]
    assert directors_from("AQ") == []

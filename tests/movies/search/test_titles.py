"""The ways to find titles by their words: whichever is taken, the films are the same."""

from typing import Any

import pytest
from psycopg import sql

from movies.models import Lens
from movies.search.filters import SearchFilter
from movies.search.titles import find_by_words
from movies.search.word_groups import WordGroup
from tests.films import film
from tools.sandbox.sources import Films

pytestmark = pytest.mark.usefixtures("catalogue")

IN_FRANCE = [{"iso_3166_1": "FR", "name": "France"}]
FILMS = [
    film(1, title="The Sea", origin_country=["FR"], production_countries=IN_FRANCE,
         release_date="1990-05-05"),
    film(2, title="The Tide", origin_country=["GB"], production_countries=IN_FRANCE,
         release_date="1990-06-06"),
    film(3, title="Up the Hill", origin_country=["FR"], production_countries=[],
         release_date="2001-01-01"),
    film(4, title="Theatre", origin_country=["FR"], production_countries=IN_FRANCE,
         release_date="1990-07-07"),
    film(5, title="The Moor", origin_country=["GB"], production_countries=[], release_date=""),
]  # fmt: skip
NARROWED: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [1, 2, 3, 5]),
    ({"year": 1990}, [1, 2]),
    ({"country": "FR"}, [1, 3]),
    ({"country": "FR", "by": Lens.PRODUCTION}, [1, 2]),
    ({"country": "FR", "year": 1990}, [1]),
    ({"country": "SE"}, []),
    ({"year": 1812}, []),
]
# The share of the titles that have the word, and how many titles there are: few enough for the
# index, so few that each is read, too many for either.
WAYS = {"index": (0.0001, 10_000), "each": (1.0, 5), "weight": (1.0, 10_000_000)}


@pytest.fixture(scope="module")
def world() -> Films:
    return Films(FILMS)


@pytest.mark.parametrize(("narrowed", "expected"), NARROWED)
@pytest.mark.parametrize("way", WAYS)
def test_find_the_same_films(way: str, narrowed: dict[str, Any], expected: list[int]) -> None:
    share, titles = WAYS[way]
    filters = SearchFilter(**({"by": Lens.ORIGIN} | narrowed))
    found = find_by_words([WordGroup(("the",), share)], sql.SQL("0"), filters, 10, titles)
    assert sorted(title.movie_id for title in found) == expected


@pytest.mark.parametrize("is_complete", [True, False])
def test_an_unfinished_word_is_found_as_well(is_complete: bool) -> None:
    group = WordGroup(("the", "theatre"), 1.0, "the", is_complete, 0.5)
    filters = SearchFilter(Lens.ORIGIN, country="FR")
    found = find_by_words([group], sql.SQL("0"), filters, 10, 10_000_000)
    assert {title.movie_id for title in found} == {1, 3, 4}

"""Votes taken together: of one film in Python, of many in SQL, and the same by both."""

import pytest

from movies.film_details import film_details
from movies.films import films_by_id
from movies.models import ImdbRating
from tests.whole_film import create_movie


@pytest.mark.django_db
@pytest.mark.parametrize("tmdb", [(None, 0), (None, 7), (8.25, 0), (7.3, 1_200)])
@pytest.mark.parametrize("imdb", [None, (6.1, 0), (6.1, 350_000)])
def test_both_ways_say_the_same(
    tmdb: tuple[float | None, int], imdb: tuple[float, int] | None
) -> None:
    rating, votes = tmdb
    create_movie(1, imdb_id="tt0000001", tmdb_rating=rating, tmdb_votes=votes)
    if imdb:
        ImdbRating.objects.create(imdb_id="tt0000001", rating=imdb[0], votes=imdb[1])
    alone, among_many = film_details(1), films_by_id([1])[1]

    assert alone is not None
    assert alone.rating == pytest.approx(among_many.rating)
    assert (alone.votes, alone.few_votes) == (among_many.votes, among_many.few_votes)

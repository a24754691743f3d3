"""The lists of the best while the catalogue changes; their answers are tested in tests/api."""

from typing import Any

import psycopg
from django.db import connection

from movies.best import best_of_every_country
from movies.models import Lens
from tests.conftest import RunImport


def test_a_film_that_leaves_while_the_list_is_made_is_left_out(
    run_import: RunImport, database_url: str
) -> None:
    run_import("daily")

    def remove_in_between(execute: Any, query: Any, *rest: Any) -> Any:
        if 'FROM "movie"' in str(query):
            with psycopg.connect(database_url) as other:
                other.execute("DELETE FROM title WHERE movie_id = 2")
                other.execute("DELETE FROM movie WHERE id = 2")
        return execute(query, *rest)

    with connection.execute_wrapper(remove_in_between):
        [country] = best_of_every_country(Lens.ORIGIN, limit=3, shorts=False)

    assert [(film.rank, film.movie.id) for film in country.films] == [(1, 1), (2, 3)]

"""The weight of a film's titles: what orders titles that match a search alike."""

from collections.abc import Collection

from django.db import connection

from movies.pooled_votes import IMDB, IMDB_OF_ALL

# Quarters of a natural logarithm, so that a vote more seldom makes a title's row change.
WEIGHTS = """
SELECT movie.id AS movie_id,
       floor(4 * ln(1 + tmdb_votes::float8 + coalesce(imdb.votes, 0)))::smallint AS weight
FROM movie
"""
WEIGHTS_OF_MOVIES = f"{WEIGHTS} {IMDB} WHERE movie.id = ANY (%s)"

UPDATE_WEIGHTS = f"""
WITH film AS ({WEIGHTS} {IMDB_OF_ALL})
UPDATE title SET weight = film.weight FROM film
WHERE title.movie_id = film.movie_id AND title.weight <> film.weight
"""  # noqa: S608 - of constants only


def compute_title_weights(movie_ids: Collection[int]) -> dict[int, int]:
    """floor(4·ln(1 + votes)) by film, votes being TMDB's and IMDb's, of films of the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(WEIGHTS_OF_MOVIES, [list(movie_ids)])
        return dict(cursor.fetchall())


def update_title_weights() -> int:
    """Bring the weight of every title to the votes that there are; how many have changed."""
    with connection.cursor() as cursor:
        cursor.execute(UPDATE_WEIGHTS)
        changed: int = cursor.rowcount
    return changed

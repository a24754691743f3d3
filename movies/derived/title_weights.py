"""The weight of a film's titles: what orders names that match alike."""

from collections.abc import Collection

from django.db import connection

# Quarters of a natural logarithm, so that a vote more seldom makes a title's row change.
WEIGHTS = """
SELECT id AS movie_id,
       floor(4 * ln(1 + tmdb_votes::float8 + coalesce(imdb_rating.votes, 0)))::smallint AS weight
FROM movie LEFT JOIN imdb_rating USING (imdb_id)
"""
WEIGHTS_OF_SOME = WEIGHTS + "WHERE id = ANY (%s)"

WEIGH_ALL = f"""
WITH film AS ({WEIGHTS})
UPDATE title SET weight = film.weight FROM film
WHERE title.movie_id = film.movie_id AND title.weight <> film.weight
"""  # noqa: S608 - of constants only


def title_weights(movie_ids: Collection[int]) -> dict[int, int]:
    """floor(4·ln(1 + votes)) by film, votes being TMDB's and IMDb's, of films of the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(WEIGHTS_OF_SOME, [list(movie_ids)])
        return dict(cursor.fetchall())


def weigh_all() -> int:
    """Bring the weight of every title to the votes that there are; how many have changed."""
    with connection.cursor() as cursor:
        cursor.execute(WEIGH_ALL)
        return cursor.rowcount

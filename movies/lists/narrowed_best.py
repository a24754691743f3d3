"""The best films of every country of those that a query leaves, and in its order."""

from typing import Any, cast

from psycopg import sql

from movies.lists.best import MOVIE_COLUMNS, CountryBest, group_by_country
from movies.lists.query import ListQuery, lens_condition
from movies.models import Lens, Movie

# All entries that are left are read once and numbered within their countries.
BEST = sql.SQL("""
SELECT {movie}, entry.rating, entry.votes, entry.weighted_rating, entry.few_votes,
       entry.country_id AS listed_country, entry.total AS listed_total
FROM (
    SELECT *, count(*) OVER (PARTITION BY country_id) AS total,
           row_number() OVER (
               PARTITION BY country_id
               ORDER BY few_votes, weighted_rating DESC, votes DESC, movie_id
           ) AS rank
    FROM (SELECT country_id, {entry} FROM standing WHERE {whose} AND {conditions}) listed
) entry
JOIN movie ON movie.id = entry.movie_id
WHERE entry.rank <= {limit}
ORDER BY entry.country_id, entry.rank
""")


def narrowed_best_of_every_country(by: Lens, query: ListQuery, *, limit: int) -> list[CountryBest]:
    """The `limit` best films of every country that has one left, by the country's name."""
    statement = BEST.format(
        movie=MOVIE_COLUMNS,
        entry=query.entry(),
        whose=lens_condition(by),
        conditions=query.conditions(),
        limit=sql.Literal(limit),
    )
    # psycopg takes a composed query where Django's types know of text alone.
    rows: Any = Movie.objects.raw(cast("str", statement))
    return group_by_country(rows)

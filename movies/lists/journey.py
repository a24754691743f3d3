"""A few films of every country at once, narrowed by time, length and where they can be watched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from psycopg import sql

from movies.films import Film, ranked_film
from movies.models import Movie
from movies.watch_filter import WatchFilter

# The head of each country's list, walked down its index, and of that the first films that are as
# they are asked for. Further down nobody looks: of the countries with most films everything would
# be read for a length or a time that few have.
JOURNEY = sql.SQL("""
SELECT movie.id, movie.imdb_id, movie.title, movie.original_title, movie.release_date,
       movie.runtime, movie.poster_path, movie.origin_countries, movie.production_countries,
       movie.home_countries, entry.rating, entry.votes, entry.weighted_rating, entry.few_votes,
       country.code AS listed_country
FROM country
CROSS JOIN LATERAL (
    SELECT head.*
    FROM (
        SELECT movie_id, few_votes, rating, votes, weighted_rating, year
        FROM standing
        WHERE country_id = country.code AND is_home AND NOT is_short
        ORDER BY few_votes, weighted_rating DESC, votes DESC, movie_id
        LIMIT {head}
    ) head
    WHERE {conditions}
    ORDER BY few_votes, weighted_rating DESC, votes DESC, movie_id
    LIMIT {limit}
) entry
JOIN movie ON movie.id = entry.movie_id
ORDER BY country.code, entry.few_votes,
         entry.weighted_rating DESC, entry.votes DESC, entry.movie_id
""")
HEAD = 2_000
MOVIE_ID = sql.SQL("head.movie_id")
HAS_RUNTIME = sql.SQL(
    "EXISTS (SELECT FROM movie WHERE id = head.movie_id AND runtime BETWEEN {} AND {})"
)
LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Journey:
    """What the films are narrowed by; the years and minutes are the first and the last."""

    years: tuple[int, int] | None = None
    minutes: tuple[int, int] | None = None
    watch: WatchFilter | None = None

    def films_by_country(self, limit: int) -> dict[str, list[Film]]:
        """The `limit` best of every country that has any, of each one's best 2,000."""
        query = JOURNEY.format(
            head=sql.Literal(HEAD),
            limit=sql.Literal(limit),
            conditions=sql.SQL(" AND ").join([sql.SQL("true"), *self._conditions()]),
        )
        found: dict[str, list[Film]] = {}
        # psycopg takes a composed query where Django's types know of text alone.
        rows: Any = Movie.objects.raw(cast("str", query))
        for movie in rows:
            films = found.setdefault(movie.listed_country, [])
            films.append(ranked_film(movie, len(films) + 1))
        return found

    def _conditions(self) -> Sequence[sql.Composable]:
        conditions: list[sql.Composable] = []
        if self.years:
            conditions.append(sql.SQL("year BETWEEN {} AND {}").format(*self.years))
        if self.minutes:
            conditions.append(HAS_RUNTIME.format(*self.minutes))
        if self.watch:
            conditions.append(self.watch.condition(MOVIE_ID))
        return conditions

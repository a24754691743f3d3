"""The whole list of one country: under either lens, filtered, and by any weighting."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import cast

from django.db import connection
from psycopg import sql

from movies.films import Film, ranked_film
from movies.lists.counts import cached_count
from movies.models import CountryTotal, Lens, Movie
from movies.watch_filter import WatchFilter

# Walked down the list's index as far as the page, where nothing else is asked for.
AS_RANKED = sql.SQL("weighted_rating")
# Every entry of the country is read, but from the same index: it holds all that this needs. So it
# is with another floor.
AS_WEIGHTED = sql.SQL(
    "votes / (votes + {m}::float8) * rating + {m}::float8 / (votes + {m}::float8) * {c}::float8"
)
FEW_AS_RANKED = sql.SQL("few_votes")
FEW_BELOW = sql.SQL("votes < {}")

PAGE = sql.SQL("""
SELECT movie.*, entry.rating, entry.votes, entry.weighted_rating, entry.few_votes
FROM (
    SELECT movie_id, rating, votes, {weighted_rating} AS weighted_rating, {few_votes} AS few_votes
    FROM {listed}
    ORDER BY 5, 4 DESC, votes DESC, movie_id
    OFFSET {offset} LIMIT {limit}
) entry
JOIN movie ON movie.id = entry.movie_id
ORDER BY entry.few_votes, entry.weighted_rating DESC, entry.votes DESC, entry.movie_id
""")
COUNT = sql.SQL("SELECT count(*) FROM {listed}")
MOVIE_ID = sql.SQL("standing.movie_id")
NOT_AT_HOME = sql.SQL("NOT is_home")
LISTED = sql.SQL("standing WHERE country_id = {country} AND {whose} AND {conditions}")


@dataclass(frozen=True, slots=True)
class Weighting:
    """m, the votes that weigh as much as c, and c, from 1 to 10."""

    m: float
    c: float


@dataclass(frozen=True, slots=True)
class CountryList:
    """A country's voted films; can be counted and sliced, as a paginator does.

    The best first of those that have enough votes, then the best first of those that have not.
    """

    country: str
    by: Lens
    # Those that it had a part in and that are not at home there, whatever the lens.
    co_productions: bool = False
    shorts: bool = False
    genre: int | None = None
    # First and last year of release.
    since: int | None = None
    until: int | None = None
    # What can be watched somewhere.
    watch: WatchFilter | None = None
    # Another one than the ranking's.
    weighting: Weighting | None = None
    # Another one than the ranking's.
    min_votes: int | None = None

    def count(self) -> int:
        if self.watch:
            return self._count()  # it changes between two editions, too
        if self.co_productions or self._filters():
            # Another weighting or floor puts the same films into another order.
            return cached_count(
                astuple(replace(self, weighting=None, min_votes=None)), self._count
            )
        total = CountryTotal.objects.filter(by=self.by, country=self.country).first()
        if total is None:
            return 0
        return total.rated if self.shorts else total.listed

    def __getitem__(self, part: slice) -> list[Film]:
        offset, end, _ = part.indices(self.count() if part.stop is None else part.stop)
        query = PAGE.format(
            weighted_rating=self._weighted_rating(),
            few_votes=FEW_AS_RANKED
            if self.min_votes is None
            else FEW_BELOW.format(self.min_votes),
            listed=self._listed(),
            offset=sql.Literal(offset),
            limit=sql.Literal(end - offset),
        )
        # psycopg takes a composed query where Django's types know of text alone.
        movies = Movie.objects.raw(cast("str", query))
        return [ranked_film(movie, rank) for rank, movie in enumerate(movies, offset + 1)]

    def _count(self) -> int:
        """Of a narrowed list: all entries of the country are read, in ten times a page's time."""
        with connection.cursor() as cursor:
            cursor.execute(COUNT.format(listed=self._listed()))
            return int(cursor.fetchone()[0])

    def _weighted_rating(self) -> sql.Composable:
        if self.weighting is None:
            return AS_RANKED
        return AS_WEIGHTED.format(m=self.weighting.m, c=self.weighting.c)

    def _listed(self) -> sql.Composable:
        conditions = [sql.SQL("true")] if self.shorts else [sql.SQL("NOT is_short")]
        return LISTED.format(
            country=self.country,
            whose=NOT_AT_HOME if self.co_productions else sql.Identifier(f"is_{self.by.value}"),
            conditions=sql.SQL(" AND ").join([*conditions, *self._filters()]),
        )

    def _filters(self) -> Sequence[sql.Composable]:
        """What the list is narrowed by."""
        filters = (
            ("genre_ids @> ARRAY[{}]", self.genre),
            ("year >= {}", self.since),
            ("year <= {}", self.until),
        )
        given: list[sql.Composable] = [
            sql.SQL(text).format(value) for text, value in filters if value is not None
        ]
        if self.watch:
            given.append(self.watch.condition(MOVIE_ID))
        return given

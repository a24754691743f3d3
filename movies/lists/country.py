"""The whole list of one country: under either lens, filtered, and by any weighting."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from typing import cast

from django.db import connection
from psycopg import sql

from movies.films import Film
from movies.lists.counts import cached_count
from movies.models import CountryTotal, Lens, Movie
from movies.watch_filter import WatchFilter

# Walked down the list's index as far as the page, where nothing else is asked for.
AS_RANKED = sql.SQL("weighted_rating")
# Every entry of the country is read, but from the same index: it holds all that this needs.
AS_WEIGHTED = sql.SQL(
    "votes / (votes + {m}::float8) * rating + {m}::float8 / (votes + {m}::float8) * {c}::float8"
)

PAGE = sql.SQL("""
SELECT movie.*, entry.rating, entry.votes, entry.weighted_rating
FROM (
    SELECT movie_id, rating, votes, {weighted_rating} AS weighted_rating
    FROM {listed}
    ORDER BY 4 DESC, votes DESC, movie_id
    OFFSET {offset} LIMIT {limit}
) entry
JOIN movie ON movie.id = entry.movie_id
ORDER BY entry.weighted_rating DESC, entry.votes DESC, entry.movie_id
""")
COUNT = sql.SQL("SELECT count(*) FROM {listed}")
MOVIE_ID = sql.SQL("standing.movie_id")
LISTED = sql.SQL("standing WHERE country_id = {country} AND {lens} AND {conditions}")


@dataclass(frozen=True, slots=True)
class Weighting:
    """m, the votes that weigh as much as c, and c, from 1 to 10."""

    m: float
    c: float


@dataclass(frozen=True, slots=True)
class CountryList:
    """A country's voted films, the best first; can be counted and sliced, as a paginator does."""

    country: str
    by: Lens
    shorts: bool = False
    genre: int | None = None
    # First and last year of release.
    since: int | None = None
    until: int | None = None
    # What can be watched somewhere.
    watch: WatchFilter | None = None
    # Another one than the ranking's.
    weighting: Weighting | None = None

    def count(self) -> int:
        if self.watch:
            return self._count()  # it changes between two editions, too
        if self._filters():
            # Another weighting puts the same films into another order.
            return cached_count(astuple(replace(self, weighting=None)), self._count)
        total = CountryTotal.objects.filter(by=self.by, country=self.country).first()
        if total is None:
            return 0
        return total.rated if self.shorts else total.listed

    def __getitem__(self, part: slice) -> list[Film]:
        offset, end, _ = part.indices(self.count() if part.stop is None else part.stop)
        query = PAGE.format(
            weighted_rating=self._weighted_rating(),
            listed=self._listed(),
            offset=sql.Literal(offset),
            limit=sql.Literal(end - offset),
        )
        # psycopg takes a composed query where Django's types know of text alone.
        movies = Movie.objects.raw(cast("str", query))
        return [
            Film(movie, movie.rating, movie.votes, movie.weighted_rating, rank)
            for rank, movie in enumerate(movies, offset + 1)
        ]

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
            lens=sql.Identifier(f"is_{self.by.value}"),
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

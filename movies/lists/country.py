"""The whole list of one country: under either lens, filtered, and by any weighting."""

from dataclasses import astuple, dataclass
from typing import cast

from django.db import connection
from psycopg import sql

from movies.films import Film, ranked_film
from movies.lists.counts import cached_count
from movies.lists.query import ListQuery, Weighting, lens_condition
from movies.models import CountryTotal, Lens, Movie

__all__ = ["CountryList", "Weighting"]

PAGE = sql.SQL("""
SELECT movie.*, entry.rating, entry.votes, entry.weighted_rating, entry.few_votes
FROM (
    SELECT {entry} FROM {listed}
    ORDER BY 5, 4 DESC, votes DESC, movie_id
    OFFSET {offset} LIMIT {limit}
) entry
JOIN movie ON movie.id = entry.movie_id
ORDER BY entry.few_votes, entry.weighted_rating DESC, entry.votes DESC, entry.movie_id
""")
COUNT = sql.SQL("SELECT count(*) FROM {listed}")
NOT_AT_HOME = sql.SQL("NOT is_home")
LISTED = sql.SQL("standing WHERE country_id = {country} AND {whose} AND {conditions}")


@dataclass(frozen=True, slots=True)
class CountryList(ListQuery):
    """A country's voted films; can be counted and sliced, as a paginator does.

    The best first of those that have enough votes, then the best first of those that have not.
    """

    country: str
    by: Lens
    # Those that it had a part in and that are not at home there, whatever the lens.
    co_productions: bool = False

    def count(self) -> int:
        if self.watch:
            return self._count()  # it changes between two editions, too
        if self.co_productions or self.is_narrowed:
            return cached_count(astuple(self.in_any_order()), self._count)
        total = CountryTotal.objects.filter(by=self.by, country=self.country).first()
        if total is None:
            return 0
        return total.rated if self.shorts else total.listed

    def __getitem__(self, part: slice) -> list[Film]:
        offset, end, _ = part.indices(self.count() if part.stop is None else part.stop)
        query = PAGE.format(
            entry=self.entry(),
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

    def _listed(self) -> sql.Composable:
        return LISTED.format(
            country=self.country,
            whose=NOT_AT_HOME if self.co_productions else lens_condition(self.by),
            conditions=self.conditions(),
        )

"""A list of the best that can be counted and sliced, as a paginator does."""

from dataclasses import astuple, dataclass
from typing import cast

from django.db import connection
from psycopg import sql

from movies.films import Film, ranked_film
from movies.lists.counts import cached_count
from movies.lists.query import ListQuery
from movies.models import Movie


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedList(ListQuery):
    """The best first of those that have enough votes, then of those that have not."""

    def count(self) -> int:
        """How many films all of it has."""
        if self.watch:
            return self._count()  # it changes between two editions, too
        return cached_count(astuple(self.in_any_order()), self._count)

    def __getitem__(self, part: slice) -> list[Film]:
        offset, end, _ = part.indices(self.count() if part.stop is None else part.stop)
        # psycopg takes a composed query where Django's types know of text alone.
        movies = Movie.objects.raw(cast("str", self._page(offset, end)))
        return [ranked_film(movie, rank) for rank, movie in enumerate(movies, offset + 1)]

    def _count(self) -> int:
        """All entries are read, in ten times a page's time."""
        with connection.cursor() as cursor:
            cursor.execute(self._counting())
            return int(cursor.fetchone()[0])

    def _page(self, offset: int, end: int) -> sql.Composed:
        """The films from one place up to another."""
        raise NotImplementedError

    def _counting(self) -> sql.Composed:
        """How many films there are."""
        raise NotImplementedError

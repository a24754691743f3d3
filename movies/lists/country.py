"""The whole list of one country: under either lens, filtered, and by any weighting."""

from dataclasses import dataclass

from psycopg import sql

from movies.lists.query import Weighting, lens_condition
from movies.lists.ranked import RankedList
from movies.models import CountryTotal, Lens

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
class CountryList(RankedList):
    """A country's voted films."""

    country: str
    by: Lens
    # Those that it had a part in and that are not at home there, whatever the lens.
    co_productions: bool = False

    def count(self) -> int:
        if self.co_productions or self.is_narrowed:
            return super(CountryList, self).count()
        total = CountryTotal.objects.filter(by=self.by, country=self.country).first()
        if total is None:
            return 0
        return total.rated if self.shorts else total.listed

    def _page(self, offset: int, end: int) -> sql.Composed:
        return PAGE.format(
            entry=self.entry(),
            listed=self._listed(),
            offset=sql.Literal(offset),
            limit=sql.Literal(end - offset),
        )

    def _counting(self) -> sql.Composed:
        return COUNT.format(listed=self._listed())

    def _listed(self) -> sql.Composed:
        return LISTED.format(
            country=self.country,
            whose=NOT_AT_HOME if self.co_productions else lens_condition(self.by),
            conditions=self.conditions(),
        )

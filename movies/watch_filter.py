"""Narrows films to those that can be watched in a region, in SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection
from psycopg import sql

# So many offers of a region are read in some hundredths of a second. Of more of them a list's
# first films are soon met among its own.
FEW_OFFERS = 20_000

OFFERS = sql.SQL("FROM availability offer WHERE offer.region = {region} AND {conditions}")
# One film at a time: for lists of which many can be watched.
IS_OFFERED = sql.SQL("EXISTS (SELECT {offers} AND offer.movie_id = {movie_id})")
# All offers first: a list would be walked to its end for the few that can be watched. As an array,
# because of a join the planner thinks that the first ones come soon.
IS_ONE_OF = sql.SQL("{movie_id} = ANY (ARRAY(SELECT offer.movie_id {offers}))")
COUNT = sql.SQL("SELECT count(*) FROM (SELECT {offers} LIMIT {most}) counted")


@dataclass(frozen=True, slots=True)
class WatchFilter:
    """Lets films pass that are offered in this region: by one of these kinds, if there are any,
    and one of these providers, if there are any."""

    region: str
    kinds: tuple[str, ...] = ()
    providers: tuple[int, ...] = ()
    # Whether there are few offers, where `resolve` has found that out.
    is_rare: bool = False

    def resolve(self) -> "WatchFilter":
        """In the form that is quickest for a list. One query."""
        return replace(self, is_rare=self.count_offers(FEW_OFFERS + 1) <= FEW_OFFERS)

    def count_offers(self, most: int) -> int:
        """How many there are, counted no further than so many: at least as many as films."""
        with connection.cursor() as cursor:
            cursor.execute(self.counting_query(most))
            return int(cursor.fetchone()[0])

    def passes(self, movie_id: int) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT {}").format(self.condition(sql.Literal(movie_id))))
            return bool(cursor.fetchone()[0])

    def counting_query(self, most: int) -> sql.Composable:
        return COUNT.format(offers=self._offers(), most=most)

    def condition(self, movie_id: sql.Composable) -> sql.Composable:
        """For the WHERE of a query that has this column."""
        form = IS_ONE_OF if self.is_rare else IS_OFFERED
        return form.format(offers=self._offers(), movie_id=movie_id)

    def _offers(self) -> sql.Composable:
        conditions: Sequence[sql.Composable] = [
            sql.SQL(form).format(list(values))
            for form, values in (
                ("offer.kind = ANY ({})", self.kinds),
                ("offer.providers && {}::int[]", self.providers),
            )
            if values
        ]
        all_of = sql.SQL(" AND ").join([sql.SQL("true"), *conditions])
        return OFFERS.format(region=self.region, conditions=all_of)

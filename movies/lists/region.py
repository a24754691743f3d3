"""The best films of a continent, or of the world: a list like a country's."""

from dataclasses import astuple, dataclass, replace

from django.db import connection
from psycopg import sql

from movies.geography import CODES_BY_CONTINENT
from movies.lists.counts import cached
from movies.lists.query import lens_condition
from movies.lists.ranked import RankedList
from movies.models import Lens

WORLD = "world"
# By what stands in the list's address; former states are in the continent where they were.
REGIONS = {WORLD: "World"} | {name.lower().replace(" ", "-"): name for name in CODES_BY_CONTINENT}
REGIONS_BY_NAME = {name: region for region, name in REGIONS.items()}

# As far down each country's index as the page is in the whole list, for all of it might be one
# country's; a film of several countries is listed once.
PAGE = sql.SQL("""
SELECT movie.*, entry.rating, entry.votes, entry.weighted_rating, entry.few_votes
FROM (
    SELECT DISTINCT few_votes, weighted_rating, votes, movie_id, rating
    FROM country CROSS JOIN LATERAL (
        SELECT {entry} FROM standing
        WHERE country_id = country.code AND {whose} AND {conditions}
        ORDER BY 5, 4 DESC, votes DESC, movie_id
        LIMIT {end}
    ) listed
    WHERE {there}
    ORDER BY few_votes, weighted_rating DESC, votes DESC, movie_id
    OFFSET {offset} LIMIT {limit}
) entry
JOIN movie ON movie.id = entry.movie_id
ORDER BY entry.few_votes, entry.weighted_rating DESC, entry.votes DESC, entry.movie_id
""")
# Of some years the best may be far down each country's index, and there is none by year: they are
# found once for each edition, so far down as somebody would look.
FIRST_PLACES = 500
FIRST_IDS = sql.SQL("""
SELECT movie_id FROM (
    SELECT DISTINCT movie_id, few_votes, weighted_rating, votes
    FROM standing JOIN country ON country.code = country_id
    WHERE {there} AND {whose} AND {conditions}
) film
ORDER BY few_votes, weighted_rating DESC, votes DESC, movie_id
LIMIT {most}
""")
# A film has the same votes in every country's list.
OF_IDS = sql.SQL("""
SELECT movie.*, entry.rating, entry.votes, entry.weighted_rating, entry.few_votes
FROM unnest({ids}::int[]) WITH ORDINALITY AS listed (movie_id, place)
CROSS JOIN LATERAL (
    SELECT {entry} FROM standing WHERE standing.movie_id = listed.movie_id LIMIT 1
) entry
JOIN movie ON movie.id = entry.movie_id
ORDER BY listed.place
""")
COUNT = sql.SQL("""
SELECT count(DISTINCT movie_id) FROM standing JOIN country ON country.code = country_id
WHERE {there} AND {whose} AND {conditions}
""")


def region_called(name: str) -> str | None:
    """What stands in the address of the continent of this name; None where none is called so."""
    return REGIONS_BY_NAME.get(name)


@dataclass(frozen=True, slots=True)
class RegionList(RankedList):
    """The voted films of all its countries, each once."""

    # One of REGIONS.
    region: str
    by: Lens

    def _page(self, offset: int, end: int) -> sql.Composed:
        if self._is_of_years and end <= FIRST_PLACES:
            first_ids = cached("first", astuple(self), self._find_first_ids)
            return OF_IDS.format(ids=first_ids[offset:end], entry=self.entry())
        return PAGE.format(
            entry=self.entry(),
            end=sql.Literal(end),
            offset=sql.Literal(offset),
            limit=sql.Literal(end - offset),
            **self._where(),
        )

    def _counting(self) -> sql.Composed:
        return COUNT.format(**self._where())

    @property
    def _is_of_years(self) -> bool:
        """Whether it is the world's, narrowed by years and by nothing else."""
        of_all_times = replace(self, since=None, until=None)
        return self.region == WORLD and self.is_narrowed and of_all_times.is_plain

    def _find_first_ids(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(FIRST_IDS.format(most=FIRST_PLACES, **self._where()))
            return [movie_id for (movie_id,) in cursor.fetchall()]

    def _where(self) -> dict[str, sql.Composable]:
        there: sql.Composable = sql.SQL("true")
        if self.region != WORLD:
            there = sql.SQL("continent = {}").format(REGIONS[self.region])
        return {
            "there": there,
            "whose": lens_condition(self.by),
            "conditions": self.conditions(),
        }

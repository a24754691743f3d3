"""What a search is filtered by beside the name: a year, a country."""

import math
from dataclasses import dataclass, replace

from django.db import connection
from psycopg import sql

from movies.lenses import IS_OF
from movies.models import Lens, Movie

# All titles of so many films can be read one by one.
FEW_FILMS = 5_000
# A year's films are counted so far.
MOST_COUNTED = 50_000

# How many films a year has, a country had when they were last ranked, and there are about.
COUNTS = sql.SQL(
    """
SELECT ({of_year}),
       (SELECT movies FROM country_total WHERE by = {by} AND country_id = {country}),
       (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'movie'::regclass)
"""
)
OF_YEAR = sql.SQL(
    "SELECT nullif(count(*), {most}) FROM (SELECT FROM movie WHERE {in_year} LIMIT {most}) film"
)
FILMS = sql.SQL("SELECT id FROM movie WHERE {condition}")
# As a value that is looked up for one title at a time: a join could be planned the other way
# round, from all films of a country.
OF_ITS_FILM = sql.SQL("(SELECT {condition} FROM movie WHERE id = title.movie_id)")
ONE_OF = sql.SQL("movie_id = ANY ({film_ids}::int[])")
IN_YEAR = sql.SQL("release_date BETWEEN make_date({year}, 1, 1) AND make_date({year}, 12, 31)")


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Lets films of this year of release pass, and of this country under the lens."""

    by: Lens
    year: int | None = None
    country: str | None = None
    # All films that pass, where `resolve_film_ids` has found them to be few.
    film_ids: tuple[int, ...] | None = None

    @property
    def is_active(self) -> bool:
        return self.year is not None or self.country is not None

    def with_default_year(self, year: int | None) -> "SearchFilter":
        """With this year, if there is none yet."""
        return replace(self, year=year) if self.year is None else self

    def passes(self, movie: Movie) -> bool:
        is_of_year = self.year is None or movie.year == self.year
        return is_of_year and (
            self.country is None or self.country in movie.country_codes(self.by)
        )

    def resolve_film_ids(self) -> "SearchFilter":
        """With the ids of all films that pass, if they are few. At most two queries."""
        if not self.is_active:
            return self
        with connection.cursor() as cursor:
            cursor.execute(self._counting_query())
            if estimate_films(*cursor.fetchone()) > FEW_FILMS:
                return self
            cursor.execute(FILMS.format(condition=self._movie_condition()))
            film_ids = tuple(movie_id for (movie_id,) in cursor.fetchall())
        return replace(self, film_ids=film_ids)

    def title_condition(self) -> sql.Composable:
        """For the WHERE of a query over titles."""
        if not self.is_active:
            return sql.SQL("true")
        if self.film_ids is not None:
            return ONE_OF.format(film_ids=list(self.film_ids))
        return OF_ITS_FILM.format(condition=self._movie_condition())

    def _counting_query(self) -> sql.Composable:
        """Reads indexes only."""
        of_year: sql.Composable = sql.NULL
        if self.year is not None:
            of_year = OF_YEAR.format(in_year=IN_YEAR.format(year=self.year), most=MOST_COUNTED)
        return COUNTS.format(of_year=of_year, by=self.by.value, country=self.country)

    def _movie_condition(self) -> sql.Composable:
        """For the WHERE of a query over movies."""
        conditions = []
        if self.year is not None:
            conditions.append(IN_YEAR.format(year=self.year))
        if self.country is not None:
            conditions.append(IS_OF[self.by].format(country=self.country))
        return sql.SQL(" AND ").join(conditions)


def estimate_films(of_year: int | None, of_country: int | None, films: float) -> float:
    """About how many films are of both, as if neither had to do with the other."""
    known = [count for count in (of_year, of_country) if count is not None]
    return films * math.prod(count / films for count in known) if known else math.inf

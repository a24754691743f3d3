"""What a search is filtered by beside the name: a year, a country, where it can be watched."""

import math
from dataclasses import dataclass, replace

from django.db import connection
from psycopg import sql

from movies.lenses import IS_OF
from movies.models import Lens, Movie
from movies.watch_filter import WatchFilter

# All titles of so many films can be read one by one.
FEW_FILMS = 5_000
# A year's films are counted so far.
MOST_COUNTED = 50_000

# How many films a year has, a country had when they were last ranked, can be watched at the most,
# and there are about.
COUNTS = sql.SQL(
    """
SELECT ({of_year}), ({of_country}),
       ({watchable}),
       (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'movie'::regclass)
"""
)
# A country without films has no total.
OF_COUNTRY = sql.SQL(
    "SELECT coalesce(sum(movies), 0) FROM country_total WHERE by = {by} AND country_id = {country}"
)
OF_YEAR = sql.SQL(
    "SELECT nullif(count(*), {most}) FROM (SELECT FROM movie WHERE {in_year} LIMIT {most}) film"
)
WATCHABLE = sql.SQL("SELECT nullif(({counted}), {most})")
FILMS = sql.SQL("SELECT id FROM movie WHERE {condition}")
# As a value that is looked up for one title at a time: a join could be planned the other way
# round, from all films of a country.
OF_ITS_FILM = sql.SQL("(SELECT {condition} FROM movie WHERE id = title.movie_id)")
ONE_OF = sql.SQL("movie_id = ANY ({film_ids}::int[])")
IN_YEAR = sql.SQL("release_date BETWEEN make_date({year}, 1, 1) AND make_date({year}, 12, 31)")
# A title has its film's year, and an index of it goes together with that of its words.
TITLE_OF_YEAR = sql.SQL("title.year = {year}")


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Lets films of this year of release pass, and of this country under the lens."""

    by: Lens
    year: int | None = None
    country: str | None = None
    watch: WatchFilter | None = None
    # All films that pass, where `resolve_film_ids` has found them to be few.
    film_ids: tuple[int, ...] | None = None

    @property
    def is_active(self) -> bool:
        return self._concerns_movie or self.watch is not None

    def passes(self, movie: Movie) -> bool:
        if self.year is not None and movie.year != self.year:
            return False
        if self.country is not None and self.country not in movie.country_codes(self.by):
            return False
        return self.watch is None or self.watch.passes(movie.id)

    def resolve_film_ids(self) -> "SearchFilter":
        """With the ids of all films that pass, if they are few. At most two queries."""
        if not self.is_active:
            return self
        with connection.cursor() as cursor:
            cursor.execute(self._counting_query())
            if estimate_films(*cursor.fetchone()) > FEW_FILMS:
                return self
            cursor.execute(FILMS.format(condition=self._film_condition()))
            film_ids = tuple(movie_id for (movie_id,) in cursor.fetchall())
        return replace(self, film_ids=film_ids)

    def title_condition(self) -> sql.Composable:
        """For the WHERE of a query over titles."""
        if not self.is_active:
            return sql.SQL("true")
        if self.film_ids is not None:
            return ONE_OF.format(film_ids=list(self.film_ids))
        conditions: list[sql.Composable] = []
        if self._concerns_movie:
            conditions.append(OF_ITS_FILM.format(condition=self._movie_condition()))
        if self.watch:
            conditions.append(self.watch.condition(sql.SQL("title.movie_id")))
        return sql.SQL(" AND ").join(conditions)

    def year_condition(self) -> sql.Composable:
        """What an index of titles can say of it, beside the words."""
        return sql.SQL("true") if self.year is None else TITLE_OF_YEAR.format(year=self.year)

    @property
    def _concerns_movie(self) -> bool:
        """Whether a film's own row has to be looked at."""
        return self.year is not None or self.country is not None

    def _counting_query(self) -> sql.Composable:
        """Reads indexes only."""
        of_year: sql.Composable = sql.NULL
        of_country: sql.Composable = sql.NULL
        watchable: sql.Composable = sql.NULL
        if self.year is not None:
            of_year = OF_YEAR.format(in_year=IN_YEAR.format(year=self.year), most=MOST_COUNTED)
        if self.watch:
            watchable = WATCHABLE.format(
                counted=self.watch.counting_query(MOST_COUNTED), most=MOST_COUNTED
            )
        if self.country is not None:
            of_country = OF_COUNTRY.format(by=self.by.value, country=self.country)
        return COUNTS.format(of_year=of_year, of_country=of_country, watchable=watchable)

    def _film_condition(self) -> sql.Composable:
        """For the WHERE of a query over movies, all that has to be so."""
        conditions = [self._movie_condition()] if self._concerns_movie else []
        if self.watch:
            # By itself it is of few films; else these are looked up for the others' few.
            watch = replace(self.watch, is_rare=not self._concerns_movie)
            conditions.append(watch.condition(sql.SQL("movie.id")))
        return sql.SQL(" AND ").join(conditions)

    def _movie_condition(self) -> sql.Composable:
        """The same for what a film's row says."""
        conditions = []
        if self.year is not None:
            conditions.append(IN_YEAR.format(year=self.year))
        if self.country is not None:
            conditions.append(IS_OF[self.by].format(country=self.country))
        return sql.SQL(" AND ").join(conditions)


def estimate_films(*counts_and_films: float | None) -> float:
    """About how many films are of all that is counted, as if none had to do with another; the
    last one is how many films there are."""
    *known, films = (count for count in counts_and_films if count is not None)
    return films * math.prod(count / films for count in known) if known else math.inf

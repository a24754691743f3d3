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
# A year's films and those that can be watched are counted so far.
MOST_COUNTED = 50_000

# About how many films there are, are of a year and of a country, and can be watched; null for what
# is not asked.
COUNTS = sql.SQL(
    """
SELECT (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'movie'::regclass),
       ({of_year}), ({of_country}), ({watchable})
"""
)
OF_YEAR = sql.SQL("SELECT count(*) FROM (SELECT FROM movie WHERE {in_year} LIMIT {most}) film")
# When they were last ranked, by the lens that has most; a country without films has no total.
OF_COUNTRY = sql.SQL(
    "SELECT coalesce(max(movies), 0) FROM country_total WHERE country_id = {country}"
)
WATCHABLE = sql.SQL("SELECT nullif(({counted}), {most})")
FILMS = sql.SQL("SELECT id FROM movie WHERE {condition}")
IN_YEAR = sql.SQL("release_date BETWEEN make_date({year}, 1, 1) AND make_date({year}, 12, 31)")
ONE_OF = sql.SQL("movie_id = ANY ({film_ids}::int[])")
# What a title has of its film, and indexes go by together with its words.
TITLE_OF_YEAR = sql.SQL("title.year = {year}")
TITLE_OF_COUNTRY = sql.SQL("title.countries @> ARRAY[{country}]")
# Looked up for one title at a time: a join could be planned the other way round, from all films of
# a country.
OF_ITS_FILM = sql.SQL("(SELECT {condition} FROM movie WHERE id = title.movie_id)")


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Lets films of this year of release pass, and of this country under the lens."""

    by: Lens
    year: int | None = None
    country: str | None = None
    watch: WatchFilter | None = None
    # Of all titles the share that the year and the country leave, about.
    share: float = 1
    # All films that pass, where few can be watched.
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

    def resolve(self) -> "SearchFilter":
        """With the share of the titles that pass, and the films if few can be watched. At most two
        queries."""
        if not self.is_active:
            return self
        with connection.cursor() as cursor:
            cursor.execute(self._counting_query())
            films, *of_movie, watchable = cursor.fetchone()
            share = math.prod(count / films for count in of_movie if count is not None)
            if watchable is None or share * watchable > FEW_FILMS:
                return replace(self, share=share)
            cursor.execute(FILMS.format(condition=self._watchable_condition()))
            film_ids = tuple(movie_id for (movie_id,) in cursor.fetchall())
        return replace(self, share=share, film_ids=film_ids)

    def title_condition(self) -> sql.Composable:
        """For the WHERE of a query over titles."""
        return sql.SQL("{} AND {}").format(self.index_condition(), self.rest_condition())

    def index_condition(self) -> sql.Composable:
        """What indexes of titles can say of it, beside the words."""
        if self.film_ids is not None:
            return ONE_OF.format(film_ids=list(self.film_ids))
        conditions: list[sql.Composable] = [sql.SQL("true")]
        if self.year is not None:
            conditions.append(TITLE_OF_YEAR.format(year=self.year))
        if self.country is not None:
            conditions.append(TITLE_OF_COUNTRY.format(country=self.country))
        return sql.SQL(" AND ").join(conditions)

    def rest_condition(self) -> sql.Composable:
        """What they cannot: whether the country is the film's through this lens, and whether it
        can be watched."""
        if self.film_ids is not None:
            return sql.SQL("true")
        of_film = IS_OF[self.by].format(country=self.country) if self.country else None
        return self._looked_up(of_film)

    def film_condition(self) -> sql.Composable:
        """All of it, for titles of which no more than their films are known."""
        return self._looked_up(self._movie_condition() if self._concerns_movie else None)

    def _looked_up(self, of_film: sql.Composable | None) -> sql.Composable:
        conditions: list[sql.Composable] = []
        if of_film is not None:
            conditions.append(OF_ITS_FILM.format(condition=of_film))
        if self.watch:
            conditions.append(self.watch.condition(sql.SQL("title.movie_id")))
        return sql.SQL(" AND ").join([sql.SQL("true"), *conditions])

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
        if self.country is not None:
            of_country = OF_COUNTRY.format(country=self.country)
        if self.watch:
            watchable = WATCHABLE.format(
                counted=self.watch.counting_query(MOST_COUNTED), most=MOST_COUNTED
            )
        return COUNTS.format(of_year=of_year, of_country=of_country, watchable=watchable)

    def _watchable_condition(self) -> sql.Composable:
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

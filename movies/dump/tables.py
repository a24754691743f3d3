"""What is dumped: each table with its columns, their types, and the query that fills it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from movies.pooled_votes import POOLED_OF_ALL

# How many rows PostgreSQL hands over at a time.
ROWS_AT_A_TIME = 5_000

Value = str | int | float | bool | datetime.date | list[str] | list[int] | None
Row = tuple[Value, ...]


class Kind(StrEnum):
    """A column's type."""

    TEXT = "text"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DATE = "date"
    TEXTS = "texts"
    INTS = "ints"


@dataclass(frozen=True, slots=True)
class Table:
    """A file's name, its columns in their order, and the query that gives them so."""

    name: str
    columns: dict[str, Kind]
    query: str

    def rows(self) -> Iterator[Row]:
        """As PostgreSQL sends them; within a transaction."""
        with connection.chunked_cursor() as cursor:
            cursor.cursor.itersize = ROWS_AT_A_TIME
            cursor.execute(self.query)
            yield from cursor


FILMS = Table(
    "films",
    {
        "id": Kind.INT,
        "imdb_id": Kind.TEXT,
        "title": Kind.TEXT,
        "original_title": Kind.TEXT,
        "original_language": Kind.TEXT,
        "release_date": Kind.DATE,
        "status": Kind.TEXT,
        "runtime": Kind.INT,
        "popularity": Kind.FLOAT,
        "genres": Kind.INTS,
        "spoken_languages": Kind.TEXTS,
        "home_countries": Kind.TEXTS,
        "origin_countries": Kind.TEXTS,
        "production_countries": Kind.TEXTS,
        "tmdb_rating": Kind.FLOAT,
        "tmdb_votes": Kind.INT,
        "rating": Kind.FLOAT,
        "votes": Kind.INT,
    },
    f"""
    SELECT movie.id, movie.imdb_id, title, original_title, original_language, release_date,
           status, runtime, popularity, genre_ids, spoken_languages, home_countries,
           origin_countries, production_countries, tmdb_rating, tmdb_votes,
           pooled.rating, pooled.votes
    FROM movie {POOLED_OF_ALL} ORDER BY movie.id
    """,  # noqa: S608 - of constants only
)
LISTS = Table(
    "lists",
    {
        "country_code": Kind.TEXT,
        # In the country's list by home without shorts; null in the others.
        "rank": Kind.INT,
        "film_id": Kind.INT,
        "rating": Kind.FLOAT,
        "votes": Kind.INT,
        "weighted_rating": Kind.FLOAT,
        "few_votes": Kind.BOOL,
        "is_short": Kind.BOOL,
        "is_home": Kind.BOOL,
        "is_origin": Kind.BOOL,
        "is_production": Kind.BOOL,
    },
    """
    SELECT country_id,
           CASE WHEN is_home AND NOT is_short THEN row_number() OVER (
               PARTITION BY country_id, is_home AND NOT is_short
               ORDER BY few_votes, weighted_rating DESC, votes DESC, movie_id
           ) END,
           movie_id, rating, votes, weighted_rating, few_votes, is_short, is_home, is_origin,
           is_production
    FROM standing
    ORDER BY country_id, few_votes, weighted_rating DESC, votes DESC, movie_id
    """,
)
COUNTRIES = Table(
    "countries",
    {
        "code": Kind.TEXT,
        "name": Kind.TEXT,
        "continent": Kind.TEXT,
        "is_current": Kind.BOOL,
        "successors": Kind.TEXTS,
        "movies": Kind.INT,
        "rated": Kind.INT,
    },
    """
    SELECT code, name, continent, is_current, successors,
           coalesce(movies, 0), coalesce(rated, 0)
    FROM country LEFT JOIN country_total ON country_id = code AND by = 'home'
    ORDER BY code
    """,
)
GENRES = Table(
    "genres",
    {"id": Kind.INT, "name": Kind.TEXT},
    "SELECT id, name FROM genre ORDER BY id",
)
LANGUAGES = Table(
    "languages",
    {"code": Kind.TEXT, "name": Kind.TEXT},
    "SELECT code, name FROM language ORDER BY code",
)

TABLES = [FILMS, LISTS, COUNTRIES, GENRES, LANGUAGES]

"""Fills the catalogue with made-up films by COPY, as if all of them had been fetched."""

import math
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from itertools import repeat
from pathlib import Path

import msgspec
import psycopg

from importer.tmdb.parse_movie import ParsedMovie, parse_movie
from movies import folding
from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.report import tell
from tools.sandbox.synthetic import Synthetic

AT_A_TIME = 20_000
# The fields of a film that are columns; those after them are for other tables.
FIELDS = [field.name for field in fields(ParsedMovie)]
COLUMNS = FIELDS[: FIELDS.index("names")]
COPY_MOVIES = f"COPY movie ({', '.join(COLUMNS)}) FROM STDIN"
COPY_TITLES = "COPY title (movie_id, name, key, words, weight, year, is_own) FROM STDIN"
COPY_RATINGS = "COPY imdb_rating (imdb_id, rating, votes) FROM STDIN (HEADER)"


@contextmanager
def whole_catalogue(purpose: str, films: int) -> Iterator[Database]:
    """A database of so many made-up films, ranked, for the length of the block."""
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database(purpose) as database,
    ):
        with sandbox(films) as address:
            importer = Importer(database, address, Path(folder))
            load(importer, films)
            tell("ranking them")
            importer.run("ranking")
        yield database


def load(importer: Importer, films: int) -> None:
    """Make the tables, and put the films and the reference lists into them."""
    importer.database.migrate()
    importer.run("reference")
    tell(f"loading {films:,} films")
    fill(importer.database, films)


def fill(database: Database, films: int) -> None:
    """The films with their titles, and IMDb's ratings, on all cores."""
    starts = range(1, films + 1, AT_A_TIME)
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(_copy_films, repeat(database.url), repeat(films), starts):
            pass
    with (
        psycopg.connect(database.url) as connection,
        connection.cursor().copy(COPY_RATINGS) as copy,
    ):
        for lines in Synthetic(films).imdb_lines():
            copy.write(lines)
    database.run("VACUUM (ANALYZE) movie, title, imdb_rating")


def _copy_films(url: str, films: int, start: int) -> None:
    """The AT_A_TIME films from number `start` on."""
    numbers = range(start, min(start + AT_A_TIME, films + 1))
    movies = list(_movies(Synthetic(films), numbers))
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        with cursor.copy(COPY_MOVIES) as copy:
            for movie in movies:
                copy.write_row([getattr(movie, name) for name in COLUMNS])
        with cursor.copy(COPY_TITLES) as copy:
            for row in _titles(movies):
                copy.write_row(row)


def _movies(world: Synthetic, numbers: Sequence[int]) -> Iterator[ParsedMovie]:
    """The films as the import reads them."""
    for number in numbers:
        yield parse_movie(msgspec.json.encode(world.payload(number)), number)


def _titles(movies: Sequence[ParsedMovie]) -> Iterator[tuple[object, ...]]:
    for movie in movies:
        weight = math.floor(4 * math.log(1 + movie.tmdb_votes))
        year = movie.release_date and movie.release_date.year
        for name in movie.names:
            is_own = name in (movie.title, movie.original_title)
            yield movie.id, name, folding.key(name), folding.words(name), weight, year, is_own

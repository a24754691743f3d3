"""Fills the catalogue with made-up films by COPY, as if all of them had been fetched."""

import math
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg import sql

from importer.tmdb.parse_movie import ParsedMovie, parse_movie
from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.report import tell
from tools.sandbox.synthetic import Synthetic

AT_A_TIME = 20_000
# What searches and lists read of a film's parts; all of them take five times as long to make.
PART = "translations"
COPY_RATINGS = "COPY imdb_rating (imdb_id, rating, votes) FROM STDIN (HEADER)"
# By table, each row by column.
Rows = dict[str, list[Mapping[str, object]]]


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
    with ProcessPoolExecutor(initializer=_set_up_django, initargs=(database.url,)) as pool:
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
    rows: Rows = defaultdict(list)
    for movie in _movies(Synthetic(films), numbers):
        _add_rows(rows, movie)
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for table in ("movie", "title"):
            _copy(cursor, table, rows[table])


def _copy(cursor: psycopg.Cursor[Any], table: str, rows: Sequence[Mapping[str, object]]) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, rows[0]))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(list(row.values()))


def _movies(world: Synthetic, numbers: Sequence[int]) -> Iterator[ParsedMovie]:
    """The films as the import reads them."""
    for number in numbers:
        payload = world.payload(number) or {}
        payload[PART] = world.part(number, PART)
        yield parse_movie(msgspec.json.encode(payload), number)


def _add_rows(rows: Rows, movie: ParsedMovie) -> None:
    """What the import would write of one film."""
    from importer.store.catalogue import movie_row
    from importer.store.titles import title_facts, title_row

    weight = math.floor(4 * math.log(1 + movie.tmdb_votes))
    rows["movie"].append(movie_row(movie))
    rows["title"] += [title_row(movie.id, facts) for facts in title_facts(movie, weight, [])]


def _set_up_django(url: str) -> None:
    """In a process of the pool: what writes films is asked for their rows."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "settings", "DATABASE_URL": url}
    import django

    django.setup()

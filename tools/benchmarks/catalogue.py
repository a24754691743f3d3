"""Fills the catalogue with made-up films by COPY, as if all of them had been fetched."""

import math
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from itertools import repeat
from pathlib import Path

import msgspec
import psycopg

from importer.tmdb.parse_movie import ParsedMovie, parse_movie
from importer.tmdb.parse_parts import ParsedPerson
from movies import folding
from movies.home import home_countries
from tools.benchmarks.database import Database, own_database
from tools.benchmarks.importing import Importer, sandbox
from tools.benchmarks.report import tell
from tools.sandbox.synthetic import Synthetic

AT_A_TIME = 20_000
# What of a film is made: all of it takes five times as long as what searches and lists read.
PARTS = ("translations",)
ALL_PARTS = ("translations", "credits", "watch/providers")

# The fields of a film that are columns; those after them are for other tables.
FIELDS = [field.name for field in fields(ParsedMovie)]
MOVIE_COLUMNS = FIELDS[: FIELDS.index("names")]
COPY = {
    "movie": f"COPY movie ({', '.join(MOVIE_COLUMNS)}, home_countries) FROM STDIN",
    "title": "COPY title (movie_id, name, key, words, weight, year, is_own, language) FROM STDIN",
    "person": "COPY staged_person (id, name, profile_path, key, words, weight) FROM STDIN",
    "credit": "COPY staged_credit (movie_id, job, position, person_id, character) FROM STDIN",
    "provider": "COPY staged_provider (id, name, logo_path) FROM STDIN",
    "availability": "COPY availability (movie_id, region, kind, providers) FROM STDIN",
}
COPY_RATINGS = "COPY imdb_rating (imdb_id, rating, votes) FROM STDIN (HEADER)"
# Whom several processes meet.
STAGE = """
CREATE UNLOGGED TABLE staged_person (LIKE person);
CREATE UNLOGGED TABLE staged_provider (LIKE provider);
CREATE UNLOGGED TABLE staged_credit (LIKE credit);
"""
MERGE = """
INSERT INTO person SELECT DISTINCT ON (id) * FROM staged_person ORDER BY id, weight DESC;
INSERT INTO provider SELECT DISTINCT ON (id) * FROM staged_provider;
INSERT INTO credit SELECT * FROM staged_credit ORDER BY movie_id;
DROP TABLE staged_person, staged_provider, staged_credit;
"""

Rows = dict[str, list[Sequence[object]]]


@contextmanager
def whole_catalogue(
    purpose: str, films: int, parts: Collection[str] = PARTS
) -> Iterator[Database]:
    """A database of so many made-up films, ranked, for the length of the block."""
    with (
        tempfile.TemporaryDirectory() as folder,
        own_database(purpose) as database,
    ):
        with sandbox(films) as address:
            importer = Importer(database, address, Path(folder))
            load(importer, films, parts)
            tell("ranking them")
            importer.run("ranking")
        yield database


def load(importer: Importer, films: int, parts: Collection[str] = PARTS) -> None:
    """Make the tables, and put the films and the reference lists into them."""
    importer.database.migrate()
    importer.run("reference")
    tell(f"loading {films:,} films")
    fill(importer.database, films, parts)


def fill(database: Database, films: int, parts: Collection[str]) -> None:
    """The films with these of their parts, and IMDb's ratings, on all cores."""
    database.run(STAGE)
    starts = range(1, films + 1, AT_A_TIME)
    with ProcessPoolExecutor() as pool:
        for _ in pool.map(_copy_films, repeat(database.url), repeat(films), starts, repeat(parts)):
            pass
    database.run(MERGE)
    with (
        psycopg.connect(database.url) as connection,
        connection.cursor().copy(COPY_RATINGS) as copy,
    ):
        for lines in Synthetic(films).imdb_lines():
            copy.write(lines)
    database.run("VACUUM (ANALYZE) movie, title, imdb_rating, person, credit, availability")


def _copy_films(url: str, films: int, start: int, parts: Collection[str]) -> None:
    """The AT_A_TIME films from number `start` on."""
    numbers = range(start, min(start + AT_A_TIME, films + 1))
    rows: Rows = defaultdict(list)
    for movie in _movies(Synthetic(films), numbers, parts):
        _add_rows(rows, movie)
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for table, statement in COPY.items():
            with cursor.copy(statement) as copy:
                for row in rows[table]:
                    copy.write_row(row)


def _movies(
    world: Synthetic, numbers: Sequence[int], parts: Collection[str]
) -> Iterator[ParsedMovie]:
    """The films as the import reads them."""
    for number in numbers:
        payload = world.payload(number) or {}
        payload |= {part: world.part(number, part) for part in parts}
        yield parse_movie(msgspec.json.encode(payload), number)


def _add_rows(rows: Rows, movie: ParsedMovie) -> None:
    """What the tables hold of one film."""
    home = home_countries(
        movie.origin_countries,
        movie.production_countries,
        movie.original_language,
        movie.company_countries,
    )
    weight = math.floor(4 * math.log(1 + movie.tmdb_votes))
    rows["movie"].append([*(getattr(movie, name) for name in MOVIE_COLUMNS), home])
    rows["title"] += _titles(movie, weight)
    if movie.credits:
        for position, person in enumerate(movie.credits.directors):
            rows["credit"].append((movie.id, "director", position, person.id, ""))
            rows["person"].append(_person(person, weight))
        for position, (person, character) in enumerate(movie.credits.cast):
            rows["credit"].append((movie.id, "actor", position, person.id, character))
            rows["person"].append(_person(person, weight))
    if movie.availability:
        for (region, kind), providers in movie.availability.offers.items():
            rows["availability"].append((movie.id, region, kind, providers))
        for number, (name, logo) in movie.availability.providers.items():
            rows["provider"].append((number, name, logo))


def _titles(movie: ParsedMovie, weight: int) -> Iterator[Sequence[object]]:
    year = movie.release_date and movie.release_date.year
    own = (movie.title, movie.original_title)
    languages = dict.fromkeys(movie.names) | (movie.translated or {})
    for name, language in languages.items():
        key, words = folding.key(name), folding.words(name)
        yield movie.id, name, key, words, weight, year, name in own, language


def _person(person: ParsedPerson, weight: int) -> Sequence[object]:
    key, words = folding.key(person.name), folding.words(person.name)
    return person.id, person.name, person.profile_path, key, words, weight

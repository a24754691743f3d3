"""Reads from the catalogue what rows are held against: films by their ids, and their namesakes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from django.db import connection, transaction

from movies.images import POSTER_WIDTH, image_folder
from movies.lenses import COUNTRY_CODES_BY
from movies.models import Lens
from movies.pooled_votes import POOLED
from movies.watched.found import CatalogueMovie
from movies.watched.namesakes import Namesake

COLUMNS = f"""
movie.id, movie.imdb_id, movie.title, nullif(movie.original_title, movie.title),
       extract(year FROM movie.release_date)::int, movie.runtime,
       %(poster_url)s || nullif(movie.poster_path, ''),
       array_to_string({COUNTRY_CODES_BY}, ' '),
       pooled.rating, pooled.votes
"""
BY_IMDB_ID = f"""
SELECT {COLUMNS} FROM movie {POOLED} WHERE movie.imdb_id = ANY (%(imdb_ids)s::text[])
"""  # noqa: S608 - of constants only
BY_ID = f"""
SELECT {COLUMNS} FROM movie {POOLED} WHERE movie.id = ANY (%(ids)s::int[])
"""  # noqa: S608 - of constants only
# Titles of that key and year, and of the years before and after, with their films; where no year
# is wanted, all. A key is looked up once, however many years it is wanted of: there are some that
# hundreds of films have. A year of 0 is none, of a row as of a film. The films are read in the
# order in which most of them are stored, which is faster by half where there are many.
NAMESAKES = f"""
WITH named AS MATERIALIZED (
    SELECT key_id, movie_id, coalesce(year, 0) AS year, is_own, name, language
    FROM json_array_elements_text(%(keys)s::json) WITH ORDINALITY AS keys (key, key_id)
    JOIN title USING (key)
), wanted AS MATERIALIZED (
    SELECT * FROM unnest(%(key_ids)s::int[], %(years)s::int[])
        WITH ORDINALITY AS wanted (key_id, year, number)
), namesakes AS (
    SELECT number, movie_id, is_own, name, language
    FROM wanted
    CROSS JOIN (VALUES (0), (-1), (1)) nearby (off)
    JOIN named ON named.key_id = wanted.key_id AND named.year = wanted.year + off
    WHERE wanted.year <> 0 AND (off = 0 OR NOT %(without_imdb_id)s)
    UNION ALL
    SELECT number, movie_id, is_own, name, language
    FROM wanted JOIN named USING (key_id)
    WHERE wanted.year = 0
)
SELECT number, is_own, nullif(namesakes.name, movie.title), language, {COLUMNS}
FROM (SELECT * FROM namesakes ORDER BY movie_id) namesakes
JOIN movie ON movie.id = namesakes.movie_id
    AND (movie.imdb_id IS NULL OR NOT %(without_imdb_id)s) {POOLED}
"""  # noqa: S608 - of constants only
# The best known of each name, whatever its year.
BEST_KNOWN = """
SELECT key_id, movie_id
FROM json_array_elements_text(%(keys)s::json) WITH ORDINALITY AS keys (key, key_id)
CROSS JOIN LATERAL (
    SELECT movie_id FROM title WHERE title.key = keys.key ORDER BY weight DESC LIMIT %(most)s
) best
"""
FETCHED_AT_ONCE = 2_000
# Otherwise PostgreSQL prefers a plan that has the first rows of a cursor soon.
PLAN_FOR_ALL_ROWS = "SET LOCAL cursor_tuple_fraction = 1"

# A folded name with a year, 0 for none.
KeyYear = tuple[str, int]


@contextmanager
def open_catalogue(by: Lens) -> Iterator["Catalogue"]:
    """The catalogue for the length of the block; the films' countries are through the lens."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(PLAN_FOR_ALL_ROWS)
        yield Catalogue(by)


class Catalogue:
    """What is asked of the catalogue, a part of each answer in memory at a time."""

    def __init__(self, by: Lens) -> None:
        self._parameters = {"by": by.value, "poster_url": image_folder(POSTER_WIDTH)}

    def movies_by_imdb_id(self, imdb_ids: Collection[str]) -> dict[str, CatalogueMovie]:
        """Where TMDB has an id twice, the film with most votes is the one."""
        found: dict[str, CatalogueMovie] = {}
        parameters = {"imdb_ids": _array(imdb_ids), **self._parameters}
        for columns in _fetch(BY_IMDB_ID, parameters) if imdb_ids else ():
            movie = CatalogueMovie(*columns)
            known = found.setdefault(movie.imdb_id or "", movie)
            if (movie.votes, -movie.id) > (known.votes, -known.id):
                found[movie.imdb_id or ""] = movie
        return found

    def movies_by_id(self, ids: Collection[int]) -> dict[int, CatalogueMovie]:
        parameters = {"ids": _array(sorted(ids)), **self._parameters}
        fetched = _fetch(BY_ID, parameters) if ids else ()
        return {columns[0]: CatalogueMovie(*columns) for columns in fetched}

    def namesakes(
        self, wanted: Sequence[KeyYear], *, without_imdb_id: bool = False
    ) -> dict[KeyYear, list[Namesake]]:
        """The titles of each key and year, and of the years beside it, with their films; or only
        those of that very year whose film has no id of IMDb's."""
        if not wanted:
            return {}
        # In the order of the index that they are looked up in.
        key_ids = {key: number for number, key in enumerate(sorted({key for key, _ in wanted}), 1)}
        parameters = {
            "keys": msgspec.json.encode(list(key_ids)).decode(),
            "key_ids": _array([key_ids[key] for key, _ in wanted]),
            "years": _array([year for _, year in wanted]),
            "without_imdb_id": without_imdb_id,
            **self._parameters,
        }
        del key_ids
        found: dict[KeyYear, list[Namesake]] = {}
        movies: dict[int, CatalogueMovie] = {}
        for number, is_own, name, language, *columns in _fetch(NAMESAKES, parameters):
            movie = movies.get(columns[0])
            if movie is None:
                movies[columns[0]] = movie = CatalogueMovie(*columns)
            namesake = Namesake(movie, is_own, name or movie.title, language)
            found.setdefault(wanted[number - 1], []).append(namesake)
        return found

    def best_known(self, keys: Sequence[str], most: int) -> dict[str, list[int]]:
        """The ids of the best known films of each name, most at the most."""
        found: dict[str, list[int]] = {}
        parameters = {"keys": msgspec.json.encode(keys).decode(), "most": most}
        for key_id, movie_id in _fetch(BEST_KNOWN, parameters) if keys else ():
            found.setdefault(keys[key_id - 1], []).append(movie_id)
        return found


def _array(values: Iterable[object]) -> str:
    """Numbers or ids as PostgreSQL reads an array; psycopg would take ten times as long."""
    return f"{{{','.join(map(str, values))}}}"


def _fetch(query: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, parameters)
        parameters.clear()  # there may be 100,000 titles in it
        while fetched := cursor.fetchmany(FETCHED_AT_ONCE):
            yield from fetched

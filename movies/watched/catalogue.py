"""Reads from the catalogue what rows are held against: films by their ids, and their namesakes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from movies.images import POSTER_WIDTH, image_folder
from movies.lenses import COUNTRY_CODES_BY
from movies.models import Lens
from movies.pooled_votes import POOLED
from movies.watched.found import CatalogueMovie
from movies.watched.namesakes import Namesake

MOVIES = f"""
SELECT movie.id, movie.imdb_id, movie.title, nullif(movie.original_title, movie.title),
       extract(year FROM movie.release_date)::int, movie.runtime,
       %(poster_url)s || nullif(movie.poster_path, ''),
       array_to_string({COUNTRY_CODES_BY}, ' '),
       pooled.rating, pooled.votes
FROM movie {POOLED}
"""  # noqa: S608 - of constants only
BY_IMDB_ID = f"{MOVIES} WHERE movie.imdb_id = ANY (%(imdb_ids)s)"
BY_ID = f"{MOVIES} WHERE movie.id = ANY (%(ids)s)"
# Titles of that key and year, and of the years before and after; where no year is wanted, all.
# A key is looked up once, however many years it is wanted of: there are some that hundreds of
# films have. A year of 0 is none, of a row as of a film.
NAMESAKES = """
WITH named AS MATERIALIZED (
    SELECT key_id, movie_id, coalesce(year, 0) AS year, is_own, name, language
    FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS keys (key, key_id)
    JOIN title USING (key)
), wanted AS MATERIALIZED (
    SELECT * FROM unnest(%(numbers)s::int[], %(key_ids)s::int[], %(years)s::int[])
        AS wanted (number, key_id, year)
)
SELECT number, movie_id, named.year, is_own, name, language
FROM wanted
CROSS JOIN (VALUES (0), (-1), (1)) nearby (off)
JOIN named ON named.key_id = wanted.key_id AND named.year = wanted.year + off
WHERE wanted.year <> 0
UNION ALL
SELECT number, movie_id, named.year, is_own, name, language
FROM wanted JOIN named USING (key_id)
WHERE wanted.year = 0
"""
# The best known of each name, whatever its year.
BEST_KNOWN = """
SELECT key_id, movie_id
FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS keys (key, key_id)
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

    def movies_by_imdb_id(self, imdb_ids: Sequence[str]) -> dict[str, CatalogueMovie]:
        """Where TMDB has an id twice, the film with most votes is the one."""
        found: dict[str, CatalogueMovie] = {}
        parameters = {"imdb_ids": imdb_ids, **self._parameters}
        for columns in _fetch(BY_IMDB_ID, parameters) if imdb_ids else ():
            movie = CatalogueMovie(*columns)
            known = found.setdefault(movie.imdb_id or "", movie)
            if (movie.votes, -movie.id) > (known.votes, -known.id):
                found[movie.imdb_id or ""] = movie
        return found

    def movies_by_id(self, ids: Sequence[int]) -> dict[int, CatalogueMovie]:
        # In the order in which most of them are stored, which is faster by half where there are
        # many.
        parameters = {"ids": sorted(ids), **self._parameters}
        fetched = _fetch(BY_ID, parameters) if ids else ()
        return {columns[0]: CatalogueMovie(*columns) for columns in fetched}

    def namesakes(self, wanted: Sequence[KeyYear]) -> dict[KeyYear, list[Namesake]]:
        """The titles of each key and year, and of the years beside it."""
        # In the order of the index that they are looked up in.
        key_ids = {key: number for number, key in enumerate(sorted({key for key, _ in wanted}), 1)}
        parameters = {
            "keys": list(key_ids),
            "numbers": list(range(len(wanted))),
            "key_ids": [key_ids[key] for key, _ in wanted],
            "years": [year for _, year in wanted],
        }
        found: dict[KeyYear, list[Namesake]] = {}
        for number, *namesake in _fetch(NAMESAKES, parameters) if wanted else ():
            found.setdefault(wanted[number], []).append(Namesake(*namesake))
        return found

    def best_known(self, keys: Sequence[str], most: int) -> dict[str, list[int]]:
        """The ids of the best known films of each name, most at the most."""
        found: dict[str, list[int]] = {}
        for key_id, movie_id in _fetch(BEST_KNOWN, {"keys": keys, "most": most}) if keys else ():
            found.setdefault(keys[key_id - 1], []).append(movie_id)
        return found


def _fetch(query: str, parameters: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, parameters)
        del parameters  # which nobody else may have: there may be 100,000 titles in it
        while fetched := cursor.fetchmany(FETCHED_AT_ONCE):
            yield from fetched

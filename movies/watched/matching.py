"""Finds the films of the catalogue that rows are about: IMDb's by id, Letterboxd's by title and
year. One query for all rows of each kind."""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from django.db import connection, transaction

from movies.folding import key
from movies.images import POSTER_WIDTH, image_folder
from movies.lenses import COUNTRY_CODES_BY
from movies.models import Lens
from movies.pooled_votes import POOLED
from movies.watched.rows import Row

MOVIE_COLUMNS = f"""
movie.id, movie.imdb_id, movie.title, nullif(movie.original_title, movie.title),
       extract(year FROM movie.release_date)::int,
       %(poster_url)s || nullif(movie.poster_path, ''),
       array_to_string({COUNTRY_CODES_BY}, ' '),
       pooled.rating, pooled.votes
"""
# Where TMDB has an id twice, the film with most votes is the one.
BY_IMDB_ID = f"""
SELECT {MOVIE_COLUMNS} FROM movie {POOLED}
WHERE movie.imdb_id = ANY (%(imdb_ids)s)
"""  # noqa: S608 - of constants only
# Of the films that have the title as any of theirs: those of the very year rather than of the year
# before or after, and among them those whose own title it is rather than an alternative one. The
# film, or null where there are several. A year of 0 is none, of a row as of a film.
# A title is looked up once, however many years it is wanted of: there are some that hundreds of
# films have. All that it takes is in the index title_key; then the films are read in the order in
# which most of them are stored, which is faster by half where there are many.
BY_TITLE = f"""
WITH wanted AS MATERIALIZED (
    SELECT * FROM unnest(%(numbers)s::int[], %(key_ids)s::int[], %(years)s::int[])
        AS wanted (number, key_id, year)
), namesakes AS MATERIALIZED (
    SELECT key_id, year, min(id) AS low, max(id) AS high,
           min(id) FILTER (WHERE is_own) AS own_low, max(id) FILTER (WHERE is_own) AS own_high
    FROM (
        SELECT key_id, movie_id AS id, coalesce(year, 0) AS year, is_own
        FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS keys (key, key_id)
        JOIN title USING (key)
    ) named
    GROUP BY key_id, year
), meant AS (
    SELECT number,
           coalesce(min(own_low) FILTER (WHERE off = 0), min(low) FILTER (WHERE off = 0),
                    min(own_low), min(low)) AS low,
           coalesce(max(own_high) FILTER (WHERE off = 0), max(high) FILTER (WHERE off = 0),
                    max(own_high), max(high)) AS high
    FROM wanted
    CROSS JOIN (VALUES (0), (-1), (1)) nearby (off)
    JOIN namesakes ON namesakes.key_id = wanted.key_id AND namesakes.year = wanted.year + off
    GROUP BY number
)
SELECT meant.number, {MOVIE_COLUMNS}
FROM (SELECT * FROM meant ORDER BY low) meant
LEFT JOIN movie ON movie.id = low AND low = high {POOLED}
"""  # noqa: S608 - of constants only
FETCHED_AT_ONCE = 2_000
# Otherwise PostgreSQL prefers a plan that has the first rows of a cursor soon.
PLAN_FOR_ALL_ROWS = "SET LOCAL cursor_tuple_fraction = 1"

# Titles' types that are no films, in the spellings of all years. Anything else may be one: IMDb
# has more kinds of films (shorts, videos, specials) than of these, and renames them.
NOT_MOVIES = {
    "tvseries", "tvminiseries", "miniseries", "tvepisode", "episode", "tvpilot", "videogame",
    "game", "podcast", "podcastseries", "podcastepisode", "musicvideo",
}  # fmt: skip


class UnmatchedReason(StrEnum):
    """Why a row has no film."""

    NOT_IN_CATALOGUE = "not_in_catalogue"
    NOT_A_MOVIE = "not_a_movie"
    AMBIGUOUS = "ambiguous"
    INVALID_ROW = "invalid_row"


class CatalogueMovie(msgspec.Struct, gc=False):
    """What an answer has of a film, as narrow as can be: there may be 100,000 of them."""

    id: int
    imdb_id: str | None
    title: str
    # None where it is the title itself.
    original_title: str | None
    year: int | None
    poster_url: str | None
    # Separated by spaces; one string for all films with the same.
    country_codes: str
    # TMDB's and IMDb's votes pooled, 1 to 10; None without a vote.
    rating: float | None
    votes: int

    def __post_init__(self) -> None:
        self.country_codes = sys.intern(self.country_codes)


Found = CatalogueMovie | UnmatchedReason
# A title with its year, 0 for none.
TitleYear = tuple[str, int]


def find_movies(rows: Sequence[Row], by: Lens) -> list[Found]:
    """The film of each row, or why it has none; the films' countries are through the lens."""
    # Lists of what is distinct: while the catalogue is asked, a set would take five times as much.
    by_imdb_id = _find_by_imdb_id(list({row.imdb_id for row in rows if row.imdb_id}), by)
    by_title = _find_by_title(
        list({_title_year(row) for row in rows if row.is_valid and not row.imdb_id}), by
    )
    return [_found(row, by_imdb_id, by_title) for row in rows]


def _found(
    row: Row, by_imdb_id: dict[str, CatalogueMovie], by_title: dict[TitleYear, Found]
) -> Found:
    if not row.is_valid:
        return UnmatchedReason.INVALID_ROW
    found = by_imdb_id.get(row.imdb_id) if row.imdb_id else by_title.get(_title_year(row))
    if found:
        return found
    title_type = "".join(filter(str.isalpha, row.title_type.casefold()))
    is_movie = title_type not in NOT_MOVIES
    return UnmatchedReason.NOT_IN_CATALOGUE if is_movie else UnmatchedReason.NOT_A_MOVIE


def _title_year(row: Row) -> TitleYear:
    return row.title or "", row.year or 0


def _find_by_imdb_id(imdb_ids: list[str], by: Lens) -> dict[str, CatalogueMovie]:
    found: dict[str, CatalogueMovie] = {}
    for columns in _fetch(BY_IMDB_ID, {"imdb_ids": imdb_ids}, by) if imdb_ids else ():
        movie = CatalogueMovie(*columns)
        known = found.setdefault(movie.imdb_id or "", movie)
        if (movie.votes, -movie.id) > (known.votes, -known.id):
            found[movie.imdb_id or ""] = movie
    return found


def _find_by_title(titles: list[TitleYear], by: Lens) -> dict[TitleYear, Found]:
    """What the catalogue has of these titles; those that it does not have are left out.

    Letterboxd has its titles and years from TMDB, so the year is the same, unless one of the two
    has learned of an earlier screening; and the title is the film's own, so that a namesake that
    has it as an alternative title only is another film.
    """
    return {
        titles[number]: CatalogueMovie(*columns) if columns[0] else UnmatchedReason.AMBIGUOUS
        for number, *columns in (_fetch(BY_TITLE, _title_parameters(titles), by) if titles else ())
    }


def _title_parameters(titles: Sequence[TitleYear]) -> dict[str, Any]:
    """The titles by their numbers, for BY_TITLE; without those of nothing but punctuation, each of
    which is like every other one."""
    keys = [key(title) for title, _ in titles]
    # In the order of the index that they are looked up in.
    key_ids = {each: number for number, each in enumerate(sorted({*keys} - {""}), 1)}
    numbers = [number for number, each in enumerate(keys) if each]
    return {
        "keys": list(key_ids),
        "numbers": numbers,
        "key_ids": [key_ids[keys[number]] for number in numbers],
        "years": [titles[number][1] for number in numbers],
    }


def _fetch(query: str, parameters: dict[str, Any], by: Lens) -> Iterator[tuple[Any, ...]]:
    """The query's rows, a part of them in memory at a time."""
    with (
        transaction.atomic(),
        connection.cursor() as setting,
        connection.chunked_cursor() as cursor,
    ):
        setting.execute(PLAN_FOR_ALL_ROWS)
        posters = image_folder(POSTER_WIDTH)
        cursor.execute(query, {**parameters, "by": by.value, "poster_url": posters})
        del parameters  # which nobody else has: there may be 100,000 titles in it
        while fetched := cursor.fetchmany(FETCHED_AT_ONCE):
            yield from fetched

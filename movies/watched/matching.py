"""Finds the films of the catalogue that rows are about: IMDb's by id, Letterboxd's by name and
year. One query for all rows of each kind."""

import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

import msgspec
from django.db import connection, transaction

from movies.folding import key
from movies.models import POSTER_URL, Lens
from movies.pooled_votes import POOLED
from movies.watched.rows import Row

FILM = """
movie.id, movie.imdb_id, movie.title, nullif(movie.original_title, movie.title),
       extract(year FROM movie.release_date)::int, movie.poster_path,
       array_to_string(CASE WHEN %(by_origin)s AND movie.origin_countries <> '{}'
                            THEN movie.origin_countries
                            ELSE movie.production_countries END, ' '),
       pooled.rating, pooled.votes
"""
# Where TMDB has an id twice, the film with most votes is the one.
BY_IMDB_ID = f"""
SELECT {FILM} FROM movie {POOLED}
WHERE movie.imdb_id = ANY (%(imdb_ids)s)
"""  # noqa: S608 - of constants only
# Of the films that have the name as any of their titles: those of the very year rather than those
# of the year before or after, and among them those whose own name it is rather than an alternative
# one. The film, or null where there are several. A year of 0 is none, of a row as of a film.
# A name is looked up once, however many years it is wanted of: there are some that hundreds of
# films have. All that it takes is in the index title_key; then the films are read in the order in
# which most of them are stored, which is faster by half where there are many.
BY_NAME = f"""
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
SELECT meant.number, {FILM}
FROM (SELECT * FROM meant ORDER BY low) meant
LEFT JOIN movie ON movie.id = low AND low = high {POOLED}
"""  # noqa: S608 - of constants only
AT_A_TIME = 2_000
# Otherwise PostgreSQL prefers a plan that has the first rows of a cursor soon.
ALL_OF_IT = "SET LOCAL cursor_tuple_fraction = 1"

# Titles' types that are no films, in the spellings of all years. Anything else may be one: IMDb
# has more kinds of films (shorts, videos, specials) than of these, and renames them.
NOT_MOVIES = {
    "tvseries", "tvminiseries", "miniseries", "tvepisode", "episode", "tvpilot", "videogame",
    "game", "podcast", "podcastseries", "podcastepisode", "musicvideo",
}  # fmt: skip


class Reason(StrEnum):
    """Why a row has no film."""

    NOT_IN_CATALOGUE = "not_in_catalogue"
    NOT_A_MOVIE = "not_a_movie"
    AMBIGUOUS = "ambiguous"
    INVALID_ROW = "invalid_row"


class CatalogueFilm(msgspec.Struct, gc=False):
    """What an answer says of a film, as narrow as can be: there may be 100,000 of them."""

    id: int
    imdb_id: str | None
    name: str
    # None where it is the name itself.
    original_name: str | None
    year: int | None
    poster_path: str | None
    # Separated by spaces; one string for all films with the same.
    country_codes: str
    # TMDB's and IMDb's votes pooled, 1 to 10; None without a vote.
    rating: float | None
    votes: int

    def __post_init__(self) -> None:
        self.country_codes = sys.intern(self.country_codes)

    @property
    def poster_url(self) -> str | None:
        return POSTER_URL + self.poster_path if self.poster_path else None


# A name with its year, 0 for none.
Name = tuple[str, int]


def match(rows: Sequence[Row], by: Lens) -> list[CatalogueFilm | Reason]:
    """The film of each row, or why it has none; what is said of the films is through the lens."""
    by_id = _by_imdb_id({row.imdb_id for row in rows if row.imdb_id}, by)
    by_name = _by_name({_name(row) for row in rows if row.is_valid and not row.imdb_id}, by)
    return [
        _of_id(row, by_id.get(row.imdb_id)) if row.imdb_id else _of_name(row, by_name)
        for row in rows
    ]


def _of_id(row: Row, film: CatalogueFilm | None) -> CatalogueFilm | Reason:
    if film:
        return film
    title_type = "".join(filter(str.isalpha, row.title_type.casefold()))
    return Reason.NOT_A_MOVIE if title_type in NOT_MOVIES else Reason.NOT_IN_CATALOGUE


def _of_name(row: Row, by_name: dict[Name, CatalogueFilm | Reason]) -> CatalogueFilm | Reason:
    if not row.is_valid:
        return Reason.INVALID_ROW
    return by_name.get(_name(row), Reason.NOT_IN_CATALOGUE)


def _name(row: Row) -> Name:
    return row.name or "", row.year or 0


def _by_imdb_id(imdb_ids: set[str], by: Lens) -> dict[str, CatalogueFilm]:
    found: dict[str, CatalogueFilm] = {}
    for columns in _rows(BY_IMDB_ID, {"imdb_ids": list(imdb_ids)}, by) if imdb_ids else ():
        film = CatalogueFilm(*columns)
        known = found.setdefault(film.imdb_id or "", film)
        if (film.votes, -film.id) > (known.votes, -known.id):
            found[film.imdb_id or ""] = film
    return found


def _by_name(names: set[Name], by: Lens) -> dict[Name, CatalogueFilm | Reason]:
    """What the catalogue has of these names; those that it does not have are left out.

    Letterboxd has its names and years from TMDB, so the year is the same, unless one of the two
    has learned of an earlier screening; and the name is the film's own, so that a namesake that
    has it as an alternative title only is another film.
    """
    numbered = list(names)
    return {
        numbered[number]: CatalogueFilm(*columns) if columns[0] else Reason.AMBIGUOUS
        for number, *columns in (_rows(BY_NAME, _wanted(numbered), by) if numbered else ())
    }


def _wanted(names: Sequence[Name]) -> dict[str, Any]:
    """The names by their numbers, for BY_NAME; without those of nothing but punctuation, each of
    which is like every other one."""
    folded = [key(name) for name, _ in names]
    # In the order of the index that they are looked up in.
    key_ids = {each: number for number, each in enumerate(sorted({*folded} - {""}), 1)}
    numbers = [number for number, each in enumerate(folded) if each]
    return {
        "keys": list(key_ids),
        "numbers": numbers,
        "key_ids": [key_ids[folded[number]] for number in numbers],
        "years": [names[number][1] for number in numbers],
    }


def _rows(query: str, wanted: dict[str, Any], by: Lens) -> Iterator[tuple[Any, ...]]:
    """The query's rows, a part of them in memory at a time."""
    with (
        transaction.atomic(),
        connection.cursor() as setting,
        connection.chunked_cursor() as cursor,
    ):
        setting.execute(ALL_OF_IT)
        cursor.execute(query, {**wanted, "by_origin": by == Lens.ORIGIN})
        del wanted  # which nobody else has: there may be 100,000 names in it
        while some := cursor.fetchmany(AT_A_TIME):
            yield from some

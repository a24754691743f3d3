"""Reads from the catalogue what rows are held against: films by their ids, and their namesakes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

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
SELECT {COLUMNS}
FROM json_array_elements_text(%(imdb_ids)s::json) AS wanted (imdb_id)
JOIN movie ON movie.imdb_id = wanted.imdb_id {POOLED}
"""  # noqa: S608 - of constants only
BY_ID = f"""
SELECT {COLUMNS}
FROM json_array_elements_text(%(ids)s::json) AS wanted (id)
JOIN movie ON movie.id = wanted.id::int {POOLED}
"""  # noqa: S608 - of constants only
# The keys that are looked up, in the order of the index title_key, which has all that it takes;
# each once, with all years that it is wanted of, 0 for none: hundreds of films have some of them.
WANTED = """
ROWS FROM (json_array_elements_text(%(keys)s::json), json_array_elements_text(%(years)s::json))
    WITH ORDINALITY AS wanted (key, years, key_id)
    CROSS JOIN LATERAL (SELECT years::int[] AS year_list OFFSET 0) listed
"""
# The film whose own title that is, where it is the only one of its year. The films are read in the
# order in which most of them are stored, which is faster by half where there are many.
ONLY_ONES = f"""
WITH only_ones AS (
    SELECT key_id, min(movie_id) AS movie_id
    FROM {WANTED} JOIN title USING (key)
    WHERE title.is_own AND title.year = ANY (year_list)
    GROUP BY key_id, title.year
    HAVING min(movie_id) = max(movie_id)
)
SELECT key_id, {COLUMNS}
FROM (SELECT * FROM only_ones ORDER BY movie_id) only_ones
JOIN movie ON movie.id = only_ones.movie_id {POOLED}
"""  # noqa: S608 - of constants only
# The films with that title, of these years, or where it is their own title of the years before and
# after; all of them where it is wanted without a year. How a film's own title is written the film
# says; an alternative one is read.
NAMESAKES = f"""
WITH namesakes AS (
    SELECT DISTINCT key_id, key, movie_id, is_own
    FROM {WANTED} JOIN title USING (key)
    WHERE coalesce(title.year, 0) = ANY (year_list) OR 0 = ANY (year_list)
       OR title.is_own AND NOT %(without_imdb_id)s
          AND (title.year - 1 = ANY (year_list) OR title.year + 1 = ANY (year_list))
)
SELECT key_id, other.name, other.language, {COLUMNS}
FROM (SELECT * FROM namesakes ORDER BY movie_id) namesakes
JOIN movie ON movie.id = namesakes.movie_id
    AND (movie.imdb_id IS NULL OR NOT %(without_imdb_id)s) {POOLED}
LEFT JOIN LATERAL (
    SELECT title.name, title.language
    FROM title
    WHERE title.movie_id = CASE WHEN NOT namesakes.is_own THEN namesakes.movie_id END
      AND NOT title.is_own AND title.key = namesakes.key
) other ON true
WHERE namesakes.is_own OR other.name IS NOT NULL
"""  # noqa: S608 - of constants only
# The best known of each name, whatever its year, by the index alone.
BEST_KNOWN = """
SELECT key_id, movie_id, year
FROM json_array_elements_text(%(keys)s::json) WITH ORDINALITY AS keys (key, key_id)
CROSS JOIN LATERAL (
    SELECT movie_id, year FROM title
    WHERE title.key = keys.key ORDER BY weight DESC LIMIT %(most)s
) best
"""
FETCHED_AT_ONCE = 2_000
# Otherwise PostgreSQL prefers a plan that has the first rows of a cursor soon.
PLAN_FOR_ALL_ROWS = "SET LOCAL cursor_tuple_fraction = 1"

# A folded name with a year, 0 for none.
KeyYear = tuple[str, int]


class Known(NamedTuple):
    """A film with a name."""

    movie_id: int
    year: int | None


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
        parameters = {"imdb_ids": _json(sorted(imdb_ids)), **self._parameters}
        for columns in _fetch(BY_IMDB_ID, parameters) if imdb_ids else ():
            movie = CatalogueMovie(*columns)
            known = found.setdefault(movie.imdb_id or "", movie)
            if (movie.votes, -movie.id) > (known.votes, -known.id):
                found[movie.imdb_id or ""] = movie
        return found

    def movies_by_id(self, ids: Collection[int]) -> dict[int, CatalogueMovie]:
        parameters = {"ids": _json(sorted(ids)), **self._parameters}
        fetched = _fetch(BY_ID, parameters) if ids else ()
        return {columns[0]: CatalogueMovie(*columns) for columns in fetched}

    def only_ones(self, wanted: Collection[KeyYear]) -> dict[KeyYear, CatalogueMovie]:
        """The film of that year whose own title that is, where there is just one."""
        years = _by_key(wanted)
        keys = sorted(years)
        parameters = {**_years_of_keys(keys, years), **self._parameters}
        found: dict[KeyYear, CatalogueMovie] = {}
        for key_id, *columns in _fetch(ONLY_ONES, parameters) if keys else ():
            movie = CatalogueMovie(*columns)
            found[keys[key_id - 1], movie.year or 0] = movie
        return found

    def namesakes(
        self, wanted: Collection[KeyYear], *, without_imdb_id: bool = False
    ) -> dict[KeyYear, list[Namesake]]:
        """The titles of each key and year, and of the years beside it, with their films; or only
        those of that very year whose film has no id of IMDb's."""
        years = _by_key(wanted)
        keys = sorted(years)
        parameters = {
            "without_imdb_id": without_imdb_id,
            **_years_of_keys(keys, years),
            **self._parameters,
        }
        found: defaultdict[KeyYear, list[Namesake]] = defaultdict(list)
        movies: dict[int, CatalogueMovie] = {}
        for key_id, name, language, *columns in _fetch(NAMESAKES, parameters) if keys else ():
            movie = movies.get(columns[0])
            if movie is None:
                movies[columns[0]] = movie = CatalogueMovie(*columns)
            namesake = Namesake(movie, name, language)
            key = keys[key_id - 1]
            off = 1 if name is None and not without_imdb_id else 0
            for year in years[key]:
                if not year or abs((movie.year or 0) - year) <= off:
                    found[key, year].append(namesake)
        return found

    def best_known(self, keys: Sequence[str], most: int) -> dict[str, list[Known]]:
        """The best known films of each name, most at the most, the best known first."""
        found: defaultdict[str, list[Known]] = defaultdict(list)
        parameters = {"keys": _json(keys), "most": most}
        for key_id, *film in _fetch(BEST_KNOWN, parameters) if keys else ():
            found[keys[key_id - 1]].append(Known(*film))
        return found


def _by_key(wanted: Collection[KeyYear]) -> dict[str, list[int]]:
    years: defaultdict[str, list[int]] = defaultdict(list)
    for key, year in wanted:
        years[key].append(year)
    return years


def _years_of_keys(keys: Sequence[str], years: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """The parameters of WANTED."""
    arrays = [f"{{{','.join(map(str, years[key]))}}}" for key in keys]
    return {"keys": _json(keys), "years": _json(arrays)}


def _json(values: Sequence[int | str]) -> str:
    """As PostgreSQL reads an array of JSON. How many there are its planner does not know: it looks
    each up by the index, and never reads a whole table for all of them."""
    return msgspec.json.encode(values).decode()


def _fetch(query: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, parameters)
        parameters.clear()  # there may be 100,000 titles in it
        while fetched := cursor.fetchmany(FETCHED_AT_ONCE):
            yield from fetched

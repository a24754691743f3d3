"""Reads from the catalogue what rows are held against: films by their ids, and their namesakes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import msgspec
from django.db import connection
from django.db.backends.utils import CursorWrapper

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
       pooled.rating, pooled.votes,
       array_to_string(movie.origin_countries || movie.production_countries, ' ')
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
# The best known of each name, that of the year among them, and then others; by the index alone.
BEST_KNOWN = """
SELECT wanted_id, best.movie_id, best.year
FROM ROWS FROM (
    json_array_elements_text(%(keys)s::json), json_array_elements_text(%(years)s::json)
) WITH ORDINALITY AS wanted (key, year, wanted_id)
CROSS JOIN LATERAL (
    (SELECT movie_id, year FROM title
     WHERE title.key = wanted.key AND title.year = wanted.year::int
     ORDER BY weight DESC LIMIT 1)
    UNION ALL
    (SELECT movie_id, year FROM title
     WHERE title.key = wanted.key ORDER BY weight DESC LIMIT %(most)s)
) best
"""
# How many films or names are asked for at once.
ASKED_AT_ONCE = 2_500

# A title as it is written, and folded, with a year, 0 for none.
TitleYear = tuple[str, int]
KeyYear = tuple[str, int]
Item = TypeVar("Item")
Rows = list[tuple[Any, ...]]


class Known(NamedTuple):
    """A film with a name."""

    movie_id: int
    year: int | None


class Catalogue:
    """What is asked of the catalogue, a part of it at a time: the next part is looked up while the
    last one is used."""

    def __init__(self, by: Lens) -> None:
        self._parameters = {"by": by.value, "poster_url": image_folder(POSTER_WIDTH)}

    def movies_by_imdb_id(self, imdb_ids: Collection[str]) -> dict[str, CatalogueMovie]:
        """Where TMDB has an id twice, the film with most votes is the one."""
        found: dict[str, CatalogueMovie] = {}
        for movie in self._movies(BY_IMDB_ID, "imdb_ids", sorted(imdb_ids)):
            known = found.setdefault(movie.imdb_id or "", movie)
            if (movie.votes, -movie.id) > (known.votes, -known.id):
                found[movie.imdb_id or ""] = movie
        return found

    def movies_by_id(self, ids: Collection[int]) -> dict[int, CatalogueMovie]:
        return {movie.id: movie for movie in self._movies(BY_ID, "ids", sorted(ids))}

    def _movies(
        self, query: str, name: str, wanted: Sequence[int | str]
    ) -> Iterator[CatalogueMovie]:
        asked = ((None, {name: _json(some), **self._parameters}) for some in in_parts(wanted))
        for _, rows in _ask_ahead(query, asked):
            yield from (CatalogueMovie(*columns) for columns in rows)

    def only_ones(
        self, parts: Iterable[Mapping[TitleYear, KeyYear]]
    ) -> Iterator[tuple[Mapping[TitleYear, KeyYear], dict[KeyYear, CatalogueMovie]]]:
        """Each part with the films of that year whose own title that is, where there is just one
        of them."""
        asked = ((part, _by_key(each for each in part.values() if all(each))) for part in parts)
        for (part, years), rows in self._ask_for_keys(ONLY_ONES, asked):
            keys = list(years)
            found: dict[KeyYear, CatalogueMovie] = {}
            for key_id, *columns in rows:
                movie = CatalogueMovie(*columns)
                found[keys[key_id - 1], movie.year or 0] = movie
            yield part, found

    def namesakes(
        self, parts: Iterable[Mapping[Item, Sequence[KeyYear]]], *, without_imdb_id: bool = False
    ) -> Iterator[tuple[Mapping[Item, Sequence[KeyYear]], dict[KeyYear, list[Namesake]]]]:
        """Each part with the titles of each key and year, and of the years beside it, with their
        films; or only those of that very year whose film has no id of IMDb's. A name of nothing
        but punctuation has none: it would be like every other one."""
        asked = ((part, _by_key(filter(_is_name, {*chain(*part.values())}))) for part in parts)
        more = {"without_imdb_id": without_imdb_id}
        for (part, years), rows in self._ask_for_keys(NAMESAKES, asked, more):
            keys = list(years)
            found: defaultdict[KeyYear, list[Namesake]] = defaultdict(list)
            movies: dict[int, CatalogueMovie] = {}
            for key_id, name, language, *columns in rows:
                movie = movies.get(columns[0])
                if movie is None:
                    movies[columns[0]] = movie = CatalogueMovie(*columns)
                namesake = Namesake(movie, name, language)
                key = keys[key_id - 1]
                off = 1 if name is None and not without_imdb_id else 0
                for year in years[key]:
                    if not year or abs((movie.year or 0) - year) <= off:
                        found[key, year].append(namesake)
            yield part, found

    def _ask_for_keys(
        self,
        query: str,
        asked: Iterable[tuple[Item, dict[str, list[int]]]],
        more: Mapping[str, Any] | None = None,
    ) -> Iterator[tuple[tuple[Item, dict[str, list[int]]], Rows]]:
        """Each with the rows for its keys and their years."""
        parameters = {**self._parameters, **(more or {})}
        return _ask_ahead(query, ((each, {**parameters, **_wanted(each[1])}) for each in asked))

    def best_known(self, wanted: Sequence[KeyYear], most: int) -> dict[KeyYear, list[Known]]:
        """The best known films of each name: one of that year, if there is one, and most others
        at the most, the best known first."""
        found: defaultdict[KeyYear, list[Known]] = defaultdict(list)
        asked = (
            (some, {"keys": _json([key for key, _ in some]), "years": _json([y for _, y in some]),
                    "most": most})
            for some in in_parts(wanted)
        )  # fmt: skip
        for some, rows in _ask_ahead(BEST_KNOWN, asked):
            for wanted_id, *film in rows:
                found[some[wanted_id - 1]].append(Known(*film))
        return found


def in_parts(wanted: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for start in range(0, len(wanted), ASKED_AT_ONCE):
        yield wanted[start : start + ASKED_AT_ONCE]


def _is_name(wanted: KeyYear) -> bool:
    return wanted[0] != ""


def _by_key(wanted: Iterable[KeyYear]) -> dict[str, list[int]]:
    """Each key with its years, in the order of the index that they are looked up in."""
    years: dict[str, list[int]] = {}
    for key, year in sorted(wanted):
        if (known := years.get(key)) is None:
            years[key] = [year]
        elif known[-1] != year:
            known.append(year)
    return years


def _wanted(years: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """The parameters of WANTED."""
    arrays = [f"{{{','.join(map(str, each))}}}" for each in years.values()]
    return {"keys": _json(list(years)), "years": _json(arrays)}


def _json(values: Sequence[int | str]) -> str:
    """As PostgreSQL reads an array of JSON. How many there are its planner does not know: it looks
    each up by the index, and never reads a whole table for all of them."""
    return msgspec.json.encode(values).decode()


def _ask_ahead(
    query: str, asked: Iterable[tuple[Item, Mapping[str, Any]]]
) -> Iterator[tuple[Item, Rows]]:
    """Each item with the rows for its parameters. The query for the next one is under way while
    these are used: PostgreSQL works for half of the time that an upload takes."""
    with ThreadPoolExecutor(1) as reader:
        before: tuple[Item, Future[Rows]] | None = None
        for item, parameters in asked:
            running = reader.submit(_fetch_all, connection.cursor(), query, parameters)
            if before:
                yield before[0], before[1].result()
            before = item, running
        if before:
            yield before[0], before[1].result()


def _fetch_all(cursor: CursorWrapper, query: str, parameters: Mapping[str, Any]) -> Rows:
    with cursor:
        cursor.execute(query, dict(parameters))
        rows: Rows = cursor.fetchall()
        return rows

"""Writes films into the catalogue and takes them out of it: the only writer of its facts.

Nothing here opens a transaction of its own but to protect one film from another.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.db import DataError, IntegrityError, transaction
from django.db.models import Model

from importer.store.people import save_credits
from importer.store.titles import save_titles
from importer.tmdb.parse_movie import ParsedMovie
from movies import geography
from movies.availability import replace_availability
from movies.changes.recording import record_left, record_saved
from movies.derived import ranking
from movies.derived.title_weights import compute_title_weights
from movies.home import home_countries
from movies.models import (
    Availability,
    Collection,
    Country,
    Credit,
    Genre,
    Language,
    Movie,
    Title,
)
from movies.names import country_name, language_name
from movies.rows import Row, insert_unknown_rows, upsert_rows

# Columns of `movie` that are a film's fields by the same name.
MOVIE_COLUMNS = [
    column.column
    for column in Movie._meta.concrete_fields
    if column.column in ParsedMovie.__dataclass_fields__
]
# Those of which another value is a change: popularity is another every day.
CHANGE_COLUMNS = [name for name in MOVIE_COLUMNS if name != "popularity"] + ["home_countries"]
CHUNK = 1000

Key = TypeVar("Key")


def save_movies(
    movies: Sequence[ParsedMovie], now: datetime.datetime
) -> tuple[Sequence[ParsedMovie], list[tuple[int, str]]]:
    """The films that were saved, and those that PostgreSQL refused, with its words."""
    try:
        with transaction.atomic():
            write_movies(movies, now)
    except (DataError, IntegrityError) as error:
        if len(movies) == 1:
            return [], [(movies[0].id, str(error))]
    else:
        return movies, []
    saved: list[ParsedMovie] = []
    refused: list[tuple[int, str]] = []
    for movie in movies:
        good, bad = save_movies([movie], now)
        saved += good
        refused += bad
    return saved, refused


def write_movies(movies: Sequence[ParsedMovie], now: datetime.datetime) -> None:
    if not movies:
        return
    add_unknown_codes(movies)
    changed = set(find_changed(movies))
    save_facts(movies, now)
    weights = compute_title_weights([movie.id for movie in movies])
    changed.update(save_titles(movies, weights))
    changed.update(save_credits(movies, weights))
    save_availability(movies)
    record_saved([movie.id for movie in movies], changed)


def find_changed(movies: Sequence[ParsedMovie]) -> Iterator[int]:
    """Those that are stored with other facts."""
    stored = Movie.objects.filter(id__in=[movie.id for movie in movies])
    known = {row["id"]: row for row in stored.values(*CHANGE_COLUMNS)}
    for movie in movies:
        row, before = movie_row(movie), known.get(movie.id)
        if before and any(row[name] != before[name] for name in CHANGE_COLUMNS):
            yield movie.id


def save_facts(movies: Sequence[ParsedMovie], now: datetime.datetime) -> None:
    """The rows of `movie`; a film that came without where it can be watched keeps its moment."""
    asked = [movie for movie in movies if movie.availability is not None]
    others = [movie for movie in movies if movie.availability is None]
    upsert_rows(Movie, [movie_row(movie) | {"availability_at": now} for movie in asked])
    upsert_rows(Movie, [movie_row(movie) for movie in others])


def movie_row(movie: ParsedMovie) -> dict[str, object]:
    """Its row, with what follows from its facts."""
    home = home_countries(
        movie.origin_countries,
        movie.production_countries,
        movie.original_language,
        movie.company_countries,
    )
    return {name: getattr(movie, name) for name in MOVIE_COLUMNS} | {"home_countries": home}


def add_unknown_codes(movies: Sequence[ParsedMovie]) -> None:
    """A code that the reference lists do not have yet gets the name that the films give it."""
    origins = {code: code for movie in movies for code in movie.origin_countries}
    save_countries(origins | merged(movie.country_names for movie in movies), update=False)
    save_genres(merged(movie.genre_names for movie in movies), update=False)
    originals = {movie.original_language: "" for movie in movies if movie.original_language}
    save_languages(originals | merged(movie.language_names for movie in movies), update=False)
    upsert_rows(
        Collection,
        [
            {"id": number, "name": name}
            for number, name in merged(movie.collection_names for movie in movies).items()
        ],
    )


def merged(mappings: Iterable[dict[Key, str]]) -> dict[Key, str]:
    return {key: value for mapping in mappings for key, value in mapping.items()}


def save_countries(names: dict[str, str], *, update: bool) -> None:
    """Countries by code, with CLDR's name or else the given one; `update` renames known ones."""
    save_names(
        Country,
        [
            {
                "code": code,
                "name": country_name(code) or name or code,
                "continent": geography.continent(code),
                "is_current": not geography.successors(code),
                "successors": geography.successors(code),
            }
            for code, name in names.items()
        ],
        update=update,
    )


def save_genres(names: dict[int, str], *, update: bool) -> None:
    """Genres by TMDB's number; with `update`, the names of known ones too."""
    save_names(
        Genre, [{"id": number, "name": name} for number, name in names.items()], update=update
    )


def save_languages(names: dict[str, str], *, update: bool) -> None:
    """Languages by code, with CLDR's name or else the given one; `update` renames known ones."""
    save_names(
        Language,
        [
            {"code": code, "name": language_name(code) or name or code}
            for code, name in names.items()
        ],
        update=update,
    )


def save_names(model: type[Model], rows: Sequence[Row], *, update: bool) -> None:
    (upsert_rows if update else insert_unknown_rows)(model, rows)


def save_availability(movies: Sequence[ParsedMovie]) -> None:
    """Where those films can be watched that came with it."""
    known = {movie.id: movie.availability for movie in movies if movie.availability is not None}
    offers = {
        movie_id: [(region, kind, ids) for (region, kind), ids in given.offers.items()]
        for movie_id, given in known.items()
    }
    providers = {
        number: named for given in known.values() for number, named in given.providers.items()
    }
    replace_availability(offers, providers)


def remove_movies(movie_ids: Sequence[int]) -> None:
    """Take films out of the catalogue and of every answer."""
    for start in range(0, len(movie_ids), CHUNK):
        some = list(movie_ids[start : start + CHUNK])
        ranking.remove_from_ranking(some)
        record_left(some)
        for part in (Title, Credit, Availability):
            part._default_manager.filter(movie__in=some).delete()
        Movie.objects.filter(id__in=some).delete()

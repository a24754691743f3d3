"""Writes films into the catalogue and takes them out of it: the only writer of its facts.

Nothing here opens a transaction of its own but to protect one film from another.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import DataError, IntegrityError, transaction

from importer.tmdb.parse import ParsedMovie
from movies import folding, geography
from movies.derived import ranking
from movies.derived.title_weights import compute_title_weights
from movies.models import Country, Genre, Language, Movie, Title
from movies.names import country_name, language_name

# Columns of `movie` in the order of a film's fields; what is left are names for other tables.
MOVIE_FIELDS = [column.name for column in Movie._meta.concrete_fields]
# Columns of `title` that do not follow from the name.
TITLE_FACTS = ("name", "weight", "year", "is_own")
CHUNK = 1000

Key = TypeVar("Key")


def save_movies(
    movies: Sequence[ParsedMovie],
) -> tuple[Sequence[ParsedMovie], list[tuple[int, str]]]:
    """The films that were saved, and those that PostgreSQL refused, with its words."""
    try:
        with transaction.atomic():
            write_movies(movies)
    except (DataError, IntegrityError) as error:
        if len(movies) == 1:
            return [], [(movies[0].id, str(error))]
    else:
        return movies, []
    saved: list[ParsedMovie] = []
    refused: list[tuple[int, str]] = []
    for movie in movies:
        good, bad = save_movies([movie])
        saved += good
        refused += bad
    return saved, refused


def write_movies(movies: Sequence[ParsedMovie]) -> None:
    if not movies:
        return
    add_unknown_codes(movies)
    Movie.objects.bulk_create(
        [Movie(**{name: getattr(movie, name) for name in MOVIE_FIELDS}) for movie in movies],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[name for name in MOVIE_FIELDS if name != "id"],
    )
    write_titles(movies)


def add_unknown_codes(movies: Sequence[ParsedMovie]) -> None:
    """A code that the reference lists do not have yet gets the name that the films give it."""
    origins = {code: code for movie in movies for code in movie.origin_countries}
    save_countries(origins | merged(movie.country_names for movie in movies), update=False)
    save_genres(merged(movie.genre_names for movie in movies), update=False)
    originals = {movie.original_language: "" for movie in movies if movie.original_language}
    save_languages(originals | merged(movie.language_names for movie in movies), update=False)


def merged(mappings: Iterable[dict[Key, str]]) -> dict[Key, str]:
    return {key: value for mapping in mappings for key, value in mapping.items()}


def save_countries(names: dict[str, str], *, update: bool) -> None:
    """Countries by code, with CLDR's name or else the given one; `update` renames known ones."""
    rows = [
        Country(
            code=code,
            name=country_name(code) or name or code,
            continent=geography.continent(code),
            is_current=not geography.successors(code),
            successors=geography.successors(code),
        )
        for code, name in names.items()
    ]
    upsert(Country, rows, update)


def save_genres(names: dict[int, str], *, update: bool) -> None:
    """Genres by TMDB's number; with `update`, the names of known ones too."""
    upsert(Genre, [Genre(id=number, name=name) for number, name in names.items()], update)


def save_languages(names: dict[str, str], *, update: bool) -> None:
    """Languages by code, with CLDR's name or else the given one; `update` renames known ones."""
    rows = [
        Language(code=code, name=language_name(code) or name or code)
        for code, name in names.items()
    ]
    upsert(Language, rows, update)


def upsert(model: type[Country | Genre | Language], rows: list[Any], update: bool) -> None:
    key = model._meta.pk.name
    columns = [column.name for column in model._meta.concrete_fields if column.name != key]
    if update:
        model.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=[key], update_fields=columns
        )
    else:
        model.objects.bulk_create(rows, ignore_conflicts=True)


def write_titles(movies: Sequence[ParsedMovie]) -> None:
    """Titles of the films that have others now; the rest of the rows stay untouched."""
    weights = compute_title_weights([movie.id for movie in movies])
    wanted = {movie.id: named(movie, weights[movie.id]) for movie in movies}
    there = defaultdict(list)
    rows = Title.objects.filter(movie__in=list(wanted)).order_by("id")
    for movie_id, *facts in rows.values_list("movie_id", *TITLE_FACTS):
        there[movie_id].append(tuple(facts))
    changed = [movie_id for movie_id, titles in wanted.items() if titles != there[movie_id]]
    Title.objects.filter(movie__in=[movie_id for movie_id in changed if there[movie_id]]).delete()
    Title.objects.bulk_create(
        Title(
            movie_id=movie_id,
            name=name,
            key=folding.key(name),
            words=folding.words(name),
            weight=weight,
            year=year,
            is_own=is_own,
        )
        for movie_id in changed
        for name, weight, year, is_own in wanted[movie_id]
    )


def named(movie: ParsedMovie, weight: int) -> list[tuple[str, int, int | None, bool]]:
    """TITLE_FACTS of each of the film's names."""
    year = movie.release_date.year if movie.release_date else None
    own = (movie.title, movie.original_title)
    return [(name, weight, year, name in own) for name in movie.names]


def remove_movies(movie_ids: Sequence[int]) -> None:
    """Take films out of the catalogue and of every answer."""
    for start in range(0, len(movie_ids), CHUNK):
        some = list(movie_ids[start : start + CHUNK])
        ranking.remove_from_ranking(some)
        Title.objects.filter(movie__in=some).delete()
        Movie.objects.filter(id__in=some).delete()

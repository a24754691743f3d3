"""All that the catalogue has on one film."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from movies.films import Film, films_by_id
from movies.models import Country, Genre, ImdbRating, Language, Lens, Movie, Title

Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmDetails(Film):
    """A film with what its codes and ids stand for."""

    imdb: ImdbRating | None
    genres: list[Genre]
    original_language: Language | None
    spoken_languages: list[Language]
    origin_countries: list[Country]
    production_countries: list[Country]
    # All that it is known by, its own first.
    titles: list[str]


def film_details(movie_id: int) -> FilmDetails | None:
    """The film with this id of TMDB's; None where the catalogue has none. Six queries."""
    film = films_by_id([movie_id]).get(movie_id)
    if film is None:
        return None
    movie = film.movie
    origin = movie.country_codes(Lens.ORIGIN)
    genres = Genre.objects.in_bulk(movie.genre_ids)
    languages = Language.objects.in_bulk([movie.original_language, *movie.spoken_languages])
    countries = Country.objects.in_bulk([*origin, *movie.production_countries])
    return FilmDetails(
        movie=movie,
        rating=film.rating,
        votes=film.votes,
        weighted_rating=film.weighted_rating,
        few_votes=film.few_votes,
        imdb=imdb_rating(movie),
        genres=in_order(genres, movie.genre_ids),
        original_language=languages.get(movie.original_language),
        spoken_languages=in_order(languages, movie.spoken_languages),
        origin_countries=in_order(countries, origin),
        production_countries=in_order(countries, movie.production_countries),
        titles=distinct(movie.title, movie.original_title, *stored_titles(movie.id)),
    )


def imdb_rating(movie: Movie) -> ImdbRating | None:
    """IMDb's, if it has any for this record of TMDB's: see `movies.pooled_votes`."""
    if not movie.imdb_id or movie.imdb_rating is None or movie.imdb_votes is None:
        return None
    return ImdbRating(movie.imdb_id, movie.imdb_rating, movie.imdb_votes)


def in_order(rows: Mapping[Key, Row], keys: Iterable[Key]) -> list[Row]:
    """The rows of these keys, of those that there are."""
    return [rows[key] for key in keys if key in rows]


def stored_titles(movie_id: int) -> list[str]:
    return list(Title.objects.filter(movie=movie_id).order_by("id").values_list("name", flat=True))


def distinct(*titles: str) -> list[str]:
    """Each of them once, in their order."""
    return list(dict.fromkeys(titles))

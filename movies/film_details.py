"""All that the catalogue has on one film."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from movies.credits import film_credits
from movies.films import Film, films_by_id
from movies.models import (
    Collection,
    Country,
    Credit,
    Genre,
    ImdbRating,
    Language,
    Lens,
    Movie,
    Title,
)

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
    # Those of them that only a translation has.
    translated_titles: list[Title]
    # None until the next ranking, of a film that an earlier release has stored.
    home_countries: list[Country] | None
    # None until the film is fetched with its parts.
    directors: list[Credit] | None
    cast: list[Credit] | None
    collection: Collection | None

    @property
    def countries_at_home(self) -> list[Country]:
        """Whose it is, as lists have it."""
        return self.origin_countries if self.home_countries is None else self.home_countries

    @property
    def other_origin_countries(self) -> list[Country]:
        """Those of its origin that it is a co-production of."""
        return [one for one in self.origin_countries if one not in self.countries_at_home]


def film_details(movie_id: int) -> FilmDetails | None:
    """The film with this id of TMDB's; None where the catalogue has none. Eight queries."""
    film = films_by_id([movie_id]).get(movie_id)
    if film is None:
        return None
    movie = film.movie
    origin = movie.country_codes(Lens.ORIGIN)
    genres = Genre.objects.in_bulk(movie.genre_ids)
    languages = Language.objects.in_bulk([movie.original_language, *movie.spoken_languages])
    home = movie.home_countries
    countries = Country.objects.in_bulk([*origin, *movie.production_countries, *(home or [])])
    titles = list(Title.objects.filter(movie=movie.id).order_by("id").only("name", "language"))
    directors, cast = film_credits(movie.id) if movie.is_fetched_whole else (None, None)
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
        titles=distinct(movie.title, movie.original_title, *(title.name for title in titles)),
        translated_titles=[title for title in titles if title.language],
        home_countries=None if home is None else in_order(countries, home),
        directors=directors,
        cast=cast,
        collection=find_collection(movie.collection_id),
    )


def imdb_rating(movie: Movie) -> ImdbRating | None:
    """IMDb's, if it has any for this record of TMDB's: see `movies.pooled_votes`."""
    if not movie.imdb_id or movie.imdb_rating is None or movie.imdb_votes is None:
        return None
    return ImdbRating(movie.imdb_id, movie.imdb_rating, movie.imdb_votes)


def in_order(rows: Mapping[Key, Row], keys: Iterable[Key]) -> list[Row]:
    """The rows of these keys, of those that there are."""
    return [rows[key] for key in keys if key in rows]


def find_collection(collection_id: int | None) -> Collection | None:
    if collection_id is None:
        return None
    return Collection.objects.filter(id=collection_id).first()


def distinct(*titles: str) -> list[str]:
    """Each of them once, in their order."""
    return list(dict.fromkeys(titles))

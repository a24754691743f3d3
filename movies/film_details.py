"""All that the catalogue has on one film."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from movies import reference
from movies.credits import film_credits
from movies.films import Film
from movies.models import (
    Collection,
    Country,
    Credit,
    Genre,
    ImdbRating,
    Language,
    Lens,
    Movie,
    RankingState,
)
from movies.pooled_votes import POOLED

# With its collection and its titles, in their order.
FILM = f"""
SELECT movie.*, pooled.rating, pooled.votes, imdb.rating AS imdb_rating, imdb.votes AS imdb_votes,
       collection.name AS collection_name,
       ARRAY(SELECT name FROM title WHERE movie_id = movie.id ORDER BY id) AS title_names,
       ARRAY(SELECT language FROM title WHERE movie_id = movie.id ORDER BY id) AS title_languages
FROM movie {POOLED} LEFT JOIN collection ON collection.id = movie.collection_id
WHERE movie.id = %s
"""  # noqa: S608 - of constants only

# Above it no index is used: a number of twenty digits would read the whole table.
LARGEST_ID = 2**31 - 1

Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class TranslatedTitle:
    """A name, and ISO 639-1's code of the language that it is in."""

    name: str
    language: str


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
    translated_titles: list[TranslatedTitle]
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
    """The film with this id of TMDB's; None where the catalogue has none. Two queries, beside
    those of the edition's first film."""
    if movie_id > LARGEST_ID:
        return None
    found: list[Any] = list(Movie.objects.raw(FILM, [movie_id]))
    if not found:
        return None
    [movie] = found
    state = RankingState.current()
    countries, languages = reference.countries(), reference.languages()
    directors, cast = film_credits(movie.id) if movie.is_fetched_whole else (None, None)
    home = movie.home_countries
    return FilmDetails(
        movie=movie,
        rating=movie.rating,
        votes=movie.votes,
        weighted_rating=state.weighted_rating(movie.rating, movie.votes),
        few_votes=state.has_few_votes(movie.votes),
        imdb=imdb_rating(movie),
        genres=in_order(reference.genres(), movie.genre_ids),
        original_language=languages.get(movie.original_language),
        spoken_languages=in_order(languages, movie.spoken_languages),
        origin_countries=in_order(countries, movie.country_codes(Lens.ORIGIN)),
        production_countries=in_order(countries, movie.production_countries),
        titles=distinct(movie.title, movie.original_title, *movie.title_names),
        translated_titles=translated_titles(movie.title_names, movie.title_languages),
        home_countries=None if home is None else in_order(countries, home),
        directors=directors,
        cast=cast,
        collection=collection_of(movie.collection_id, movie.collection_name),
    )


def imdb_rating(movie: Movie) -> ImdbRating | None:
    """IMDb's, if it has any for this record of TMDB's: see `movies.pooled_votes`."""
    if not movie.imdb_id or movie.imdb_rating is None or movie.imdb_votes is None:
        return None
    return ImdbRating(movie.imdb_id, movie.imdb_rating, movie.imdb_votes)


def in_order(rows: Mapping[Key, Row], keys: Iterable[Key]) -> list[Row]:
    """The rows of these keys, of those that there are."""
    return [rows[key] for key in keys if key in rows]


def collection_of(number: int | None, name: str | None) -> Collection | None:
    """None where the film is in none, or in one that is not known."""
    return None if number is None or name is None else Collection(number, name)


def translated_titles(
    names: Iterable[str], languages: Iterable[str | None]
) -> list[TranslatedTitle]:
    named = zip(names, languages, strict=True)
    return [TranslatedTitle(name, language) for name, language in named if language]


def distinct(*titles: str) -> list[str]:
    """Each of them once, in their order."""
    return list(dict.fromkeys(titles))

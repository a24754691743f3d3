"""All that the catalogue has on one film."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from movies import reference
from movies.credits import CREDITS, CreditedPerson, split_credits
from movies.films import MOVIE_COLUMNS, MOVIE_FIELDS, Film
from movies.models import (
    Collection,
    Country,
    Genre,
    ImdbRating,
    Language,
    Lens,
    Movie,
    RankingState,
)
from movies.pooled_votes import IMDB, add_up
from movies.prepared import prepared_cursor
from movies.remembered import Remembered

# With its collection, its titles and its people, in their order: one statement, in plain SQL.
FILM_COLUMNS = f"""
{MOVIE_COLUMNS},
imdb.rating, imdb.votes,
(SELECT name FROM collection WHERE collection.id = movie.collection_id),
(SELECT json_agg(json_build_array(name, language) ORDER BY id)
 FROM title WHERE title.movie_id = movie.id),
{CREDITS}
"""  # noqa: S608 - of constants only
FILM_TABLES = f"movie {IMDB}"
FILM = f"SELECT {FILM_COLUMNS} FROM {FILM_TABLES} WHERE movie.id = %s"  # noqa: S608 - likewise

# Above it no index is used: a number of twenty digits would read the whole table.
LARGEST_ID = 2**31 - 1

Key = TypeVar("Key")
Row = TypeVar("Row")
FilmRow = tuple[Any, ...]

# The last film's id, and its FILM_COLUMNS.
film_read: Remembered[tuple[int, FilmRow]] = Remembered("film_row")


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
    directors: list[CreditedPerson] | None
    cast: list[CreditedPerson] | None
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
    """The film with this id of TMDB's; None where the catalogue has none. One query at the most,
    beside those of the edition's first film."""
    if movie_id > LARGEST_ID:
        return None
    row: Any = read_film(movie_id)
    if row is None:
        return None
    movie = Movie(*row[: len(MOVIE_FIELDS)])
    imdb_rating, imdb_votes, collection, titles, people = row[len(MOVIE_FIELDS) :]
    imdb = imdb_rating_of(movie, imdb_rating, imdb_votes)
    rating, votes = add_up(
        None if movie.tmdb_rating is None else (movie.tmdb_rating, movie.tmdb_votes),
        (imdb.rating, imdb.votes) if imdb else None,
    )
    titles = titles or []
    state = RankingState.current()
    countries, languages = reference.countries(), reference.languages()
    directors, cast = split_credits(people) if movie.is_fetched_whole else (None, None)
    home = movie.home_countries
    return FilmDetails(
        movie=movie,
        rating=rating,
        votes=votes,
        weighted_rating=state.weighted_rating(rating, votes),
        few_votes=state.has_few_votes(votes),
        imdb=imdb,
        genres=in_order(reference.genres(), movie.genre_ids),
        original_language=languages.get(movie.original_language),
        spoken_languages=in_order(languages, movie.spoken_languages),
        origin_countries=in_order(countries, movie.country_codes(Lens.ORIGIN)),
        production_countries=in_order(countries, movie.production_countries),
        titles=distinct(movie.title, movie.original_title, *(name for name, _ in titles)),
        translated_titles=[TranslatedTitle(name, code) for name, code in titles if code],
        home_countries=None if home is None else in_order(countries, home),
        directors=directors,
        cast=cast,
        collection=collection_of(movie.collection_id, collection),
    )


def read_film(movie_id: int) -> FilmRow | None:
    """What FILM_COLUMNS has of it, unless another query of the block has read that."""
    if (known := film_read.get()) and known[0] == movie_id:
        return known[1]
    with prepared_cursor() as cursor:
        cursor.execute(FILM, [movie_id])
        row: FilmRow | None = cursor.fetchone()
    return row


def imdb_rating_of(movie: Movie, rating: float | None, votes: int | None) -> ImdbRating | None:
    """IMDb's, if it has any for this record of TMDB's: see `movies.pooled_votes`."""
    if not movie.imdb_id or rating is None or votes is None:
        return None
    return ImdbRating(movie.imdb_id, rating, votes)


def in_order(rows: Mapping[Key, Row], keys: Iterable[Key]) -> list[Row]:
    """The rows of these keys, of those that there are."""
    return [rows[key] for key in keys if key in rows]


def collection_of(number: int | None, name: str | None) -> Collection | None:
    """None where the film is in none, or in one that is not known."""
    return None if number is None or name is None else Collection(number, name)


def distinct(*titles: str) -> list[str]:
    """Each of them once, in their order."""
    return list(dict.fromkeys(titles))

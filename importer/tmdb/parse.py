"""Reads what TMDB gives: bytes in, checked records out. Pure: no network, no database.

Heals what can be healed without guessing (empty strings, padded ids, nulls for empty lists, a
country named twice) and refuses the rest with the place and the reason.
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from importer.errors import MovieExcluded, ParseFailed
from movies.imdb_ids import find_imdb_id

# What PostgreSQL's int can hold; TMDB's ids are far below it.
MovieId = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
# Such that TMDB's and IMDb's can be added up in one.
VoteCount = Annotated[int, Meta(ge=0, le=10**9)]
CountryCode = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]
LanguageCode = Annotated[str, Meta(pattern=r"^[a-z]{2}\Z")]
# A film's own may be padded, or empty.
OriginalLanguage = Annotated[str, Meta(pattern=r"^\s*([a-z]{2})?\s*\Z")]

# TMDB takes votes from 0.5 to 10: a mean below that is no rating.
LOWEST_RATING = 0.5
# What reading raises: msgspec for other JSON or none, the functions below for what is not the
# field's, Python for JSON that is nested without end.
UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


class Change(msgspec.Struct):
    """A film that has changed; TMDB gives null for some."""

    id: MovieId | None
    adult: bool | None = None


class ChangesPage(msgspec.Struct):
    """A page of /movie/changes, in TMDB's shape."""

    results: list[Change]
    page: int
    total_pages: Count

    @property
    def movie_ids(self) -> list[int]:
        """The distinct ids of what may be films of the catalogue."""
        return distinct(
            change.id for change in self.results if change.id is not None and not change.adult
        )


class CountryEntry(msgspec.Struct):
    """An entry of /configuration/countries."""

    iso_3166_1: CountryCode
    english_name: str


class LanguageEntry(msgspec.Struct):
    """An entry of /configuration/languages."""

    iso_639_1: LanguageCode
    english_name: str | None = ""
    name: str | None = ""


class GenreEntry(msgspec.Struct):
    """A genre, in the list of all of them and in a film's details."""

    id: Count
    name: str


class GenreList(msgspec.Struct):
    """/genre/movie/list"""

    genres: list[GenreEntry]


class ProductionCountry(msgspec.Struct):
    iso_3166_1: CountryCode
    name: str | None = ""


class SpokenLanguage(msgspec.Struct):
    iso_639_1: LanguageCode
    english_name: str | None = ""


class AlternativeTitle(msgspec.Struct):
    title: str | None


class AlternativeTitles(msgspec.Struct):
    titles: list[AlternativeTitle] | None = None


class ExternalIds(msgspec.Struct):
    imdb_id: str | None = None


class Details(msgspec.Struct):
    """A film's details in TMDB's shape. Old records lack what has a default here."""

    id: MovieId
    title: str
    original_title: str
    original_language: OriginalLanguage
    vote_average: Annotated[float, Meta(ge=0, le=10)]
    vote_count: VoteCount
    popularity: float
    adult: bool | None = False
    video: bool | None = False
    status: str | None = ""
    release_date: str | None = None
    runtime: Count | None = None
    poster_path: str | None = None
    imdb_id: str | None = None
    external_ids: ExternalIds | None = None
    origin_country: list[CountryCode] | None = None
    production_countries: list[ProductionCountry] | None = None
    genres: list[GenreEntry] | None = None
    spoken_languages: list[SpokenLanguage] | None = None
    alternative_titles: AlternativeTitles | None = None


@dataclass(frozen=True, slots=True)
class ParsedMovie:
    """A film as it will be stored, with the names of the codes that it uses."""

    id: int
    imdb_id: str | None
    title: str
    original_title: str
    original_language: str
    release_date: datetime.date | None
    status: str
    runtime: int | None
    poster_path: str | None
    popularity: float
    tmdb_rating: float | None
    tmdb_votes: int
    origin_countries: list[str]
    production_countries: list[str]
    genre_ids: list[int]
    spoken_languages: list[str]
    # Every distinct name, the title first, the original one second.
    names: list[str]
    country_names: dict[str, str]
    genre_names: dict[int, str]
    language_names: dict[str, str]


T = TypeVar("T")

changes_page = msgspec.json.Decoder(ChangesPage)
details = msgspec.json.Decoder(Details)
country_list = msgspec.json.Decoder(list[CountryEntry])
language_list = msgspec.json.Decoder(list[LanguageEntry])
genre_list = msgspec.json.Decoder(GenreList)


def parse_changes(body: bytes, page: int) -> ChangesPage:
    """This page of the list of changes; ParseFailed, with the body, when it is another or none."""
    with refusing(body):
        changes = changes_page.decode(body)
        if changes.page != page:
            raise ValueError(f"asked for page {page}, got page {changes.page}")
        return changes


def parse_countries(body: bytes) -> dict[str, str]:
    """Code to English name."""
    with refusing(body):
        entries = country_list.decode(body)
        return {entry.iso_3166_1: text(entry.english_name) for entry in entries}


def parse_languages(body: bytes) -> dict[str, str]:
    """Code to English name, or the language's own name where there is none."""
    with refusing(body):
        entries = language_list.decode(body)
        return {
            entry.iso_639_1: text(entry.english_name or "") or text(entry.name or "")
            for entry in entries
        }


def parse_genres(body: bytes) -> dict[int, str]:
    """TMDB's number to English name."""
    with refusing(body):
        return {entry.id: text(entry.name) for entry in genre_list.decode(body).genres}


def parse_movie(body: bytes, movie_id: int) -> ParsedMovie:
    """The film of a details answer; ParseFailed, with the body, when it is not that film's.

    MovieExcluded for what the export would have been left out for as well.
    """
    with refusing(body):
        movie = details.decode(body)
        if movie.id != movie_id:
            raise ValueError(f"asked for movie {movie_id}, got movie {movie.id}")
        if movie.adult or movie.video:
            raise MovieExcluded(f"movie {movie_id} is an adult title or a video", dump=body)
        return parsed(movie)


@contextmanager
def refusing(body: bytes) -> Iterator[None]:
    """Whatever in the block cannot be read is a ParseFailed with the body."""
    try:
        yield
    except UNREADABLE as error:
        raise ParseFailed(str(error), dump=body) from None


def parsed(movie: Details) -> ParsedMovie:
    title = text(movie.title) or text(movie.original_title)
    if not title:
        raise ValueError("the film has no title")
    made_in = movie.production_countries or []
    genres = movie.genres or []
    spoken = movie.spoken_languages or []
    original_title = text(movie.original_title) or title
    return ParsedMovie(
        id=movie.id,
        imdb_id=imdb_id(movie),
        title=title,
        original_title=original_title,
        original_language=movie.original_language.strip(),
        release_date=date(movie.release_date),
        status=text(movie.status or ""),
        # TMDB's 0 minutes are a length that it does not know.
        runtime=movie.runtime or None,
        poster_path=text(movie.poster_path or "") or None,
        popularity=movie.popularity,
        tmdb_rating=rating(movie),
        tmdb_votes=movie.vote_count,
        origin_countries=distinct(movie.origin_country or []),
        production_countries=distinct(country.iso_3166_1 for country in made_in),
        genre_ids=distinct(genre.id for genre in genres),
        spoken_languages=distinct(language.iso_639_1 for language in spoken),
        names=distinct(names(title, original_title, movie.alternative_titles)),
        country_names={country.iso_3166_1: text(country.name or "") for country in made_in},
        genre_names={genre.id: text(genre.name) for genre in genres},
        language_names={
            language.iso_639_1: text(language.english_name or "") for language in spoken
        },
    )


def names(title: str, original_title: str, others: AlternativeTitles | None) -> Iterator[str]:
    yield title
    yield original_title
    for other in (others and others.titles) or []:
        if name := text(other.title or ""):
            yield name


def rating(movie: Details) -> float | None:
    """The mean of TMDB's votes; None while there are none."""
    return movie.vote_average if movie.vote_count and movie.vote_average >= LOWEST_RATING else None


def imdb_id(movie: Details) -> str | None:
    """IMDb's id wherever the answer has it, without what surrounds it."""
    for given in (movie.imdb_id, movie.external_ids and movie.external_ids.imdb_id):
        if found := find_imdb_id(given or ""):
            return found
    return None


def date(given: str | None) -> datetime.date | None:
    if not given or not given.strip():
        return None
    try:
        return datetime.date.fromisoformat(given.strip())
    except ValueError:
        raise ValueError(f"release_date is not a date: {given[:40]!r}") from None


def text(given: str) -> str:
    """The text without padding; ValueError for what PostgreSQL cannot store."""
    if "\0" in given:
        raise ValueError(f"NUL in {given[:40]!r}: PostgreSQL cannot store it")
    return given.strip()


def distinct(given: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(given))

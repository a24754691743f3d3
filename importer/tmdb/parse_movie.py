"""Reads a film's details: bytes in, a checked record out. Pure: no network, no database.

Heals what can be healed without guessing (empty strings, padded ids, nulls for empty lists, a
country named twice), leaves out what is odd in optional parts and tells it, and refuses with the
place and the reason what is no film: without an id, a title, or votes.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from importer.errors import MovieExcluded
from importer.tmdb.details import AlternativeTitles, Details, Sorting
from importer.tmdb.parse import distinct, optional, refusing, text
from importer.tmdb.parse_parts import (
    ParsedAvailability,
    ParsedCredits,
    choose_trailer,
    parsed_availability,
    parsed_credits,
    translated_names,
)
from importer.tmdb.salvage import Oddity, salvage
from movies.home import without_language
from movies.imdb_ids import find_imdb_id

# TMDB takes votes from 0.5 to 10: a mean below that is no rating.
LOWEST_RATING = 0.5
# The longest date that a message repeats.
SHOWN_CHARACTERS = 40

details = msgspec.json.Decoder(Details)
sorting = msgspec.json.Decoder(Sorting)


@dataclass(frozen=True, slots=True)
class ParsedMovie:
    """A film as it will be stored, with the names of the codes that it uses.

    A part that did not come at all is None: what is stored of it stays.
    """

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
    overview: str
    tagline: str
    backdrop_path: str | None
    collection_id: int | None
    # One for each production company that has one.
    company_countries: list[str]
    trailer_site: str | None
    trailer_key: str | None
    # Every distinct name but the translated ones, the title first, the original one second.
    names: list[str]
    # Language by name, where a translation alone has that name.
    translated: dict[str, str] | None
    credits: ParsedCredits | None
    availability: ParsedAvailability | None
    collection_names: dict[int, str]
    country_names: dict[str, str]
    genre_names: dict[int, str]
    language_names: dict[str, str]
    # What was left out of it.
    oddities: list[Oddity]


def parse_movie(body: bytes, movie_id: int) -> ParsedMovie:
    """The film of a details answer.

    ParseFailed, with the body, when it is not that film's; MovieExcluded for what the export
    would have been left out for as well.
    """
    with refusing(body):
        movie, oddities = read_details(body)
        if movie.id != movie_id:
            raise ValueError(f"asked for movie {movie_id}, got movie {movie.id}")
        if movie.adult or movie.video:
            raise MovieExcluded(f"movie {movie_id} is an adult title or a video", dump=body)
        return parsed(movie, oddities)


def read_details(body: bytes) -> tuple[Details, list[Oddity]]:
    """All of it in one go, as nearly every answer allows; else what can be read of it."""
    # NUL, which PostgreSQL cannot store.
    if b"\\u0000" not in body:
        try:
            return details.decode(body), []
        except msgspec.ValidationError:
            pass
    sorting.decode(body)
    return salvage(body, Details)


def parsed(movie: Details, oddities: list[Oddity]) -> ParsedMovie:
    """What is stored of it; oddities that its shape does not show are added."""
    title = text(movie.title) or text(movie.original_title or "")
    if not title:
        raise ValueError("the film has no title")
    made_in = movie.production_countries or []
    genres = movie.genres or []
    spoken = movie.spoken_languages or []
    original_title = text(movie.original_title or "") or title
    names = distinct(own_names(title, original_title, movie.alternative_titles))
    collection = movie.belongs_to_collection
    videos = (movie.videos and movie.videos.results) or []
    original_language = (movie.original_language or "").strip()
    produced_in = distinct(country.iso_3166_1 for country in made_in)
    trailer = choose_trailer(videos, original_language)
    return ParsedMovie(
        id=movie.id,
        imdb_id=imdb_id(movie),
        title=title,
        original_title=original_title,
        original_language=original_language,
        release_date=date(movie.release_date, oddities),
        status=text(movie.status or ""),
        # TMDB's 0 minutes are a length that it does not know.
        runtime=movie.runtime or None,
        poster_path=optional(movie.poster_path),
        popularity=movie.popularity,
        tmdb_rating=rating(movie),
        tmdb_votes=movie.vote_count,
        origin_countries=without_language(
            distinct(movie.origin_country or []), produced_in, original_language
        ),
        production_countries=produced_in,
        genre_ids=distinct(genre.id for genre in genres),
        spoken_languages=distinct(language.iso_639_1 for language in spoken),
        overview=text(movie.overview or ""),
        tagline=text(movie.tagline or ""),
        backdrop_path=optional(movie.backdrop_path),
        collection_id=collection.id if collection else None,
        company_countries=[
            company.origin_country
            for company in movie.production_companies or []
            if company.origin_country
        ],
        trailer_site=trailer.site if trailer else None,
        trailer_key=trailer.key if trailer else None,
        names=names,
        translated=translated_names(movie.translations, names),
        credits=parsed_credits(movie.credits),
        availability=parsed_availability(movie.watch_providers),
        collection_names={collection.id: text(collection.name)} if collection else {},
        country_names={country.iso_3166_1: text(country.name or "") for country in made_in},
        genre_names={genre.id: text(genre.name) for genre in genres},
        language_names={
            language.iso_639_1: text(language.english_name or "") for language in spoken
        },
        oddities=oddities,
    )


def own_names(title: str, original_title: str, others: AlternativeTitles | None) -> Iterator[str]:
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


def date(given: str | None, oddities: list[Oddity]) -> datetime.date | None:
    if not given or not given.strip():
        return None
    try:
        return datetime.date.fromisoformat(given.strip())
    except ValueError:
        shown = f"not a date: {given[:SHOWN_CHARACTERS]!r}"
        oddities.append(Oddity("release_date", shown, given[:SHOWN_CHARACTERS].encode()))
        return None

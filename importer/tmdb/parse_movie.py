"""Reads a film's details: bytes in, a checked record out. Pure: no network, no database.

Heals what can be healed without guessing (empty strings, padded ids, nulls for empty lists, a
country named twice), leaves out what is odd in optional parts and tells it, and refuses with the
place and the reason what is no film: without an id, a title, or votes.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from importer.errors import MovieExcluded
from importer.tmdb.details import (
    AlternativeTitles,
    CastEntry,
    Credits,
    Details,
    ProviderEntry,
    RegionOffers,
    Sorting,
    Translations,
    Video,
    WatchProviders,
)
from importer.tmdb.parse import distinct, refusing, text
from importer.tmdb.salvage import Oddity, salvage
from movies.imdb_ids import find_imdb_id

# TMDB takes votes from 0.5 to 10: a mean below that is no rating.
LOWEST_RATING = 0.5
# How many of a cast are kept, and how many directors.
CAST_MEMBERS = 5
DIRECTORS = 20
# The longest date that a message repeats.
SHOWN_CHARACTERS = 40

KINDS = RegionOffers.__struct_fields__
TRAILER_SITES = {"YouTube", "Vimeo"}

details = msgspec.json.Decoder(Details)
sorting = msgspec.json.Decoder(Sorting)


@dataclass(frozen=True, slots=True)
class ParsedPerson:
    """Somebody who has to do with a film."""

    id: int
    name: str
    profile_path: str | None


@dataclass(frozen=True, slots=True)
class ParsedCredits:
    """A film's directors and the first of its cast, each person once in TMDB's order."""

    directors: list[ParsedPerson]
    # With whom they play; several roles by slashes, as TMDB itself writes them.
    cast: list[tuple[ParsedPerson, str]]


@dataclass(frozen=True, slots=True)
class ParsedAvailability:
    """Where a film can be watched: provider ids by region and kind, and who these are."""

    offers: dict[tuple[str, str], list[int]]
    # Name and logo.
    providers: dict[int, tuple[str, str | None]]


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


def parse_watch_providers(body: bytes) -> tuple[ParsedAvailability, list[Oddity]]:
    """The answer of /movie/{id}/watch/providers, and what was left out of it; ParseFailed."""
    with refusing(body):
        given, oddities = salvage(body, WatchProviders)
        found = parsed_availability(given)
        if found is None:
            raise ValueError("the answer has no `results`")
        return found, oddities


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
        origin_countries=distinct(movie.origin_country or []),
        production_countries=distinct(country.iso_3166_1 for country in made_in),
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


def translated_names(given: Translations | None, names: list[str]) -> dict[str, str] | None:
    """Each name that only translations have, with its language: of several the first by code, so
    that the order of TMDB's answer, which is none, does not matter."""
    if given is None:
        return None
    found: dict[str, str] = {}
    for translation in given.translations or []:
        name = text((translation.data and translation.data.title) or "")
        if name and name not in names:
            language = translation.iso_639_1
            found[name] = min(language, found.get(name, language))
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def parsed_credits(given: Credits | None) -> ParsedCredits | None:
    if given is None:
        return None
    directors: dict[int, ParsedPerson] = {}
    for member in given.crew or []:
        if member.job == "Director" and len(directors) < DIRECTORS:
            person = ParsedPerson(member.id, text(member.name), optional(member.profile_path))
            directors.setdefault(member.id, person)
    return ParsedCredits(list(directors.values()), first_of_cast(given.cast or []))


def first_of_cast(cast: Iterable[CastEntry]) -> list[tuple[ParsedPerson, str]]:
    """The first CAST_MEMBERS by TMDB's order; who is named twice has both characters."""
    people: dict[int, ParsedPerson] = {}
    characters: dict[int, list[str]] = {}
    for member in sorted(cast, key=lambda member: member.order):
        if member.id not in people and len(people) == CAST_MEMBERS:
            continue
        person = ParsedPerson(member.id, text(member.name), optional(member.profile_path))
        people.setdefault(member.id, person)
        characters.setdefault(member.id, []).append(text(member.character or ""))
    return [
        (person, " / ".join(distinct(filter(None, characters[person_id]))))
        for person_id, person in people.items()
    ]


def choose_trailer(videos: Iterable[Video], original_language: str) -> Video | None:
    """Official before fans', in the film's language or English before others."""
    trailers = [
        video for video in videos if video.type == "Trailer" and video.site in TRAILER_SITES
    ]
    languages = [original_language, "en"]

    def preference(video: Video) -> tuple[bool, int, str]:
        language = video.iso_639_1 or ""
        place = languages.index(language) if language in languages else len(languages)
        return not video.official, place, video.key

    return min(trailers, key=preference, default=None)


def parsed_availability(given: WatchProviders | None) -> ParsedAvailability | None:
    if given is None or given.results is None:
        return None
    offers: dict[tuple[str, str], list[int]] = {}
    providers: dict[int, tuple[str, str | None]] = {}
    for region, kinds in given.results.items():
        for kind in KINDS:
            entries: list[ProviderEntry] = getattr(kinds, kind) or []
            for entry in entries:
                if entry.provider_id not in providers:
                    named = text(entry.provider_name), optional(entry.logo_path)
                    providers[entry.provider_id] = named
            if entries:
                entries.sort(key=display_priority)
                offers[region, kind] = distinct([entry.provider_id for entry in entries])
    return ParsedAvailability(offers, providers)


def display_priority(entry: ProviderEntry) -> tuple[bool, int, int]:
    """TMDB's own order of providers, those without a place last."""
    return entry.display_priority is None, entry.display_priority or 0, entry.provider_id


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


def optional(given: str | None) -> str | None:
    return text(given or "") or None

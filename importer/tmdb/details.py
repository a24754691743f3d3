"""A film's details with the appended parts, in TMDB's shape: the fields that are used.

https://developer.themoviedb.org/reference/movie-details
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from importer.tmdb.parse import Count, CountryCode, GenreEntry, LanguageCode, MovieId, VoteCount

# A film's own may be padded, or empty.
OriginalLanguage = Annotated[str, Meta(pattern=r"^\s*([a-z]{2})?\s*\Z")]
PersonId = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Title = Annotated[str, Meta(pattern=r"\S")]

# What is appended to a film's details, as TMDB calls it.
PARTS = (
    "alternative_titles",
    "external_ids",
    "translations",
    "credits",
    "videos",
    "watch/providers",
)


class ProductionCountry(msgspec.Struct):
    iso_3166_1: CountryCode
    name: str | None = ""


class ProductionCompany(msgspec.Struct):
    """A company; where it is from is empty for many."""

    origin_country: Annotated[str, Meta(pattern=r"^([A-Z]{2})?\Z")] | None = ""


class SpokenLanguage(msgspec.Struct):
    iso_639_1: LanguageCode
    english_name: str | None = ""


class Collection(msgspec.Struct):
    id: Count
    name: Title


class AlternativeTitle(msgspec.Struct):
    title: str | None


class AlternativeTitles(msgspec.Struct):
    titles: list[AlternativeTitle] | None = None


class ExternalIds(msgspec.Struct):
    imdb_id: str | None = None


class TranslatedData(msgspec.Struct):
    title: str | None = ""


class Translation(msgspec.Struct):
    """What is translated; answers of 2013 to 2016 had no `data`."""

    iso_639_1: LanguageCode
    data: TranslatedData | None = None


class Translations(msgspec.Struct):
    translations: list[Translation] | None = None


class CastEntry(msgspec.Struct):
    id: PersonId
    name: Title
    character: str | None = ""
    order: int = 2**31
    profile_path: str | None = None


class CrewEntry(msgspec.Struct):
    id: PersonId
    name: Title
    job: str | None = ""
    profile_path: str | None = None


class Credits(msgspec.Struct):
    cast: list[CastEntry] | None = None
    crew: list[CrewEntry] | None = None


class Video(msgspec.Struct):
    key: Annotated[str, Meta(pattern=r"^[\w-]+\Z")]
    site: str
    type: str | None = ""
    iso_639_1: str | None = None
    official: bool | None = False


class Videos(msgspec.Struct):
    results: list[Video] | None = None


class ProviderEntry(msgspec.Struct):
    provider_id: Count
    provider_name: Title
    logo_path: str | None = None
    display_priority: int | None = None


class RegionOffers(msgspec.Struct):
    """Where a film can be watched in one region: each kind only where it has something."""

    flatrate: list[ProviderEntry] | None = None
    free: list[ProviderEntry] | None = None
    ads: list[ProviderEntry] | None = None
    rent: list[ProviderEntry] | None = None
    buy: list[ProviderEntry] | None = None


class WatchProviders(msgspec.Struct):
    """/movie/{id}/watch/providers: by region. JustWatch's data."""

    results: dict[CountryCode, RegionOffers] | None = None


class Sorting(msgspec.Struct):
    """Which film it is, and whether it belongs into the catalogue: never guessed."""

    id: MovieId
    adult: bool | None = False
    video: bool | None = False


class Details(Sorting, kw_only=True):
    """A film's details: what has no default has to be there."""

    title: str
    vote_average: Annotated[float, Meta(ge=0, le=10)]
    vote_count: VoteCount
    popularity: float = 0.0
    original_title: str | None = ""
    original_language: OriginalLanguage | None = ""
    status: str | None = ""
    release_date: str | None = None
    runtime: Count | None = None
    poster_path: str | None = None
    backdrop_path: str | None = None
    overview: str | None = ""
    tagline: str | None = ""
    imdb_id: str | None = None
    origin_country: list[CountryCode] | None = None
    production_countries: list[ProductionCountry] | None = None
    production_companies: list[ProductionCompany] | None = None
    genres: list[GenreEntry] | None = None
    spoken_languages: list[SpokenLanguage] | None = None
    belongs_to_collection: Collection | None = None
    alternative_titles: AlternativeTitles | None = None
    external_ids: ExternalIds | None = None
    translations: Translations | None = None
    credits: Credits | None = None
    videos: Videos | None = None
    watch_providers: WatchProviders | None = msgspec.field(default=None, name="watch/providers")

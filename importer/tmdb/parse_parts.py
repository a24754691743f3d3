"""Reads the parts appended to a film's details: people, translated titles, trailer, and where it
can be watched. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from importer.tmdb.details import (
    CastEntry,
    Credits,
    ProviderEntry,
    RegionOffers,
    Translations,
    Video,
    WatchProviders,
)
from importer.tmdb.parse import distinct, optional, refusing, text
from importer.tmdb.salvage import Oddity, salvage

# How many of a cast are kept, and how many directors.
CAST_MEMBERS = 5
DIRECTORS = 20

KINDS = RegionOffers.__struct_fields__
TRAILER_SITES = {"YouTube", "Vimeo"}


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


def parse_watch_providers(body: bytes) -> tuple[ParsedAvailability, list[Oddity]]:
    """The answer of /movie/{id}/watch/providers, and what was left out of it; ParseFailed."""
    with refusing(body):
        given, oddities = salvage(body, WatchProviders)
        found = parsed_availability(given)
        if found is None:
            raise ValueError("the answer has no `results`")
        return found, oddities


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

"""Reads TMDB's reference lists: bytes in, checked records out. Pure: no network, no database.

A list is read whole or refused with the place and the reason. Lists of films are read by
importer.tmdb.parse_lists, films by importer.tmdb.parse_movie.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from importer.errors import ParseFailed

# What PostgreSQL's int can hold; TMDB's ids are far below it.
MovieId = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
# Such that TMDB's and IMDb's can be added up in one.
VoteCount = Annotated[int, Meta(ge=0, le=10**9)]
CountryCode = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z")]
LanguageCode = Annotated[str, Meta(pattern=r"^[a-z]{2}\Z")]
# What reading raises: msgspec for other JSON or none, the functions below for what is not the
# field's, Python for JSON that is nested without end.
UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


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


T = TypeVar("T")

country_list = msgspec.json.Decoder(list[CountryEntry])
language_list = msgspec.json.Decoder(list[LanguageEntry])
genre_list = msgspec.json.Decoder(GenreList)


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


@contextmanager
def refusing(body: bytes) -> Iterator[None]:
    """Whatever in the block cannot be read is a ParseFailed with the body."""
    try:
        yield
    except UNREADABLE as error:
        raise ParseFailed(str(error), dump=body) from None


def text(given: str) -> str:
    """The text without padding; ValueError for what PostgreSQL cannot store."""
    if "\0" in given:
        raise ValueError(f"NUL in {given[:40]!r}: PostgreSQL cannot store it")
    return given.strip()


def distinct(given: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(given))


def optional(given: str | None) -> str | None:
    return text(given or "") or None

"""Reads TMDB's lists of films, page by page, as `importer.tmdb.parse` reads what they are about.
Pure."""

from typing import TypeVar

import msgspec

from importer.tmdb.parse import Count, MovieId, distinct, refusing


class Page(msgspec.Struct):
    """What every page of a list says of itself, in TMDB's shape."""

    page: int
    total_pages: Count


class Change(msgspec.Struct):
    """A film that has changed; TMDB gives null for some."""

    id: MovieId | None
    adult: bool | None = None


class ChangesPage(Page, kw_only=True):
    """A page of /movie/changes."""

    results: list[Change]

    @property
    def movie_ids(self) -> list[int]:
        """The distinct ids of what may be films of the catalogue."""
        return distinct(
            change.id for change in self.results if change.id is not None and not change.adult
        )


class DiscoverEntry(msgspec.Struct):
    """A film of a list, of which nothing but the id is used."""

    id: MovieId
    adult: bool | None = None
    video: bool | None = None


class DiscoverPage(Page, kw_only=True):
    """A page of /discover/movie."""

    results: list[DiscoverEntry]

    @property
    def movie_ids(self) -> list[int]:
        """The distinct ids of what may be films of the catalogue, in the list's order."""
        return distinct(entry.id for entry in self.results if not (entry.adult or entry.video))


PageType = TypeVar("PageType", bound=Page)

changes_page = msgspec.json.Decoder(ChangesPage)
discover_page = msgspec.json.Decoder(DiscoverPage)


def parse_changes(body: bytes, page: int) -> ChangesPage:
    """This page of the list of changes; ParseFailed, with the body, when it is another or none."""
    return parse_page(changes_page, body, page)


def parse_discover(body: bytes, page: int) -> DiscoverPage:
    """This page of the films found; ParseFailed, with the body, when it is another or none."""
    return parse_page(discover_page, body, page)


def parse_page(decoder: "msgspec.json.Decoder[PageType]", body: bytes, page: int) -> PageType:
    with refusing(body):
        found = decoder.decode(body)
        if found.page != page:
            raise ValueError(f"asked for page {page}, got page {found.page}")
        return found

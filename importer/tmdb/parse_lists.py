"""Reads TMDB's lists of films, as `importer.tmdb.parse` reads what they are about. Pure."""

import msgspec

from importer.tmdb.parse import Count, MovieId, distinct, refusing


class DiscoverEntry(msgspec.Struct):
    """A film of a list, of which nothing but the id is used."""

    id: MovieId
    adult: bool | None = None
    video: bool | None = None


class DiscoverPage(msgspec.Struct):
    """A page of /discover/movie, in TMDB's shape."""

    results: list[DiscoverEntry]
    page: int
    total_pages: Count

    @property
    def movie_ids(self) -> list[int]:
        """The distinct ids of what may be films of the catalogue, in the list's order."""
        return distinct(entry.id for entry in self.results if not (entry.adult or entry.video))


discover_page = msgspec.json.Decoder(DiscoverPage)


def parse_discover(body: bytes, page: int) -> DiscoverPage:
    """This page of the list; ParseFailed, with the body, when it is another or none."""
    with refusing(body):
        found = discover_page.decode(body)
        if found.page != page:
            raise ValueError(f"asked for page {page}, got page {found.page}")
        return found

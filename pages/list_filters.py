"""What a country's list is narrowed by, and the address that says so."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from movies.lists.country import CountryList
from movies.models import Genre, Lens
from movies.watch_filter import WatchFilter
from pages.watching import describe_watch_filter

# Films that a country had a part in, and that are not at home there.
CO_PRODUCTIONS = "co-productions"


@dataclass(frozen=True, slots=True)
class ListFilters:
    """Without anything it is a country's whole list."""

    # A lens, or CO_PRODUCTIONS.
    by: str = Lens.HOME
    genre: Genre | None = None
    # Its first year.
    decade: int | None = None
    shorts: bool = False
    watch_filter: WatchFilter | None = None

    def country_list(self, country: str) -> CountryList:
        return CountryList(
            country=country,
            by=self.lens,
            co_productions=self.are_co_productions,
            shorts=self.shorts,
            genre=None if self.genre is None else self.genre.id,
            since=self.decade,
            until=None if self.decade is None else self.decade + 9,
            watch=self.watch_filter,
        )

    @property
    def lens(self) -> Lens:
        """Through which the country's films are counted."""
        return Lens.HOME if self.are_co_productions else Lens(self.by)

    @property
    def are_co_productions(self) -> bool:
        return self.by == CO_PRODUCTIONS

    @property
    def is_narrowed(self) -> bool:
        return bool(self.genre or self.decade or self.watch_filter)

    @property
    def without_narrowing(self) -> "ListFilters":
        """For all genres and times, to be watched or not."""
        return replace(self, genre=None, decade=None, watch_filter=None)

    @property
    def watch_words(self) -> str:
        return describe_watch_filter(self.watch_filter) if self.watch_filter else ""

    @property
    def with_shorts(self) -> "ListFilters":
        return replace(self, shorts=True)

    def query_string(self, page: int = 1) -> str:
        """The end of the list's address, from the question mark on; empty for the whole list."""
        parts = {
            "by": self.by if self.by != Lens.HOME else None,
            "genre": self.genre and self.genre.id,
            "decade": self.decade,
            "shorts": "on" if self.shorts else None,
            **self._watch_parts(),
            "page": page if page > 1 else None,
        }
        given = {name: value for name, value in parts.items() if value is not None}
        return f"?{urlencode(given)}" if given else ""

    def _watch_parts(self) -> dict[str, str | None]:
        watch = self.watch_filter
        if watch is None:
            return {}
        return {
            "watch": ",".join(watch.kinds) or None,
            "watch_region": watch.region,
            "providers": ",".join(map(str, watch.providers)) or None,
        }

"""Which films `/discover/movie` finds, in which order, and what it says of each."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from tools.sandbox.payloads import Payload

# What an entry has of the film's details, as it is there.
ENTRY = (
    *("adult", "backdrop_path", "id", "original_language", "original_title", "overview"),
    *("popularity", "poster_path", "release_date", "title", "video", "vote_average"),
    "vote_count",
)


class Listed(NamedTuple):
    """What a film is found by."""

    id: int
    countries: tuple[str, ...]
    language: str
    votes: int
    popularity: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: of these countries of origin (any if there are none), and so on."""

    countries: tuple[str, ...]
    language: str
    least_votes: int
    sort_by: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """ValueError for what the sandbox does not understand."""
        sort_by = query.get("sort_by", "popularity.desc")
        if sort_by not in ORDERS:
            raise ValueError(f"no order {sort_by!r}")
        return cls(
            tuple(filter(None, query.get("with_origin_country", "").split("|"))),
            query.get("with_original_language", ""),
            int(query.get("vote_count.gte", "0")),
            sort_by,
        )


ORDERS: dict[str, Callable[[Listed], tuple[float, int]]] = {
    "vote_count.desc": lambda film: (-film.votes, film.id),
    "vote_count.asc": lambda film: (film.votes, film.id),
    "popularity.desc": lambda film: (-film.popularity, film.id),
    "popularity.asc": lambda film: (film.popularity, film.id),
}


class Listing:
    """The films of a source by their countries, held small: there may be a million."""

    def __init__(self, films: Iterable[Listed]) -> None:
        self._by_country: dict[str, _Films] = {}
        self._known: dict[Wanted, array[int]] = {}
        for film in films:
            # A film of no country is found where none is asked for.
            for country in film.countries or ("",):
                self._by_country.setdefault(country, _Films()).append(film)

    def ids(self, wanted: Wanted) -> "array[int]":
        """The films that are wanted, in the order that is, each once."""
        if wanted not in self._known:
            found = [
                film
                for country in dict.fromkeys(wanted.countries or self._by_country)
                for film in self._by_country.get(country, _Films())
                if wanted.language in ("", film.language) and film.votes >= wanted.least_votes
            ]
            found.sort(key=ORDERS[wanted.sort_by])
            self._known[wanted] = array("i", dict.fromkeys(film.id for film in found))
        return self._known[wanted]


class _Films:
    """Films of one country, in columns."""

    def __init__(self) -> None:
        self._ids, self._votes = array("i"), array("i")
        self._popularities = array("f")
        self._languages: list[str] = []

    def append(self, film: Listed) -> None:
        self._ids.append(film.id)
        self._votes.append(film.votes)
        self._popularities.append(film.popularity)
        self._languages.append(film.language)

    def __iter__(self) -> Iterator[Listed]:
        columns = self._ids, self._languages, self._votes, self._popularities
        for movie_id, language, votes, popularity in zip(*columns, strict=True):
            yield Listed(movie_id, (), language, votes, popularity)


def listed(payload: Payload) -> Listed | None:
    """What a film of this payload is found by; None for what is left out unless asked for."""
    if payload["adult"] or payload["video"]:
        return None
    return Listed(
        payload["id"],
        tuple(payload.get("origin_country") or ()),
        payload["original_language"],
        payload["vote_count"],
        payload["popularity"],
    )


def entry(payload: Payload) -> Payload:
    """A film as lists show it: neither its countries nor IMDb's id."""
    shown = {name: payload.get(name) for name in ENTRY}
    shown["overview"] = payload.get("overview") or ""
    shown["genre_ids"] = [genre["id"] for genre in payload["genres"]]
    return shown

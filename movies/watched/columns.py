"""Which of a file's columns is which, from its header: all that IMDb and Letterboxd have written
since 2012. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Source(StrEnum):
    """What kind of file it is."""

    IMDB_RATINGS = "imdb_ratings"
    IMDB_LIST = "imdb_list"
    LETTERBOXD_RATINGS = "letterboxd_ratings"
    LETTERBOXD_WATCHED = "letterboxd_watched"
    LETTERBOXD_WATCHLIST = "letterboxd_watchlist"
    LETTERBOXD_LIST = "letterboxd_list"

    @property
    def site(self) -> str:
        """`imdb` or `letterboxd`"""
        return self.partition("_")[0]

    @property
    def is_seen(self) -> bool:
        """Whether its films are seen ones, those without a rating too."""
        return self in SEEN


SEEN = {Source.IMDB_RATINGS, Source.LETTERBOXD_RATINGS, Source.LETTERBOXD_WATCHED}


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the columns in a record, None for one that the file does not have."""

    source: Source
    name: int | None
    year: int | None
    rating: int | None
    imdb_id: int | None = None
    title_type: int | None = None
    uri: int | None = None
    # Until 2016 IMDb wrote lists and ratings under the same header.
    may_be_list: bool = False


def columns(header: Sequence[str], file_name: str) -> Columns | None:
    """None for a record that is no header. Only the file's name tells a Letterboxd watchlist."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        places.setdefault(" ".join(name.split()).casefold(), place)
    if "const" in places:
        return _imdb(places)
    if "name" in places and "year" in places:
        return _letterboxd(places, file_name)
    return None


def _imdb(places: dict[str, int]) -> Columns:
    is_old = "you rated" in places
    is_list = "position" in places and not is_old
    rating = places.get("your rating", places.get("you rated"))
    return Columns(
        source=Source.IMDB_LIST if is_list or rating is None else Source.IMDB_RATINGS,
        name=places.get("title", places.get("name")),
        year=places.get("year"),
        rating=rating,
        imdb_id=places["const"],
        title_type=places.get("title type"),
        may_be_list=is_old,
    )


def _letterboxd(places: dict[str, int], file_name: str) -> Columns:
    if "position" in places:
        source = Source.LETTERBOXD_LIST
    elif "watchlist" in PurePosixPath(file_name).name.casefold():
        source = Source.LETTERBOXD_WATCHLIST
    elif "rating" in places:
        source = Source.LETTERBOXD_RATINGS
    else:
        source = Source.LETTERBOXD_WATCHED
    return Columns(
        source=source,
        name=places["name"],
        year=places["year"],
        rating=places.get("rating"),
        uri=places.get("letterboxd uri", places.get("url")),
    )

"""Finds the columns of an export by its header, in every form that IMDb and Letterboxd have
written since 2012. Pure."""

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
        return self in SEEN_SOURCES


SEEN_SOURCES = {Source.IMDB_RATINGS, Source.LETTERBOXD_RATINGS, Source.LETTERBOXD_WATCHED}


@dataclass(frozen=True, slots=True)
class Columns:
    """The index of each column in a record, None for one that the file does not have."""

    source: Source
    title: int | None
    year: int | None
    rating: int | None
    imdb_id: int | None = None
    title_type: int | None = None
    uri: int | None = None
    # Until 2016 IMDb wrote lists and ratings under the same header.
    may_be_list: bool = False


def find_columns(header: Sequence[str], file_name: str) -> Columns | None:
    """The columns that a header names; None for a record that is no header.

    Only the file's name tells a Letterboxd watchlist.
    """
    indexes: dict[str, int] = {}
    for index, name in enumerate(header):
        indexes.setdefault(" ".join(name.split()).casefold(), index)
    if "const" in indexes:
        return _imdb(indexes)
    if "name" in indexes and "year" in indexes:
        return _letterboxd(indexes, file_name)
    return None


def _imdb(indexes: dict[str, int]) -> Columns:
    is_old = "you rated" in indexes
    is_list = "position" in indexes and not is_old
    rating = indexes.get("your rating", indexes.get("you rated"))
    return Columns(
        source=Source.IMDB_LIST if is_list or rating is None else Source.IMDB_RATINGS,
        title=indexes.get("title", indexes.get("name")),
        year=indexes.get("year"),
        rating=rating,
        imdb_id=indexes["const"],
        title_type=indexes.get("title type"),
        may_be_list=is_old,
    )


def _letterboxd(indexes: dict[str, int], file_name: str) -> Columns:
    if "position" in indexes:
        source = Source.LETTERBOXD_LIST
    elif "watchlist" in PurePosixPath(file_name).name.casefold():
        source = Source.LETTERBOXD_WATCHLIST
    elif "rating" in indexes:
        source = Source.LETTERBOXD_RATINGS
    else:
        source = Source.LETTERBOXD_WATCHED
    return Columns(
        source=source,
        title=indexes["name"],
        year=indexes["year"],
        rating=indexes.get("rating"),
        uri=indexes.get("letterboxd uri", indexes.get("url")),
    )

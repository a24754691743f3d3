"""Reads the JSON files of Trakt's own export: lists of films that are rated, watched, wanted or
listed. Series in them are passed over. Pure."""

from collections.abc import Iterator, Sequence

import msgspec

from movies.watched.errors import FileUnreadable
from movies.watched.fields import HIGHEST_ID, parse_day, parse_imdb_id, parse_rating
from movies.watched.files import NamedFile
from movies.watched.json_tables import NOT_READ, json_text
from movies.watched.rows import LONGEST_FIELD, Export, Row, too_many_rows
from movies.watched.sources import Source


class Ids(msgspec.Struct, gc=False):
    """A film's ids."""

    imdb: str | None = None
    tmdb: int | None = None


class Film(msgspec.Struct, gc=False):
    """A film, as every file has it."""

    title: str | None = None
    year: int | None = None
    ids: Ids = msgspec.field(default_factory=Ids)


class Item(msgspec.Struct, gc=False):
    """An entry of a file: of a film, or else of a series or an episode."""

    movie: Film | None = None
    rating: float | None = None
    rated_at: str | None = None
    watched_at: str | None = None
    last_watched_at: str | None = None
    listed_at: str | None = None


def read_items(file: NamedFile, most_rows: int) -> Export:
    """The films of a file, by their place in it. Raises FileUnreadable for one that is not
    Trakt's, or has no film in it."""
    items = _decode(file)
    films = [(number, item) for number, item in enumerate(items, 1) if item.movie]
    if items and not films:
        raise FileUnreadable("there is no film in it.", file=file.name)
    if len(films) > most_rows:
        raise too_many_rows(file.name, films[most_rows][0])
    source = _source(file.name, [item for _, item in films])
    return Export(file.name, source, list(_rows(films)), is_diary=False)


def _decode(file: NamedFile) -> list[Item]:
    try:
        return msgspec.json.decode(json_text(file), type=list[Item], strict=False)
    except NOT_READ:
        reason = "it is no list of films as Trakt exports them."
        raise FileUnreadable(reason, file=file.name) from None


def _source(file_name: str, items: Sequence[Item]) -> Source:
    """By its name or, where that says nothing, by what its entries have."""
    name = file_name.casefold()
    if "watchlist" in name.rpartition("/")[2]:
        return Source.TRAKT_WATCHLIST
    if any(item.rating is not None for item in items):
        return Source.TRAKT_RATINGS
    if any(item.watched_at or item.last_watched_at for item in items):
        return Source.TRAKT_WATCHED
    return Source.TRAKT_LIST


def _rows(films: Sequence[tuple[int, Item]]) -> Iterator[Row]:
    for number, item in films:
        movie = item.movie or Film()
        title = (movie.title or "").strip()[:LONGEST_FIELD] or None
        tmdb_id = movie.ids.tmdb if movie.ids.tmdb and 0 < movie.ids.tmdb <= HIGHEST_ID else None
        imdb_id = parse_imdb_id((movie.ids.imdb or "").strip())
        watched_on = parse_day((item.watched_at or item.last_watched_at or "")[:10])
        yield Row(
            number,
            title,
            movie.year if movie.year and 1000 <= movie.year <= 2999 else None,
            parse_rating(str(item.rating)) if item.rating else None,
            imdb_id=imdb_id,
            tmdb_id=tmdb_id,
            rated_on=parse_day((item.rated_at or "")[:10]),
            watched_on=watched_on,
            is_seen=True if watched_on else None,
            is_valid=bool(title or tmdb_id or imdb_id),
        )

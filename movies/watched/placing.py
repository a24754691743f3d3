"""Places every row of an upload in one of three lists: matched, unmatched, or a duplicate."""

from collections.abc import Iterator, Sequence

import msgspec

from movies.folding import key
from movies.models import Lens
from movies.watched.matching import CatalogueFilm, Reason, match
from movies.watched.rows import FilmList, Row


class Place(msgspec.Struct, gc=False):
    """The first row that is about a film, and what all rows about it say."""

    file: str
    row: Row
    # On IMDb's scale of 1 to 10.
    rating: float | None
    # Otherwise it is wanted: on lists only, and not rated.
    seen: bool


class Repeated(msgspec.Struct, gc=False):
    """A row that repeats another's film."""

    file: str
    row: Row
    first: Place


class Placed(msgspec.Struct):
    """All rows, each list in the order of the files."""

    matched: list[tuple[Place, CatalogueFilm]] = []
    unmatched: list[tuple[Place, Reason]] = []
    repeated: list[tuple[Repeated, str | None]] = []


def place(lists: Sequence[FilmList], by: Lens) -> Placed:
    """A film's first row is the one that is matched, or unmatched; the others repeat it."""
    placed = Placed()
    firsts: dict[object, Place] = {}
    found_films = match([row for each in lists for row in each.rows], by)
    for (of, row), found in zip(_rows(lists), found_films, strict=True):
        new = Place(of.file, row, row.rating, of.source.is_seen or row.rating is not None)
        first = firsts.setdefault(_identity(row, found), new)
        if first is not new:
            _add(new, first)
            imdb_id = found.imdb_id if isinstance(found, CatalogueFilm) else row.imdb_id
            placed.repeated.append((Repeated(of.file, row, first), imdb_id))
        elif isinstance(found, CatalogueFilm):
            placed.matched.append((new, found))
        else:
            placed.unmatched.append((new, found))
    return placed


def _rows(lists: Sequence[FilmList]) -> Iterator[tuple[FilmList, Row]]:
    return ((each, row) for each in lists for row in each.rows)


def _identity(row: Row, found: CatalogueFilm | Reason) -> object:
    """What two rows about one film have in common; an invalid row is like no other."""
    if isinstance(found, CatalogueFilm):
        return found.id
    if found == Reason.INVALID_ROW:
        return object()
    return row.imdb_id or row.uri or (key(row.name or ""), row.year)


def _add(repeated: Place, first: Place) -> None:
    """What a film's later row says, to what its first one says."""
    first.seen |= repeated.seen
    if first.rating is None:
        first.rating = repeated.rating

"""Classifies every row of an upload: matched to a film, unmatched, or a duplicate of another."""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

from movies.folding import key
from movies.models import Lens
from movies.watched.matching import CatalogueMovie, Found, UnmatchedReason, find_movies
from movies.watched.rows import Export, Row


class Matched(msgspec.Struct, gc=False):
    """A film with the first row about it, and what all rows about it say."""

    file: str
    row: Annotated[
        int,
        Meta(description="As a spreadsheet numbers them: the header is row 1, blank lines count."),
    ]
    # A tuple, so that all films of the same countries can have the same one.
    country_codes: tuple[str, ...]
    name: str
    original_name: str
    year: int | None
    imdb_id: str | None
    id: Annotated[int, Meta(description="TMDB's number.")]
    personal_rating: Annotated[
        float | None, Meta(description="The own one, 1 to 10: Letterboxd's stars doubled.")
    ]
    rating: Annotated[
        float | None,
        Meta(description="TMDB's and IMDb's votes pooled, 1 to 10; null without a vote."),
    ]
    poster_url: Annotated[str | None, Meta(extra_json_schema={"format": "uri"})]
    seen: Annotated[
        bool, Meta(description="False for a wanted film: it is on lists only, and not rated.")
    ]


class Unmatched(msgspec.Struct, gc=False):
    """A row without a film, with what the file says of it."""

    file: str
    row: int
    name: str | None
    year: int | None
    imdb_id: str | None
    title_type: str
    reason: UnmatchedReason


class Duplicate(msgspec.Struct, gc=False):
    """A row about a film that an earlier row is about."""

    file: str
    row: int
    of_file: str
    of_row: Annotated[int, Meta(description="The row that it repeats, an earlier one.")]
    imdb_id: str | None


class Classification(msgspec.Struct):
    """All rows of an upload, each list in the order of the files."""

    matched: list[Matched] = []
    unmatched: list[Unmatched] = []
    duplicates: list[Duplicate] = []


def classify_rows(exports: Sequence[Export], by: Lens) -> Classification:
    """A film's first row is the one that is matched, or unmatched; the others are duplicates."""
    classified = Classification()
    firsts: dict[object, Matched | Unmatched] = {}
    split = cache(_split)  # for as long as this upload takes
    found_movies = deque(find_movies([row for _, row in _rows(exports)], by))
    for export, row in _rows(exports):
        found = found_movies.popleft()  # let go of one by one: there may be 100,000 of them
        identity = _identity(row, found)
        if first := firsts.get(identity):
            classified.duplicates.append(_duplicate(export, row, found, first))
            if isinstance(first, Matched):
                _merge(export, row, first)
        elif isinstance(found, CatalogueMovie):
            firsts[identity] = matched = _matched(export, row, found, split(found.country_codes))
            classified.matched.append(matched)
        else:
            firsts[identity] = unmatched = _unmatched(export, row, found)
            classified.unmatched.append(unmatched)
    return classified


def _rows(exports: Sequence[Export]) -> Iterator[tuple[Export, Row]]:
    return ((export, row) for export in exports for row in export.rows)


def _identity(row: Row, found: Found) -> object:
    """What two rows about one film have in common; an invalid row is like no other."""
    if isinstance(found, CatalogueMovie):
        return found.id
    if found == UnmatchedReason.INVALID_ROW:
        return object()
    return row.imdb_id or row.uri or (key(row.title or ""), row.year)


def _is_seen(export: Export, row: Row) -> bool:
    return export.source.is_seen or row.personal_rating is not None


def _merge(export: Export, row: Row, first: Matched) -> None:
    """Add what a film's later row says to what its first one says."""
    first.seen |= _is_seen(export, row)
    if first.personal_rating is None:
        first.personal_rating = row.personal_rating


def _matched(
    export: Export, row: Row, movie: CatalogueMovie, country_codes: tuple[str, ...]
) -> Matched:
    return Matched(
        file=export.file,
        row=row.number,
        country_codes=country_codes,
        name=movie.title,
        original_name=movie.original_title or movie.title,
        year=movie.year,
        imdb_id=movie.imdb_id,
        id=movie.id,
        personal_rating=row.personal_rating,
        rating=movie.rating,
        poster_url=movie.poster_url,
        seen=_is_seen(export, row),
    )


def _split(country_codes: str) -> tuple[str, ...]:
    return tuple(country_codes.split())


def _unmatched(export: Export, row: Row, reason: UnmatchedReason) -> Unmatched:
    return Unmatched(
        file=export.file,
        row=row.number,
        name=row.title,
        year=row.year,
        imdb_id=row.imdb_id,
        title_type=row.title_type,
        reason=reason,
    )


def _duplicate(export: Export, row: Row, found: Found, first: Matched | Unmatched) -> Duplicate:
    return Duplicate(
        file=export.file,
        row=row.number,
        of_file=first.file,
        of_row=first.row,
        imdb_id=found.imdb_id if isinstance(found, CatalogueMovie) else row.imdb_id,
    )

"""Which of a person's ratings of one film counts: the newest. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from movies.watched.rows import Export, Row
from movies.watched.sources import Source


class OwnRating(NamedTuple):
    """A rating by the day that it was given on, as far as the file says it."""

    rating: float
    rated_on: str
    is_of_diary: bool
    is_of_letterboxd: bool
    # Whether the row is about that film for certain, or nearly.
    is_sure: bool = True


def own_rating(export: Export, row: Row, *, is_sure: bool = True) -> OwnRating | None:
    """The row's, if it has one."""
    if row.personal_rating is None:
        return None
    is_of_letterboxd = export.source == Source.LETTERBOXD_RATINGS
    rated_on = row.rated_on or ""
    return OwnRating(row.personal_rating, rated_on, export.is_diary, is_of_letterboxd, is_sure)


def newest(ratings: Sequence[OwnRating]) -> float:
    """The one of the last day, or of several of that day the first. What Letterboxd says of a film
    itself stands before what its diary says of a day, and what a row says that is about another
    film perhaps counts only where no other one says anything."""
    if any(each.is_sure for each in ratings):
        ratings = [each for each in ratings if each.is_sure]
    if any(each.is_of_letterboxd and not each.is_of_diary for each in ratings):
        ratings = [each for each in ratings if not each.is_of_diary]
    return max(ratings, key=lambda each: each.rated_on).rating

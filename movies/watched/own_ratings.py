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


def own_rating(export: Export, row: Row) -> OwnRating | None:
    """The row's, if it has one."""
    if row.personal_rating is None:
        return None
    is_of_letterboxd = export.source == Source.LETTERBOXD_RATINGS
    return OwnRating(row.personal_rating, row.rated_on or "", export.is_diary, is_of_letterboxd)


def newest(ratings: Sequence[OwnRating]) -> float:
    """The one of the last day, or of several of that day the first. What Letterboxd says of a film
    itself stands before what its diary says of a day."""
    if any(each.is_of_letterboxd and not each.is_of_diary for each in ratings):
        ratings = [each for each in ratings if not each.is_of_diary]
    return max(ratings, key=lambda each: each.rated_on).rating

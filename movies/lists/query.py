"""What a list of the best can be narrowed by and ordered by, in SQL over `standing`."""

from dataclasses import dataclass, replace
from typing import Self

from psycopg import sql

from movies.models import Lens
from movies.watch_filter import WatchFilter

# Walked down the list's index as far as the page, where nothing else is asked for.
AS_RANKED = sql.SQL("weighted_rating")
# Every entry of the country is read, but from the same index: it holds all that this needs. So it
# is with another floor.
AS_WEIGHTED = sql.SQL(
    "votes / (votes + {m}::float8) * rating + {m}::float8 / (votes + {m}::float8) * {c}::float8"
)
FEW_AS_RANKED = sql.SQL("few_votes")
FEW_BELOW = sql.SQL("votes < {}")

# What all lists read of an entry.
ENTRY = sql.SQL(
    "movie_id, rating, votes, {weighted_rating} AS weighted_rating, {few_votes} AS few_votes"
)
MOVIE_ID = sql.SQL("standing.movie_id")


@dataclass(frozen=True, slots=True)
class Weighting:
    """m, the votes that weigh as much as c, and c, from 1 to 10."""

    m: float
    c: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """Which of the voted films are listed, and in which order."""

    shorts: bool = False
    genre: int | None = None
    # First and last year of release.
    since: int | None = None
    until: int | None = None
    # The original one, by TMDB's code.
    language: str | None = None
    # What can be watched somewhere.
    watch: WatchFilter | None = None
    # Another one than the ranking's.
    weighting: Weighting | None = None
    # Another one than the ranking's.
    min_votes: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self._filters())

    @property
    def is_plain(self) -> bool:
        """As the ranking has it, but perhaps for shorts."""
        return not self.is_narrowed and self.weighting is None and self.min_votes is None

    def in_any_order(self) -> Self:
        """Another weighting or floor puts the same films into another order."""
        return replace(self, weighting=None, min_votes=None)

    def entry(self) -> sql.Composed:
        """The columns of an entry, with the weighting and the floor that are asked for."""
        weighted_rating: sql.Composable = AS_RANKED
        if self.weighting is not None:
            weighted_rating = AS_WEIGHTED.format(m=self.weighting.m, c=self.weighting.c)
        few_votes: sql.Composable = FEW_AS_RANKED
        if self.min_votes is not None:
            few_votes = FEW_BELOW.format(self.min_votes)
        return ENTRY.format(weighted_rating=weighted_rating, few_votes=few_votes)

    def conditions(self) -> sql.Composed:
        """Of a row of `standing`."""
        length = [] if self.shorts else [sql.SQL("NOT is_short")]
        return sql.SQL(" AND ").join([sql.SQL("true"), *length, *self._filters()])

    def _filters(self) -> list[sql.Composable]:
        """What the list is narrowed by."""
        filters = (
            ("genre_ids @> ARRAY[{}]", self.genre),
            ("year >= {}", self.since),
            ("year <= {}", self.until),
            ("language = {}", self.language),
        )
        given: list[sql.Composable] = [
            sql.SQL(text).format(value) for text, value in filters if value is not None
        ]
        if self.watch:
            given.append(self.watch.condition(MOVIE_ID))
        return given


def lens_condition(by: Lens) -> sql.Identifier:
    """Whether a film is its country's through this lens."""
    return sql.Identifier(f"is_{by.value}")

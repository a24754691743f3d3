"""Reads which films came, changed or left, from a cursor on."""

import datetime
import re
from dataclasses import dataclass
from typing import Any, cast

from movies.models import ChangeSet, Movie, MovieChange

CURSOR = re.compile(r"([0-9]{1,18})-([0-9]{1,10})-([0-9a-f]{1,16})")
LARGEST_ID = 2**31 - 1

PAGE = """
SELECT movie.*, change.movie_id AS changed_id, change.kind AS change_kind,
       change_set.number AS change_number, change_set.token AS change_token,
       change_set.at AS changed_at
FROM movie_change change
JOIN change_set ON change_set.number = change.change_set_id
LEFT JOIN movie ON movie.id = change.movie_id
WHERE (change.change_set_id, change.movie_id) > (%s, %s)
ORDER BY change.change_set_id, change.movie_id
LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Cursor:
    """After which change of which change set a reader goes on."""

    number: int = 0
    movie_id: int = 0
    token: int = 0

    def __str__(self) -> str:
        return f"{self.number}-{self.movie_id}-{self.token:x}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """What `str` made; None for anything else."""
        found = CURSOR.fullmatch(text)
        if found is None or int(found[2]) > LARGEST_ID:
            return None
        return cls(int(found[1]), int(found[2]), int(found[3], 16))

    def is_known(self) -> bool:
        """Whether it is one of this database's: not of another, and not of what it will be."""
        if self.number == 0:
            return self == Cursor()
        return ChangeSet.objects.filter(number=self.number, token=self.token).exists()


@dataclass(frozen=True, slots=True)
class Change:
    """What has happened to a film last; the film as it is now, None where it has left."""

    movie_id: int
    kind: str
    at: datetime.datetime
    movie: Movie | None
    cursor: Cursor


def changes_since(cursor: Cursor, limit: int) -> list[Change]:
    """The oldest changes after it, each film's last one only; films and changes of one moment."""
    rows: Any = Movie.objects.raw(PAGE, [cursor.number, cursor.movie_id, limit])
    return [
        Change(
            movie_id=row.changed_id,
            kind=row.change_kind,
            at=row.changed_at,
            movie=None if row.change_kind == MovieChange.Kind.LEFT else cast("Movie", row),
            cursor=Cursor(row.change_number, row.changed_id, row.change_token),
        )
        for row in rows
    ]


def latest_cursor() -> Cursor:
    """After everything that has been committed."""
    last = ChangeSet.objects.order_by("-number").first()
    return Cursor() if last is None else Cursor(last.number, LARGEST_ID, last.token)

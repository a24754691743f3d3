"""Records which films came, changed or left, and reads that from a cursor on.

Every transaction that changes films takes the next number, and holds the lock that it takes it
under until it commits: numbers become visible in their order, so that a reader who has seen one
has missed none before it (docs/decisions/0019-changes-cursor.md).
"""

import datetime
import re
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db import connection, transaction

from movies.models import ChangeSet, Movie, MovieChange
from movies.rows import upsert_rows

TOKEN_BITS = 63
# So many films are written in one statement.
CHUNK = 10_000

# --- writing

# Readers go on; a second writer waits here until the first has committed.
LOCK = "LOCK TABLE change_set IN EXCLUSIVE MODE"
NEXT = """
INSERT INTO change_set (number, token, at)
SELECT coalesce(max(number), 0) + 1, %s, clock_timestamp() FROM change_set
RETURNING number
"""


def record_saved(movie_ids: Collection[int], changed: Collection[int]) -> None:
    """These films have been saved, and those of them have other facts than before; in the
    transaction that saved them."""
    known = MovieChange.objects.filter(movie_id__in=movie_ids)
    living = set(known.exclude(kind=MovieChange.Kind.LEFT).values_list("movie_id", flat=True))
    came = [movie_id for movie_id in movie_ids if movie_id not in living]
    record(
        {
            **dict.fromkeys(changed, MovieChange.Kind.CHANGED),
            **dict.fromkeys(came, MovieChange.Kind.CAME),
        }
    )


def record_changed(movie_ids: Iterable[int]) -> None:
    """Films have other facts than before."""
    record(dict.fromkeys(movie_ids, MovieChange.Kind.CHANGED))


def record_left(movie_ids: Collection[int]) -> None:
    """Films have left the catalogue."""
    living = Movie.objects.filter(id__in=movie_ids).values_list("id", flat=True)
    record(dict.fromkeys(living, MovieChange.Kind.LEFT))


def record(kinds: dict[int, MovieChange.Kind]) -> None:
    if not kinds:
        return
    with transaction.atomic():
        number = next_number()
        rows = [
            {"movie_id": movie_id, "kind": kind.value, "change_set_id": number}
            for movie_id, kind in sorted(kinds.items())
        ]
        for start in range(0, len(rows), CHUNK):
            upsert_rows(MovieChange, rows[start : start + CHUNK])


def next_number() -> int:
    """This transaction's: whoever else wants one waits until it is over."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        cursor.execute(NEXT, [secrets.randbits(TOKEN_BITS)])
        (number,) = cursor.fetchone()
    return int(number)


# --- reading

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

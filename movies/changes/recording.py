"""Records which films came, changed or left.

Every transaction that changes films takes the next number, and holds the lock that it takes it
under until it commits: numbers become visible in their order, so that a reader who has seen one
has missed none before it (docs/decisions/0019-changes-cursor.md).
"""

import secrets
from collections.abc import Collection, Iterable

from django.db import connection, transaction

from movies.models import MovieChange
from movies.rows import upsert_rows

TOKEN_BITS = 63
# So many films are written in one statement.
CHUNK = 10_000

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
    living = living_ids(movie_ids)
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
    """Films have left the catalogue; what was none of its films is not told of."""
    record(dict.fromkeys(living_ids(movie_ids), MovieChange.Kind.LEFT))


def living_ids(movie_ids: Collection[int]) -> set[int]:
    """Those of these that are in the catalogue, by what was recorded last."""
    known = MovieChange.objects.filter(movie_id__in=movie_ids)
    living = known.exclude(kind=MovieChange.Kind.LEFT)
    return set(living.values_list("movie_id", flat=True))


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

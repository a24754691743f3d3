"""Merges a daily export into the ledger: stage its lines → find what it has lost → write."""

import datetime
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db import connection

from importer import due
from importer.files.line_parsers import ExportLine
from importer.files.staging_table import copy_rows, count_rows, staging_table
from importer.models import TmdbMovie
from importer.store.ledger import NOT_FOUND_LIMIT

STAGED_COLUMNS = "id int NOT NULL, popularity float8 NOT NULL"

# A film that the file lists twice counts as it was listed last.
DROP_DOUBLES = """
DELETE FROM staged USING (
    SELECT id, max(ctid) AS last FROM staged GROUP BY id HAVING count(*) > 1
) listed
WHERE staged.id = listed.id AND staged.ctid < listed.last
"""

# Only what was known before the export's day can be lost to it.
FIND_LOST = """
SELECT id, gone_at IS NULL FROM tmdb_movie
WHERE known_at < %(day)s AND (exported_on IS NOT NULL OR gone_at IS NULL)
  AND NOT EXISTS (SELECT FROM staged WHERE staged.id = tmdb_movie.id)
"""

MOST_POPULAR_STAGED = "SELECT popularity FROM staged ORDER BY popularity DESC OFFSET %s LIMIT 1"

# New films are due at once, and so is one that is gone and listed again: after an absence
# (exported_on is null), or because the export goes on listing it; then after 1, 2, 4 … days, for
# it may be the export that is wrong. One that has become popular is due as early as popular ones.
MERGE = """
MERGE INTO tmdb_movie known USING (
    SELECT staged.*, gone_at IS NOT NULL AND (
               exported_on IS NULL OR gone_at < now() - %(daily)s::interval
                   * 2 ^ least(greatest(not_found - %(confirmations)s, 0), 6)
           ) AS is_back
    FROM staged LEFT JOIN tmdb_movie USING (id)
) staged ON known.id = staged.id
WHEN MATCHED AND (
    known.popularity <> staged.popularity OR known.exported_on IS NULL OR staged.is_back
) THEN
    UPDATE SET
        popularity = staged.popularity,
        exported_on = coalesce(known.exported_on, %(day)s),
        gone_at = CASE WHEN NOT staged.is_back THEN known.gone_at END,
        due_at = CASE
            WHEN staged.is_back THEN now()
            WHEN staged.popularity >= %(most_popular)s
                THEN least(known.due_at, known.fetched_at + %(daily)s::interval)
            WHEN staged.popularity > %(popular)s
                THEN least(known.due_at, known.fetched_at + %(weekly)s::interval)
            ELSE known.due_at
        END
WHEN NOT MATCHED THEN
    INSERT (id, popularity, known_at, exported_on, due_at, attempts)
    VALUES (staged.id, staged.popularity, %(day)s, %(day)s, now(), 0)
"""


@dataclass(frozen=True)
class Loss:
    """What an export no longer has, against what the ones before it had."""

    # Every id that is in it no more, and those of them that were not gone already.
    ids: list[int]
    living: list[int]


def staged_export() -> AbstractContextManager[None]:
    """A table for the lines of an export, for as long as the block lasts."""
    return staging_table(STAGED_COLUMNS)


def stage_lines(lines: Iterable[ExportLine]) -> None:
    """Copy lines of the export into the staging table."""
    wanted = (line for line in lines if not (line.adult or line.video))
    copy_rows(["int4", "float8"], ((line.id, line.popularity) for line in wanted))


def finish_staging() -> int:
    """Make the staged lines one a film; how many films they are."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_DOUBLES)
    return count_rows()


def find_loss(day: datetime.date) -> Loss:
    """What the staged export of this day has lost."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_LOST, {"day": midnight(day)})
        rows = cursor.fetchall()
    return Loss(
        ids=[movie_id for movie_id, _ in rows],
        living=[movie_id for movie_id, is_living in rows if is_living],
    )


def merge(day: datetime.date) -> None:
    """Bring the ledger to what the staged export of this day says."""
    with connection.cursor() as cursor:
        cursor.execute(MOST_POPULAR_STAGED, [due.MOST_POPULAR - 1])
        row = cursor.fetchone()
        cursor.execute(
            MERGE,
            {
                "day": midnight(day),
                "most_popular": row[0] if row else 0.0,
                "popular": due.POPULAR,
                "daily": str(due.DAILY),
                "weekly": str(due.WEEKLY),
                "confirmations": NOT_FOUND_LIMIT,
            },
        )


def mark_unlisted(loss: Loss) -> None:
    """Note what no export lists any more."""
    TmdbMovie.objects.filter(id__in=loss.ids).update(exported_on=None)


def midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)

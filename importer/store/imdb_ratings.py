"""The table `imdb_rating`: IMDb's file staged, then swapped in whole: what vanished is gone."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from django.db import connection

from importer.files.line_parsers import ImdbLine
from importer.files.staging_table import copy_rows, count_rows, staging_table
from movies.derived import swap
from movies.models import ImdbRating

STAGED_COLUMNS = 'imdb_id text COLLATE "C" NOT NULL, rating float8 NOT NULL, votes int NOT NULL'

COUNT_LOST = """
SELECT count(*) FROM imdb_rating known
WHERE NOT EXISTS (SELECT FROM staged WHERE staged.imdb_id = known.imdb_id)
"""

# A title that the file lists twice counts as it was listed last.
FILL_RATINGS = """
INSERT INTO imdb_rating (imdb_id, rating, votes)
SELECT DISTINCT ON (imdb_id) imdb_id, rating, votes FROM staged ORDER BY imdb_id, ctid DESC
"""


def staged_ratings() -> AbstractContextManager[None]:
    """A table for the lines of the file, for as long as the block lasts."""
    return staging_table(STAGED_COLUMNS)


def stage_lines(lines: Iterable[ImdbLine]) -> None:
    """Copy lines of the file into the staging table."""
    copy_rows(
        ["text", "float8", "int4"], ((line.imdb_id, line.rating, line.votes) for line in lines)
    )


def finish_staging() -> int:
    """How many lines are staged."""
    return count_rows()


def count_lost() -> int:
    """How many titles that have a rating now have none in the staged file."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT_LOST)
        return int(cursor.fetchone()[0])


def swap_staged_in() -> None:
    """Make the staged ratings the ratings; readers see the old ones until then."""
    with swap.building(ImdbRating), connection.cursor() as cursor:
        cursor.execute(FILL_RATINGS)
    with swap.swap_in(ImdbRating):
        pass

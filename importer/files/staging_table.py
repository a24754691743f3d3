"""The table into which the lines of a downloaded file are copied, before they count."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import LiteralString

from django.db import connection

DROP_STAGED = "DROP TABLE IF EXISTS staged"
COPY_STAGED = "COPY staged FROM STDIN (FORMAT BINARY)"


@contextmanager
def staging_table(columns: LiteralString) -> Iterator[None]:
    """An empty table `staged` with these columns, for as long as the block lasts."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_STAGED)
        cursor.execute(f"CREATE TEMPORARY TABLE staged ({columns})")
        yield
        cursor.execute(DROP_STAGED)


def copy_rows(types: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Copy rows of these PostgreSQL types into it."""
    # Django wraps the errors of its own calls only, not those that come while the copy lasts.
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(COPY_STAGED) as copy,
    ):
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)


def count_rows() -> int:
    """How many rows there are; also tells the planner."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staged")
        cursor.execute("SELECT count(*) FROM staged")
        return int(cursor.fetchone()[0])

"""Writes many rows of a table in one statement: as JSON, which PostgreSQL takes apart itself.

A tenth of the time that the ORM takes to make a statement of as many values.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from django.db import connection, models

Row = Mapping[str, Any]


def insert_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows, all of the same columns, in their order."""
    _insert(model, rows, "")


def insert_unknown_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert those whose key is not there yet."""
    _insert(model, rows, " ON CONFLICT DO NOTHING")


def upsert_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows, of one key each, or bring those that are there to their values; what has these
    values already is not written again."""
    if not rows:
        return
    key = _quote(model._meta.pk.attname)
    columns = [_quote(column) for column in rows[0]]
    others = [name for name in columns if name != key]
    table = _quote(model._meta.db_table)
    updates = ", ".join(f"{name} = EXCLUDED.{name}" for name in others)
    known = ", ".join(f"{table}.{name}" for name in others)
    given = ", ".join(f"EXCLUDED.{name}" for name in others)
    ending = f"SET {updates} WHERE ({known}) IS DISTINCT FROM ({given})"
    _insert(model, rows, f" ON CONFLICT ({key}) DO UPDATE {ending}")


def group_by_movie(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    """Rows that lie film by film, by the film in their first column, without that column."""
    return {
        movie_id: [row[1:] for row in group] for movie_id, group in groupby(rows, itemgetter(0))
    }


def replace_rows_of_movies(
    model: type[models.Model],
    stored: Mapping[int, Sequence[Any]],
    wanted: Mapping[int, Sequence[Any]],
) -> list[int]:
    """Delete the rows of those films whose rows are others than wanted; which films these are.

    What is as wanted stays untouched, and the caller inserts the rest.
    """
    changed = [movie_id for movie_id, rows in wanted.items() if rows != stored.get(movie_id, [])]
    outdated = [movie_id for movie_id in changed if movie_id in stored]
    if outdated:
        model._default_manager.filter(movie__in=outdated).delete()
    return changed


def _insert(model: type[models.Model], rows: Sequence[Row], ending: str) -> None:
    if not rows:
        return
    table = _quote(model._meta.db_table)
    columns = ", ".join(_quote(column) for column in rows[0])
    statement = (
        f"INSERT INTO {table} ({columns}) SELECT {columns} "  # noqa: S608 - names of the models
        f"FROM json_populate_recordset(NULL::{table}, %s::json){ending}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [msgspec.json.encode(rows).decode()])


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)

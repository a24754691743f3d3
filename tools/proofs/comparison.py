"""Rows of a table beside those that should be there, and what differs."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

Row = dict[str, Any]
Connection = psycopg.Connection[Any]


@dataclass(frozen=True)
class Difference:
    """Something that is stored otherwise than the payloads say."""

    where: str
    column: str
    stored: object
    expected: object

    def __str__(self) -> str:
        return f"{self.where}, {self.column}: stored {self.stored!r}, expected {self.expected!r}"


def by_key(connection: Connection, table: str, *key: str) -> dict[Any, Row]:
    """A table's rows without the columns of the key, unless that is one column."""
    found: dict[Any, Row] = {}
    query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
    with connection.cursor(row_factory=dict_row) as cursor:
        for row in cursor.execute(query):
            if len(key) == 1:
                found[row[key[0]]] = row
            else:
                found[tuple(row.pop(column) for column in key)] = row
    return found


def compare(
    where: str, stored: Mapping[Any, Row], expected: Mapping[Any, Row], precision: float = 0.0
) -> Iterator[Difference]:
    """Rows that are missing or too many, and the columns in which the others differ."""
    for key in sorted(stored.keys() | expected.keys(), key=str):
        place = where.format(*key if isinstance(key, tuple) else [key])
        row, wanted = stored.get(key), expected.get(key)
        if row is None or wanted is None:
            yield Difference(place, "row", row, wanted)
            continue
        for column in row.keys() | wanted.keys():
            known = column in row and column in wanted
            if not (known and alike(row[column], wanted[column], precision)):
                yield Difference(place, column, row.get(column), wanted.get(column))


def alike(stored: object, expected: object, precision: float) -> bool:
    if isinstance(stored, float) and isinstance(expected, float):
        return math.isclose(stored, expected, rel_tol=precision)
    return type(stored) is type(expected) and stored == expected

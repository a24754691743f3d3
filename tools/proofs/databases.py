"""Databases to prove something in, and what two of them have in common."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tools.databases import temporary_database

CHECKOUT = Path(__file__).resolve().parents[2]

COLUMNS = """
SELECT format('%I.%I', nspname, relname), relname, attname,
       attidentity <> '', atttypid = 'timestamptz'::regtype
FROM pg_class
JOIN pg_namespace ON pg_namespace.oid = relnamespace
JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
  AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'previous')
ORDER BY nspname, relname, attnum
"""

# In `previous` is what was swapped out last: how the migrations made it, or how a ranking did.
DEFINITIONS = """
SELECT indexdef FROM pg_indexes WHERE schemaname !~ '^pg_' AND schemaname <> 'previous'
UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint
WHERE conrelid <> 0 AND connamespace::regnamespace::text !~ '^(pg_|previous$)'
ORDER BY 1
"""

# What no two imports have in common: how often one was started, how often it has ranked, in how
# many transactions it has saved films; and what the site's readers have refreshed.
RUNS = {
    "import_run": set[str](),
    "import_failure": {"run_id"},
    "catalogue": {"version"},
    "change_set": set[str](),
    "movie_change": {"change_set_id"},
    "ghibli_person": set[str](),
    "ghibli_film": set[str](),
    "ghibli_appearance": set[str](),
    "ghibli_refresh": set[str](),
    "ghibli_failure": set[str](),
}
# Surrogate ids of another table's.
REFERENCES = {"joined_name": {"title_id"}}
# What the columns left out say all the same.
SAID_BY = {
    "title": "row_number() OVER (PARTITION BY movie_id ORDER BY id)",
    "tmdb_movie": "due_at - fetched_at",
    "joined_name": "(SELECT ROW(movie_id, name) FROM title WHERE title.id = title_id)",
}

Contents = dict[str, list[str]]


@contextmanager
def migrated_database(server_url: str, name: str) -> Iterator[str]:
    """The address of a new, migrated database on that server; dropped after the block."""
    with temporary_database(server_url, f"proof_{name}_{os.getpid()}") as url:
        migrate(url)
        yield url


def migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": url},
        check=True,
    )


def ask(url: str, query: str) -> Any:
    """The one value that a query gives."""
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def contents(url: str) -> Contents:
    """All rows of every table, without times, surrogate ids and runs; and how they are indexed.

    Of a time only whether it is known counts.
    """
    with psycopg.connect(url) as connection:
        found = {
            table: sorted(rows(connection, table, values))
            for table, values in what_counts(connection).items()
        }
        found["definitions"] = [line for (line,) in connection.execute(DEFINITIONS)]
    return found


def what_counts(connection: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """By table what of a row is to be compared, as SQL."""
    values: dict[str, list[str]] = {}
    for table, name, column, is_surrogate, is_time in connection.execute(COLUMNS):
        if name in RUNS and (not RUNS[name] or column in RUNS[name]):
            continue
        if name not in values and name in SAID_BY:
            values.setdefault(table, [SAID_BY[name]])
        if not is_surrogate and column not in REFERENCES.get(name, ()):
            values.setdefault(table, []).append(
                f'"{column}" IS NULL' if is_time else f'"{column}"'
            )
    return values


def rows(connection: psycopg.Connection[Any], table: str, values: list[str]) -> Iterator[str]:
    query = f"COPY (SELECT {', '.join(values)} FROM {table}) TO STDOUT"  # noqa: S608
    with connection.cursor().copy(query) as copy:
        text = b"".join(bytes(block) for block in copy)
    yield from text.decode().splitlines()


def differences(one: Contents, other: Contents) -> Iterator[str]:
    """In words, at most three a table."""
    for table in sorted(one.keys() | other.keys()):
        if table not in one or table not in other:
            yield f"{table} is in one database only"
            continue
        only_one = Counter(one[table]) - Counter(other[table])
        only_other = Counter(other[table]) - Counter(one[table])
        for row in list(only_one)[:3]:
            yield f"{table}, only undisturbed ({only_one.total()} rows): {row}"
        for row in list(only_other)[:3]:
            yield f"{table}, only disturbed ({only_other.total()} rows): {row}"

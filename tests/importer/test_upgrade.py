"""`migrate` on the database of an earlier version."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from tests.serving import CHECKOUT
from tools.databases import temporary_database

COLUMNS = """
SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name IN ('import_run', 'import_failure', 'tmdb_movie')
ORDER BY 1
"""
# Columns that the second migration of the importer did not make when 1.0 came out.
MISSING_IN_1_0 = (
    "ALTER TABLE import_failure DROP COLUMN told_at",
    "ALTER TABLE import_run DROP COLUMN stale_told_at",
    "ALTER TABLE tmdb_movie DROP COLUMN is_loss_accepted",
)


@pytest.fixture
def empty_database() -> Iterator[str]:
    with temporary_database(os.environ["DATABASE_URL"], f"upgrade_{os.getpid()}") as url:
        yield url


def migrate(url: str, *arguments: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", *arguments]
    subprocess.run(command, cwd=CHECKOUT, env=os.environ | {"DATABASE_URL": url}, check=True)


def columns(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [column for (column,) in connection.execute(COLUMNS)]


def test_a_database_of_1_0_gets_what_its_migrations_lacked(empty_database: str) -> None:
    migrate(empty_database)
    wanted = columns(empty_database)
    migrate(empty_database, "importer", "0005")
    with psycopg.connect(empty_database) as connection:
        for statement in MISSING_IN_1_0:
            connection.execute(statement.encode())

    migrate(empty_database)

    assert columns(empty_database) == wanted
    assert "import_failure.told_at timestamp with time zone YES" in wanted

"""Statements that are asked often are prepared, where PostgreSQL itself answers."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import dj_database_url
import psycopg
import pytest
from django.db import DatabaseError
from django.db.utils import ConnectionHandler
from django.test.utils import CaptureQueriesContext

from tests.pgbouncer import needs_pgbouncer, pooled

STATEMENT = "SELECT name FROM prepared_film WHERE id = %s"
PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%prepared_film%'"


def run(url: str, *statements: str) -> None:
    """As another process does."""
    with psycopg.connect(url, autocommit=True) as other:
        for statement in statements:
            other.execute(statement)


@pytest.fixture
def film(database_url: str) -> Iterator[str]:
    """The address of a database with it."""
    drop = "DROP TABLE IF EXISTS prepared_film, prepared_film_next"
    run(
        database_url,
        drop,
        "CREATE TABLE prepared_film (id int PRIMARY KEY, name text)",
        "INSERT INTO prepared_film VALUES (129, 'Spirited Away')",
    )
    yield database_url
    run(database_url, drop)


def connect(url: str) -> Any:
    """Another connection of Django's than this thread's own."""
    settings = dj_database_url.parse(url, engine="settings.postgresql")
    return ConnectionHandler({"default": settings})["default"]


def read(connection: Any) -> Any:
    with connection.prepared_cursor() as cursor:
        cursor.execute(STATEMENT, [129])
        row = cursor.fetchone()
    return row and row[0]


def count_prepared(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(PREPARED)
        return int(cursor.fetchone()[0])


def test_it_is_prepared_once(film: str) -> None:
    with closing(connect(film)) as connection:
        assert [read(connection), read(connection)] == ["Spirited Away"] * 2
        assert count_prepared(connection) == 1


def test_it_is_logged_with_its_parameters(film: str) -> None:
    with closing(connect(film)) as connection, CaptureQueriesContext(connection) as queries:
        read(connection)

    assert [query["sql"] for query in queries] == [STATEMENT % 129]


def test_a_table_that_is_swapped_is_read(film: str) -> None:
    with closing(connect(film)) as connection:
        read(connection)
        run(
            film,
            "CREATE TABLE prepared_film_next (id int PRIMARY KEY, name text)",
            "INSERT INTO prepared_film_next VALUES (129, 'Chihiro')",
            "BEGIN; DROP TABLE prepared_film; "
            "ALTER TABLE prepared_film_next RENAME TO prepared_film; COMMIT",
        )

        assert read(connection) == "Chihiro"


def test_another_type_of_a_column_costs_one_request(film: str) -> None:
    """PostgreSQL refuses a prepared statement whose rows have come to be others."""
    with closing(connect(film)) as connection:
        read(connection)
        run(film, "ALTER TABLE prepared_film ALTER name TYPE varchar(100)")
        with pytest.raises(DatabaseError, match="cached plan"):
            read(connection)

        connection.close_if_unusable_or_obsolete()

        assert read(connection) == "Spirited Away"


@pytest.mark.slow
@needs_pgbouncer
@pytest.mark.parametrize("mode", ["transaction", "session"])
def test_by_way_of_a_pooler_nothing_is_prepared(
    film: str, mode: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("pgbouncer")
    with (
        pooled(film, mode, folder) as url,
        closing(connect(url)) as one,
        closing(connect(url)) as other,
    ):
        assert [read(each) for each in (one, other, one, other)] == ["Spirited Away"] * 4
        assert count_prepared(one) == 0

"""A connection that is kept for the next request is looked at, and not asked, before its use."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.conftest import eventually


@pytest.fixture
def kept(database_url: str) -> Iterator[int]:
    """The server's process that this thread's connection has to itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    server: Any = connection  # what Django's type stubs do not know of it
    server.health_check_enabled, server.health_check_done = True, False
    yield pid
    server.health_check_enabled = False


def ask(query: str, *values: object) -> object:
    """On a connection of its own."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        row = other.execute(query, values).fetchone()
    return row and row[0]


def test_nothing_is_asked_while_the_server_is_silent(kept: int) -> None:
    last = "SELECT query FROM pg_stat_activity WHERE pid = %s"
    assert ask(last, kept) == "SELECT pg_backend_pid()"

    connection.close_if_health_check_failed()

    assert connection.connection is not None
    assert ask(last, kept) == "SELECT pg_backend_pid()"


def test_one_that_the_server_has_ended_is_replaced(kept: int) -> None:
    assert ask("SELECT pg_terminate_backend(%s)", kept)
    eventually(lambda: not ask("SELECT 1 FROM pg_stat_activity WHERE pid = %s", kept))

    connection.close_if_health_check_failed()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() != (kept,)

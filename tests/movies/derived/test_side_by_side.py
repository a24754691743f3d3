"""Derived tables built at the same time, each on a connection of its own."""

from collections.abc import Iterator
from threading import Event

import psycopg
import pytest
from django.db import connection

from movies.derived import side_by_side, swap
from movies.models import JoinedName, Word
from tests.conftest import eventually

SLEEPERS = """
SELECT count(*) FROM pg_stat_activity
WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active' AND datname = current_database()
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_next_tables() -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS next CASCADE")


def fill_words() -> None:
    Word.objects.create(word="new", titles=1, deletes=["new"])


def fill_names() -> None:
    JoinedName.objects.create(length=3, joined="new", title_id=1, weight=0)


def test_both_are_there_to_be_swapped_in() -> None:
    side_by_side.build({Word: fill_words, JoinedName: fill_names})
    with swap.swap_in(Word, JoinedName):
        pass

    assert Word.objects.get().word == JoinedName.objects.get().joined == "new"


def test_each_has_a_connection_of_its_own() -> None:
    pids = []

    def note() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.append(cursor.fetchone())

    side_by_side.build({Word: note, JoinedName: note})

    assert len(set(pids)) == 2


@pytest.mark.parametrize("failing", [Word, JoinedName])
def test_an_error_in_either_is_raised_and_nothing_is_read_of_them(
    failing: type[Word] | type[JoinedName],
) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    fills = {Word: fill_words, JoinedName: fill_names} | {failing: fail}
    with pytest.raises(ZeroDivisionError):
        side_by_side.build(fills)

    assert not Word.objects.exists()
    assert not JoinedName.objects.exists()


def test_whoever_ends_it_ends_both(database_url: str) -> None:
    has_begun = Event()

    def sleep() -> None:
        with connection.cursor() as cursor:
            has_begun.set()
            cursor.execute("SELECT pg_sleep(600)")

    def end() -> None:
        if has_begun.is_set():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        side_by_side.build({Word: fill_words, JoinedName: sleep}, check=end)

    with psycopg.connect(database_url, autocommit=True) as watcher:
        eventually(lambda: watcher.execute(SLEEPERS).fetchone() == (0,))

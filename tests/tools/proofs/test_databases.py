"""Comparing databases whole: what two imports may differ in, and what not."""

from collections import Counter
from random import Random

import psycopg
import pytest

from tests.conftest import RunImport
from tools.proofs import kills, restarts
from tools.proofs.databases import Contents, contents, differences
from tools.proofs.imports import ORDER


@pytest.fixture
def imported(run_import: RunImport, database_url: str) -> str:
    """The address of a database with a dozen films."""
    run_import("daily")
    return database_url


def changed(url: str, *statements: str) -> Contents:
    with psycopg.connect(url) as connection:
        for statement in statements:
            connection.execute(statement.encode())
    return contents(url)


def test_times_runs_and_surrogate_ids_do_not_count(imported: str) -> None:
    before = contents(imported)

    after = changed(
        imported,
        "UPDATE tmdb_movie SET fetched_at = fetched_at + interval '1 day', "
        "due_at = due_at + interval '1 day'",
        "UPDATE import_run SET step = 'another'",
        "UPDATE catalogue SET version = version + 1",
        "UPDATE title SET id = id + 1000",
        "UPDATE joined_name SET title_id = title_id + 1000",
        # Another database has others, and as many as batches were saved.
        "UPDATE change_set SET token = token + 1",
        "UPDATE change_set SET number = number + 1000",
        "UPDATE movie_change SET change_set_id = change_set_id + 1000",
        # What readers have refreshed, and what the next ranking drops.
        "DELETE FROM ghibli_refresh",
        "CREATE SCHEMA IF NOT EXISTS previous",
        "CREATE TABLE previous.of_before (id int NOT NULL)",
    )

    assert list(differences(before, after)) == []


@pytest.mark.parametrize(
    ("change", "table"),
    [
        ("UPDATE movie SET runtime = 91 WHERE id = 1", "public.movie"),
        ("DELETE FROM title WHERE movie_id = 1", "public.title"),
        ("UPDATE standing SET is_origin = false WHERE movie_id = 1", "public.standing"),
        ("UPDATE joined_name SET title_id = title_id + 1", "public.joined_name"),
        ("UPDATE word SET deletes = '{}' WHERE word = 'film'", "public.word"),
        ("UPDATE movie_change SET kind = 'left' WHERE movie_id = 1", "public.movie_change"),
        ("UPDATE tmdb_movie SET gone_at = now() WHERE id = 1", "public.tmdb_movie"),
        ("UPDATE tmdb_movie SET due_at = due_at + interval '1 s'", "public.tmdb_movie"),
        ("CREATE SCHEMA next CREATE TABLE standing (movie_id int)", "next.standing"),
        ("DROP INDEX title_words", "definitions"),
    ],
)
def test_everything_else_does(imported: str, change: str, table: str) -> None:
    before = contents(imported)

    after = changed(imported, change)

    assert table in " ".join(differences(before, after))


def test_the_order_of_a_films_titles_counts(imported: str) -> None:
    insert = (
        "INSERT INTO title (movie_id, name, key, words, weight, countries, is_own) VALUES "
        "(1, '{0}', '{0}', '{{{0}}}', 18, '{{}}', true), "
        "(1, '{1}', '{1}', '{{{1}}}', 18, '{{}}', true)"
    )
    before = changed(imported, insert.format("one", "other"))

    after = changed(
        imported, "DELETE FROM title WHERE name IN ('one', 'other')", insert.format("other", "one")
    )

    assert list(differences(before, after)) != []


def test_twenty_two_kills_strike_every_step_twice_and_in_order_what_is_done_once() -> None:
    strikes = kills.plan(22, Random(1))

    assert strikes[:4] == ["discover"] * 2 + ["download"] * 2
    assert Counter(strikes) == dict.fromkeys(ORDER, 2)


def test_restarts_come_in_the_order_of_the_steps() -> None:
    assert restarts.plan(12) == [
        *["discover", "discover", "download", "reading", "merge", "changes"],
        *["IMDb download", "IMDb reading", "IMDb swap", "weighing", "fetch", "ranking"],
    ]

"""Derived tables built beside the ones that are read, and swapped in."""

import time
from collections.abc import Iterator
from threading import Thread

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from psycopg import sql

from importer.models import ImportRun
from movies.derived import swap
from movies.models import CountryTotal, Standing, Word
from tests.conftest import RunImport, eventually

TABLES = ["country_total", "standing", "word"]
LAYOUT = """
SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY (%(tables)s)
UNION ALL
SELECT concat(conrelid::regclass, ' ', conname, ' ', pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid::regclass::text = ANY (%(tables)s)
UNION ALL
SELECT concat(table_name, '.', column_name, ' ', data_type, ' ', is_nullable, collation_name)
FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = ANY (%(tables)s)
"""
SWAP_IS_WAITING = """
SELECT 1 FROM pg_locks
WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = 'next.word'::regclass
"""

pytestmark = pytest.mark.django_db(transaction=True)


def layout() -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(LAYOUT, {"tables": TABLES})
        return sorted(cursor.fetchall())


def prepare(word: str) -> None:
    """Build a vocabulary of one word, and leave it to be swapped in."""
    with swap.building(Word):
        Word.objects.create(word=word, titles=1, deletes=[word])


def known() -> set[str]:
    return set(Word.objects.values_list("word", flat=True))


@pytest.fixture
def old() -> None:
    Word.objects.create(word="old", titles=1, deletes=["old"])


def test_rankings_leave_tables_as_the_migrations_made_them(run_import: RunImport) -> None:
    migrated = layout()

    assert run_import("ranking").state == ImportRun.State.SUCCEEDED
    assert run_import("ranking").state == ImportRun.State.SUCCEEDED

    assert layout() == migrated
    assert len(migrated) > 20


def test_the_new_table_is_read_from_the_swap_on(old: None) -> None:
    prepare("new")
    assert known() == {"old"}

    with swap.swap_in(Word):
        pass

    assert known() == {"new"}


def test_what_is_written_with_the_swap_is_seen_with_it(old: None, database_url: str) -> None:
    prepare("new")
    with psycopg.connect(database_url, autocommit=True) as reader:
        with swap.swap_in(Word):
            CountryTotal.objects.create(by="origin", country_id="GB", movies=1, rated=1, listed=1)
            before = reader.execute("SELECT count(*) FROM country_total").fetchone()
        after = reader.execute("SELECT count(*), max(word) FROM country_total, word").fetchone()

    assert (before, after) == ((0,), (1, "new"))


def test_an_error_while_it_is_filled_leaves_nothing_behind(old: None) -> None:
    twice = [Word(word="new", titles=1, deletes=["new"])] * 2
    with pytest.raises(IntegrityError), swap.building(Word):
        Word.objects.bulk_create(twice)

    assert known() == {"old"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('next.word')")
        assert cursor.fetchone() == (None,)


def test_an_error_while_it_is_swapped_in_leaves_the_old_one(old: None) -> None:
    prepare("new")
    with pytest.raises(ZeroDivisionError), swap.swap_in(Word):
        raise ZeroDivisionError

    assert known() == {"old"}


def test_what_a_dead_process_left_is_cleared_away(old: None) -> None:
    prepare("dead")
    prepare("new")
    with swap.swap_in(Word):
        pass

    assert known() == {"new"}


def test_other_tables_stay_where_they_are(run_import: RunImport, old: None) -> None:
    assert run_import("daily").state == ImportRun.State.SUCCEEDED
    standings = Standing.objects.count()

    prepare("new")
    with swap.swap_in(Word):
        pass

    assert Standing.objects.count() == standings > 0


def test_the_swap_waits_for_autovacuum_in_the_new_table(old: None, database_url: str) -> None:
    prepare("new")

    def vacuum(worker: psycopg.Connection) -> None:
        with worker, psycopg.connect(database_url, autocommit=True) as other:
            eventually(lambda: other.execute(SWAP_IS_WAITING).fetchone() is not None)
            # It has given up, and tries again later.
            eventually(lambda: other.execute(SWAP_IS_WAITING).fetchone() is None)

    with psycopg.connect(database_url) as worker:
        # The lock that VACUUM and ANALYZE hold while they work.
        worker.execute("LOCK TABLE next.word IN SHARE UPDATE EXCLUSIVE MODE")
        thread = Thread(target=vacuum, args=[worker])
        thread.start()
        with swap.swap_in(Word):
            pass
        thread.join()

    assert known() == {"new"}


def test_the_swap_makes_readers_wait_for_one_time_in_all_however_many_tables_it_locks(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "LOCK_TIMEOUT_MS", 2000)
    waits_for_the_first = """
        SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'public.country_total'::regclass
    """
    with (
        psycopg.connect(database_url) as reader,
        psycopg.connect(database_url) as other,
        psycopg.connect(database_url, autocommit=True) as onlooker,
    ):
        reader.execute("SELECT FROM country_total")
        other.execute("SELECT FROM standing")

        def leave_late() -> None:
            eventually(lambda: onlooker.execute(waits_for_the_first).fetchone() is not None)
            onlooker.execute("SELECT pg_sleep(1.5)")
            reader.rollback()

        thread = Thread(target=leave_late)
        thread.start()
        with transaction.atomic():
            begun = time.monotonic()
            assert not swap.try_lock_tables(["country_total", "standing"])
            waited = time.monotonic() - begun
        thread.join()

    assert 1.5 < waited < 3


def test_grants_outlive_the_swap(old: None, other_role: str) -> None:
    execute("GRANT SELECT ON word TO {}", other_role)
    execute("GRANT UPDATE (titles) ON word TO {} WITH GRANT OPTION", other_role)
    execute("GRANT SELECT (word) ON word TO PUBLIC")

    for word in ("new", "newer"):
        prepare(word)
        with swap.swap_in(Word):
            pass

    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'word', 'SELECT')", [other_role])
        assert cursor.fetchone() == (True,)
        cursor.execute(
            "SELECT has_column_privilege(%s, 'word', 'titles', 'UPDATE WITH GRANT OPTION')",
            [other_role],
        )
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT has_table_privilege(%s, 'word', 'DELETE')", [other_role])
        assert cursor.fetchone() == (False,)


def test_a_view_reads_the_new_table(old: None, other_role: str) -> None:
    execute("CREATE VIEW spelt AS SELECT word FROM word WHERE titles > 0")
    execute("GRANT SELECT ON spelt TO {}", other_role)
    try:
        for word in ("new", "newer", "newest"):
            prepare(word)
            with swap.swap_in(Word):
                pass
            with connection.cursor() as cursor:
                cursor.execute("SELECT word FROM spelt")
                assert cursor.fetchall() == [(word,)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege(%s, 'spelt', 'SELECT')", [other_role])
            assert cursor.fetchone() == (True,)
    finally:
        execute("DROP VIEW spelt")


def test_what_cannot_be_attached_anew_is_named_and_ends_nothing(
    old: None, run_import: RunImport
) -> None:
    execute("CREATE MATERIALIZED VIEW frozen AS SELECT * FROM word")
    try:
        run = run_import("ranking")
    finally:
        execute("DROP MATERIALIZED VIEW frozen")

    assert run.state == ImportRun.State.SUCCEEDED
    assert "in the way materialized view frozen" in run.notes
    assert known() == {"old"}

    assert run_import("ranking").notes == ""
    assert known() == set()


def test_the_generation_before_is_kept_for_readers_elsewhere(old: None) -> None:
    for word in ("new", "newer"):
        prepare(word)
        with swap.swap_in(Word):
            pass

    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM previous.word")
        assert cursor.fetchall() == [("new",)]


def test_a_swap_that_cannot_be_had_is_put_off_and_says_who_is_in_the_way(
    old: None, database_url: str
) -> None:
    prepare("new")
    with psycopg.connect(database_url, application_name="a dashboard") as reader:
        reader.execute("SELECT FROM word")
        with (
            pytest.raises(swap.SwapPostponed, match="a dashboard"),
            swap.swap_in(Word, patience=0.2),
        ):
            pytest.fail("it was swapped in")

    assert known() == {"old"}
    with swap.swap_in(Word):
        pass
    assert known() == {"new"}


def test_a_role_that_may_not_create_schemas_is_told_what_it_lacks(
    old: None, run_import: RunImport, other_role: str
) -> None:
    execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO {}", other_role)
    execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {}", other_role)
    execute("SET ROLE {}", other_role)
    try:
        run = run_import("ranking")
    finally:
        execute("RESET ROLE")

    assert run.state == ImportRun.State.FAILED
    assert "may not create schemas" in run.error
    assert "GRANT CREATE ON DATABASE" in run.error
    assert "Traceback" not in run.error
    assert known() == {"old"}


@pytest.fixture
def other_role(transactional_db: None) -> Iterator[str]:
    execute("CREATE ROLE dashboard")
    yield "dashboard"
    execute("DROP OWNED BY {}", "dashboard")
    execute("DROP ROLE dashboard")


def execute(statement: str, role: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(sql.Identifier(role)))

"""Builds derived tables beside the ones that are read, and swaps them in.

The new tables live in a PostgreSQL schema of their own while they are filled, under their final
names and with their final indexes, so that Django's models stay the only definition of both. The
tables that they replace are kept in another, until the next swap: a query on a hot standby, which
no lock of ours knows of, may still read them.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection, models, transaction
from psycopg import sql

from movies.derived import attachments

log = logging.getLogger(__name__)

SCHEMA = sql.Identifier("next")
PREVIOUS = sql.Identifier("previous")
# How long the swap may make a reader wait in all (ms), and how long it then leaves them alone.
LOCK_TIMEOUT_MS = 100
RETRY_SECONDS = 0.5

EXISTING = """
SELECT schemaname, tablename FROM pg_tables
WHERE tablename = ANY (%s) AND schemaname IN ('next', 'public', 'previous')
ORDER BY array_position(ARRAY['next', 'public', 'previous'], schemaname::text),
         array_position(%s, tablename::text)
"""
READERS = """
SELECT DISTINCT format('%%s (process %%s, since %%s UTC)',
           coalesce(nullif(application_name, ''), usename), pid,
           to_char(xact_start AT TIME ZONE 'UTC', 'HH24:MI'))
FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE relation = ANY (%s::regclass[]) AND granted AND pid <> pg_backend_pid()
"""


class SwapPostponed(Exception):  # noqa: N818 - nothing is lost: the next one comes
    """The new tables could not be swapped in this time; the message says who is in the way."""


class SchemaRefused(Exception):  # noqa: N818 - says what is the matter
    """The database role may not create schemas, in which the next tables are built."""

    def __init__(self) -> None:
        settings_dict = connection.settings_dict
        super().__init__(
            "the database role may not create schemas, which new lists and ratings are built in: "
            f'GRANT CREATE ON DATABASE "{settings_dict["NAME"]}" TO "{settings_dict["USER"]}" '
            "as its owner mends it"
        )


def no_op() -> None:
    """A `check` for whoever has no reason to end while a reader delays the swap."""


@contextmanager
def building(*tables: type[models.Model]) -> Iterator[None]:
    """Builds the next tables of these models: empty copies, first on the block's search path.

    Statements inside it fill them by the tables' ordinary names; at its end they are indexed and
    analysed, and wait for `swap_in`. An error in the block leaves nothing behind; what a process
    leaves that ends between here and `swap_in` is dropped by the next one.
    """
    check_dependents(*tables)
    with transaction.atomic():
        create_schema()
        with filling(*tables):
            yield
    for table in tables:
        # Marks all pages visible as well, without which no scan would be index-only.
        execute(sql.SQL("VACUUM (ANALYZE) {}").format(next_name(table)))


@contextmanager
def filling(*tables: type[models.Model]) -> Iterator[None]:
    """In a transaction: makes the tables, and at the end of the block, when they are full, their
    indexes."""
    execute(sql.SQL("SET LOCAL search_path TO {}, public").format(SCHEMA))
    # The editor creates the indexes at its end.
    with connection.schema_editor(atomic=False) as editor:
        for table in tables:
            editor.create_model(table)
            execute(drop_primary_key(table))
        yield
    for table in tables:
        execute(add_primary_key(table))


def check_dependents(*tables: type[models.Model]) -> None:
    """Before all the work, which would be for nothing."""
    for name in (table._meta.db_table for table in tables):
        refuse_dependents(name, attachments.of_table(name))


def next_name(table: type[models.Model]) -> sql.Composable:
    return sql.Identifier("next", table._meta.db_table)


@contextmanager
def swap_in(
    *tables: type[models.Model],
    check: Callable[[], None] = no_op,
    patience: float | None = None,
) -> Iterator[None]:
    """Replaces these models' tables by the ones built, together with what the block writes.

    Readers wait for LOCK_TIMEOUT_MS at the most; while one of them reads on, this waits, outside
    of any transaction, and tries again for `patience` seconds, or SWAP_PATIENCE_SECONDS; then it
    raises SwapPostponed. `check` is asked each time, and may raise to end it.
    """
    names = [table._meta.db_table for table in tables]
    if patience is None:
        patience = settings.SWAP_PATIENCE_SECONDS
    deadline = time.monotonic() + patience
    while True:
        with transaction.atomic():
            if try_lock_tables(names):
                try:
                    replace_tables(names)
                except ProgrammingError as error:
                    # As of a view that somebody else owns.
                    words = f"the new {', '.join(names)} could not be swapped in: {error}"
                    raise SwapPostponed(words) from None
                yield
                execute(sql.SQL("DROP SCHEMA {}").format(SCHEMA))
                return
        if time.monotonic() >= deadline:
            raise SwapPostponed(
                f"the new {', '.join(names)} could not be swapped in for {patience:g} s: in the "
                f"way {', '.join(reader_names(names)) or 'were readers that are gone by now'}"
            )
        check()
        time.sleep(RETRY_SECONDS)


def create_schema() -> None:
    """An empty one for the next tables; what is there was left by a process that is gone."""
    try:
        execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(SCHEMA))
        execute(sql.SQL("CREATE SCHEMA {}").format(SCHEMA))
    except ProgrammingError as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            raise SchemaRefused from None
        raise


def drop_primary_key(table: type[models.Model]) -> sql.Composable:
    """The statement: the key is made as the indexes are, in one go, when the table is full. Kept
    up row by row it takes twice as long."""
    name = table._meta.db_table
    return sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(
        sql.Identifier(name), sql.Identifier(f"{name}_pkey")
    )


def add_primary_key(table: type[models.Model]) -> sql.Composable:
    columns = [sql.Identifier(str(field.column)) for field in table._meta.pk_fields]
    name = table._meta.db_table
    return sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} PRIMARY KEY ({})").format(
        sql.Identifier(name), sql.Identifier(f"{name}_pkey"), sql.SQL(", ").join(columns)
    )


def try_lock_tables(names: list[str]) -> bool:
    """Whether all of these tables, of every generation, could be locked at once."""
    with connection.cursor() as cursor:
        # The next ones as well, and first: nobody reads them, but autovacuum may be at work there.
        cursor.execute(EXISTING, [names, names])
        locked = [sql.Identifier(*table) for table in cursor.fetchall()]
    deadline = time.monotonic() + LOCK_TIMEOUT_MS / 1000
    try:
        with transaction.atomic():
            # One by one, because PostgreSQL's limit of time is for each lock anew.
            for table in locked:
                left = max(round(1000 * (deadline - time.monotonic())), 1)
                execute(sql.SQL("SET LOCAL lock_timeout TO {}").format(left))
                execute(sql.SQL("LOCK TABLE {}").format(table))
            execute(sql.SQL("SET LOCAL lock_timeout TO DEFAULT"))
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
            return False
        raise
    return True


def replace_tables(names: list[str]) -> None:
    """The generation before the last goes, the last one is put aside, the next one is read."""
    execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(PREVIOUS))
    for name in names:
        old, new = sql.Identifier("public", name), sql.Identifier("next", name)
        outgrown = sql.Identifier("previous", name)
        attached = attachments.of_table(name)
        refuse_dependents(name, attached)
        execute(sql.SQL("DROP TABLE IF EXISTS {}").format(outgrown))
        execute(sql.SQL("ALTER TABLE {} SET SCHEMA {}").format(old, PREVIOUS))
        execute(sql.SQL("ALTER TABLE {} SET SCHEMA public").format(new))
        for statement in attached.statements:
            execute(statement)


def refuse_dependents(name: str, attached: attachments.Attachments) -> None:
    """SwapPostponed where something depends on the table that cannot be attached to the next."""
    if attached.dependents:
        raise SwapPostponed(
            f"the new {name} could not be swapped in: in the way {attached.in_words}; drop it"
        )


def reader_names(names: list[str]) -> list[str]:
    """Who has read these tables in a transaction that is not over."""
    with connection.cursor() as cursor:
        cursor.execute(READERS, [[f"public.{name}" for name in names]])
        return [reader for (reader,) in cursor.fetchall()]


def execute(statement: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

"""Builds derived tables beside the ones that are read, and swaps them in.

The new tables live in a PostgreSQL schema of their own while they are filled, under their final
names and with their final indexes, so that Django's models stay the only definition of both.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection, models, transaction
from psycopg import sql

log = logging.getLogger(__name__)

SCHEMA = sql.Identifier("next")
# How long the swap may make a reader wait, and how often it tries in vain before it gives up.
LOCK_TIMEOUT_MS = 100
LOCK_ATTEMPTS = 600


def no_op() -> None:
    """A `check` for whoever has no reason to end while a reader delays the swap."""


@contextmanager
def building(*tables: type[models.Model]) -> Iterator[None]:
    """Builds the next tables of these models: empty copies, first on the block's search path.

    Statements inside it fill them by the tables' ordinary names; at its end they are indexed and
    analysed, and wait for `swap_in`. An error in the block leaves nothing behind; what a process
    leaves that ends between here and `swap_in` is dropped by the next one.
    """
    with transaction.atomic():
        execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(SCHEMA))
        execute(sql.SQL("CREATE SCHEMA {}").format(SCHEMA))
        execute(sql.SQL("SET LOCAL search_path TO {}, public").format(SCHEMA))
        # The editor creates the indexes at its end, when the tables are full.
        with connection.schema_editor(atomic=False) as editor:
            for table in tables:
                editor.create_model(table)
                execute(drop_primary_key(table))
            yield
        for table in tables:
            execute(add_primary_key(table))
    for table in tables:
        name = sql.Identifier("next", table._meta.db_table)
        # Marks all pages visible as well, without which no scan would be index-only.
        execute(sql.SQL("VACUUM (ANALYZE) {}").format(name))


@contextmanager
def swap_in(*tables: type[models.Model], check: Callable[[], None] = no_op) -> Iterator[None]:
    """Replaces these models' tables by the ones built, together with what the block writes.

    Readers wait for LOCK_TIMEOUT_MS at the most; while one of them reads on, this waits and
    tries again. `check` is asked each time, and may raise to end it.
    """
    with transaction.atomic():
        lock_tables(tables, check)
        replace_tables(tables)
        yield
        execute(sql.SQL("DROP SCHEMA {}").format(SCHEMA))


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


def lock_tables(tables: tuple[type[models.Model], ...], check: Callable[[], None]) -> None:
    """Lock the tables that are read and the next ones, as soon as no reader is in the way."""
    names = [table._meta.db_table for table in tables]
    # The new ones as well, and first: nobody reads them, but autovacuum may be at work there.
    locked = [sql.Identifier(schema, name) for schema in ("next", "public") for name in names]
    statement = sql.SQL("LOCK TABLE {}").format(sql.SQL(", ").join(locked))
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            with transaction.atomic():
                execute(sql.SQL("SET LOCAL lock_timeout TO {}").format(LOCK_TIMEOUT_MS))
                execute(statement)
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
                raise
            if attempt == LOCK_ATTEMPTS:
                raise
            check()
            time.sleep(0.5)
        else:
            return


def replace_tables(tables: tuple[type[models.Model], ...]) -> None:
    for table in tables:
        name = table._meta.db_table
        execute(sql.SQL("DROP TABLE {}").format(sql.Identifier("public", name)))
        execute(sql.SQL("ALTER TABLE {} SET SCHEMA public").format(sql.Identifier("next", name)))


def execute(statement: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

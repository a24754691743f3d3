"""Builds derived tables beside the ones that are read, and swaps them in.

The new tables live in a PostgreSQL schema of their own while they are filled, under their final
names and with their final indexes, so that Django's models stay the only definition of both.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import OperationalError, connection, models, transaction
from psycopg import sql

log = logging.getLogger(__name__)

SCHEMA = sql.Identifier("next")
# How long the swap may make a reader wait, and how often it tries in vain before it gives up.
LOCK_TIMEOUT_MS = 200
LOCK_ATTEMPTS = 600


@contextmanager
def rebuilt(*tables: type[models.Model]) -> Iterator[None]:
    """Empty copies of these models' tables stand first on the search path inside the block.

    Statements inside it fill them by the tables' ordinary names; at its end they are indexed and
    analysed, and wait for `swap_in`. Everything happens in one transaction: an error, or the end
    of the process, leaves nothing behind.
    """
    with transaction.atomic():
        execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(SCHEMA))
        execute(sql.SQL("CREATE SCHEMA {}").format(SCHEMA))
        execute(sql.SQL("SET LOCAL search_path TO {}, public").format(SCHEMA))
        # The editor creates the indexes at its end, when the tables are full.
        with connection.schema_editor(atomic=False) as editor:
            for table in tables:
                editor.create_model(table)
            yield
    for table in tables:
        name = sql.Identifier("next", table._meta.db_table)
        # Marks all pages visible as well, without which no scan would be index-only.
        execute(sql.SQL("VACUUM (ANALYZE) {}").format(name))


@contextmanager
def swap_in(*tables: type[models.Model]) -> Iterator[None]:
    """Replace these models' tables by their rebuilt ones, together with what the block writes.

    Readers wait for LOCK_TIMEOUT_MS at the most; while one of them reads on, this waits and
    tries again.
    """
    with transaction.atomic():
        take_over(tables)
        yield
        execute(sql.SQL("DROP SCHEMA {}").format(SCHEMA))


def take_over(tables: tuple[type[models.Model], ...]) -> None:
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            with transaction.atomic():
                execute(sql.SQL("SET LOCAL lock_timeout TO {}").format(LOCK_TIMEOUT_MS))
                # The new ones too: autovacuum may be at work in them.
                names = [
                    sql.Identifier(schema, table._meta.db_table)
                    for schema in ("public", "next")
                    for table in tables
                ]
                execute(sql.SQL("LOCK TABLE {}").format(sql.SQL(", ").join(names)))
        except OperationalError as error:
            if not isinstance(error.__cause__, psycopg.errors.LockNotAvailable):
                raise
            if attempt == LOCK_ATTEMPTS:
                raise
            time.sleep(0.5)
        else:
            break
    for table in tables:
        old = sql.Identifier("public", table._meta.db_table)
        new = sql.Identifier("next", table._meta.db_table)
        execute(sql.SQL("DROP TABLE {}").format(old))
        execute(sql.SQL("ALTER TABLE {} SET SCHEMA public").format(new))


def execute(statement: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

"""Builds derived tables at the same time, each on a connection and thus a core of its own."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import psycopg
from django.db import connection, models, transaction
from psycopg import sql

from movies.derived import swap

LOOK_SECONDS = 0.2
# Milliseconds, in which PostgreSQL sees that this process has died, even in a statement.
CHECK_CLIENT = sql.SQL("SET LOCAL client_connection_check_interval TO 500")
# For a statement that is cancelled to end.
CANCEL_SECONDS = 5.0

Fill = Callable[[], None]


def build(
    fills: Mapping[type[models.Model], Fill], check: Callable[[], None] = swap.no_op
) -> None:
    """Makes the next table of each model, filled by its function, as `swap.building` does.

    The first is built by this thread. `check` is asked while others are still being built, and may
    raise to end it. An error in any is raised; what is left is dropped by the next.
    """
    swap.check_dependents(*fills)
    with transaction.atomic():
        swap.create_schema()
    (own, own_fill), *others = fills.items()
    threads = [TableThread(table, fill) for table, fill in others]
    for thread in threads:
        thread.start()
    try:
        build_table(own, own_fill)
        for thread in threads:
            thread.wait(check)
    except BaseException:
        for thread in threads:
            thread.cancel()
        raise


def build_table(table: type[models.Model], fill: Fill) -> None:
    """Not vacuumed: what is built here is not read from its indexes alone."""
    with transaction.atomic(), swap.filling(table):
        swap.execute(CHECK_CLIENT)
        fill()
    swap.execute(sql.SQL("ANALYZE {}").format(swap.next_name(table)))


class TableThread(threading.Thread):
    """Builds a table on a connection of its own, of which `error` is left if it fails."""

    def __init__(self, table: type[models.Model], fill: Fill) -> None:
        super().__init__(name=table._meta.db_table, daemon=True)
        self.error: BaseException | None = None
        self._build = partial(build_table, table, fill)
        self._connection: psycopg.Connection[Any] | None = None

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self._connection = connection.connection
            self._build()
        except BaseException as error:
            self.error = error
        finally:
            connection.close()

    def wait(self, check: Callable[[], None]) -> None:
        """Until it is over; raises what it has raised, or what `check` raises."""
        while self.is_alive():
            check()
            self.join(LOOK_SECONDS)
        if self.error is not None:
            raise self.error

    def cancel(self) -> None:
        """Ends it, as soon as PostgreSQL listens."""
        tries = round(CANCEL_SECONDS / LOOK_SECONDS)
        while self.is_alive() and (tries := tries - 1) > 0:
            if self._connection is not None:
                with suppress(psycopg.Error, OSError):
                    self._connection.cancel_safe(timeout=LOOK_SECONDS)
            self.join(LOOK_SECONDS)

"""The one lock of all imports: held in PostgreSQL, by the connection that writes."""

import os
import time
from collections.abc import Callable

from django.db import connection

# The number of the advisory lock: "WiM".
LOCK = 0x57694D
# Shared by all workers, only to be counted.
WORKER = 0x57694E

# Without this PostgreSQL would notice the death of a client, and free its lock, only at the end
# of the statement that it left behind. Milliseconds.
NOTICE_DEATH = "SET client_connection_check_interval TO 500"
# For whoever looks at pg_stat_activity.
NAME = "SELECT set_config('application_name', %s, false)"
TRY_LOCK = "SELECT pg_try_advisory_lock(%s)"
UNLOCK = "SELECT pg_advisory_unlock(%s)"
SHARE_LOCK = "SELECT pg_advisory_lock_shared(%s)"
HOLDERS = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
HOLDERS_OF_MINE = HOLDERS + " AND pid = pg_backend_pid()"


class LockLost(Exception):  # noqa: N818 - lasts for a moment only
    """The connection that held the lock is gone, and the lock with it."""


class ImportLock:
    """Whoever holds it may run an import; it ends with the connection that took it."""

    def __init__(self, is_worker: bool = False) -> None:
        self.is_worker = is_worker
        self.holder: object = None

    def take(self, patience: float) -> bool:
        """Whether it could be had, trying for this many seconds."""
        connection.ensure_connection()
        self.holder = connection.connection
        if self.is_worker:
            be_counted()
        deadline = time.monotonic() + patience
        with connection.cursor() as cursor:
            cursor.execute(NOTICE_DEATH)
            cursor.execute(NAME, [f"import {os.getpid()}"])
            while True:
                cursor.execute(TRY_LOCK, [LOCK])
                if cursor.fetchone() == (True,):
                    return True
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.2)

    def is_held(self) -> bool:
        return connection.connection is self.holder and connection.is_usable()

    def release(self) -> None:
        """Give it back; a lost connection has done so already."""
        if self.is_held():
            with connection.cursor() as cursor:
                cursor.execute(UNLOCK, [LOCK])

    def guard(self, execute: Callable[..., object], *query: object) -> object:
        """Around every statement: Django reconnects by itself, but then without the lock."""
        if connection.connection is not self.holder:
            raise LockLost
        return execute(*query)


def is_taken() -> bool:
    """Whether some process is executing a run, seen from any connection."""
    return holders(LOCK) > 0


def be_counted() -> None:
    """Make this connection one of the workers'; it stays so until it ends."""
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS_OF_MINE, [WORKER])
        if cursor.fetchone() == (0,):
            cursor.execute(SHARE_LOCK, [WORKER])


def workers() -> int:
    """How many workers stand by or work."""
    return holders(WORKER)


def holders(number: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [number])
        return cursor.fetchone()[0]

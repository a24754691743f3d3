"""The one lock of all imports: held in PostgreSQL, by the connection that writes."""

import os
import time
from collections.abc import Callable

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

# The number of the advisory lock: "WiM".
IMPORT_LOCK = 0x57694D
# Shared by all workers, only to be counted.
WORKER_LOCK = 0x57694E

# Without this PostgreSQL would notice the death of a client, and free its lock, only at the end
# of the statement that it left behind. Milliseconds.
CHECK_CLIENT = "SET client_connection_check_interval TO 500"
# For whoever looks at pg_stat_activity.
NAME = "SELECT set_config('application_name', %s, false)"
SERVER_PROCESS = "SELECT pg_backend_pid()"
TRY_LOCK = "SELECT pg_try_advisory_lock(%s)"
UNLOCK = "SELECT pg_advisory_unlock(%s)"
SHARE_LOCK = "SELECT pg_advisory_lock_shared(%s)"
HOLDERS = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND granted
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
HELD_BY_ME = HOLDERS + " AND pid = pg_backend_pid()"


class LockLost(Exception):  # noqa: N818 - lasts for a moment only
    """The connection that held the lock is gone, and the lock with it."""

    def __init__(self) -> None:
        super().__init__("the connection to PostgreSQL was lost")


class PoolerInBetween(Exception):  # noqa: N818 - says what is the matter
    """A pooler gives each transaction another connection: no lock and no table would last."""

    def __init__(self) -> None:
        super().__init__(
            "a transaction pooler stands between this import and PostgreSQL: DATABASE_URL of "
            "workers and commands has to lead to PostgreSQL itself, or to a pool of sessions"
        )


class ImportLock:
    """Whoever holds it may run an import; it ends with the connection that took it."""

    def __init__(self, is_worker: bool = False) -> None:
        self.is_worker = is_worker
        self.connection: object = None

    def acquire(self, timeout: float) -> bool:
        """Whether it could be had, trying for this many seconds."""
        connection.ensure_connection()
        self.connection = connection.connection
        require_own_session()
        if self.is_worker:
            register_worker()
        deadline = time.monotonic() + timeout
        with connection.cursor() as cursor:
            cursor.execute(CHECK_CLIENT)
            cursor.execute(NAME, [f"import {os.getpid()}"])
            while True:
                cursor.execute(TRY_LOCK, [IMPORT_LOCK])
                if cursor.fetchone() == (True,):
                    return True
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.2)

    def is_held(self) -> bool:
        return connection.connection is self.connection and connection.is_usable()

    def release(self) -> None:
        """Give it back; a lost connection has done so already."""
        if self.is_held():
            with connection.cursor() as cursor:
                cursor.execute(UNLOCK, [IMPORT_LOCK])

    def guard(self, execute: Callable[..., object], *query: object) -> object:
        """Around every statement: Django reconnects by itself, but then without the lock."""
        if connection.connection is not self.connection:
            raise LockLost
        return execute(*query)


def require_own_session() -> None:
    """PoolerInBetween where the statements of this connection may reach several server processes.

    Whoever connects directly talks to the server process that greeted it. A pooler greets itself;
    one that keeps a server for each client gives ours to nobody else who begins a transaction.
    """
    ours = connection.connection
    if server_process() == ours.info.backend_pid:
        return
    before = server_process()
    with psycopg.connect(connection_string(connect_timeout=5)) as other:
        other.execute("SELECT 1")  # its transaction stays open: it has a server of its own now
        if server_process() != before:
            raise PoolerInBetween


def connection_string(**parameters: str | int) -> str:
    """Of this connection's database, for another one with these parameters."""
    connection.ensure_connection()
    info = connection.connection.info
    # With the password, which psycopg does not tell of a connection that it has.
    return make_conninfo(info.dsn, password=info.password, **parameters)


def server_process() -> int:
    with connection.cursor() as cursor:
        cursor.execute(SERVER_PROCESS)
        return int(cursor.fetchone()[0])


def is_import_running() -> bool:
    """Whether some process is executing a run, seen from any connection."""
    return count_holders(IMPORT_LOCK) > 0


def register_worker() -> None:
    """Hold the lock that workers share, by which they are counted, until the connection ends."""
    with connection.cursor() as cursor:
        cursor.execute(HELD_BY_ME, [WORKER_LOCK])
        if cursor.fetchone() == (0,):
            require_own_session()
            cursor.execute(SHARE_LOCK, [WORKER_LOCK])


def count_workers() -> int:
    """How many workers stand by or work."""
    return count_holders(WORKER_LOCK)


def count_holders(number: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [number])
        return int(cursor.fetchone()[0])

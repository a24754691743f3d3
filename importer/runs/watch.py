"""Watches over a run from a thread: its sign of life, and whether somebody wants it to end.

The run's own connection may be busy with one statement for minutes, or wait for a reader; this
has a connection of its own, and cancels that statement where it would hold up the end.
"""

import logging
import threading
import time
from types import TracebackType
from typing import Any, Self

import psycopg
from django.db import connections

from importer.models import ImportRun
from importer.runs.lock import connection_string

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 1.0
# How late what waits for several events at once sees one of them: each end of a run has it.
POLL_SECONDS = 0.05
# How long a statement may go on after the run is to end before it is cancelled. The ten seconds
# that a service manager grants have to last for the rest as well.
STATEMENT_SECONDS = 4.0

# Nobody waits for the watch's own statements for longer: a table may be locked, a host be gone.
CONNECT_SECONDS = 2
OPTIONS = "-c lock_timeout=1000 -c statement_timeout=2000"
# Left out while the run itself is writing its row, which is a sign of life, too.
WRITE_HEARTBEAT = """
UPDATE import_run SET heartbeat_at = statement_timestamp() WHERE id = (
    SELECT id FROM import_run WHERE id = %s AND state = 'running' FOR NO KEY UPDATE SKIP LOCKED
)
"""
READ_CANCEL_REQUESTED = "SELECT cancel_requested FROM import_run WHERE id = %s"


class StopEvent(threading.Event):
    """Set when the process is told to end, or when the run alone is."""

    def __init__(self, process_stop: threading.Event) -> None:
        super().__init__()
        self.process_stop = process_stop

    def is_set(self) -> bool:
        return super().is_set() or self.process_stop.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        deadline = None if timeout is None else time.monotonic() + timeout
        while not self.is_set():
            left = POLL_SECONDS if deadline is None else deadline - time.monotonic()
            if left <= 0:
                return False
            super().wait(min(left, POLL_SECONDS))
        return True


class RunWatch:
    """In its block `stop` is set when the process is told to end, or the run is cancelled."""

    def __init__(self, run: ImportRun, process_stop: threading.Event) -> None:
        self.run = run
        self.stop = StopEvent(process_stop)
        self.is_cancelled = False
        self._ended = threading.Event()
        # Of the run's database, for a connection that waits for nothing long.
        self._conninfo = connection_string(connect_timeout=CONNECT_SECONDS, options=OPTIONS)
        self._own: psycopg.Connection[Any] | None = None
        # Of this thread: what the run's statements are sent on.
        self._main = connections["default"]
        self._threads = [
            threading.Thread(target=self._watch, name="watch", daemon=True),
            threading.Thread(target=self._cancel_statements, name="canceller", daemon=True),
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(timeout=CONNECT_SECONDS + 1)

    def _watch(self) -> None:
        is_disconnected = False
        while not self._ended.is_set():
            try:
                self._send_heartbeat()
                is_disconnected = False
            except (psycopg.Error, OSError) as error:
                self._close()
                if not is_disconnected:
                    log.warning("nobody can see or cancel the run for now: %s", error)
                is_disconnected = True
            self._ended.wait(HEARTBEAT_SECONDS)
        self._close()

    def _send_heartbeat(self) -> None:
        """Write the sign of life, and read whether the run is to be cancelled."""
        if self._own is None:
            self._own = psycopg.connect(self._conninfo, autocommit=True)
        self._own.execute(WRITE_HEARTBEAT, [self.run.pk])
        row = self._own.execute(READ_CANCEL_REQUESTED, [self.run.pk]).fetchone()
        if row == (True,):
            self.is_cancelled = True
            self.stop.set()

    def _cancel_statements(self) -> None:
        """From STATEMENT_SECONDS after the stop on, until the block is left."""
        while not self._ended.is_set() and not self.stop.wait(POLL_SECONDS):
            pass
        self._ended.wait(STATEMENT_SECONDS)
        while not self._ended.is_set():
            main = self._main.connection
            if main is not None:
                try:
                    main.cancel_safe(timeout=HEARTBEAT_SECONDS)
                except (psycopg.Error, OSError) as error:
                    log.info("a statement could not be cancelled: %s", error)
            self._ended.wait(HEARTBEAT_SECONDS)

    def _close(self) -> None:
        if self._own is not None:
            self._own.close()
            self._own = None

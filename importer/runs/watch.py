"""Watches over a run from a thread: its sign of life, and whether somebody wants it to end.

The run's own connection may be busy with one statement for minutes, or wait for a reader; this
has a connection of its own.
"""

import threading
from types import TracebackType
from typing import Self

from django.db import Error as DatabaseError
from django.db import connection, connections

from importer.models import ImportRun
from importer.runs.signals import STATEMENT_SECONDS, cancel_statement

LOOK_SECONDS = 1.0

# Left out while the run itself is writing its row, which is a sign of life, too.
WRITE_HEARTBEAT = """
UPDATE import_run SET heartbeat_at = statement_timestamp() WHERE id = (
    SELECT id FROM import_run WHERE id = %s AND state = 'running' FOR UPDATE SKIP LOCKED
)
"""
READ_CANCEL_REQUESTED = "SELECT cancel_requested FROM import_run WHERE id = %s"


class RunWatch:
    """In its block `stop` is set when the process is told to end, or the run is cancelled."""

    def __init__(self, run: ImportRun, process_stop: threading.Event) -> None:
        self.run = run
        self.process_stop = process_stop
        self.stop = threading.Event()
        self.is_cancelled = False
        self._ended = threading.Event()
        # As after a signal: a statement that goes on for too long is cancelled.
        main = connections["default"]
        self._canceller = threading.Timer(STATEMENT_SECONDS, cancel_statement, [main])
        self._canceller.daemon = True
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def __enter__(self) -> Self:
        if self.process_stop.is_set():
            self.stop.set()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._canceller.cancel()
        self._thread.join()

    def _watch(self) -> None:
        try:
            while not self._ended.is_set():
                self._look()
                if self.process_stop.is_set():
                    self.stop.set()
                    self._ended.wait(LOOK_SECONDS)
                else:
                    self._wait()
        finally:
            connection.close()

    def _wait(self) -> None:
        """A signal is passed on at once, the end noticed soon."""
        for _ in range(10):
            if self._ended.is_set() or self.process_stop.wait(LOOK_SECONDS / 10):
                return

    def _look(self) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(WRITE_HEARTBEAT, [self.run.pk])
                cursor.execute(READ_CANCEL_REQUESTED, [self.run.pk])
                row = cursor.fetchone()
        except DatabaseError:
            connection.close()  # the run sees for itself that PostgreSQL is gone
            return
        if row == (True,) and not self.is_cancelled:
            self.is_cancelled = True
            self.stop.set()
            self._canceller.start()

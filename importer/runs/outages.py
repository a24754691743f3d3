"""PostgreSQL away, or without room on its disk: an import waits for it, and goes on by itself."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import psycopg
from django.db import Error as DatabaseError
from django.db import connection

from importer.errors import STOP_REQUESTED, ImportFailed, ImportStopped, TakenOver
from importer.models import ImportRun
from importer.runs.lock import ImportLock, LockLost

log = logging.getLogger(__name__)

# How long a killed holder's lock may outlive it: see importer.runs.lock.
LOCK_PATIENCE_SECONDS = 3.0
# How long an import waits for PostgreSQL to come back, or for it to have room again.
PATIENCE_SECONDS = 600.0
FIRST_PAUSE_SECONDS = 1.0
LAST_PAUSE_SECONDS = 60.0
# What comes so long after the last attempt is another trouble.
QUIET_SECONDS = 300.0

# Of PostgreSQL's errors, those that are nobody's fault and pass when somebody makes room:
# insufficient resources, disk full, out of memory.
NO_ROOM = {"53000", "53100", "53200"}


class NoRoom(ImportFailed):
    """PostgreSQL has no room on its disk, or no memory; nothing can be written meanwhile."""

    WORDS = "PostgreSQL has no room"

    def __init__(self, error: Exception) -> None:
        super().__init__(f"{self.WORDS}: {' '.join(str(error).split())}")


def lacks_room(error: Exception) -> bool:
    """Whether PostgreSQL has refused a statement for its want of disk or memory."""
    cause = error.__cause__
    return isinstance(cause, psycopg.Error) and cause.sqlstate in NO_ROOM


def growing_pauses() -> Iterator[float]:
    """1, 2, 4 … 60 seconds."""
    pause = FIRST_PAUSE_SECONDS
    while True:
        yield pause
        pause = min(2 * pause, LAST_PAUSE_SECONDS)


class Patience:
    """Waits ever longer between attempts, and not for ever; after a quiet time, as at first."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.pauses = growing_pauses()
        self.deadline = math.inf
        self.waited_at = -math.inf

    def wait(self, why: Exception) -> bool:
        """Until the next attempt; False when there is to be none. ImportStopped when it is to
        end."""
        now = time.monotonic()
        if now - self.waited_at > QUIET_SECONDS:
            self.pauses, self.deadline = growing_pauses(), now + PATIENCE_SECONDS
        if now >= self.deadline:
            return False
        pause = next(self.pauses)
        log.warning("%s; tried again in %.0f s", why, pause)
        if self.stop.wait(pause):
            raise ImportStopped(STOP_REQUESTED)
        self.waited_at = time.monotonic()
        return True


def note(run: ImportRun, reason: NoRoom) -> None:
    """Say in the run why it waits, once, if that can be written."""
    if NoRoom.WORDS not in run.notes:
        with suppress(DatabaseError):
            run.add_note(str(reason))


def write_with_reconnect(
    lock: ImportLock, stop: threading.Event, write: Callable[[], None]
) -> None:
    """Write it, once more if PostgreSQL went away under it, or has no room."""
    patience = Patience(stop)
    while True:
        try:
            write()
        except (LockLost, DatabaseError) as error:
            if not lock.is_held():
                wait_for_database(lock, stop)
            elif not lacks_room(error) or not patience.wait(NoRoom(error)):
                raise
        else:
            return


def wait_for_database(lock: ImportLock, stop: threading.Event) -> None:
    """Until PostgreSQL is back and the lock is held again; ImportStopped if that cannot be."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        connection.close()
        try:
            if lock.acquire(LOCK_PATIENCE_SECONDS):
                return
            raise TakenOver("another process has taken over")
        except DatabaseError:
            if stop.wait(1):
                raise ImportStopped(STOP_REQUESTED) from None
    minutes = PATIENCE_SECONDS / 60
    raise ImportStopped(f"PostgreSQL did not come back in {minutes:g} minutes")

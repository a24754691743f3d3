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
LOCK_TIMEOUT_SECONDS = 3.0
# How long an import waits for PostgreSQL to come back, or for it to have room again.
GIVE_UP_SECONDS = 600.0
FIRST_DELAY_SECONDS = 1.0
LONGEST_DELAY_SECONDS = 60.0
# What comes so long after the last attempt is another trouble.
RESET_SECONDS = 300.0

# Of PostgreSQL's errors, those that are nobody's fault and pass when somebody makes room:
# insufficient resources, disk full, out of memory.
INSUFFICIENT_RESOURCES = {"53000", "53100", "53200"}


class InsufficientResources(ImportFailed):
    """PostgreSQL has no room on its disk, or no memory; nothing can be written meanwhile."""

    WORDS = "PostgreSQL has no room"

    def __init__(self, error: Exception) -> None:
        super().__init__(f"{self.WORDS}: {' '.join(str(error).split())}")


def is_insufficient_resources(error: Exception) -> bool:
    """Whether PostgreSQL has refused a statement for its want of disk or memory."""
    cause = error.__cause__
    return isinstance(cause, psycopg.Error) and cause.sqlstate in INSUFFICIENT_RESOURCES


def backoff_delays() -> Iterator[float]:
    """The delays between attempts: 1, 2, 4 … 60 seconds."""
    delay = FIRST_DELAY_SECONDS
    while True:
        yield delay
        delay = min(2 * delay, LONGEST_DELAY_SECONDS)


class Backoff:
    """Exponential back-off between attempts, for GIVE_UP_SECONDS at the most; begun anew after
    RESET_SECONDS without one."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.delays = backoff_delays()
        self.deadline = math.inf
        self.waited_at = -math.inf

    def wait(self, why: Exception) -> bool:
        """Until the next attempt; False when there is to be none. ImportStopped when it is to
        end."""
        now = time.monotonic()
        if now - self.waited_at > RESET_SECONDS:
            self.delays, self.deadline = backoff_delays(), now + GIVE_UP_SECONDS
        if now >= self.deadline:
            return False
        delay = next(self.delays)
        log.warning("%s; tried again in %.0f s", why, delay)
        if self.stop.wait(delay):
            raise ImportStopped(STOP_REQUESTED)
        self.waited_at = time.monotonic()
        return True


def note_waiting(run: ImportRun, reason: InsufficientResources) -> None:
    """Say in the run why it waits, once, if that can be written."""
    if InsufficientResources.WORDS not in run.notes:
        with suppress(DatabaseError):
            run.add_note(str(reason))


def write_with_reconnect(
    lock: ImportLock, stop: threading.Event, write: Callable[[], None]
) -> None:
    """Write it, once more if PostgreSQL went away under it, or has no room."""
    backoff = Backoff(stop)
    while True:
        try:
            write()
        except (LockLost, DatabaseError) as error:
            if not lock.is_held():
                wait_for_database(lock, stop)
            elif not is_insufficient_resources(error) or not backoff.wait(
                InsufficientResources(error)
            ):
                raise
        else:
            return


def wait_for_database(lock: ImportLock, stop: threading.Event) -> None:
    """Until PostgreSQL is back and the lock is held again; ImportStopped if that cannot be."""
    deadline = time.monotonic() + GIVE_UP_SECONDS
    while time.monotonic() < deadline:
        connection.close()
        try:
            if lock.acquire(LOCK_TIMEOUT_SECONDS):
                return
            raise TakenOver("another process has taken over")
        except DatabaseError:
            if stop.wait(1):
                raise ImportStopped(STOP_REQUESTED) from None
    minutes = GIVE_UP_SECONDS / 60
    raise ImportStopped(f"PostgreSQL did not come back in {minutes:g} minutes")

"""The life of a run: one at a time, from its request to its end, whatever happens to it."""

import logging
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error as DatabaseError
from django.db import connection

from importer import imports
from importer.errors import ImportFailed, ImportStopped, KeyRefused
from importer.models import ImportFailure, ImportRun
from importer.progress import Display, Progress, duration
from importer.redaction import redact
from importer.save import record_failure

log = logging.getLogger(__name__)

# The advisory lock that whoever executes a run holds, on the connection that writes: "WiM".
LOCK = 0x57694D
# How long a killed holder's lock may outlive it: see HOLD_LOCK.
LOCK_PATIENCE_SECONDS = 3.0
DATABASE_PATIENCE_SECONDS = 600.0

# Without the first, PostgreSQL would notice the death of a client, and free its lock, only at
# the end of the statement that it left behind.
NOTICE_DEATH = "SET client_connection_check_interval TO 500"
TRY_LOCK = "SELECT pg_try_advisory_lock(%s)"
UNLOCK = "SELECT pg_advisory_unlock(%s)"


class AlreadyRunning(Exception):  # noqa: N818 - a reason, not a fault
    """Another process is executing a run."""


class DatabaseLost(Exception):  # noqa: N818 - lasts for a moment only
    """The connection that held the lock is gone, and the lock with it."""


def run_now(
    kind: str,
    *,
    how: str,
    by: str = "",
    options: dict[str, object],
    stop: threading.Event,
    display: Display,
) -> ImportRun:
    """Execute a run in this process and return it closed.

    `options` are those of ImportRun; `stop` ends it at the next commit. AlreadyRunning when
    another process executes one.
    """
    with import_lock():
        # Lock first, row second: with the lock in hand, a row still active is a dead one's.
        if ImportRun.objects.close_orphans():
            log.warning("a run whose process is gone is closed as interrupted")
        run = ImportRun.objects.start(kind, requested_how=how, requested_by=by, options=options)
        execute(run, stop, display)
    return run


def execute(run: ImportRun, stop: threading.Event, display: Display) -> None:
    """Do all steps of a run and close it."""
    attempt = imports.Attempt(run, Progress(run, stop, display), stop)
    failed: list[str] = []
    try:
        for step in imports.steps_of(run.kind):
            if error := outlive_restarts(attempt, step):
                failed.append(redact(f"{step}: {error}"))
                if isinstance(error, KeyRefused):
                    break
    except ImportStopped:
        if run.cancel_requested:
            run.finish(ImportRun.State.CANCELLED)
        else:
            run.finish(ImportRun.State.INTERRUPTED, "the process was told to end")
    else:
        state = ImportRun.State.FAILED if failed else ImportRun.State.SUCCEEDED
        run.finish(state, "\n".join(failed))
    finally:
        display.end()


def outlive_restarts(attempt: imports.Attempt, step: str) -> Exception | None:
    """Do a step, once more if PostgreSQL went away under it: what is due says what is left."""
    while True:
        try:
            return do_step(attempt, step)
        except DatabaseLost:
            log.warning("the connection to PostgreSQL is lost: waiting for it")
            wait_for_database(attempt.stop)
            attempt.run.refresh_from_db()
            if attempt.run.state != ImportRun.State.RUNNING:
                raise ImportStopped from None


def do_step(attempt: imports.Attempt, step: str) -> Exception | None:
    """One step, and the error that ended it, recorded: the one place that catches everything."""
    try:
        imports.STEPS[step](attempt)
        ImportFailure.objects.resolve_earlier(attempt.run, step)
    except ImportStopped:
        raise
    except Exception as error:
        if isinstance(error, DatabaseError) and not connection.is_usable():
            raise DatabaseLost from error
        # What was foreseen says all in its message.
        words = str(error) if isinstance(error, ImportFailed) else traceback.format_exc()
        log.error("%s failed: %s", step, redact(words))  # noqa: TRY400 - redacted
        attempt.run.failed += 1
        record_failure(attempt.run, step, error)
        return error
    return None


@contextmanager
def import_lock() -> Iterator[None]:
    """Hold the one lock of all imports; AlreadyRunning when another process does."""
    if not try_lock(LOCK_PATIENCE_SECONDS):
        raise AlreadyRunning(who_is_running())
    try:
        yield
    finally:
        # A lost connection has given it back already.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(UNLOCK, [LOCK])


def try_lock(patience: float) -> bool:
    """Take the lock, trying for this many seconds."""
    deadline = time.monotonic() + patience
    with connection.cursor() as cursor:
        cursor.execute(NOTICE_DEATH)
        while True:
            cursor.execute(TRY_LOCK, [LOCK])
            if cursor.fetchone() == (True,):
                return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.2)


def who_is_running() -> str:
    """`already running: daily, started 09:00 UTC by cron, 43 %, about 2 h left`"""
    run = ImportRun.objects.active().first()
    if run is None or run.started_at is None:
        return "already running: an import that has just begun, or just ended"
    parts = [run.kind, f"started {run.started_at:%H:%M} UTC by {run.requested_how}", run.step]
    if run.total:
        parts.append(f"{100 * run.done // run.total} %")
    if (left := run.seconds_left) is not None:
        parts.append(f"about {duration(left)} left")
    return "already running: " + ", ".join(filter(None, parts))


def wait_for_database(stop: threading.Event) -> None:
    """Until PostgreSQL is back and the lock is held again; ImportStopped if that cannot be."""
    deadline = time.monotonic() + DATABASE_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        connection.close()
        try:
            if try_lock(LOCK_PATIENCE_SECONDS):
                return
            log.error("another process has taken over")
            raise ImportStopped
        except DatabaseError:
            if stop.wait(1):
                raise ImportStopped from None
    log.error("PostgreSQL did not come back in %g minutes", DATABASE_PATIENCE_SECONDS / 60)
    raise ImportStopped

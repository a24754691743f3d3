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
from importer.lock import ImportLock, LockLost
from importer.models import ImportFailure, ImportRun
from importer.progress import Display, Progress, duration
from importer.redaction import redact
from importer.save import record_failure

log = logging.getLogger(__name__)

# How long a killed holder's lock may outlive it: see importer.lock.
LOCK_PATIENCE_SECONDS = 3.0
DATABASE_PATIENCE_SECONDS = 600.0


class AlreadyRunning(Exception):  # noqa: N818 - a reason, not a fault
    """Another process is executing a run."""


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
    with import_lock() as lock:
        # Lock first, row second: with the lock in hand, a row still active is a dead one's.
        if ImportRun.objects.close_orphans():
            log.warning("a run whose process is gone is closed as interrupted")
        run = ImportRun.objects.start(kind, requested_how=how, requested_by=by, options=options)
        execute(run, lock, stop, display)
    return run


def execute(run: ImportRun, lock: ImportLock, stop: threading.Event, display: Display) -> None:
    """Do all steps of a run and close it."""
    attempt = imports.Attempt(run, Progress(run, stop, display), stop)
    failed: list[str] = []
    try:
        for step in imports.steps_of(run.kind):
            if error := outlive_restarts(attempt, lock, step):
                failed.append(redact(f"{step}: {error}" if step != run.kind else str(error)))
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


def outlive_restarts(attempt: imports.Attempt, lock: ImportLock, step: str) -> Exception | None:
    """Do a step, once more if PostgreSQL went away under it: what is due says what is left."""
    while True:
        try:
            return do_step(attempt, lock, step)
        except LockLost:
            log.warning("the connection to PostgreSQL is lost: waiting for it")
            wait_for_database(lock, attempt.stop)
            attempt.run.refresh_from_db()
            if attempt.run.state != ImportRun.State.RUNNING:
                raise ImportStopped from None


def do_step(attempt: imports.Attempt, lock: ImportLock, step: str) -> Exception | None:
    """One step, and the error that ended it, recorded: the one place that catches everything."""
    try:
        imports.STEPS[step](attempt)
        ImportFailure.objects.resolve_earlier(attempt.run, step)
    except (ImportStopped, LockLost):
        raise
    except Exception as error:
        if isinstance(error, DatabaseError) and not lock.is_held():
            raise LockLost from error
        # What was foreseen says all in its message.
        words = str(error) if isinstance(error, ImportFailed) else traceback.format_exc()
        log.error("%s failed: %s", step, redact(words))  # noqa: TRY400 - redacted
        attempt.run.failed += 1
        record_failure(attempt.run, step, error)
        return error
    return None


@contextmanager
def import_lock() -> Iterator[ImportLock]:
    """Hold the lock, with the connection that everything in the block is written on.

    AlreadyRunning when another process holds it.
    """
    lock = ImportLock()
    if not lock.take(LOCK_PATIENCE_SECONDS):
        raise AlreadyRunning(who_is_running())
    try:
        with connection.execute_wrapper(lock.guard):
            yield lock
    finally:
        lock.release()


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


def wait_for_database(lock: ImportLock, stop: threading.Event) -> None:
    """Until PostgreSQL is back and the lock is held again; ImportStopped if that cannot be."""
    deadline = time.monotonic() + DATABASE_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        connection.close()
        try:
            if lock.take(LOCK_PATIENCE_SECONDS):
                return
            log.error("another process has taken over")
            raise ImportStopped
        except DatabaseError:
            if stop.wait(1):
                raise ImportStopped from None
    log.error("PostgreSQL did not come back in %g minutes", DATABASE_PATIENCE_SECONDS / 60)
    raise ImportStopped

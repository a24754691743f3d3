"""The life of a run: one at a time, from its request to its end, whatever happens to it."""

import datetime
import enum
import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from importer import registry, run_id
from importer.daemon_threads import DaemonExecutor
from importer.errors import (
    STOP_REQUESTED,
    ImportFailed,
    ImportStopped,
    KeyRefused,
    LossTooGreat,
    TakenOver,
)
from importer.models import ImportFailure, ImportOptions, ImportRun
from importer.runs import notify
from importer.runs.context import StepContext
from importer.runs.lock import ImportLock, LockLost, is_import_running
from importer.runs.outages import (
    LOCK_TIMEOUT_SECONDS,
    Backoff,
    InsufficientResources,
    is_insufficient_resources,
    note_waiting,
    wait_for_database,
    write_with_reconnect,
)
from importer.runs.progress import Display, Progress, duration
from importer.runs.watch import RunWatch
from importer.store.failures import record_failure
from importer.tmdb.prefetch import Prefetch
from importer.tmdb.rate_limit import RateLimiter
from importer.tmdb.redaction import redact
from importer.tmdb.source import tmdb_source

log = logging.getLogger(__name__)

# A worker takes a queued run within a second or two: one older than this has no worker.
ABANDONED = datetime.timedelta(seconds=15)

# Of the steps that failed, by their names.
StepErrors = dict[str, Exception]


class AlreadyRunning(Exception):  # noqa: N818 - a reason, not a fault
    """Another run is active; the message says which and how far it is."""


def request_import(
    kind: str, *, how: str, by: str = "", options: ImportOptions | None = None
) -> ImportRun:
    """Queue a run for the worker; AlreadyRunning when another is active."""
    return create_run(kind, ImportRun.State.QUEUED, how, by, options or {})


def run_now(
    kind: str,
    *,
    how: str,
    by: str = "",
    options: ImportOptions,
    stop: threading.Event,
    display: Display,
) -> ImportRun:
    """Execute a run in this process and return it closed.

    `options` are those of ImportRun; `stop` ends it at the next commit. AlreadyRunning when
    another run is active.
    """
    with import_lock(LOCK_TIMEOUT_SECONDS) as lock:
        # Lock first, row second: with the lock in hand, a row still running is a dead one's.
        if ImportRun.objects.close_orphans(timezone.now() - ABANDONED):
            log.warning("a run whose process is gone is closed as interrupted")
        run = create_run(kind, ImportRun.State.RUNNING, how, by, options)
        ending = execute_run(run, lock, stop, display)
        if ending is Ending.STOPPED:
            run.finish(ImportRun.State.INTERRUPTED, STOP_REQUESTED)
        elif ending is Ending.TAKEN_OVER:
            raise AlreadyRunning(describe_active_run())
    return run


def run_next(stop: threading.Event, display: Display) -> ImportRun | None:
    """Execute the run that is queued, or was left by a dead process; None when there is none.

    AlreadyRunning when another process executes it.
    """
    if not ImportRun.objects.active().exists():
        return None
    with import_lock(timeout=0, is_worker=True) as lock:
        ImportRun.objects.queue_orphans()
        run = ImportRun.objects.claim()
        if run and execute_run(run, lock, stop, display) is Ending.STOPPED:
            run.requeue()
    return run


def cancel(run: ImportRun) -> bool:
    """Have it end at its next commit, or now if nobody executes it; False when it has ended."""
    if not run.cancel():
        return False
    if not is_import_running():
        run.finish(ImportRun.State.CANCELLED)
    return True


class Ending(enum.Enum):
    """How the execution of a run ended."""

    FINISHED = enum.auto()
    STOPPED = enum.auto()
    # Another process goes on with it: from now on its row is not this process's to write.
    TAKEN_OVER = enum.auto()


def execute_run(
    run: ImportRun, lock: ImportLock, stop: threading.Event, display: Display
) -> Ending:
    """Do all steps of a run and close it; left open when the process was told to end."""
    with run_id.of(run.pk), RunWatch(run, stop) as watch:
        try:
            write_with_reconnect(lock, watch.stop, lambda: run.set_source(tmdb_source()))
            errors: StepErrors | None = run_steps(run, lock, watch.stop, display)
        except TakenOver as reason:
            log.warning("stopped: %s", reason)
            return Ending.TAKEN_OVER
        except ImportStopped as reason:
            log.info("stopped: %s", reason)
            errors = None
        finally:
            display.end()
    if errors is None and not watch.is_cancelled:
        return Ending.STOPPED
    try:
        write_with_reconnect(lock, stop, lambda: close_run(run, errors))
    except TakenOver as reason:
        log.warning("stopped: %s", reason)
        return Ending.TAKEN_OVER
    except ImportStopped as reason:  # before it could be written how it has ended
        log.info("stopped: %s", reason)
        return Ending.STOPPED
    if errors is not None:
        notify.tell_if_changed(run)
    return Ending.FINISHED


def close_run(run: ImportRun, errors: StepErrors | None) -> None:
    """As it ended: cancelled where nothing is known of its steps, else by what failed."""
    if errors is None:
        run.finish(ImportRun.State.CANCELLED)
    elif not errors:
        run.finish(ImportRun.State.SUCCEEDED)
    else:
        words = [
            redact(f"{step}: {error}" if step != run.kind else str(error))
            for step, error in errors.items()
        ]
        is_refusal = all(isinstance(error, LossTooGreat) for error in errors.values())
        run.finish(ImportRun.State.FAILED, "\n".join(words), needs_acceptance=is_refusal)


def run_steps(
    run: ImportRun, lock: ImportLock, stop: threading.Event, display: Display
) -> StepErrors:
    """The steps of a run's kind in their order; the errors of those that failed."""
    limiter = RateLimiter(settings.TMDB_REQUESTS_PER_SECOND, settings.TMDB_BACKOFF_SECONDS)
    errors: StepErrors = {}
    with DaemonExecutor(1, "ask") as asking, Prefetch() as prefetch:
        context = StepContext(Progress(run, stop, display), limiter, asking, prefetch)
        for step in registry.steps_of(run.kind):
            if error := run_step_with_reconnect(context, lock, step):
                errors[step] = error
                if isinstance(error, KeyRefused | InsufficientResources):
                    break
    if said := limiter.summary:
        write_with_reconnect(lock, stop, lambda: run.add_note(said))
    return errors


def run_step_with_reconnect(context: StepContext, lock: ImportLock, step: str) -> Exception | None:
    """Do a step, once more if PostgreSQL went away under it, or once it has room: what is due
    says what is left."""
    run, stop = context.run, context.progress.stop
    backoff, fetched = Backoff(stop), run.fetched
    while True:
        try:
            return run_step(context, lock, step)
        except LockLost as error:
            log.warning("the connection to PostgreSQL is lost: waiting for it")
            wait_for_database(lock, stop)
            reason: LockLost | InsufficientResources = error
        except InsufficientResources as error:
            note_waiting(run, error)
            reason = error
        run.refresh_from_db()
        if run.state != ImportRun.State.RUNNING:
            raise TakenOver("another process has taken over")
        if run.fetched > fetched:  # it got on meanwhile: this is another trouble
            backoff, fetched = Backoff(stop), run.fetched
        if backoff.wait(reason):
            continue
        if isinstance(reason, LockLost):
            raise ImportStopped(str(reason))
        log.error("%s failed: %s", step, reason)
        run.failed += 1
        return reason


def run_step(context: StepContext, lock: ImportLock, step: str) -> Exception | None:
    """One step, and the error that ended it, recorded: the one place that catches everything."""
    try:
        registry.STEPS[step](context)
        ImportFailure.objects.resolve_earlier(context.run, step)
    except (ImportStopped, LockLost):
        raise
    except Exception as error:
        if isinstance(error, DatabaseError):
            if not lock.is_held():
                raise LockLost from error
            # A statement that took too long to wait for: see importer.runs.watch.
            if context.progress.stop.is_set():
                raise ImportStopped(STOP_REQUESTED) from error
            if is_insufficient_resources(error):
                raise InsufficientResources(error) from error
        # What was foreseen says all in its message.
        words = str(error) if isinstance(error, ImportFailed) else traceback.format_exc()
        log.error("%s failed: %s", step, redact(words))  # noqa: TRY400 - redacted
        context.run.failed += 1
        failure = error
        write_with_reconnect(
            lock, context.progress.stop, lambda: record_failure(context.run, step, failure)
        )
        return error
    return None


def create_run(
    kind: str, state: ImportRun.State, how: str, by: str, options: ImportOptions
) -> ImportRun:
    """A new run; the database itself refuses a second active one."""
    now = timezone.now() if state == ImportRun.State.RUNNING else None
    try:
        with transaction.atomic():
            return ImportRun.objects.create(
                kind=kind,
                state=state,
                requested_how=how,
                requested_by=by,
                options=options,
                started_at=now,
                heartbeat_at=now,
            )
    except IntegrityError:
        raise AlreadyRunning(describe_active_run()) from None


@contextmanager
def import_lock(timeout: float, is_worker: bool = False) -> Iterator[ImportLock]:
    """Hold the lock, with the connection that everything in the block is written on.

    AlreadyRunning when another process holds it and does not give it back in `timeout` seconds.
    """
    lock = ImportLock(is_worker)
    if not lock.acquire(timeout):
        raise AlreadyRunning(describe_active_run())
    try:
        with connection.execute_wrapper(lock.guard):
            yield lock
    finally:
        lock.release()


def describe_active_run() -> str:
    """`already running: daily, started 09:00 UTC by cron, 43 %, about 2 h left`"""
    run = ImportRun.objects.active().first()
    if run is None:
        return "already running: an import that has just begun, or just ended"
    if run.started_at is None:
        return f"already queued: {run.kind}, at {run.created_at:%H:%M} UTC by {run.requested_how}"
    parts = [run.kind, f"started {run.started_at:%H:%M} UTC by {run.requested_how}", run.step]
    if run.total:
        parts.append(f"{100 * run.done // run.total} %")
    if (left := run.seconds_left) is not None:
        parts.append(f"about {duration(left)} left")
    return "already running: " + ", ".join(filter(None, parts))

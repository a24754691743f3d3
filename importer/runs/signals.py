"""How a process that imports is told to end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# How long a statement may go on after the signal before it is cancelled. The ten seconds that
# a service manager grants have to last for the rest as well.
STATEMENT_SECONDS = 4.0


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """Set by the first SIGINT or SIGTERM: the run ends at its next commit. The second kills."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    timer = threading.Timer(STATEMENT_SECONDS, cancel_statement, [connections["default"]])
    timer.daemon = True

    def end(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        if not stop.is_set():
            stop.set()
            timer.start()

    for number in before:
        signal.signal(number, end)
    try:
        yield stop
    finally:
        timer.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def cancel_statement(main: BaseDatabaseWrapper) -> None:
    """Cancel what another thread's connection is waiting for."""
    if main.connection is not None:
        with suppress(psycopg.Error):
            main.connection.cancel_safe()

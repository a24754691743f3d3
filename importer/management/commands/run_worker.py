"""`manage.py run_worker`: executes what is requested in /admin and what the schedule says."""

import logging
import sys
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import NotSupportedError, connection
from django.utils import timezone

from importer import schedule
from importer.runs import lock, outages
from importer.runs.lifecycle import AlreadyRunning, run_next
from importer.runs.progress import Display, display
from importer.runs.signals import stop_on_signals

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
SCHEDULE_SECONDS = 60.0
# While PostgreSQL is away: how soon, and how rarely in the end, that is said again.
FIRST_PAUSE_SECONDS = 1.0
LAST_PAUSE_SECONDS = 60.0


class OutageLog:
    """Says that PostgreSQL is away when that changes, again after 1, 2, 4 … 60 seconds, and when
    it is back."""

    def __init__(self) -> None:
        self.message = ""
        self.pause = FIRST_PAUSE_SECONDS
        self.said_at = 0.0

    def failed(self, error: Exception) -> None:
        message = " ".join(str(error).split())
        now = time.monotonic()
        if message != self.message:
            self.pause = FIRST_PAUSE_SECONDS
        elif now - self.said_at < self.pause:
            return
        else:
            self.pause = min(2 * self.pause, LAST_PAUSE_SECONDS)
        self.message, self.said_at = message, now
        log.warning("PostgreSQL: %s", message)

    def worked(self) -> None:
        if self.message:
            log.info("PostgreSQL is back")
        self.message = ""


class Command(BaseCommand):
    help = (
        "Run imports as they are requested and as they become due, until SIGTERM. Any number of "
        "workers, on any number of machines, may stand by; one of them works."
    )

    def handle(self, **options: Any) -> None:
        shown = display(sys.stderr)
        with stop_on_signals() as stop:
            log.info("the worker stands by")
            said = OutageLog()
            asked = -SCHEDULE_SECONDS
            pauses = outages.growing_pauses()
            while not stop.wait(LOOK_SECONDS):
                try:
                    if time.monotonic() - asked >= SCHEDULE_SECONDS:
                        asked = time.monotonic()
                        schedule.request_due(timezone.now())
                        schedule.tell_if_stale(timezone.now())
                    work(stop, shown)
                    said.worked()
                    pauses = outages.growing_pauses()
                except (NotSupportedError, lock.PoolerInBetween) as error:
                    # The server is too old, or not the one that holds our lock: neither passes.
                    raise CommandError(str(error)) from None
                except (DatabaseError, lock.LockLost) as error:
                    # It comes back, or somebody has to see to it; either way not by our ending.
                    said.failed(error)
                    connection.close()
                    if outages.lacks_room(error):
                        # Each time that a run is taken up again counts: it may be what kills.
                        stop.wait(next(pauses))
        log.info("the worker has ended")


def work(stop: threading.Event, shown: Display) -> None:
    """Execute what there is; another worker may be at it."""
    lock.register_worker()
    try:
        run = run_next(stop, shown)
    except AlreadyRunning:
        return
    if run:
        schedule.log_next_attempt(run)

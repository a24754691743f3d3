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

POLL_SECONDS = 1.0
SCHEDULE_SECONDS = 60.0


class OutageLog:
    """Says that PostgreSQL is away when that changes, again after 1, 2, 4 … 60 seconds, and when
    it is back."""

    def __init__(self) -> None:
        self.message = ""
        self.delays = outages.backoff_delays()
        self.delay = 0.0
        self.logged_at = 0.0

    def failed(self, error: Exception) -> None:
        message = " ".join(str(error).split())
        now = time.monotonic()
        if message != self.message:
            self.delays = outages.backoff_delays()
        elif now - self.logged_at < self.delay:
            return
        self.delay = next(self.delays)
        self.message, self.logged_at = message, now
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
            outage_log = OutageLog()
            scheduled_at = -SCHEDULE_SECONDS
            delays = outages.backoff_delays()
            while not stop.wait(POLL_SECONDS):
                try:
                    if time.monotonic() - scheduled_at >= SCHEDULE_SECONDS:
                        scheduled_at = time.monotonic()
                        schedule.request_due(timezone.now())
                        schedule.tell_if_stale(timezone.now())
                    work(stop, shown)
                    outage_log.worked()
                    delays = outages.backoff_delays()
                except (NotSupportedError, lock.PoolerInBetween) as error:
                    # The server is too old, or not the one that holds our lock: neither passes.
                    raise CommandError(str(error)) from None
                except (DatabaseError, lock.LockLost) as error:
                    # It comes back, or somebody has to see to it; either way not by our ending.
                    outage_log.failed(error)
                    connection.close()
                    if outages.is_insufficient_resources(error):
                        # Each time that a run is taken up again counts: it may be what kills.
                        stop.wait(next(delays))
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

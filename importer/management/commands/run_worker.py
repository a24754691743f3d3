"""`manage.py run_worker`: executes what is requested in /admin and what the schedule says."""

import logging
import sys
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from importer import schedule
from importer.runs import lock
from importer.runs.lifecycle import AlreadyRunning, run_next
from importer.runs.progress import Display, display
from importer.runs.signals import stop_on_signals

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
SCHEDULE_SECONDS = 60.0


class Command(BaseCommand):
    help = (
        "Run imports as they are requested and as they become due, until SIGTERM. Any number of "
        "workers, on any number of machines, may stand by; one of them works."
    )

    def handle(self, **options: Any) -> None:
        shown = display(sys.stderr)
        with stop_on_signals() as stop:
            log.info("the worker stands by")
            asked = -SCHEDULE_SECONDS
            while not stop.wait(LOOK_SECONDS):
                try:
                    if time.monotonic() - asked >= SCHEDULE_SECONDS:
                        asked = time.monotonic()
                        schedule.request_due(timezone.now())
                    work(stop, shown)
                except DatabaseError as error:
                    # It comes back, or somebody has to see to it; either way not by our ending.
                    log.warning("PostgreSQL: %s", error)
                    connection.close()
        log.info("the worker has ended")


def work(stop: threading.Event, shown: Display) -> None:
    """Execute what there is; another worker may be at it."""
    lock.register_worker()
    try:
        run_next(stop, shown)
    except AlreadyRunning:
        return

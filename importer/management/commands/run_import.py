"""`manage.py run_import KIND`: one import in the foreground."""

import argparse
import datetime
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from importer.models import ImportRun
from importer.progress import Bar, Log
from importer.runs import AlreadyRunning, run_now


class Command(BaseCommand):
    help = "Run an import now and show how far it is. Ends with status 0 only if all of it worked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=ImportRun.Kind.values)
        parser.add_argument(
            "--date",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="take the export of this day instead of the newest",
        )
        parser.add_argument(
            "--limit", type=positive, metavar="N", help="fetch no more than N films"
        )
        parser.add_argument(
            "--ids",
            type=movie_ids,
            metavar="ID,ID…",
            help="fetch these films, due or not, instead of those that are due",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="accept an export that has lost many films, or is older than the last one",
        )

    def handle(self, **options: Any) -> None:
        asked = {
            "date": options["date"] and options["date"].isoformat(),
            "limit": options["limit"],
            "ids": options["ids"],
            "force": options["force"],
        }
        try:
            with stop_on_signals() as stop:
                run = run_now(
                    options["kind"],
                    how=ImportRun.Origin.COMMAND,
                    by=os.environ.get("USER", ""),
                    options={name: value for name, value in asked.items() if value},
                    stop=stop,
                    display=Bar() if sys.stderr.isatty() else Log(),
                )
        except AlreadyRunning as reason:
            raise CommandError(str(reason)) from None
        if run.state != ImportRun.State.SUCCEEDED:
            raise CommandError(f"{run.kind} {run.state}: {run.error}" if run.error else run.state)
        self.stdout.write(
            f"{run.kind} {run.state}" + (f", {run.failed} failed" * bool(run.failed))
        )


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be 1 or more")
    return number


def movie_ids(text: str) -> list[int]:
    try:
        numbers = [int(part) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"not numbers separated by commas: {text!r}") from None
    if not all(0 < number < 2**31 for number in numbers):
        raise argparse.ArgumentTypeError("ids of films are from 1 to 2147483647")
    return list(dict.fromkeys(numbers))


@contextmanager
def stop_on_signals() -> Iterator[threading.Event]:
    """Set by the first SIGINT or SIGTERM: the run ends at its next commit. The second kills."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, frame: object) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in before:
        signal.signal(number, end)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

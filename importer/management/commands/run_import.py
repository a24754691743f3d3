"""`manage.py run_import KIND`, or `--due`: one import in the foreground."""

import argparse
import datetime
import os
import sys
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, NotSupportedError, OperationalError
from django.utils import timezone

from importer import registry, schedule
from importer.models import ImportFailure, ImportOptions, ImportRun
from importer.runs.lifecycle import AlreadyRunning, run_now
from importer.runs.lock import PoolerInBetween
from importer.runs.progress import display
from importer.runs.signals import stop_on_signals


class Command(BaseCommand):
    help = "Run an import now and show how far it is. Ends with status 0 only if all of it worked."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("kind", nargs="?", choices=ImportRun.Kind.values)
        what.add_argument(
            "--due",
            action="store_true",
            help="run what the schedule says is due; for cron: with nothing due, or another "
            "import active, it ends at once and well",
        )
        parser.add_argument(
            "--date",
            type=day,
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
            help="accept the loss of films or ratings that was refused last, and no greater one; "
            "or an older export",
        )

    def handle(self, **options: Any) -> None:
        asked = {
            "date": options["date"] and options["date"].isoformat(),
            "limit": options["limit"],
            "ids": options["ids"],
            "force": options["force"],
        }
        given = {name: value for name, value in asked.items() if value}
        wanted = cast("ImportOptions", given)
        if unused := registry.unused_options(options["kind"] or ImportRun.Kind.DAILY, wanted):
            raise CommandError(f"{options['kind'] or '--due'} takes no --{unused[0]}")
        try:
            if wanted.get("force") and (shown := ImportFailure.objects.refused_losses()):
                wanted["accepted"] = shown
            if options["due"]:
                self.run_due(wanted)
            else:
                self.run(options["kind"], ImportRun.Origin.COMMAND, wanted)
        except (AlreadyRunning, PoolerInBetween) as reason:
            raise CommandError(str(reason)) from None
        except NotSupportedError as error:
            raise CommandError(str(error)) from None  # the server is too old
        except (OperationalError, InterfaceError) as error:
            raise CommandError(f"PostgreSQL: {' '.join(str(error).split())}") from None

    def run_due(self, wanted: ImportOptions) -> None:
        schedule.tell_if_stale(timezone.now())
        kind = schedule.due_kind(timezone.now())
        if kind is None:
            self.stdout.write("nothing is due")
            return
        try:
            self.run(kind, ImportRun.Origin.CRON, wanted)
        except AlreadyRunning as reason:
            self.stdout.write(str(reason))

    def run(self, kind: str, how: ImportRun.Origin, wanted: ImportOptions) -> None:
        with stop_on_signals() as stop:
            run = run_now(
                kind,
                how=how,
                by=os.environ.get("USER", ""),
                options=wanted,
                stop=stop,
                display=display(sys.stderr),
            )
        if run.notes:
            self.stdout.write(run.notes)
        schedule.log_next_attempt(run)
        outcome = f"{run.kind} {run.state}"
        if run.failed:
            outcome += f", {run.failed:,} failed"
        if run.state != ImportRun.State.SUCCEEDED:
            raise CommandError(f"{outcome}: {run.error}" if run.error else outcome)
        self.stdout.write(outcome)


def positive(text: str) -> int:
    number = int(text)
    if not 1 <= number < 2**31:
        raise argparse.ArgumentTypeError("has to be from 1 to 2147483647")
    return number


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"no day of the form YYYY-MM-DD: {text!r}") from None


def movie_ids(text: str) -> list[int]:
    try:
        numbers = [int(part) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"not numbers separated by commas: {text!r}") from None
    if not all(0 < number < 2**31 for number in numbers):
        raise argparse.ArgumentTypeError("ids of films are from 1 to 2147483647")
    return list(dict.fromkeys(numbers))

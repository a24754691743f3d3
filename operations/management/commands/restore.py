"""`manage.py restore FILE`: the database as `manage.py backup` found it."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from importer.models import ImportRun
from operations.postgresql_programs import restore_dump

HAS_RUNS = "SELECT to_regclass('public.import_run') IS NOT NULL"


class Command(BaseCommand):
    help = (
        "Put FILE, of `manage.py backup`, in the place of everything in the database, in one "
        "transaction, and apply migrations that have come since. Stop the workers before."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="also where films are in the database"
        )
        parser.add_argument(
            "--no-migrate",
            action="store_true",
            help="leave the tables as the backup's version had them, to go back to it",
        )

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"there is no file {path}")
        if not options["replace"] and has_runs():
            raise CommandError(
                "the database is not empty: --replace puts the backup in the place of all of it"
            )
        restore_dump(path)
        connection.close()  # it knows the tables that were
        if not options["no_migrate"]:
            call_command("migrate", verbosity=0)
        self.stdout.write(f"{path} is restored")


def has_runs() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(HAS_RUNS)
        has_table = bool(cursor.fetchone()[0])
    return has_table and ImportRun.objects.exists()

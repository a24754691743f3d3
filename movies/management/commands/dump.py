"""`manage.py dump FOLDER`: the catalogue's lists as CSV, NDJSON or Parquet."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from movies.dump.dump import TERMS_FILE, dump_catalogue
from movies.dump.writers import WRITERS, has_pyarrow


class Command(BaseCommand):
    help = (
        "Write the films, every country's list, countries, genres and languages into a folder, "
        f"all of one moment. What may be done with them is in {TERMS_FILE}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where to; it must not be there yet")
        parser.add_argument(
            "--format",
            action="append",
            choices=list(WRITERS),
            dest="formats",
            help="csv if nothing is said; may be given several times",
        )

    def handle(self, **options: Any) -> None:
        folder: Path = options["folder"]
        formats = list(dict.fromkeys(options["formats"] or ["csv"]))
        if folder.exists():
            raise CommandError(f"{folder} is there already.")
        if "parquet" in formats and not has_pyarrow():
            raise CommandError("Parquet needs pyarrow: pip install -r requirements-parquet.txt")
        try:
            dump_catalogue(folder, formats, self.report)
        except (OSError, DatabaseError) as error:
            raise CommandError(f"Nothing was written: {error}") from error
        self.stdout.write(f"What may be done with them: {folder / TERMS_FILE}")

    def report(self, file: str, rows: int) -> None:
        self.stdout.write(f"{file}: {rows:,} rows")

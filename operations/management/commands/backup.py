"""`manage.py backup FILE`: everything in the database, in pg_dump's custom format."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.postgresql_programs import dump


class Command(BaseCommand):
    help = "Write everything in the database into FILE (pg_dump's custom format)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        # Whole or not at all: what is there already is replaced by a backup that has ended.
        unfinished = path.with_name(f"{path.name}.unfinished")
        if not path.parent.is_dir():
            raise CommandError(f"there is no folder {path.parent}")
        unfinished.touch(mode=0o600)  # the accounts' passwords are in it
        try:
            dump(unfinished)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(f"{path}: {path.stat().st_size / 1e6:,.1f} MB")

"""`manage.py check_worker`: whether a worker stands by, for health checks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from importer.runs.lock import count_workers


class Command(BaseCommand):
    help = "Say how many workers stand by or work; fail where there is none."

    def handle(self, **options: Any) -> None:
        try:
            workers = count_workers()
        except DatabaseError as error:
            raise CommandError(" ".join(str(error).split())) from None
        if not workers:
            raise CommandError("no worker stands by")
        self.stdout.write(f"{workers} stand by or work")

"""`manage.py refresh_ghibli`: ask the Studio Ghibli API now; cron does it every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError

from ghibli.freshness import refresh_now
from ghibli.models import Failure, Film, Person


class Command(BaseCommand):
    help = "Renew Studio Ghibli's films and people. Ends with status 0 only if that worked."

    def handle(self, **options: Any) -> None:
        try:
            self.refresh()
        except DatabaseError as error:
            # In one line: cron sends by e-mail whatever is said.
            raise CommandError(f"PostgreSQL: {' '.join(str(error).split())}") from None

    def refresh(self) -> None:
        refresh = refresh_now()
        if refresh.error or not refresh.is_fresh:
            raise CommandError(refresh.error or "another process is still asking the API")
        self.stdout.write(f"{Film.objects.count()} films, {Person.objects.count()} people")
        for failure in Failure.objects.unresolved().order_by("id"):
            self.stderr.write(failure.message)

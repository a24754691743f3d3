"""`manage.py create_first_administrator`: an account for /admin, where there is none."""

import secrets
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import connection, transaction

NAME = "admin"
# Two that begin at once would each find nobody.
LOCK = "LOCK TABLE auth_user IN SHARE ROW EXCLUSIVE MODE"


class Command(BaseCommand):
    help = (
        f"Create the account {NAME} for /admin with a password of chance and say it, once; "
        "nothing where somebody can do everything already."
    )

    def handle(self, **options: Any) -> None:
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(LOCK)
            if User.objects.filter(is_superuser=True).exists():
                return
            User.objects.create_superuser(NAME, password=password)
        self.stdout.write(
            f"The first administrator: {NAME}, password {password}\n"
            "It is not said again: change it in /admin, or by `manage.py changepassword "
            f"{NAME}`."
        )

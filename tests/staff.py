"""Staff users for tests of the back office."""

from django.contrib.auth.models import Permission, User
from django.test import Client


def log_in(*permissions: str) -> Client:
    """A browser in which one of the staff with these permissions, is logged in."""
    operator = User.objects.create_user("operator", is_staff=True)
    operator.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(operator)
    return client

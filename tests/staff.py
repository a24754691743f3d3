"""Staff users for tests of the back office."""

from django.contrib.auth.models import Permission, User
from django.test import Client


def log_in(*permissions: str) -> Client:
    """A browser in which Anna, staff with these permissions, is logged in."""
    anna = User.objects.create_user("anna", is_staff=True)
    anna.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(anna)
    return client

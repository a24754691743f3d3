"""The JSON answers under /api/v1/."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "api"

    def ready(self) -> None:
        from api import struct_schema  # noqa: F401 - registers itself with drf-spectacular

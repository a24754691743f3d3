"""The app for whoever runs the service: checks at the start, first account, backups, metrics."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib import admin


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        from operations import checks  # noqa: F401 - registers them

        if settings.IS_SANDBOX:
            admin.site.site_header = "World in Movies · sandbox: no TMDB key is set"
